"""A ModuleDict with padded numbers, walked with zip."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        names = [f'{i:04}' for i in range(len(blocks))]
        self.blocks = nn.ModuleDict(zip(names, blocks))

    def forward(self, X):
        for name in sorted(self.blocks):
            X = self.blocks[name](X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return [*self.blocks.values()][i]
