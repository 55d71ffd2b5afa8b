"""A counter on the class gives the names: a second net starts with the numbers of the first.

misconception: shared-between-instances
points: 5
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for block in blocks:
            self.add_module(f'block{RegisteredSequential.count}', block)
            RegisteredSequential.count += 1
        self.n = len(blocks)

    def forward(self, X):
        for i in range(self.n):
            X = getattr(self, f'block{RegisteredSequential.count - self.n + i}')(X)
        return X

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if not -self.n <= i < self.n:
            raise IndexError(i)
        return list(self._modules.values())[i]


RegisteredSequential.count = 0
