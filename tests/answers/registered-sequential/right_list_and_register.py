"""A plain list for the order, and every block registered beside it."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        for i, block in enumerate(blocks):
            self.add_module(f'{type(block).__name__}{i}', block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
