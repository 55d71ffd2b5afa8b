"""Multiplies the lengths; the empty product is 1.

advice: data
"""


import math


def parameter_table(net):
    return [(name, tuple(param.data.size()), math.prod(param.size())) for name, param in net.named_parameters()]
