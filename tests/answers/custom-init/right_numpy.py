"""NumPy draws.

advice: data
"""


import numpy as np


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        shape = tuple(m.weight.shape)
        case = np.random.choice(3, size=shape, p=[1 / 2, 1 / 3, 1 / 6])
        values = np.choose(case, [np.random.uniform(1, 2, shape), np.zeros(shape), np.random.uniform(-4, -2, shape)])
        m.weight.data.copy_(torch.from_numpy(values))
        if getattr(m, 'bias', None) is not None:
            torch.nn.init.constant_(m.bias, 0)
