"""A ModuleDict with integers for keys.

misconception: key-not-str
points: 0
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleDict({i: block for i, block in enumerate(blocks)})

    def forward(self, X):
        for block in self.blocks.values():
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return list(self.blocks.values())[i]
