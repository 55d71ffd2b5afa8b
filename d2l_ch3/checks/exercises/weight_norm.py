"""weight-norm: a linear layer whose weight is split into direction and length, column by column."""

from collections.abc import Sequence
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
    unwritten_is_nan,
)
from d2l_ch3.language import Text


class Case(LayerCase):
    """Sizes, values of the three parameters, and X."""

    def __init__(self, dice: Dice, in_units: int, units: int, batch: int, direction: Sequence[Any] = ()) -> None:
        self.sizes = in_units, units
        self.values = {"direction": torch.tensor(direction) if direction else 3 * dice.tensor(in_units, units),
                       "scale": dice.tensor(units) - 0.5, "bias": dice.tensor(units)}
        self.X = dice.tensor(batch, in_units)


SETTINGS: dict[str, dict[str, Any]] = {
    "usual": {"in_units": 4, "units": 3, "batch": 6},
    "wide": {"in_units": 2, "units": 5, "batch": 3},
    "square": {"in_units": 3, "units": 3, "batch": 5},  # where dimensions that are mixed up still fit
    "one sample": {"in_units": 5, "units": 2, "batch": 1},
    "one unit": {"in_units": 4, "units": 1, "batch": 3},
    "by hand": {"in_units": 2, "units": 2, "batch": 2, "direction": ((3.0, 0.0), (4.0, 2.0))},
}


def by_column(V: Tensor) -> Tensor:
    """Each column divided by its length."""
    return V / vector_norm(V, dim=0)


def detached(V: Tensor) -> Tensor:
    """The same values, the length a constant."""
    return V / vector_norm(V, dim=0).detach()


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

    def forward(self, X: Tensor, unit: Any = by_column, scale: Any = as_given, stored: str = "by column",
                transposed: bool = False, bias: str = "added", after: Any = None) -> Tensor:
        """X · W + bias: (..., units)."""
        g = scale(self.scale)
        square = self.direction.shape[0] == self.direction.shape[1]  # elsewhere the shape shows how it is stored
        W = unit(self.direction.T if stored == "by row" and square else self.direction) * g
        Y = X @ (W.T if transposed else W)
        Y = {"added": lambda: Y + self.bias, "missing": lambda: Y, "scaled": lambda: Y + self.bias * g,
             "subtracted": lambda: Y - self.bias}[bias]()
        return after(Y) if after else Y


def starts(criterion: str) -> Trial:
    """Make two layers and look at direction: it should be random."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        with unwritten_is_nan():
            layers = [answer(*case.sizes) for _ in range(2)]
        first, second = (case.held(layer)["direction"] for layer in layers)
        seen["note unwritten"] = not first.isfinite().all()
        seen["note normalised"] = bool((vector_norm(first, dim=0) - 1).abs().max() < 1e-4)
        drawn = first is second or not torch.equal(first, second)  # sharing one is another mistake
        apart = first.unique(dim=1).shape == first.shape  # no two columns are equal
        seen["random"] = bool(first.isfinite().all() and drawn and apart)

    def how(different: Difference) -> Says:
        return says("direction-unwritten" if different.seen.get("note unwritten") else "direction-not-random")
    return Trial(criterion, "starts", run, {"random": how}, fixed=("random",))


def detached_norm(different: Difference) -> Says | None:
    """The norm taken for a constant."""
    return says("norm-detached") if different.as_if(unit=detached) else None


def second_look(said: Says, evidence: Evidence) -> Says:
    """Not normalised in forward, since it was done once and for all before; parameters that are torch's own."""
    if said.key == "not-normalised" and evidence["starts, usual"].get("note normalised", False) is True:
        return says("normalised-once")
    if said.key in ("other-name", "dimensions-swapped"):
        others = evidence["parameters, usual"].get("others", [])
        names = [name for name in others if "parametrizations." in name or name.endswith(("weight_g", "weight_v"))]
        return says("torch-weight-norm", names=", ".join(f"`{name}`" for name in names)) if names else said
    return said


def slip(key: str, **details: object) -> Wrong:
    """A belief about the formula."""
    return wrong(key, "output", **details)


def another(zh: str, en: str) -> Wrong:
    """Another way to normalize."""
    return slip("another-norm", got=Text(zh, en))


def remapped(got: str) -> Wrong:
    """Something computed from scale in its place."""
    return slip("scale-remapped", got=f"`{got}`")


EXERCISE = Experiment(
    "weight-norm", Case, SETTINGS, Model,
    stages=(Stage("output", {
        "unit": {
            by_column: None,
            (lambda V: V / vector_norm(V, dim=1, keepdim=True)): slip("norm-by-row"),
            (lambda V: V / vector_norm(V, dim=1)): slip("norm-by-row"),
            (lambda V: V / vector_norm(V)): slip("norm-of-all"),
            (lambda V: V / (V ** 2).sum(0)): slip("norm-squared"),
            (lambda V: V * 1): slip("not-normalised"),
            (lambda V: V / V.abs().sum(0)): another("除以绝对值之和", "dividing by the sum of absolute values"),
            (lambda V: V / V.abs().amax(0)): another("除以最大的绝对值", "dividing by the largest absolute value"),
            (lambda V: V / (V ** 2).mean(0).sqrt()): another("除以均方根", "dividing by the root mean square"),
            (lambda V: V / V.std(0)): another("除以标准差", "dividing by the standard deviation"),
            (lambda V: (V - V.mean(0)) / V.std(0)): another(
                "减去均值，再除以标准差", "subtracting the mean and dividing by the standard deviation"),
            (lambda V: V.softmax(0)): another("softmax", "a softmax"),
            (lambda V: V / V.sum(0)): another("除以各项之和", "dividing by the sum of the entries"),
            (lambda V: V * vector_norm(V, dim=0)): another("乘以长度", "multiplying by the length"),
        },
        "scale": {
            as_given: None, torch.ones_like: slip("no-scale"), torch.sign: slip("scale-inside-norm"),
            (lambda g: g.unsqueeze(1)): slip("scale-by-row"),
            torch.abs: remapped("abs(scale)"), torch.exp: remapped("exp(scale)"), torch.square: remapped("scale ** 2"),
            nn.functional.softplus: remapped("softplus(scale)"), torch.reciprocal: remapped("1 / scale"),
            torch.relu: remapped("relu(scale)"), torch.sigmoid: remapped("sigmoid(scale)"),
        },
        "stored": {"by column": None, "by row": wrong("dimensions-swapped", "parameters", name="direction",
                                                      expected="(in_units, units)", got="(units, in_units)")},
        "transposed": {False: None, True: slip("transposed")},
        "bias": {"added": None, "missing": slip("no-bias"), "scaled": slip("scaled-bias"),
                 "subtracted": slip("bias-subtracted")},
        "after": {None: None, torch.relu: slip("relu-added"), torch.tanh: slip("activation-added"),
                  torch.sigmoid: slip("activation-added")},
    }),),
    trials=(
        output("output", "usual", "wide", "square"), one_sample("output", "one sample", "one unit"),
        leading("output"),
        differentiable("gradients", grad_of=detached_norm),
        parameters("parameters"), starts("parameters"),
        follows_its_parameters("parameters"), loaded("parameters"), *always("tidy", rtol=10),
    ),
    second_look=second_look,
    properties={"longer": ({"direction": 2}, 1), "doubled": ({"scale": 2, "bias": 2}, 2),
                "input": ({"X": 2, "bias": 2}, 2)},
).exercise
