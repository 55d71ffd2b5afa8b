"""Right, and talkative.

advice: print-left-behind
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        print("making block", i)
        net.add_module(f"block {i}", make_block())
    return net
