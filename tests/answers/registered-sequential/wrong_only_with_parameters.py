"""Registers only blocks that have parameters: eval does not reach dropout.

misconception: half-registered
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        for i, block in enumerate(blocks):
            if list(block.parameters()):
                self.add_module(str(i), block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
