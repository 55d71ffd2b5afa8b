"""Random inputs of a check: drawn from a seed, apart from torch's global generator."""

import torch
from torch import nn


class Dice:
    """Dimensions, values and layers drawn from one seed; equal seeds draw equal things.

    A student's ``torch.manual_seed`` does not touch them.
    """

    def __init__(self, seed: int) -> None:
        self.generator = torch.Generator().manual_seed(seed)

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(torch.randint(low, high + 1, (), generator=self.generator))

    def different(self, count: int, low: int, high: int) -> list[int]:
        """`count` different whole numbers from `low` to `high`: dimensions that cannot be mixed up."""
        return [low + int(i) for i in torch.randperm(high - low + 1, generator=self.generator)[:count]]

    def tensor(self, *shape: int, dtype: torch.dtype = torch.float32) -> torch.Tensor:
        """A tensor of standard normal values."""
        return torch.randn(shape, generator=self.generator, dtype=torch.float64).to(dtype)

    def linear(self, in_features: int, out_features: int) -> nn.Linear:
        """A linear layer with drawn weight and bias; torch's global generator is left alone."""
        layer = nn.Linear.__new__(nn.Linear)  # its __init__ would draw first values, only to have them replaced
        nn.Module.__init__(layer)
        layer.in_features, layer.out_features = in_features, out_features
        layer.weight = nn.Parameter(self.tensor(out_features, in_features) / in_features ** 0.5)
        layer.bias = nn.Parameter(self.tensor(out_features))
        return layer
