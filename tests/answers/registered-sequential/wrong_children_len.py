"""Runs in order, but counts children().

misconception: duplicate-lost
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for i, block in enumerate(blocks):
            self.add_module(str(i), block)

    def forward(self, X):
        for block in self._modules.values():
            X = block(X)
        return X

    def __len__(self):
        return len(list(self.children()))

    def __getitem__(self, i):
        return list(self._modules.values())[i]
