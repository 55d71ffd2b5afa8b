"""A forward of its own that runs the two parts backwards.

misconception: own-forward
points: 1
"""


class Network(nn.Sequential):
    def forward(self, X):
        return self[0](self[1](X))


def make_network(make_block, num_blocks, head):
    return Network(make_blocks(make_block, num_blocks), head)
