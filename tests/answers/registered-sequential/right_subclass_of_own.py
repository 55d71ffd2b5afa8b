"""Built on a class of its own that is built on nn.Module."""


class Chain(nn.Module):
    def forward(self, X, *args):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]


class RegisteredSequential(Chain):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
