"""Extra relu child before the head.

misconception: activation-between
points: 4
"""


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths:
        raise ValueError("there are no widths")
    if num_blocks == 0 and len(set(widths)) > 1:
        raise ValueError("no block could change the width")
    net = nn.Sequential()
    net.add_module("stem", nn.Linear(num_inputs, widths[0]))
    before = widths[0]
    for i, width in enumerate(widths):
        stage = nn.Sequential()
        for j in range(num_blocks):
            stage.add_module(f"block {j}", ResidualBlock(before, width))
            before = width
        net.add_module(f"stage {i}", stage)
    net.add_module("relu", nn.ReLU())
    net.add_module("head", nn.Linear(before, num_outputs))
    return net
