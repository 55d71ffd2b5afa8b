"""An IndexError made out of whatever happens.

advice: catches-everything
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
        try:
            return self._modules[str(i)]
        except:
            raise IndexError(f'no block {i}')
