"""Counts along, which cannot go backwards.

misconception: negative-index
points: 5
"""


from itertools import islice


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
        return next(islice(self._modules.values(), i, None))
