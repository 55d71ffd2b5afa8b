"""np.prod gives NumPy's integers, and 1.0 for the empty shape.

misconception: count-not-int
points: 2
"""


import numpy as np


def parameter_table(net):
    return [(name, p.shape, np.prod(p.shape)) for name, p in net.named_parameters()]
