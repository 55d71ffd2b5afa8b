"""constant-layer: c · wᵀx with a weight that learns and a constant that is saved and moved but does not learn."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import LayerCase, New
from d2l_ch3.checks.comparison import alike
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.trials import (
    CANNOT_TELL,
    LAST_DIGITS,
    Difference,
    Trial,
    always,
    differentiable,
    follows_its_parameters,
    one_sample,
    output,
    parameters,
)


class Case(LayerCase):
    """Sizes, the constant (another one in another case), the weight, and X with outputs of both signs."""

    def __init__(self, dice: Dice, in_features: int, c: float, batch: int, weight: Sequence[float] = ()) -> None:
        self.c = -2 * c if dice.other else c
        self.sizes = in_features, self.c
        self.values = {"weight": torch.tensor(weight) if weight else dice.tensor(in_features)}
        self.X = dice.tensor(batch, in_features)
        if batch > 1:
            self.X[1] = -2 * self.X[0]


SETTINGS: dict[str, dict[str, Any]] = {
    "usual": {"in_features": 4, "c": -1.25, "batch": 6},
    "square": {"in_features": 3, "c": 2.75, "batch": 3},  # where dimensions that are mixed up still fit
    "one sample": {"in_features": 5, "c": 1.5, "batch": 1},
    "one feature": {"in_features": 1, "c": -2.5, "batch": 4},
    "whole": {"in_features": 3, "c": 3, "batch": 4},
    "by hand": {"in_features": 2, "c": 2.5, "batch": 3, "weight": (1.0, -2.0)},
}


def as_given(c: Tensor) -> Tensor:
    """c itself."""
    return c


def multiplied(X: Tensor, weight: Tensor, c: Tensor, product: Any) -> Tensor:
    """c as a factor."""
    return c * product(X, weight)


def dot(X: Tensor, weight: Tensor) -> Tensor:
    """One inner product per sample: (batch,)."""
    return X @ weight


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, in_features: int, c: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X: Tensor, c: Any = as_given, place: Any = multiplied, product: Any = dot,
                after: Any = None) -> Tensor:
        """c · wᵀx for each sample: (batch,)."""
        Y = place(X, self.weight, c(self.c), product)
        return after(Y) if after else Y


def learning_constants(net: nn.Module, c: float) -> list[str]:
    """The names of parameters that hold the constant."""
    return [name for name, parameter in net.named_parameters() if parameter.numel() == 1 and parameter.item() == c]


def only_the_weight() -> Trial:
    """Look at the parameters; a constant among them is left to its own criterion."""
    asked = parameters("trains")

    def run(seen: Seen, answer: Any, new: New) -> None:
        asked.run(seen, answer, new)
        case = new()
        constants = learning_constants(case.build(answer), case.c)
        seen["others"] = [name for name in seen["others"] if name not in constants]
    return replace(asked, run=run)


def constant(criterion: str) -> Trial:
    """See whether c learns, whether it is saved, and whether a layer with another c computes with a c it has loaded."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, other = new(), new(other=True)
        net, fresh = case.build(answer), other.build(answer)
        seen["note frozen"] = [name for name, parameter in net.named_parameters() if not parameter.requires_grad]
        seen["learning"] = learning_constants(net, case.c)
        seen["note buffers"] = [name for name, buffer in net.named_buffers()
                                if name == "c" or (buffer.numel() == 1 and buffer.item() == case.c)]
        seen["saved"] = "c" in net.state_dict()
        fresh.load_state_dict(net.state_dict())
        with torch.no_grad():
            for name, tensor in case.held(fresh).items():  # a weight that is not saved costs another criterion
                case.asked(name, tensor).copy_(case.values[name])
        seen["loaded"] = fresh(case.X.clone())

    def learning(different: Difference) -> Says:
        frozen = all(name in different.seen["note frozen"] for name in different.value)
        return says("c-frozen-parameter" if frozen else "c-trained")

    def unsaved(different: Difference) -> Says:
        buffers = different.seen["note buffers"]
        return says("c-not-persistent") if "c" in buffers else says("c-other-name", got=buffers[0]) if buffers \
            else says("c-not-saved")
    return Trial(criterion, "constant", run, {"learning": learning, "saved": unsaved, "loaded": "c-not-read"},
                 fixed=("learning", "saved"))


def digits_of_c(criterion: str) -> Trial:
    """Change the registered c in a digit that float32 does not have: the output must change in proportion."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new(torch.float64)
        net = case.build(answer)
        c = dict(net.named_buffers()).get("c")
        seen["digits of c"] = CANNOT_TELL
        if c is not None and c.is_floating_point():
            before = net(case.X.clone())
            value = c.clone()
            plays_a_part = not alike((c.mul_(2), net(case.X.clone()))[1], before)
            c.copy_(value * (1 + LAST_DIGITS))
            if plays_a_part:
                seen["digits of c"] = (net(case.X.clone()) - before) / LAST_DIGITS
    return Trial(criterion, "digits of c", run, {"digits": "float32-inside"}, unsure=("digits",))


def slip(key: str) -> Wrong:
    """A belief about the formula."""
    return wrong(key, "output")


EXERCISE = Experiment(
    "constant-layer", Case, SETTINGS, Model,
    stages=(Stage("output", {
        "product": {
            dot: None,
            (lambda X, w: (X @ w).unsqueeze(1)): slip("column-kept"),
            (lambda X, w: X * w): slip("not-summed"),
            (lambda X, w: (X @ w).sum()): slip("samples-mixed"),
            (lambda X, w: (X * w).sum(0)): slip("summed-over-batch"),
            (lambda X, w: (X * w).mean(1)): slip("mean-not-sum"),
            (lambda X, w: w @ X): slip("crossed"),
        },
        "c": {
            as_given: None, torch.square: slip("c-squared"), torch.ones_like: slip("c-unused"),
            torch.trunc: slip("c-rounded"), torch.round: slip("c-rounded"), torch.floor: slip("c-rounded"),
            torch.reciprocal: slip("c-divided"),
        },
        "place": {
            multiplied: None, (lambda X, w, c, product: product(X, w) + c): slip("c-added"),
            (lambda X, w, c, product: product(X, w + c)): slip("c-added"),
            (lambda X, w, c, product: product(X + c, w)): slip("c-added"),
        },
        "after": {None: None, torch.relu: slip("relu-added"), torch.tanh: slip("activation-added"),
                  torch.sigmoid: slip("activation-added")},
    }),),
    trials=(
        output("output", "usual", "square"), one_sample("output", "one sample", "one feature"),
        only_the_weight(), differentiable("trains"), follows_its_parameters("trains"),
        constant("constant"), output("constant", "whole", name="whole number"),
        *always("tidy"), digits_of_c("tidy"),
    ),
    properties={"weight": ({"weight": 2}, 2), "input": ({"X": 2}, 2)},
).exercise
