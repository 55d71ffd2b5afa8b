"""What a function that trains a net is asked: ``train(net, X, y, lr, num_steps)`` changes the net and returns numbers.

`descend` trains by gradient descent, with a knob for every belief about it, `update` is the stage of these knobs; an
exercise adds what is returned. The trials run a training on a small net and look at how far each parameter has moved,
in units of `lr`, so that small differences show.
"""

import random
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from dataclasses import replace
from functools import cached_property
from operator import ge
from types import ModuleType
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional as F

from d2l_ch3.checks.cases import Case, New
from d2l_ch3.checks.comparison import alike
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, describe, plain
from d2l_ch3.checks.functions import dtypes_of, other_dtype, shared_between_calls
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.sources import global_values, kept_outside
from d2l_ch3.checks.trials import LAST_DIGITS, Difference, Tell, Trial, by_chance, generators, random_result
from d2l_ch3.language import Text

# --- gradient descent with knobs -------------------------------------------------------------------

class Step(NamedTuple):
    """A step of a training: where it starts, the net's output and targets there, the loss and the gradients used."""

    values: dict[str, Tensor]
    output: Tensor
    y: Tensor
    loss: float
    raw: dict[str, Tensor]
    grads: dict[str, Tensor]


def mean_square(output: Tensor, y: Tensor) -> Tensor:
    """The mean over all elements."""
    return ((output - y) ** 2).mean()


def per_sample(output: Tensor, y: Tensor) -> Tensor:
    """The sum over a sample's elements, averaged over samples."""
    return ((output - y) ** 2).sum() / len(y)


def squeezed(output: Tensor, y: Tensor) -> Tensor:
    """Without the column: every prediction meets every target."""
    return ((output.squeeze() - y) ** 2).mean()


class Descent:
    """Gradient descent without anything else, and quicker than `torch.optim.SGD` is for a few small steps."""

    def __init__(self, parameters: list[nn.Parameter], lr: float) -> None:
        self.param_groups: list[dict[str, Any]] = [{"params": parameters, "lr": lr}]

    @torch.no_grad()
    def step(self) -> None:
        """Move every parameter that has a gradient."""
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.add_(parameter.grad, alpha=-group["lr"])


def as_told(lr: float, step: int, batch: int) -> float:
    """The step size that was given."""
    return lr


def everything(name: str) -> bool:
    """All parameters."""
    return True


def descend(net: nn.Module, X: Tensor, y: Tensor, lr: float, num_steps: int, *, error: Any = mean_square,
            clear: str = "before", optimizer: Any = Descent, rate: Any = as_told, clip: Any = None, more_steps: int = 0,
            leaves: str = "at the end", moves: bool | str = True, trained: Any = everything,
            batch: tuple[int, str] | None = None) -> tuple[list[Step], Callable[[], Step]] | None:
    """The steps of a training, and what makes the one that would come next; None where nothing is returned."""
    net = deepcopy(net) if moves == "a copy" else net
    named = dict(net.named_parameters())
    chosen = [parameter for name, parameter in named.items() if trained(name)]
    stepper, steps = optimizer(chosen, lr), []

    def look(X: Tensor, y: Tensor) -> Step:
        if clear == "before":
            net.zero_grad()
        values = {name: parameter.detach().clone() for name, parameter in named.items()}
        output = net(X)
        loss = error(output, y)
        loss.backward()
        raw = {name: parameter.grad.clone() for name, parameter in named.items() if parameter.grad is not None}
        if clip:
            clip(list(named.values()))
        grads = {name: parameter.grad.clone() for name, parameter in named.items()
                 if parameter.grad is not None} if clip else raw
        return Step(values, output.detach(), y, float(loss.detach()), raw, grads)

    for number in range(max(num_steps + more_steps, 0)):
        for rows in _batches(batch, number, len(X)):
            steps.append(look(X[rows], y[rows]))
            for group in stepper.param_groups:
                group["lr"] = rate(lr, number, len(X))
            if moves:
                stepper.step()
            if clear == "after":
                net.zero_grad()
        if leaves == "in the loop":
            break
    return (steps, lambda: look(X, y)) if leaves == "at the end" or steps else None


def _batches(batch: tuple[int, str] | None, number: int, count: int) -> Iterator[slice]:
    if batch is None:
        yield slice(None)
        return
    size, how = batch
    slices = [slice(start, start + size) for start in range(0, count, size)]
    yield from slices if how == "epoch" else [slices[number % len(slices)]]


