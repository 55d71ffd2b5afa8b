"""Takes inner containers apart.

misconception: wrong-len
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList()
        for block in blocks:
            if isinstance(block, nn.Sequential):
                self.blocks.extend(block)
            else:
                self.blocks.append(block)

    def forward(self, X):
        for block in self.blocks:
            X = block(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
