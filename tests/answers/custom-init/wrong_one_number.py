"""The cases are drawn one by one, the values once.

misconception: few-values
points: 4
"""


import random


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand_like(m.weight)
        W = torch.zeros_like(m.weight)
        W[u < 1 / 2] = random.uniform(1, 2)
        W[u >= 5 / 6] = random.uniform(-4, -2)
        m.weight.data.copy_(W)
        if m.bias is not None:
            nn.init.zeros_(m.bias)
