"""A subclass whose forward runs the blocks backwards.

misconception: blocks-not-in-order
points: 4
"""


class Blocks(nn.Sequential):
    def forward(self, X):
        for block in reversed(self):
            X = block(X)
        return X


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("num_blocks must not be negative")
    net = Blocks()
    for i in range(num_blocks):
        net.add_module(f"block {i}", make_block())
    return net
