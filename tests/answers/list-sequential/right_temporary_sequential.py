"""Makes an nn.Sequential for the time of a call; nothing is registered."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X):
        return nn.Sequential(*self.blocks)(X)
