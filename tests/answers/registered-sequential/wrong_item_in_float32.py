"""Hands out blocks in float32, and so turns all of them into it.

misconception: changed-by-looking
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks.float()[i]
