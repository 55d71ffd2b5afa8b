"""A ModuleList and attributes beside: every block has two names."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        for i, block in enumerate(blocks):
            setattr(self, f'block_{i}', block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
