"""Keeps only the number and attributes.

misconception: not-a-list
points: 2
"""


class ListSequential(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        self.n = len(blocks)
        for i in range(self.n):
            self.__dict__[f'block{i}'] = blocks[i]

    def forward(self, X):
        for i in range(self.n):
            X = self.__dict__[f'block{i}'](X)
        return X
