"""Layers written by hand: one without parameters, one with them (chapter 3)."""

import torch
from torch import Tensor, nn
from torch.nn import functional as F


class CenteredLayer(nn.Module):
    """Subtracts from X, of any shape, the mean of all its elements; no parameters.

    The mean is over the whole batch, so what a sample becomes depends on the others in it.
    """

    def forward(self, X: Tensor) -> Tensor:
        """X of shape (...) to (...), with mean 0 up to rounding."""
        return X - X.mean()


class MyLinear(nn.Module):
    """A fully connected layer with ReLU built in: ReLU(X W + b).

    ``weight`` has shape (in_units, units), transposed against ``nn.Linear``, and ``bias`` (units,);
    both start with draws from the standard normal distribution.
    """

    def __init__(self, in_units: int, units: int):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_units, units))
        self.bias = nn.Parameter(torch.randn(units))

    def forward(self, X: Tensor) -> Tensor:
        """X of shape (..., in_units) to (..., units)."""
        return F.relu(torch.matmul(X, self.weight) + self.bias)

    def extra_repr(self) -> str:
        """The sizes, for ``print(net)``."""
        in_units, units = self.weight.shape
        return f"in_units={in_units}, units={units}"
