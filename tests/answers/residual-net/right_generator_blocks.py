"""Flat list of sizes."""


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if not len(widths):
        raise ValueError("give widths")
    if not num_blocks and len({*widths}) != 1:
        raise ValueError("give blocks")
    net = nn.Sequential()
    net.add_module("stem", nn.Linear(num_inputs, widths[0]))
    for i in range(len(widths)):
        a = widths[max(i - 1, 0)]
        b = widths[i]
        stage = nn.Sequential()
        for j in range(num_blocks):
            stage.add_module(f"block {j}", ResidualBlock([a, b][min(j, 1)], b))
        net.add_module(f"stage {i}", stage)
    net.add_module("head", nn.Linear(widths[-1], num_outputs))
    return net
