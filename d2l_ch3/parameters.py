"""The functions of chapter 2: nested blocks, and ways to initialise parameters.

The initialisers are meant for ``net.apply(...)``, which calls them once for every module
of a net, the innermost first. They change linear layers (subclasses included) in place
and leave every other module alone.
"""

import torch
from torch import nn


def block1() -> nn.Sequential:
    """The inner block: (..., 4) -> (..., 4) through a hidden layer of 8."""
    return nn.Sequential(nn.Linear(4, 8), nn.ReLU(),
                         nn.Linear(8, 4), nn.ReLU())


def block2() -> nn.Sequential:
    """Four inner blocks in a row, named ``block 0`` to ``block 3``: (..., 4) -> (..., 4)."""
    net = nn.Sequential()
    for i in range(4):
        net.add_module(f"block {i}", block1())
    return net


def init_normal(m: nn.Module) -> None:
    """Draw the weights from N(0, 0.01²) and set the bias to 0."""
    if isinstance(m, nn.Linear):
        nn.init.normal_(m.weight, mean=0, std=0.01)
        if m.bias is not None:
            nn.init.zeros_(m.bias)


def init_constant(m: nn.Module) -> None:
    """Set every weight to 1 and the bias to 0: an example of how *not* to begin."""
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 1)
        if m.bias is not None:
            nn.init.zeros_(m.bias)


def init_xavier(m: nn.Module) -> None:
    """Draw the weights from U(-a, a) with a = √(6 / (in + out)); the bias stays (Glorot and Bengio, 2010)."""
    if isinstance(m, nn.Linear):
        nn.init.xavier_uniform_(m.weight)


def init_42(m: nn.Module) -> None:
    """Set every weight to 42; the bias stays."""
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 42)


def my_init(m: nn.Module) -> None:
    """Draw each weight from U(5, 10) with probability 1/4, U(-10, -5) with 1/4, else 0; the bias stays.

    Half of U(-10, 10) lies within 5 of zero; setting that half to 0 leaves the other two quarters uniform.
    """
    if isinstance(m, nn.Linear):
        nn.init.uniform_(m.weight, -10, 10)
        with torch.no_grad():
            m.weight[m.weight.abs() < 5] = 0
