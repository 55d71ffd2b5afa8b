"""Collects the blocks with insert(0, ...), turned round, and puts a relu between any two.

misconception: reversed-order, activation-added
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = []
        for block in blocks:
            self.blocks.insert(0, block)

    def forward(self, X):
        for block in self.blocks:
            X = torch.relu(block(X))
        return X
