"""weight-norm: a linear layer whose weight is split into direction and length, column by column."""

from typing import Any

import torch
from torch import Tensor, nn
from torch.linalg import vector_norm

from d2l_ch3.checks.cases import LayerCase, New
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.trials import (
    Difference,
    Trial,
    always,
    differentiable,
    follows_its_parameters,
    leading,
    loaded,
    one_sample,
    output,
    parameters,
)


class Case(LayerCase):
    """Sizes, values of the three parameters, and X."""

    def __init__(self, dice: Dice, in_units: int, units: int, batch: int) -> None:
        self.sizes = in_units, units
        self.values = {"direction": 3 * dice.tensor(in_units, units), "scale": dice.tensor(units) - 0.5,
                       "bias": dice.tensor(units)}
        self.X = dice.tensor(batch, in_units)


SETTINGS = {
    "usual": {"in_units": 4, "units": 3, "batch": 6},
    "wide": {"in_units": 2, "units": 5, "batch": 3},
    "one sample": {"in_units": 5, "units": 2, "batch": 1},
    "one unit": {"in_units": 4, "units": 1, "batch": 3},
    "one input": {"in_units": 1, "units": 3, "batch": 2},
    "by hand": {"in_units": 2, "units": 2, "batch": 2},
}


def by_column(V: Tensor) -> Tensor:
    """The length of each column: (units,)."""
    return vector_norm(V, dim=0)


def detached(V: Tensor) -> Tensor:
    """The same number, as a constant."""
    return vector_norm(V, dim=0).detach()


def as_given(scale: Tensor) -> Tensor:
    """scale itself."""
    return scale


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, in_units: int, units: int) -> None:
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X: Tensor, norm: Any = by_column, scale: Any = as_given, bias: str = "added",
                after: Any = None) -> Tensor:
        g = scale(self.scale)
        W = self.direction / norm(self.direction)
        Y = X @ (W * g)
        Y = {"added": lambda: Y + self.bias, "missing": lambda: Y, "scaled": lambda: Y + self.bias * g,
             "subtracted": lambda: Y - self.bias}[bias]()
        return after(Y) if after else Y


def norms(**kinds: Any) -> dict[Any, Wrong | None]:
    """Norms that beliefs lead to, by the belief's name with ``_`` for ``-``."""
    return {norm: wrong(name.replace("_", "-"), "output") for name, norm in kinds.items()}


def starts(criterion: str) -> Trial:
    """Make two layers and look at direction: it should be random."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        layers = [answer(*case.sizes) for _ in range(2)]
        first, second = (case.held(layer)["direction"].detach().clone() for layer in layers)
        seen["note normalised"] = bool((vector_norm(first, dim=0) - 1).abs().max() < 1e-4)
        seen["random"] = bool(first.isfinite().all() and not torch.equal(first, second)
                              and first.flatten().unique().numel() > 1)
    return Trial(criterion, "starts", run, {"random": "direction-not-random"}, fixed=("random",))


def detached_norm(different: Difference) -> Says | None:
    """The norm taken for a constant."""
    return says("norm-detached") if different.as_if(norm=detached) else None


def normalised_before(said: Says, evidence: Evidence) -> Says:
    """Not normalised in forward, since it was done once and for all before."""
    once = evidence["starts, usual"].get("note normalised", False) if said.key == "not-normalised" else False
    return says("normalised-once") if once is True else said


EXERCISE = Experiment(
    "weight-norm", Case, SETTINGS, Model,
    stages=(Stage("output", {
        "norm": {by_column: None, **norms(
            norm_by_row=lambda V: vector_norm(V, dim=1, keepdim=True), norm_of_all=lambda V: vector_norm(V),
            norm_squared=lambda V: (V ** 2).sum(0), not_normalised=lambda V: torch.ones(()),
            norm_1=lambda V: V.abs().sum(0), norm_max=lambda V: V.abs().amax(0), norm_mean_square=lambda V: (V ** 2).mean(0).sqrt(),
            norm_std=lambda V: V.std(0))},
        "scale": {as_given: None, torch.ones_like: wrong("no-scale", "output"), torch.abs: wrong("scale-abs", "output"),
                  torch.exp: wrong("scale-exp", "output")},
        "bias": {"added": None, "missing": wrong("no-bias", "output"), "scaled": wrong("scaled-bias", "output"),
                 "subtracted": wrong("bias-subtracted", "output")},
        "after": {None: None, torch.relu: wrong("relu-added", "output")},
    }),),
    trials=(
        output("output", "usual", "wide"), one_sample("output", "one sample", "one unit", "one input"),
        leading("output"),
        differentiable("gradients", grad_of=detached_norm), parameters("parameters"), starts("parameters"),
        follows_its_parameters("parameters"), *always("tidy", rtol=10), loaded("tidy"),
    ),
    second_look=normalised_before,
    properties={"longer": ({"direction": 2}, 1), "doubled": ({"scale": 2, "bias": 2}, 2),
                "input": ({"X": 2, "bias": 2}, 2)},
).exercise
