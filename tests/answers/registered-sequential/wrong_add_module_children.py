"""add_module under the name of a method.

misconception: name-taken
points: 0
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.add_module('children', nn.ModuleList(blocks))

    def forward(self, X):
        for block in self._modules['children']:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
