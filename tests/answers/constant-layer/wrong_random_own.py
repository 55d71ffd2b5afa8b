"""Adds a little noise, from a generator of its own.

misconception: random-output
points: 0
"""


import numpy as np


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        Y = self.c * (X @ self.weight)
        return Y + torch.from_numpy(np.random.default_rng().normal(size=Y.shape)).to(Y)
