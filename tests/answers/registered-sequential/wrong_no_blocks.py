"""Takes block 0 for granted.

misconception: no-blocks
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X):
        X = self.blocks[0](X)
        for i in range(1, len(self.blocks)):
            X = self.blocks[i](X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
