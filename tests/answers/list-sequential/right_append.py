"""Appends in a loop, as many do."""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.block_list = []
        for block in blocks:
            self.block_list.append(block)

    def forward(self, X):
        for block in self.block_list:
            X = block(X)
        return X
