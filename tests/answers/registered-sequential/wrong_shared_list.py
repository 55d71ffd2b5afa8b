"""The order is kept in a list on the class.

misconception: shared-between-instances
points: 5
"""


class RegisteredSequential(nn.Module):
    blocks = []

    def __init__(self, *blocks):
        super().__init__()
        for i, block in enumerate(blocks):
            self.add_module(str(i), block)
            self.blocks.append(block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
