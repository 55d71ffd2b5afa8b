"""fine-tune: only the child `head` of a net learns; everything else is frozen, and in evaluation mode meanwhile."""

from functools import cached_property, partial
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import New
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Seen
from d2l_ch3.checks.exercises.train_shared import LOSSES, before
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.training import (
    Training,
    again,
    around,
    at_rest,
    descend,
    in_double,
    no_steps,
    noted,
    other_shape,
    overshooting,
    second_look,
    trained,
    update,
)
from d2l_ch3.checks.trials import LAST_DIGITS, Difference, Trial

SETTINGS = {
    "usual": {"columns": 2, "batch": 5, "lr": 0.07, "num_steps": 3},
    "shorter": {"columns": 3, "batch": 4, "lr": 0.13, "num_steps": 2},
    "too far": {"columns": 2, "batch": 5, "lr": 8.0, "num_steps": 2},
    "one column": {"columns": 1, "batch": 70, "lr": 0.07, "num_steps": 1},
}
PATHS: dict[str, tuple[str, ...]] = {"loss": ()}


class Net(nn.Module):
    """A net whose output depends on its modes; its head is no child at an end, and not the only name with head in it.

    In training mode dropout gives 0 here, batch normalization goes by the batch, and the net itself adds 1.
    """

    def __init__(self, head: nn.Linear, stem: nn.Linear) -> None:
        super().__init__()
        self.stem, self.head = stem, head
        self.head_norm, self.drop = nn.BatchNorm1d(stem.out_features, dtype=stem.weight.dtype), nn.Dropout(1.0)

    def forward(self, X: Tensor) -> Tensor:
        """(batch, in_features) -> (batch, out_features)."""
        H = torch.tanh(self.head_norm(self.stem(X)))
        output: Tensor = self.head(H + self.drop(H) + self.training)
        return output


class Case(Training):
    """A net, its data and settings."""

    last = "head"

    def __init__(self, dice: Dice, columns: int, batch: int, lr: float, num_steps: int) -> None:
        super().__init__(dice, columns, batch, lr, num_steps)
        self.layers = {"head": self.layers["out"], "stem": self.layers["first"]}
        self.norm = dice.tensor(4, 4)

    def net(self) -> Net:
        """A new net with this case's values: a part of it is in training mode, another is not."""
        net = Net(self.layer("head"), self.layer("stem"))
        for value, row in zip((net.head_norm.weight, net.head_norm.bias, net.head_norm.running_mean,
                               net.head_norm.running_var), self.norm, strict=True):
            assert value is not None
            value.data.copy_(row)
        net.head_norm.running_var.abs_().add_(0.5)  # type: ignore[union-attr]
        net.stem.eval()
        return net

    @cached_property
    def starts(self) -> dict[str, Tensor]:
        """The values of the parameters, those of batch normalization included."""
        return {**super().starts, "head_norm.weight": self.norm[0], "head_norm.bias": self.norm[1]}


def the_head(name: str) -> bool:
    """The parameters of the child `head`."""
    return name.startswith("head.")


def everything(name: str) -> bool:
    """All parameters."""
    return True


def by_prefix(name: str) -> bool:
    """All whose names begin with head."""
    return name.startswith("head")


def all_modules(net: nn.Module) -> list[nn.Module]:
    """The net itself and all that is in it; what mode the head is in makes no difference."""
    return list(net.modules())


def model(net: nn.Module, X: Tensor, y: Tensor, lr: float, num_steps: int, *, loss: Any = before,
          trained: Any = the_head, evaluated: Any = all_modules, called: Any = None,
          **knobs: Any) -> list[float] | None:
    """The right answer, with a knob for every belief."""
    modes = [(module, module.training) for module in net.modules()]
    for module in evaluated(net):
        module.training = False
    if called:
        net.forward = partial(called, net)
    for name, parameter in net.named_parameters():
        if not the_head(name):
            parameter.grad = None
        parameter.requires_grad_(the_head(name) or trained(name))
    done = descend(net, X, y, lr, num_steps, trained=trained, **knobs)
    for module, training in modes:
        module.training = training
    if done is None:
        return None
    losses: list[float] = loss(*done)
    return losses


