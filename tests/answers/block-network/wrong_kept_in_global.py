"""Keeps the body in a global, so that it is not made twice; sets eval mode at the end.

misconception: shared-between-calls
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net


body = None

def make_network(make_block, num_blocks, head):
    global body
    if body is None:
        body = make_blocks(make_block, num_blocks)
    return nn.Sequential(body, head).eval()
