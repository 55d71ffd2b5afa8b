"""Checks while building."""


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not widths:
        raise ValueError("需要至少一个宽度")
    net = nn.Sequential()
    net.add_module("stem", nn.Linear(num_inputs, widths[0]))
    prev = widths[0]
    for i, w in enumerate(widths):
        if num_blocks == 0 and w != prev:
            raise ValueError("没有块，宽度变不了")
        stage = nn.Sequential()
        for j in range(num_blocks):
            stage.add_module(f"block {j}", ResidualBlock(prev, w))
            prev = w
        net.add_module(f"stage {i}", stage)
    net.add_module("head", nn.Linear(prev, num_outputs))
    return net
