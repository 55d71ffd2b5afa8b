"""A plain dict by number.

misconception: plain-list
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = {i: block for i, block in enumerate(blocks)}

    def forward(self, X):
        for i in range(len(self.blocks)):
            X = self.blocks[i](X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return list(self.blocks.values())[i]
