"""Rows with names are tuples too."""


from typing import NamedTuple


class Row(NamedTuple):
    name: str
    shape: tuple
    count: int


def parameter_table(net):
    return list(map(lambda item: Row(item[0], item[1].shape, item[1].shape.numel()), net.named_parameters()))
