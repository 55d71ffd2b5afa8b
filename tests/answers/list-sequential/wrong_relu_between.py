"""Puts a ReLU behind every block.

misconception: activation-added
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = F.relu(block(X))
        return X