def _optimizer(kind: Any, **more: Any) -> Any:
    return lambda parameters, lr: kind(parameters, lr=lr, **more)


def _normalised(parameters: list[nn.Parameter]) -> None:
    nn.utils.clip_grad_norm_(parameters, 1e-9)
    for parameter in parameters:
        if parameter.grad is not None:
            parameter.grad *= 1e9


def update(criterion: str) -> Stage:
    """The stage of the update: what moves the parameters."""
    def cost(key: str, **details: Any) -> Wrong:
        return wrong(key, criterion, **details)

    momentum = Text("带动量的 SGD", "SGD with momentum")
    return Stage("moved", {
        "clear": {"before": None, "never": cost("accumulates")},
        "moves": {True: None, False: cost("rebinds")},
        "error": {
            mean_square: None, (lambda o, y: ((o - y) ** 2).sum()): cost("loss-sum"),
            per_sample: cost("loss-per-sample"),
            (lambda o, y: mean_square(o, y) / 2): cost("loss-half"),
            (lambda o, y: ((o - y) ** 2).sum() / 2): cost("loss-half"),
            (lambda o, y: per_sample(o, y) / 2): cost("loss-half"),
            F.l1_loss: cost("other-loss", name=Text("绝对误差的平均（L1）", "the mean absolute error (L1)")),
            F.smooth_l1_loss: cost("other-loss", name="smooth L1 / Huber"),
            (lambda o, y: mean_square(o, y).sqrt()): cost(
                "other-loss", name=Text("均方根误差", "the root of the mean squared error")),
            (lambda o, y: (o - y).mean() ** 2): cost(
                "other-loss", name=Text("平均误差的平方", "the square of the mean error")),
            (lambda o, y: (o - y).norm()): cost("other-loss", name=Text("误差的范数", "the norm of the error"))},
        "rate": {
            as_told: None, (lambda lr, k, n: -lr): cost("ascends"), (lambda lr, k, n: lr / n): cost("divided-by-batch"),
            **{(lambda lr, k, n, fixed=fixed: fixed): cost("ignores-lr", lr=fixed)
               for fixed in (1.0, 0.5, 0.1, 0.05, 0.01, 0.001)},
            **{(lambda lr, k, n, factor=factor: lr * factor ** k): cost("lr-decays")
               for factor in (0.9, 0.5, 0.95, 0.99)},
            (lambda lr, k, n: lr / (k + 1)): cost("lr-decays")},
        "optimizer": {
            Descent: None, **{_optimizer(torch.optim.SGD, momentum=much): cost("other-optimizer", name=momentum)
                          for much in (0.9, 0.5)},
            _optimizer(torch.optim.SGD, momentum=0.9, nesterov=True): cost("other-optimizer", name="Nesterov"),
            **{_optimizer(torch.optim.SGD, weight_decay=much): cost("moves-at-rest")
               for much in (0.1, 0.01, 0.001, 5e-4, 1e-4)},
            **{_optimizer(kind): cost("other-optimizer", name=kind.__name__) for kind in (
                torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop, torch.optim.Adagrad)}},
        "clip": {
            None: None, **{(lambda ps, most=most: nn.utils.clip_grad_norm_(ps, most)): cost("clips")
                           for most in (1.0, 0.5, 0.1)},
            (lambda ps: nn.utils.clip_grad_value_(ps, 1.0)): cost("clips"),
            (lambda ps: nn.utils.clip_grad_value_(ps, 0.5)): cost("clips"), _normalised: cost("clips")},
        "more_steps": {0: None, -1: cost("too-few-steps"), 1: cost("too-many-steps")},
        "leaves": {"at the end": None, "in the loop": cost("return-in-loop")},
        "trained": {
            everything: None, (lambda name: name.startswith("shared")): cost("some-not-trained"),
            (lambda name: name.endswith("weight")): cost("some-not-trained"),
            (lambda name: name.endswith("bias")): cost("some-not-trained"),
            (lambda name: name == "shared.weight"): cost("some-not-trained"),
            (lambda name: not name.startswith("shared")): cost("some-not-trained"),
            (lambda name: name.startswith("out")): cost("some-not-trained")},
        "batch": {None: None, **{(size, how): cost("mini-batches") for size in (1, 2) for how in ("cycle", "epoch")}},
    })


