"""Returns in the loop, and counts parameters.

misconception: only-first-block, len-of-parameters
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
        return X

    def __len__(self):
        return len(list(self.parameters()))

    def __getitem__(self, i):
        return self.blocks[i]
