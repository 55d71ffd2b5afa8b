"""Registers the blocks sorted by name.

misconception: sorted-as-text
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        named = {str(i): block for i, block in enumerate(blocks)}
        self.blocks = nn.ModuleList(named[key] for key in sorted(named))

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
