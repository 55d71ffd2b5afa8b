"""Attributes made in a loop, found again with getattr; the index worked out by hand."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.num_blocks = len(blocks)
        for i, block in enumerate(blocks):
            setattr(self, f'block{i}', block)

    def forward(self, X):
        for i in range(self.num_blocks):
            X = getattr(self, f'block{i}')(X)
        return X

    def __len__(self):
        return self.num_blocks

    def __getitem__(self, i):
        if not -self.num_blocks <= i < self.num_blocks:
            raise IndexError('index out of range')
        return getattr(self, f'block{i % self.num_blocks}')
