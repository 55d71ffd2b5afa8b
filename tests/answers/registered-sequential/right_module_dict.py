"""A ModuleDict with string keys, and a list of keys in which a repeated block stands twice."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleDict()
        self.order = []
        for block in blocks:
            key = str(id(block))
            self.blocks[key] = block
            self.order.append(key)

    def forward(self, X):
        for key in self.order:
            X = self.blocks[key](X)
        return X

    def __len__(self):
        return len(self.order)

    def __getitem__(self, i):
        return self.blocks[self.order[i]]
