"""Looks up names and lets the KeyError out.

misconception: other-error
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleDict({str(i): block for i, block in enumerate(blocks)})

    def forward(self, X):
        for block in self.blocks.values():
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[str(i % len(self))] if -len(self) <= i < len(self) else self.blocks[str(i)]
