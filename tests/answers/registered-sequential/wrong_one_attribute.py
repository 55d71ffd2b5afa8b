"""One attribute for all beside the list: the last one stays registered.

misconception: same-name
points: 4
"""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.order = []
        for block in blocks:
            self.block = block
            self.order.append(block)

    def forward(self, X):
        for block in self.order:
            X = block(X)
        return X

    def __len__(self):
        return len(self.order)

    def __getitem__(self, i):
        return self.order[i]
