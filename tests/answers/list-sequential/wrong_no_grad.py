"""Switches gradients off to save memory.

misconception: cut-graph
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        with torch.no_grad():
            for block in self.blocks:
                X = block(X)
        return X
