"""Adds the length once and leaves what is still negative to the list.

misconception: no-index-error
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
        return len(self._modules)

    def __getitem__(self, i):
        if i < 0:
            i += len(self)
        return list(self._modules.values())[i]
