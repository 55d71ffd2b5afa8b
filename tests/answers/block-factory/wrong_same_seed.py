"""Sets the seed before each block, for reproducible results; two digits in the names.

misconception: same-seed, misnamed
points: 2
"""


def make_blocks(make_block, num_blocks):
    if num_blocks < 0:
        raise ValueError("negative")
    net = nn.Sequential()
    for i in range(num_blocks):
        torch.manual_seed(42)
        net.add_module(f"block {i:02d}", make_block())
    return net
