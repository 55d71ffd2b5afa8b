"""Reads the registers themselves, _modules and _parameters, by a little path function folded over the names."""

from functools import reduce


def at(net, *path):
    return reduce(lambda module, name: module._modules[name], path, net)._parameters["weight"]


block2_second_linear_weight = lambda rgnet: at(rgnet, "0", "block 2", "2")  # noqa: E731
outer_linear_weight = lambda rgnet: at(rgnet, "1")  # noqa: E731
