"""The ModuleList is a default argument, extended in __init__.

misconception: shared-between-instances
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks, store=nn.ModuleList()):
        super().__init__()
        self.store = store.extend(blocks)

    def forward(self, X):
        for b in self.store:
            X = b(X)
        return X

    def __len__(self):
        return len(self.store)

    def __getitem__(self, i):
        return self.store[i]
