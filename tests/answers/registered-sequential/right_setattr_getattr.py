"""One attribute for each block, block0, block1, …; __getitem__ counts from the end by hand and raises IndexError itself."""


class RegisteredSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.n = 0
        for b in blocks:
            setattr(self, "block" + str(self.n), b)
            self.n += 1

    def __len__(self):
        return self.n

    def __getitem__(self, i):
        if not -self.n <= i < self.n:
            raise IndexError(f"there are {self.n} blocks, there is no block {i}")
        return getattr(self, f"block{i % self.n}")

    def forward(self, X):
        for i in range(self.n):
            X = self[i](X)
        return X