def no_fault(key: str = "right") -> Wrong:
    """What differs from the model, and costs nothing."""
    return wrong(key, "")


def root_of_squares(values: Tensor) -> Tensor:
    """The norm that is asked for."""
    return values.norm()


def other_norms(criterion: str) -> dict[Any, Wrong]:
    """What may be taken for the norm of a tensor."""
    def formula(zh: str, en: str) -> Wrong:
        return wrong("norm-formula", criterion, got=Text(zh, en))
    return {
        (lambda values: (values ** 2).sum()): formula("平方和，没有开方", "the sum of squares without its root"),
        (lambda values: values.abs().sum()): formula("绝对值之和", "the sum of absolute values"),
        (lambda values: values.abs().max()): formula("绝对值的最大值", "the largest absolute value"),
        (lambda values: values.abs().mean()): formula("绝对值的平均", "the mean of absolute values"),
        (lambda values: (values ** 2).mean().sqrt()): formula(
            "均方根，除以了元素个数", "the root of the mean of squares"),
        (lambda values: (values ** 2).mean()): formula("平方的平均", "the mean of squares"),
        (lambda values: values.sum()): formula("元素之和", "the sum of the elements"),
        (lambda values: values.mean()): formula("元素的平均", "the mean of the elements"),
        (lambda values: torch.linalg.matrix_norm(values, 2) if values.ndim == 2 else values.norm()): formula(
            "谱范数，也就是最大的奇异值", "the spectral norm, the largest singular value"),
        (lambda values: torch.linalg.matrix_norm(values, 1) if values.ndim == 2 else values.norm()): formula(
            "各列绝对值之和中最大的", "the largest sum of absolute values of a column"),
    }


# --- the case ----------------------------------------------------------------------------------------

class Training(Case):
    """A net of three layers that uses the middle one, `shared`, twice, with tanh between; its data and settings."""

    last = "out"
    """The layer that gives the output."""

    def __init__(self, dice: Dice, columns: int = 2, batch: int = 5, lr: float = 0.07, num_steps: int = 3) -> None:
        self.layers = {name: dice.linear(*sizes) for name, sizes in
                       {"first": (3, 4), "shared": (4, 4), "out": (4, columns)}.items()}
        self.X = dice.tensor(batch, 3) + 1  # a mean that is hardly ever 0: who subtracts it changes something
        self.y = 4 * dice.tensor(batch, columns)
        self.lr, self.num_steps = lr, num_steps

    def net(self) -> nn.Module:
        """A new net with this case's values."""
        net = nn.Sequential()
        for name, kind in (("first", ""), ("tanh 1", ""), ("shared", ""), ("tanh 2", ""), ("again", "shared"),
                           ("tanh 3", ""), ("out", "")):
            net.add_module(name, nn.Tanh() if "tanh" in name else getattr(net, kind) if kind else self.layer(name))
        return net

    def layer(self, name: str) -> nn.Linear:
        """A new layer with the values of that name."""
        layer, given = nn.Linear.__new__(nn.Linear), self.layers[name]
        nn.Module.__init__(layer)
        layer.in_features, layer.out_features = given.in_features, given.out_features
        layer.weight, layer.bias = (nn.Parameter(value.detach().clone()) for value in (given.weight, given.bias))
        return layer

    def call(self, answer: Any, net: nn.Module, num_steps: int | None = None) -> Any:
        """Train this net by the answer, on copies of the data."""
        return answer(net, self.X.clone(), self.y.clone(), self.lr, self.num_steps if num_steps is None else num_steps)

    def moved(self, net: nn.Module) -> dict[str, Tensor]:
        """How far each parameter is from where it started, in units of lr."""
        now = dict(net.named_parameters())
        return {name: (now[name].detach() - value) / self.lr for name, value in self.starts.items() if name in now}

    @cached_property
    def starts(self) -> dict[str, Tensor]:
        """The values that a new net starts with, in the order of its parameters."""
        return {f"{name}.{part}": getattr(layer, part).detach() for name, layer in self.layers.items()
                for part in ("weight", "bias")}

    def moved_in_all(self, net: nn.Module) -> Tensor:
        """All of that in one tensor."""
        return torch.cat([moved.flatten() for moved in self.moved(net).values()])


