"""Arguments by name, parts in a list that is unpacked."""


def make_network(make_block, num_blocks, head):
    parts = [make_blocks(num_blocks=num_blocks, make_block=make_block), head]
    return nn.Sequential(*parts)
