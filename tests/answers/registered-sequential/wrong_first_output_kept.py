"""Caches the result.

misconception: keeps-first-output
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.cache = {}

    def forward(self, X):
        if 'Y' not in self.cache:
            Y = X
            for block in self.blocks:
                Y = block(Y)
            self.cache['Y'] = Y
        return self.cache['Y']

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
