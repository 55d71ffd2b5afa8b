"""__call__ instead of forward; each block is set to eval before it runs, and stays so.

misconception: switches-mode
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def __call__(self, X):
        for block in self.blocks:
            X = block.eval()(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
