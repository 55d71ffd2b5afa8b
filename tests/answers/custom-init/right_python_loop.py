"""Slow, element by element, and right.

advice: data
"""


import random


def draw():
    case = random.choices(['high', 'zero', 'low'], weights=[3, 2, 1])[0]
    return {'high': random.uniform(1, 2), 'zero': 0.0, 'low': random.uniform(-4, -2)}[case]


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        rows, columns = m.weight.shape
        m.weight.data = torch.tensor([[draw() for _ in range(columns)] for _ in range(rows)], dtype=m.weight.dtype)
        if m.bias is not None:
            m.bias.data.zero_()
