"""A ReLU at the end, as in the chapter's MLP.

misconception: activation-added
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return F.relu(X)
