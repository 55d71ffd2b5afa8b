"""Its own make_blocks from the exercise before calls make_block once, and names without a number."""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    block = make_block()
    return nn.Sequential(*[block for _ in range(num_blocks)])


def make_network(make_block, num_blocks, head):
    return nn.Sequential(make_blocks(make_block, num_blocks), head)
