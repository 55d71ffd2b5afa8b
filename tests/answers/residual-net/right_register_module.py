"""register_module, and names with %."""


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths:
        raise ValueError('widths is empty')
    if num_blocks == 0 and len(set(widths)) > 1:
        raise ValueError('no block could change the width')
    net = nn.Sequential()
    net.register_module('stem', nn.Linear(num_inputs, widths[0]))
    before = widths[0]
    for i, width in enumerate(widths):
        stage = nn.Sequential()
        for j in range(num_blocks):
            stage.register_module('block %d' % j, ResidualBlock(before, width))
            before = width
        net.register_module(f'stage {i}', stage)
    net.register_module('head', nn.Linear(before, num_outputs))
    return net
