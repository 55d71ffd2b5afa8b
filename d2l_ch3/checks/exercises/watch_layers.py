"""watch-layers: gradient descent on any net; of every parameter its norm, its gradient's and the update ratio."""

from collections.abc import Mapping
from contextlib import suppress
from functools import cached_property, partial
from itertools import pairwise
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import New
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import raised
from d2l_ch3.checks.evidence import Seen, describe
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.training import (
    Step,
    Training,
    again,
    around,
    at_rest,
    descend,
    in_double,
    look_up,
    no_fault,
    no_steps,
    not_floats,
    noted,
    numbers,
    other_norms,
    other_shape,
    overshooting,
    root_of_squares,
    second_look,
    trained,
    update,
)
from d2l_ch3.checks.trials import CANNOT_TELL, Difference, Trial

NORM, GRAD, RATIO = KEYS = ("norm", "grad_norm", "ratio")
EPSILON = 1e-12
Values = Mapping[str, Tensor]
GRADLESS_NAMES = FROZEN, SPARE = ("first.weight", "tanh 2.spare")
NAMES = (FROZEN, "first.bias", SPARE, "shared.weight", "shared.bias", "out.weight", "out.bias")
PATHS = {f"{key} of {name}": (name, key) for key in KEYS for name in NAMES}


class Case(Training):
    """The net of the trainings; if asked, with a frozen parameter and one that nothing uses, or with small ones."""

    def __init__(self, dice: Dice, special: str = "", **setting: Any) -> None:
        super().__init__(dice, **setting)
        self.special, self.spare = special, dice.tensor(3)

    def net(self) -> nn.Module:
        """A new net with this case's values."""
        net = super().net()
        if self.special == "gradless":
            net.get_parameter(FROZEN).requires_grad_(False)
            net.get_submodule("tanh 2").spare = nn.Parameter(self.spare.clone())
        elif self.special == "zero":
            nn.init.zeros_(net.get_parameter("out.bias"))
            for name in ("first.bias", "shared.bias"):  # so small that a norm which was rounded spoils the ratio
                net.get_parameter(name).data.mul_(2.0 ** -8)
        return net

    @cached_property
    def starts(self) -> dict[str, Tensor]:
        """The values that a new net starts with, those of no layer too."""
        return {name: parameter.detach() for name, parameter in self.net().named_parameters()}


SETTINGS: dict[str, dict[str, Any]] = {
    "usual": {"columns": 2, "batch": 5, "lr": 0.07, "num_steps": 3},
    "shorter": {"columns": 3, "batch": 4, "lr": 0.13, "num_steps": 2},
    "too far": {"columns": 2, "batch": 5, "lr": 40.0, "num_steps": 2},
    "one column": {"columns": 1, "batch": 70, "lr": 0.07, "num_steps": 1},
    "gradless": {"columns": 2, "batch": 5, "lr": 0.07, "num_steps": 2, "special": "gradless"},
    "zero": {"columns": 2, "batch": 5, "lr": 0.07, "num_steps": 1, "special": "zero"},
}


def before(now: Values, later: Values) -> Values:
    """The values before the step."""
    return now


def one_late(now: Values, later: Values) -> Values:
    """The values after the step."""
    return later


def update_ratio(lr: float, grad: float, norm: float) -> float:
    """What a step changes, relative to the value."""
    return lr * grad / (norm + EPSILON)


def of_each(step: Step, name: str) -> Tensor:
    """The parameter's own gradient; a zero if there is none."""
    return step.grads.get(name, torch.zeros(()))


def of_all(step: Step, name: str) -> Tensor:
    """All gradients in one tensor."""
    return torch.cat([grad.flatten() for grad in step.grads.values()])


def model(net: nn.Module, X: Tensor, y: Tensor, lr: float, num_steps: int, *, when: Any = before,
          norm: Any = root_of_squares, of: Any = of_each, grad: Any = root_of_squares,
          ratio: Any = update_ratio, made_of: str = "noted", kept: tuple[int | None, None] = (None, None),
          **knobs: Any) -> dict[str, dict[str, list[float]]] | None:
    """The right answer, with a knob for every belief."""
    done = descend(net, X, y, lr, num_steps, **knobs)
    if done is None:
        return None
    steps, named = done[0], dict(net.named_parameters())
    values = [*(step.values for step in steps), {name: parameter.detach() for name, parameter in named.items()}]
    history = {}
    for name in named:
        norms = [float(norm(when(*pair)[name])) for pair in pairwise(values)]
        grads = [float(grad(of(step, name))) for step in steps]
        if made_of == "noted":
            parts = zip(grads, norms, strict=True)
        else:
            own = one_late if made_of == "after" else before
            parts = zip([float(of_each(step, name).norm()) for step in steps],
                        [float(own(*pair)[name].norm()) for pair in pairwise(values)], strict=True)
        history[name] = {NORM: norms[slice(*kept)], GRAD: grads[slice(*kept)],
                         RATIO: [ratio(lr, *pair) for pair in parts][slice(*kept)]}
    return history