# --- what is returned ----------------------------------------------------------------------------------

Paths = Mapping[str, tuple[str, ...]]
"""Where in the result the numbers are, one a step, by the name of an entry: ``{"norm": ("shared_grad_norm",)}``.

Where nothing is to be looked up, ``{"loss": ()}``, the result itself is the list of numbers.
"""


def look_up(result: Any, path: tuple[str, ...]) -> Any:
    """What stands under these keys, one after another; None where there is nothing."""
    for key in path:
        result = result.get(key) if isinstance(result, Mapping) else None
    return result


def numbers(values: Any) -> list[float] | None:
    """A list of numbers, of whatever type, as floats; None if it is none."""
    try:
        return [float(value) for value in values] if isinstance(values, list | tuple) else None
    except (TypeError, ValueError, RuntimeError):
        return None


def lengths_of(result: Any, paths: Paths) -> list[int]:
    """How many numbers there are in each list."""
    return [len(numbers(look_up(result, path)) or ()) for path in paths.values()]


def lists(what: str, paths: Paths) -> Callable[[Difference], Says]:
    """What to say of a list that is not as it should be."""
    def tell(different: Difference) -> Says:
        path = paths[different.key]
        key, seen, got = path[-1] if path else what, different.seen, different.value
        kind, keys = seen["note result"], seen["note keys"]
        if kind == "NoneType":
            return says("returned-nothing", what=Text(f"`{what}` ", f"`{what}`"))
        if path and keys is None:
            return says("not-a-dict", what=what, got=kind)
        if seen[f"note kind {different.key}"] == "NoneType":
            return says("missing-key", key=key, got=", ".join(f"`\"{name}\"`" for name in keys))
        if got is None:
            return says("wrong-type", what=f'`"{key}"`' if path else f"`{what}`",
                        expected=Text("装着数的列表", "a list of numbers"), got=seen[f"note kind {different.key}"])
        if len(got) != len(different.expected):
            return says("wrong-length", key=key, got=len(got), expected=len(different.expected))
        return says("later-numbers" if got and alike(got[0], different.expected[0]) else "wrong-numbers", key=key)
    return tell


def not_floats(different: Difference) -> Says:
    """What to say of lists with something else in them."""
    return says("not-floats", got=", ".join(different.value))


# --- the trials ------------------------------------------------------------------------------------------

def trained(criterion: str, paths: Paths, *settings: str, name: str = "trained", **more: Tell) -> Trial:
    """Train a net: how far its parameters have moved, and what came back. The first trial of an exercise."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.net()
        before, X, y = dict(net.named_parameters()), case.X.clone(), case.y.clone()
        try:
            result = answer(net, X, y, case.lr, case.num_steps)
        except Exception:
            seen["note global"] = _global(answer, case)
            raise
        for key, value in case.moved(net).items():
            seen[f"moved {key}"] = value
        seen["note result"] = type(result).__name__
        seen["note keys"] = list(map(str, result)) if isinstance(result, Mapping) else None
        for entry, path in paths.items():
            values = look_up(result, path)
            seen[f"note kind {entry}"] = type(values).__name__
            seen[entry] = found = numbers(values)
            seen[f"rounded {entry}"] = any(found or ()) and all(round(number, 6) == number for number in found or ())
        given = [values for path in paths.values() if isinstance(values := look_up(result, path), list | tuple)]
        seen["kinds"] = sorted({type(value).__name__ for values in given for value in values
                                if not isinstance(value, float)})
        seen["data X"], seen["data y"] = X, y
        after = dict(net.named_parameters())
        seen["the same"] = [name for name, parameter in before.items() if not alike(after.get(name), parameter)]
        seen["frozen"] = [name for name, parameter in after.items() if not parameter.requires_grad]
        seen["dtypes"] = dtypes_of(net)
        seen["did something"] = bool(case.moved_in_all(net).any()) or any(map(bool, given))
        if not (seen.of_model or seen.explained):
            seen["note global"] = _global(answer, case)
            seen["note random"] = name == "trained" and _random(answer, case, net)
    return Trial(criterion, name, run, dict(more), settings=settings or ("usual",), only="moved",
                 fixed=("kinds", "data", "the same", "dtypes", "frozen", "did", "rounded"))


def noted(criterion: str, trial: Trial, what: str, paths: Paths, tell: Tell = "") -> tuple[Trial, ...]:
    """The lists of that name in the result of a training: whether their numbers are rounded, and what these are."""
    def rounded(different: Difference) -> Says:
        return says("rounded", key=(what, *paths[different.key.removeprefix("rounded ")])[-1])
    return (trial.part(criterion, f"rounded {criterion}", rounded),
            trial.part(criterion, criterion, tell or lists(what, paths)))


def around(trial: Trial, criterion: str) -> tuple[Trial, ...]:
    """What a training leaves around it: the data and the net's parameters as they are, and floats in its lists."""
    def data(different: Difference) -> Says:
        return says("changes-data", name=different.key.removeprefix("data "))

    def frozen(different: Difference) -> Says:
        return says("left-frozen", name=different.value[0])
    return (trial.part(criterion, "did something", "rebinds"), trial.part(criterion, "data", data),
            trial.part(criterion, "kinds", not_floats), trial.part(criterion, "the same", "replaces-parameters"),
            trial.part(criterion, "dtypes", other_dtype), trial.part(criterion, "frozen", frozen))


