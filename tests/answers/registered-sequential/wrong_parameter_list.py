"""Registers the parameters, not the blocks.

misconception: half-registered
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        self.params = nn.ParameterList([p for block in dict.fromkeys(blocks) for p in block.parameters()])

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
