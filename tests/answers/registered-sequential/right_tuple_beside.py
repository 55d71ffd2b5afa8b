"""ModuleList made by append; a tuple keeps the order; slices work too."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.registered = nn.ModuleList()
        for block in blocks:
            self.registered.append(block)
        self.blocks = tuple(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]

    def __iter__(self):
        return iter(self.blocks)
