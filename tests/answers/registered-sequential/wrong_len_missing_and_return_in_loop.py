"""No __len__ (the cell of the template was shortened), and the return stands in the loop.

misconception: only-first-block, no-special-method
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
            return X

    def __getitem__(self, i):
        return self.blocks[i]
