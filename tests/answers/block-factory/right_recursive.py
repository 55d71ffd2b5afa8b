"""One block fewer, then one more."""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    if num_blocks == 0:
        return nn.Sequential()
    net = make_blocks(make_block, num_blocks - 1)
    net.add_module(f"block {num_blocks - 1}", make_block())
    return net
