"""A subclass of nn.Sequential is an nn.Sequential."""


class Blocks(nn.Sequential):
    def __init__(self, make_block, num_blocks):
        super().__init__()
        for i in range(num_blocks):
            self._modules[f"block {i}"] = make_block()


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    return Blocks(make_block, num_blocks)
