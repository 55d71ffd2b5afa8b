"""Takes blocks out while it runs.

misconception: remembers-calls
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = nn.ModuleList(blocks)
        self.todo = list(blocks)

    def forward(self, X):
        while self.todo:
            X = self.todo.pop(0)(X)
        return X

    def __len__(self):
        return len(self.blocks)

    def __getitem__(self, i):
        return self.blocks[i]
