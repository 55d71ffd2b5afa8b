"""Sorts the names, which are text.

misconception: sorted-as-text
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleDict({f'block {i}': block for i, block in enumerate(blocks)})

    def forward(self, X):
        for name in sorted(self.blocks):
            X = self.blocks[name](X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return list(self.blocks.values())[i]
