"""Registers weights and biases by hand.

misconception: half-registered
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        for i, block in enumerate(blocks):
            for name, p in block.named_parameters():
                self.register_parameter(f'{i}_{name.replace(chr(46), chr(95))}', p)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
