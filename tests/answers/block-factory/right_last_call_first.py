"""The order of the calls is free, as long as each block has its own."""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    made = [make_block() for _ in range(num_blocks)]
    net = nn.Sequential()
    for i in range(num_blocks):
        net.add_module(f"block {i}", made.pop())
    return net
