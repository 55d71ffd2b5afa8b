"""Random inputs of a check: drawn from a seed, apart from torch's global generator."""

import torch
from torch import nn


class Dice:
    """Values and layers drawn from one seed in one floating type; equal seeds draw equal things.

    A student's ``torch.manual_seed`` does not touch them. Sizes are not drawn: an answer must not owe its points to
    the luck of a seed.
    """

    def __init__(self, seed: int, dtype: torch.dtype = torch.float32, other: bool = False) -> None:
        self.generator = torch.Generator().manual_seed(seed)
        self.dtype = dtype
        self.other = other
        """Whether these are the dice of another case beside the first, for what must differ and not just be drawn."""

    def integer(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return int(torch.randint(low, high + 1, (), generator=self.generator))

    def tensor(self, *shape: int) -> torch.Tensor:
        """A tensor of standard normal values. In float64 they have digits that float32 has not."""
        return torch.randn(shape, generator=self.generator, dtype=torch.float64).to(self.dtype)

    def number(self) -> float:
        """A number between 0.5 and 2 that float32 holds exactly; never 1, by which a constant would pass for it."""
        drawn = self.integer(8, 31)
        return (drawn + (drawn >= 16)) / 16

    def linear(self, in_features: int, out_features: int) -> nn.Linear:
        """A linear layer with drawn weight and bias; torch's global generator is left alone."""
        layer = nn.Linear.__new__(nn.Linear)  # its __init__ would draw first values, only to have them replaced
        nn.Module.__init__(layer)
        vars(layer).update(in_features=in_features, out_features=out_features)  # many are made: this is the quick way
        layer._parameters["weight"] = nn.Parameter(self.tensor(out_features, in_features) / in_features ** 0.5)
        layer._parameters["bias"] = nn.Parameter(self.tensor(out_features))
        return layer


class WholeDice(Dice):
    """Dice that draw small whole numbers, for an example that a person can work out by hand."""

    def tensor(self, *shape: int) -> torch.Tensor:
        """A tensor of whole numbers from -2 to 3."""
        return torch.randint(-2, 4, shape, generator=self.generator).to(self.dtype)

    def linear(self, in_features: int, out_features: int) -> nn.Linear:
        """A linear layer whose weight and bias are whole numbers."""
        layer = super().linear(in_features, out_features)
        with torch.no_grad():
            layer.weight.copy_(self.tensor(out_features, in_features))
        return layer
