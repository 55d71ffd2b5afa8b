"""A ModuleList as a default argument.

misconception: shared-between-instances
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks, store=nn.ModuleList()):
        super().__init__()
        self.blocks = store.extend(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
