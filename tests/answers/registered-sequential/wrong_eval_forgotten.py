"""Patches every method but apply and state_dict.

misconception: half-registered
points: 4
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
        return iter({id(p): p for block in self.blocks for p in block.parameters()}.values())

    def train(self, mode=True):
        for block in self.blocks:
            block.train(mode)
        return super().train(mode)

    def to(self, *args, **kwargs):
        for block in self.blocks:
            block.to(*args, **kwargs)
        return super().to(*args, **kwargs)
