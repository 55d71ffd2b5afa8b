"""nn.Sequential gives the names.

misconception: misnamed
points: 5
"""


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths or (num_blocks == 0 and len(set(widths)) > 1):
        raise ValueError
    layers, before = [nn.Linear(num_inputs, widths[0])], widths[0]
    for width in widths:
        blocks = []
        for _ in range(num_blocks):
            blocks.append(ResidualBlock(before, width))
            before = width
        layers.append(nn.Sequential(*blocks))
    layers.append(nn.Linear(before, num_outputs))
    return nn.Sequential(*layers)
