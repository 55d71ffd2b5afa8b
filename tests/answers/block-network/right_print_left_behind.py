"""Right, and shows the net.

advice: print-left-behind
"""


def make_network(make_block, num_blocks, head):
    net = nn.Sequential(make_blocks(make_block, num_blocks), head)
    print(net)
    return net
