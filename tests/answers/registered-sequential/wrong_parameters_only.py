"""A plain list and a parameters() of its own: state_dict, to, eval and apply still see nothing.

misconception: half-registered, counted-twice
points: 3
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]

    def parameters(self, recurse=True):
        for block in self.blocks:
            yield from block.parameters()
