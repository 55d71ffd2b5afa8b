"""A subclass of nn.Sequential is an nn.Sequential."""


class Network(nn.Sequential):
    def __init__(self, make_block, num_blocks, head):
        super().__init__(make_blocks(make_block, num_blocks), head)


def make_network(*arguments):
    return Network(*arguments)
