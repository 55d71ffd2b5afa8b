"""register_module and itertools; an index counted from the end is turned round."""


import itertools


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for i, block in zip(itertools.count(), blocks):
            self.register_module(f'block {i}', block)

    def forward(self, X):
        for block in self:
            X = block(X)
        return X

    def __len__(self):
        return len(self._modules)

    def __getitem__(self, i):
        n = len(self)
        if i < 0:
            i += n
        if i < 0 or i >= n:
            raise IndexError(i)
        return next(itertools.islice(self._modules.values(), i, None))

    def __iter__(self):
        return iter(self._modules.values())