def at_rest(criterion: str, paths: Paths, zeros: bool = True) -> Trial:
    """Train where y is what the net gives, so that all gradients are 0: nothing moves, and all steps are taken.

    That is 0, by a last layer of zeros, or without `zeros` whatever the net gives.
    """
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        lengths = [lengths_of(case.call(answer, case.net(), 2), paths)]
        if zeros:
            with torch.no_grad():
                case.layers[case.last].weight.zero_()
                case.layers[case.last].bias.zero_()
        net = case.net()
        case.y = torch.zeros_like(case.y) if zeros else net(case.X).detach()
        lengths.append(lengths_of(case.call(answer, net, 2), paths))
        seen["moved at rest"] = case.moved_in_all(net) / LAST_DIGITS
        seen["all steps"] = all(map(ge, *reversed(lengths)))
    return Trial(criterion, "at rest", run, {"moved": "moves-at-rest", "all": "stops-early"}, fixed=("all",))


def again(criterion: str, paths: Paths) -> Trial:
    """Train a net, then an equal one with gradients left over from before."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, lengths = new(), []
        for entry in ("first", "then"):
            net = case.net()
            for parameter in net.parameters() if entry == "then" else ():
                parameter.grad = torch.ones_like(parameter)
            result = case.call(answer, net, 1)
            seen[f"moved {entry}"] = case.moved_in_all(net)
            lengths.append(lengths_of(result, paths))
        seen["as many"] = lengths[0] == lengths[1]
        seen["note kept"] = kept_outside(answer)

    def left_over(different: Difference) -> Says:
        return says("leftovers") if different.as_if(clear="after") else kept(different)

    def kept(different: Difference) -> Says:
        return shared_between_calls(different.seen.get("note kept"))
    return Trial(criterion, "again", run, {"moved": left_over, "as many": kept}, fixed=("as many",),
                 pairs={"moved first": "moved first", "moved then": "moved first"})


def no_steps(criterion: str, what: str, paths: Paths) -> Trial:
    """Train for no steps: the same kind of result, without numbers, and nothing moves."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        one, net = case.call(answer, case.net(), 1), case.net()
        result = case.call(answer, net, 0)
        seen["note kind"] = type(result).__name__
        seen["same kind"] = type(result) is type(one)
        for key, path in paths.items():
            seen[f"length of {key}"] = len(numbers(look_up(result, path)) or ())
        seen["still"] = not case.moved_in_all(net).any()

    def kind(different: Difference) -> Says:
        name = different.seen["note kind"]
        if name == "NoneType":
            return says("nothing-for-no-steps", what=what)
        if not all(paths.values()):
            return says("wrong-type", what=f"`{what}`", expected="list", got=name)
        return says("not-a-dict", what=what, got=name)

    def length(different: Difference) -> Says:
        path = paths[different.key.removeprefix("length of ")]
        return says("wrong-length", key=path[-1] if path else what, got=different.value, expected=different.expected)
    return Trial(criterion, "no steps", run, {"same kind": kind, "length": length, "still": "moves-without-steps"},
                 fixed=("",))


