"""A helper makes a stage."""


def make_stage(before, width, num_blocks):
    stage = nn.Sequential()
    for j in range(num_blocks):
        stage.add_module('block ' + str(j), ResidualBlock(before if j == 0 else width, width))
    return stage


def make_resnet(num_inputs, widths, num_blocks, num_outputs):
    if len(widths) < 1:
        raise ValueError
    if not num_blocks and min(widths) != max(widths):
        raise ValueError('no blocks')
    net = nn.Sequential()
    net.add_module('stem', nn.Linear(num_inputs, widths[0]))
    for i in range(len(widths)):
        net.add_module('stage ' + str(i), make_stage(widths[i - 1] if i > 0 else widths[0], widths[i], num_blocks))
    net.add_module('head', nn.Linear(widths[-1], num_outputs))
    return net