def in_turn(net: Any, X: Tensor) -> Tensor:
    """All children but the head one after another, and then the head."""
    output: Tensor = net.head(net.drop(net.head_norm(net.stem(X))))
    return output


TRAINING = wrong("not-in-evaluation", "modes")
SOME = wrong("some-not-trained", "steps")
STEPS = Stage("moved", {
    **update("steps").knobs,
    "trained": {
        the_head: None, everything: wrong("everything-trained", "frozen"), by_prefix: wrong("by-prefix", "frozen"),
        (lambda name: name == "head.weight"): SOME, (lambda name: name == "head.bias"): SOME,
        (lambda name: not the_head(name)): wrong("body-trained", "steps frozen")},
    "called": {None: None, in_turn: wrong("not-its-forward", "steps loss")},
    "evaluated": {
        all_modules: None, (lambda net: []): TRAINING, (lambda net: list(net.modules())[1:]): TRAINING,
        (lambda net: [net]): TRAINING,
        **{(lambda net, kinds=kinds: [module for module in net.modules() if isinstance(module, kinds)]): TRAINING
           for kinds in (nn.BatchNorm1d, nn.Dropout, (nn.BatchNorm1d, nn.Dropout))}},
})


def kept(criterion: str) -> Trial:
    """Train a net with gradients left over, and look at all that is not its head, and at the modes."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.net()
        for parameter in net.parameters():
            parameter.grad = torch.ones_like(parameter)
        start = {name: value.clone() for name, value in net.state_dict().items() if not the_head(name)}
        modes = {module: module.training for module in net.modules()}
        case.call(answer, net)
        rest = {name: parameter for name, parameter in net.named_parameters() if not the_head(name)}
        seen["still require grad"] = [name for name, parameter in rest.items() if parameter.requires_grad]
        seen["have a gradient"] = [name for name, parameter in rest.items() if parameter.grad is not None]
        now = net.state_dict()
        for name, value in start.items():
            seen[f"moved bits of {name}"] = (now[name].double() - value.double()) / LAST_DIGITS
        seen["other modes"] = [name or "net" for name, module in net.named_modules()
                               if module.training != modes.get(module, module.training)]
        head = (net := case.net()).head.eval()
        case.call(answer, net, 1)
        seen["other modes"] += ["head"] if head.training else []

    def named(belief: str) -> Any:
        return lambda different: says(belief, name=different.value[0] if different.value else "?")

    def bits(different: Difference) -> Says:
        return says("bits-changed", name=different.key.removeprefix("moved bits of "))
    return Trial(criterion, "kept", run, {
        "still": named("not-frozen"), "have": named("gradient-left"), "moved bits": bits,
        "other": named("other-modes")}, fixed=("still", "have", "other"))


TRAINED, KEPT = trained("steps", PATHS, "shorter", "usual", moved="unknown-update"), kept("frozen")

EXERCISE = Experiment(
    "fine-tune", Case, SETTINGS, model, (STEPS, LOSSES),
    trials=(
        TRAINED, at_rest("steps", PATHS), other_shape(PATHS, "steps", "one column", (8, 10, 16, 20, 32, 50, 64)),
        overshooting("steps", PATHS, "too far"),
        *noted("loss", TRAINED, "fine_tune", PATHS),
        KEPT.part("frozen", "still"), KEPT.part("frozen", "have"), KEPT.part("frozen", "moved bits"),
        KEPT.part("modes", "other"),
        *(trial for trial in around(TRAINED, "tidy") if trial.only != "frozen"),
        again("tidy", PATHS), no_steps("tidy", "fine_tune", PATHS), in_double("tidy"),
    ),
    errors=(("'Net' object is not (subscriptable|iterable)|'Net' has no len", "head-by-place"),
            ("does not require grad", "head-frozen"), ("'NoneType' object has no attribute 'zero_'", "grad-is-none"),
            ("more than 1 value per channel", "not-in-evaluation")),
    second_look=second_look,
).exercise
