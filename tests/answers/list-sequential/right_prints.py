"""Leaves a print behind.

advice: print-left-behind
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for i, block in enumerate(self.blocks):
            X = block(X)
            print(i, X.shape)
        return X