def other_ratio(what: str) -> Any:
    """A belief about the ratio."""
    return wrong(what, RATIO)


STAGES = (
    update("steps"),
    Stage(NORM + " of", {
        "when": {before: None, one_late: wrong("norm-after-step", NORM)},
        "norm": {root_of_squares: None, **other_norms(NORM)},
        "moves": {"as found": None, "a copy": no_fault()},
        "kept": {(None, None): None, (-1, None): wrong("last-only", NORM, key=NORM)},
    }),
    Stage(GRAD, {
        "grad": {root_of_squares: None, (lambda grad: 0.0): wrong("norm-after-zeroing", GRAD, message=""),
                 **other_norms(GRAD)},
        "of": {of_each: None, of_all: wrong("grad-of-all", GRAD)},
    }),
    Stage(RATIO, {
        "ratio": {
            update_ratio: None,
            (lambda lr, grad, norm: grad / (norm + EPSILON)): other_ratio("ratio-without-lr"),
            (lambda lr, grad, norm: norm / (lr * grad + EPSILON)): other_ratio("ratio-inverted"),
            (lambda lr, grad, norm: norm / (grad + EPSILON)): other_ratio("ratio-inverted"),
            (lambda lr, grad, norm: lr * grad): other_ratio("ratio-not-divided"),
            (lambda lr, grad, norm: grad): other_ratio("ratio-not-divided"),
            (lambda lr, grad, norm: lr * norm / (grad + EPSILON)): other_ratio("ratio-inverted"),
            (lambda lr, grad, norm: (lr * grad / (norm + EPSILON)) ** 2): other_ratio("ratio-squared"),
            **{(lambda lr, grad, norm, epsilon=epsilon: lr * grad / (norm + epsilon)): other_ratio("other-epsilon")
               for epsilon in (1.0, 0.1, 1e-2, 1e-3, 1e-4)},
            (lambda lr, grad, norm: 100 * lr * grad / (norm + EPSILON)): other_ratio("ratio-in-percent"),
        },
        "made_of": {"noted": None, "right": no_fault(), "after": wrong("ratio-after-step", RATIO)},
    }),
)


def outline(result: Any) -> dict[str, list[str]] | None:
    """The keys of the three lists under each name; None if the result is no dict."""
    if not isinstance(result, Mapping):
        return None
    return {str(name): [key for key in KEYS if isinstance(noted, Mapping) and key in noted]
            for name, noted in result.items()}


