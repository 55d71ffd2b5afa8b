"""Registers with the class name and a number that restarts for each class, as 'Linear1'.

misconception: parameter-ignored, other-block
points: 2
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.names = []
        for i, block in enumerate(blocks):
            name = type(block).__name__.lower() + str(i % 3)
            self.add_module(name, block)
            self.names.append(name)

    def forward(self, X):
        for name in self.names:
            X = self._modules[name](X)
        return X

    def __len__(self):
        return len(self.names)

    def __getitem__(self, i):
        return self._modules[self.names[i]]