def in_double(criterion: str) -> Trial:
    """Train in float64, then change X, y and the net's parameters in digits that float32 does not have."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        def moved(digits: float) -> Tensor:
            case = new(torch.float64)
            net = case.net()
            with torch.no_grad():
                for tensor in (case.X, case.y, *net.parameters()):
                    steps = torch.arange(tensor.numel(), dtype=torch.float64).reshape(tensor.shape)
                    tensor.mul_(1 + digits * (1.5 + 0.5 * steps.cos()))
            start = torch.cat([parameter.detach().flatten() for parameter in net.parameters()])
            case.call(answer, net, 1)
            return torch.cat([parameter.detach().flatten() for parameter in net.parameters()]) - start
        seen["moved by digits"] = (moved(LAST_DIGITS) - moved(0)) / LAST_DIGITS
    return Trial(criterion, "double", run, {"moved": "float32-inside"}, pairs={"moved by digits": "moved by digits"},
                 errors=((r"dtype|scalar type|data type|but found|but got.*(Double|Float)", "mixed-dtypes"),))


def other_shape(paths: Paths, criterion: str, setting: str, sizes: tuple[int, ...]) -> Trial:
    """Train on another shape of data: a single column in y, and more samples than a mini-batch has."""
    def shape(different: Difference) -> Says | None:
        if different.as_if(error=squeezed):
            return says("broadcast")
        batches = ((size, how) for size in sizes for how in ("cycle", "epoch"))
        return says("mini-batches") if any(different.as_if(batch=batch) for batch in batches) else says("other-shape")
    return trained(criterion, paths, setting, name="other shape", moved=shape)


def overshooting(criterion: str, paths: Paths, setting: str) -> Trial:
    """Train with a rate so large that the loss grows: nothing was said of giving up.

    Such steps multiply rounding errors, so how far parameters have moved is compared to about 5 %.
    """
    exact = trained(criterion, paths, setting, name="overshooting", moved="gives-up")

    def run(seen: Seen, answer: Any, new: New) -> None:
        exact.run(seen, answer, new)
        for key in [key for key in seen if key.startswith("moved")]:
            seen[key] = seen[key].sign() * seen[key].abs().log1p() / 500
    return replace(exact, run=run)


def second_look(said: Says, evidence: Evidence, watched: str = "loss") -> Says:
    """What other trials show: that it was a copy that moved; which parameters did not; that they move at rest, too.

    The numbers noted under `watched` differ from step to step if, and only if, something moves.
    """
    seen, rest = evidence["trained, usual"], evidence["at rest, usual"].get("moved at rest")
    if said.key == "rebinds" and isinstance(seen.get(watched), list) and len(set(seen[watched])) > 1:
        return says("trains-a-copy")
    if said.key == "some-not-trained":
        still = [key.removeprefix("moved ") for key, value in seen.items() if key.startswith("moved ")
                 and isinstance(value, Tensor) and not value.any()]
        return says(said.key, got=", ".join(f"`{name}`" for name in still))
    moves = isinstance(rest, Tensor) and bool(rest.any())
    return says("moves-at-rest") if said.key == "unknown-update" and moves else said


def _random(answer: Any, case: Training, trained: nn.Module) -> bool:
    """Whether the training hangs on chance: for sure not where it draws nothing and a second one ends as the first."""
    def moved() -> Tensor:
        net = case.net()
        case.call(answer, net)
        return case.moved_in_all(net)
    before, modules = generators(), [namespace[name] for namespace, name in global_values(answer, ModuleType)]
    differs = not alike(plain(moved()), plain(case.moved_in_all(trained)))
    own = differs or any(module in modules for module in (random, np, np.random))  # few samples are drawn twice alike
    return ((generators() != before or differs) and random_result(moved)) or (own and by_chance(answer, moved))


def _global(answer: Any, case: Training) -> str:
    """The name of a net or tensor of the notebook that stands where an argument should; empty if there is none.

    Shown by trying it: with the argument in its place, the training comes to something else.
    """
    def outcome() -> Any:
        net = case.net()
        try:
            case.call(answer, net)
        except Exception as error:
            return describe(error)
        return plain(case.moved_in_all(net))
    for kind, others in ((nn.Module, [case.net()]), (Tensor, [case.X, case.y])):
        for namespace, name in global_values(answer, kind):
            value, before = namespace[name], outcome()
            try:
                for other in others:
                    namespace[name] = other
                    if not alike(outcome(), before):
                        return name
            finally:
                namespace[name] = value
    return ""
