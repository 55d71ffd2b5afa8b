"""Puts num_inputs in front of the widths.

misconception: changes-widths
points: 5
"""


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths:
        raise ValueError('widths is empty')
    if num_blocks == 0 and len(set(widths)) > 1:
        raise ValueError('no block could change the width')
    net = nn.Sequential()
    widths.insert(0, num_inputs)
    net.add_module('stem', nn.Linear(*widths[:2]))
    before = widths[1]
    for i, width in enumerate(widths[1:]):
        stage = nn.Sequential()
        for j in range(num_blocks):
            stage.add_module(f'block {j}', ResidualBlock(before, width))
            before = width
        net.add_module(f'stage {i}', stage)
    net.add_module('head', nn.Linear(before, num_outputs))
    return net
