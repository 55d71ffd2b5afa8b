"""The ModuleList is called modules, and self.modules is still the method.

misconception: name-taken
points: 2
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.modules = nn.ModuleList(blocks)

    def forward(self, X):
        for module in self.modules:
            X = module(X)
        return X

    def __len__(self):
        return len(self.modules)

    def __getitem__(self, i):
        return self.modules[i]
