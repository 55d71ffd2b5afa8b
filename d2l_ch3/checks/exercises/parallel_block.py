"""parallel-block: both nets get the same X; their outputs are joined along the last dimension."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import Case, named_parameters
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import (
    Difference,
    always,
    differentiable,
    leading,
    one_sample,
    output,
    registered,
    the_very_nets,
)


class Nets(Case):
    """Two linear nets and their input."""

    def __init__(self, dice: Dice, in_features: int, out1: int, out2: int, batch: int) -> None:
        self.nets = [dice.linear(in_features, out1), dice.linear(in_features, out2)]
        self.X = dice.tensor(batch, in_features)

    def build(self, answer: Any) -> nn.Module:
        """The block on the two nets."""
        return answer(*self.nets)

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The parameters of the nets that were given."""
        return named_parameters({"net1": self.nets[0], "net2": self.nets[1]})


SETTINGS = {
    "usual": {"in_features": 4, "out1": 3, "out2": 5, "batch": 6},
    "alike": {"in_features": 4, "out1": 4, "out2": 4, "batch": 4},  # where most mistakes run
    "one sample": {"in_features": 3, "out1": 2, "out2": 1, "batch": 1},
    "by hand": {"in_features": 2, "out1": 2, "out2": 2, "batch": 2},
}


def beside(left: Tensor, right: Tensor) -> Tensor:
    """Side by side along the last dimension."""
    return torch.cat((left, right), dim=-1)


def interleaved(left: Tensor, right: Tensor) -> Tensor:
    """Entry by entry in turn, where both are of one width."""
    return torch.stack((left, right), dim=-1).flatten(-2) if left.shape == right.shape else beside(left, right)


def halves(X: Tensor, half: int) -> Tensor:
    """One half of the features."""
    return X.chunk(2, dim=-1)[half]


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
        super().__init__()
        self.nets = nn.ModuleList((net1, net2))

    def forward(self, X: Tensor, order: tuple[int, int] = (0, 1), join: Any = beside, series: str = "",
                after: Any = None) -> Tensor:
        """X of shape (..., in_features) to (..., out1 + out2)."""
        left, right = self.nets[order[0]], self.nets[order[1]]
        first = left(X)
        output = first if series == "only" else join(first, right(first if series else X))
        if series == "only":
            output = right(first)
        return after(output) if after else output


def separate(different: Difference) -> Says | None:
    """Two tensors where one should be."""
    return says("not-joined") if isinstance(different.value, list) else None


SUMMED = wrong("summed", "joined leading")
STACKED = wrong("stacked", "joined leading")
ONE_NET_TWICE = wrong("one-net-twice", "joined trained")

EXERCISE = Experiment(
    "parallel-block", Nets, SETTINGS, Model,
    stages=(Stage("output", {
        "order": {(0, 1): None, (1, 0): wrong("swapped", "joined"), (0, 0): ONE_NET_TWICE, (1, 1): ONE_NET_TWICE},
        "series": {"": None, "only": wrong("in-series", "joined leading"), "joined": wrong("in-series", "joined")},
        "join": {
            beside: None,
            partial(torch.add): SUMMED, (lambda left, right: (left + right) / 2): SUMMED,
            torch.mul: wrong("multiplied", "joined leading"), torch.maximum: wrong("maximum", "joined leading"),
            interleaved: wrong("interleaved", "joined"),
            (lambda left, right: torch.cat((left, right), dim=0)): wrong("joined-on-batch", "joined leading"),
            **{(lambda left, right, dim=dim: torch.stack((left, right), dim=dim)): STACKED for dim in (0, 1, 2)},
        },
        "after": {None: None, torch.relu: wrong("activation-added", "joined"),
                  torch.tanh: wrong("activation-added", "joined"), torch.sigmoid: wrong("activation-added", "joined")},
    }),),
    trials=(
        output("joined", "usual", "alike", output=separate),
        one_sample("leading"), leading("leading").telling(errors=(
            ("except in dimension 1|Dimension out of range", "joined-on-dim-1"),)),
        the_very_nets("trained"), differentiable("trained"), registered("trained"),
        *always("tidy"),
    ),
).exercise
