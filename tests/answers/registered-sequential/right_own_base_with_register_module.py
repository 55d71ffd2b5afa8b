"""A base class of its own is the container, with register_module; the net adds forward as a fold."""


from functools import reduce


class Row(nn.Module):
    def __init__(self, *items):
        super().__init__()
        self.names = ["item%03d" % k for k in range(len(items))]
        for name, item in zip(self.names, items):
            self.register_module(name, item)

    def __len__(self):
        return len(self.names)

    def __getitem__(self, i):
        return self.get_submodule(self.names[i])


class RegisteredSequential(Row):
    def forward(self, X):
        return reduce(lambda Y, name: self._modules[name](Y), self.names, X)
