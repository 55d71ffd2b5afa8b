"""Also keeps the blocks backwards, in a second list."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)
        self.backwards = self.blocks[::-1]

    def forward(self, X):
        for i in range(len(self.blocks)):
            X = self.backwards[-1 - i](X)
        return X
