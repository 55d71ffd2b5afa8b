"""Recursive."""


def stages(before, widths, num_blocks, number=0):
    if not widths:
        return []
    stage = nn.Sequential()
    for j in range(num_blocks):
        stage.add_module(f'block {j}', ResidualBlock(widths[0] if j else before, widths[0]))
    return [(f'stage {number}', stage), *stages(widths[0], widths[1:], num_blocks, number + 1)]


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not len(widths) or num_blocks < 1 and len(set(widths)) != 1:
        raise ValueError(widths)
    net = nn.Sequential()
    for name, child in [('stem', nn.Linear(num_inputs, widths[0])), *stages(widths[0], widths, num_blocks),
                        ('head', nn.Linear(widths[-1], num_outputs))]:
        net.add_module(name, child)
    return net
