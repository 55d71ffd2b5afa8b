"""Does not use make_blocks but repeats one block in a list; an activation before the head.

misconception: extra-child
points: 1
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net


def make_network(make_block, num_blocks, head):
    body = nn.Sequential(*[make_block()] * num_blocks)
    return nn.Sequential(body, nn.ReLU(), head)