def names(criterion: str) -> Trial:
    """Look at the names alone, for one step and for none."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        result, nothing = case.call(answer, case.net(), 1), case.call(answer, case.net(), 0)
        seen["note kind"], found = type(result).__name__, outline(result)
        seen["names"] = None if found is None else sorted(found)
        seen["none the less"] = outline(nothing) == found if isinstance(nothing, Mapping) else CANNOT_TELL

    def wrong_names(different: Difference) -> Says:
        return of_names(different.value, different.expected, different.seen["note kind"])
    return Trial(criterion, "names", run, {"names": wrong_names, "none": "empty-for-no-steps"}, fixed=("",),
                 unsure=("none",))


def of_names(got: list[str] | None, right: list[str], kind: str) -> Says:
    """What to say of the names under which something is noted."""
    if got is None:
        return says("returned-nothing", what="`watch_layers` ") if kind == "NoneType" else says(
            "not-a-dict", what="watch_layers", got=kind)
    if set(got) & set(KEYS):
        return says("keys-first")
    left_out, spare = [name for name in right if name not in got], [name for name in got if name not in right]
    return says("names-left-out", names=quoted(left_out)) if left_out else says("names-too-many", names=quoted(spare))


def quoted(names: list[str]) -> str:
    """Names as a card shows them."""
    return ", ".join(f"`{name}`" for name in names)


def listed(different: Difference) -> Says | None:
    """What to say of a list that is not as it should be."""
    (name, key), seen, got, expected = PATHS[different.key], different.seen, different.value, different.expected
    without = expected and not any(expected) and key == GRAD
    if seen["note keys"] is None or name not in seen["note keys"]:
        return of_names(seen["note keys"], [name], seen["note result"])
    if without and (got is None or len(got) != len(expected)):
        return says("no-number-without-gradient", name=name)
    if got is None:
        return says("list-missing", name=name, key=key, got=seen[f"note kind {different.key}"])
    if len(got) != len(expected):
        return says("wrong-length", key=key, got=len(got), expected=len(expected))
    if key == RATIO and any(value != value or value in (float("inf"), -float("inf")) for value in got):
        return says("divides-by-zero")
    if key == RATIO and expected[0] > 1 / EPSILON ** 0.5:  # of a parameter of zeros
        return says("other-epsilon")
    return says("wrong-numbers-of", name=name, key=key)


TRAINED = trained("steps", PATHS, "shorter", "usual", moved="unknown-update")
ZERO_NORM = trained(RATIO, PATHS, "zero", name="zero").telling(errors=(("^ZeroDivisionError", "divides-by-zero"),))


def gradless(criterion: str) -> Trial:
    """Train a net with a frozen parameter and one that nothing uses.

    Where that goes wrong, or nothing is noted of a gradient, it alone costs points: the other two lists cannot tell.
    """
    def run(seen: Seen, answer: Any, new: New) -> None:
        seen["raises"] = None
        try:
            TRAINED.run(seen, answer, new)
            seen["still frozen"] = FROZEN in seen["frozen"]
        except Exception as error:
            seen["raises"] = describe(error)
        seen["kinds"] = [kind for kind in seen["kinds"] if kind != "NoneType"] if "kinds" in seen else CANNOT_TELL
        moves = any(seen.get(f"{GRAD} of {FROZEN}") or ())
        for name in NAMES:
            if moves or not seen.get(f"{GRAD} of {name}"):
                seen[f"{NORM} of {name}"] = seen[f"{RATIO} of {name}"] = CANNOT_TELL

    def raises(different: Difference) -> Says | None:
        return raised({"error": different.value}, (("NoneType", "no-gradient"),))

    def thawed(different: Difference) -> Says:
        return says("thaws", name=FROZEN)
    return Trial(criterion, "gradless", run, {"raises": raises, "still": thawed, "moved": "moves-frozen"},
                 settings=("gradless",), only="moved", fixed=("raises", "still", "kinds"),
                 unsure=(NORM, RATIO, "kinds"))


def left_over(criterion: str) -> Trial:
    """Train that net with gradients left where none will come: they move nothing, and are not noted.

    What goes wrong without them costs points elsewhere.
    """
    def run(seen: Seen, answer: Any, new: New) -> None:
        def outcome(left: bool) -> Tensor:
            case = new()
            net = case.net()
            for name in GRADLESS_NAMES if left else ():
                net.get_parameter(name).grad = torch.ones_like(net.get_parameter(name))
            result, moved = case.call(answer, net, 1), case.moved(net)
            noted = [number for name in GRADLESS_NAMES for number in numbers(look_up(result, (name, GRAD))) or ()]
            if len(noted) != len(GRADLESS_NAMES):
                raise ValueError
            return torch.cat([torch.tensor(noted), *(moved[name].flatten() for name in GRADLESS_NAMES)])
        seen["left"] = CANNOT_TELL
        with suppress(Exception):
            if not outcome(False).any():
                seen["left"] = outcome(True)
    return Trial(criterion, "left over", run, {"left": "leftovers-where-none-come"}, settings=("gradless",),
                 fixed=("left",), unsure=("left",))


GRADLESS = gradless(GRAD)

EXERCISE = Experiment(
    "watch-layers", Case, SETTINGS, model, STAGES,
    trials=(
        TRAINED, at_rest("steps", PATHS, zeros=False),
        other_shape(PATHS, "steps", "one column", (8, 10, 16, 20, 32, 50, 64)),
        overshooting("steps", PATHS, "too far"),
        names(NORM), *noted(NORM, TRAINED, "", PATHS, listed), GRADLESS.part(NORM, NORM, listed),
        *noted(GRAD, TRAINED, "", PATHS, listed),
        *(GRADLESS.part(GRAD, only) for only in ("raises", "still", "moved")), GRADLESS.part(GRAD, GRAD, listed),
        *noted(RATIO, TRAINED, "", PATHS, listed), GRADLESS.part(RATIO, RATIO, listed),
        ZERO_NORM.part(RATIO, RATIO, listed),
        *around(TRAINED, "tidy"), GRADLESS.part("tidy", "kinds", not_floats), again("tidy", PATHS),
        left_over("tidy"), no_steps("tidy", "watch_layers", PATHS), in_double("tidy"),
    ),
    errors=(("'NoneType' object has no attribute 'zero_'", "grad-is-none"), ("NoneType", "norm-after-zeroing")),
    second_look=partial(second_look, watched=f"{NORM} of shared.weight"),
).exercise
