"""residual-block: a shortcut plus a body of two linear layers; a new block computes its shortcut."""

from collections.abc import Mapping
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F

from d2l_ch3.checks import cases
from d2l_ch3.checks.cases import New, everything
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import (
    CANNOT_TELL,
    LAST_DIGITS,
    Difference,
    Trial,
    always,
    differentiable,
    input_untouched,
    leading,
    one_sample,
    output,
    registered,
)
from d2l_ch3.language import Text


class Case(cases.Case):
    """Sizes, X, and the values of all parameters, by the names that the exercise gives them."""

    def __init__(self, dice: Dice, in_features: int, out_features: int, batch: int = 4) -> None:
        i, o = self.sizes = in_features, out_features
        self.X = dice.tensor(batch, i)
        self.values = {"body.0.weight": dice.tensor(o, i), "body.0.bias": dice.tensor(o),
                       "body.2.weight": dice.tensor(o, o), "body.2.bias": dice.tensor(o)}
        if i != o:
            self.values["shortcut.weight"] = dice.tensor(o, i)

    def build(self, answer: Any) -> nn.Module:
        """The block with the case's values in it. A bias that nobody asked for becomes 0, a factor 1."""
        net: nn.Module = answer(*self.sizes).to(self.X.dtype)
        held = self.held(net)
        for role, tensor in held.items():
            tensor.data = self.values[role].clone()
        for name, parameter in everything(net):
            if all(parameter is not tensor for tensor in held.values()):
                parameter.data = torch.full_like(parameter, float("bias" not in name), dtype=self.X.dtype)
        return net

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The parameters by the names of the exercise: those called so, otherwise the first of a fitting shape.

        In place of one that is missing stands a tensor that nothing depends on.
        """
        there = [*everything(net), *net.named_buffers()]
        called = {name: tensor for name, tensor in there if name}
        found: dict[str, Tensor] = {role: called[role] for role, value in self.values.items()
                                    if role in called and called[role].shape == value.shape}
        names = {id(tensor): name for name, tensor in there}
        for role, value in self.values.items():
            if role not in found:
                weight = names.get(id(found.get(role.replace("bias", "weight"))), "")
                fitting = [((name != weight.replace("weight", "bias"),
                             ("shortcut" in role) is (name.replace("weight", "bias") in called)), tensor)
                           for name, tensor in there if tensor.shape == value.shape
                           and all(tensor is not other for other in found.values())]
                found[role] = min(fitting, key=lambda one: one[0])[1] if fitting else \
                    value.clone().requires_grad_()
        return {role: found[role] for role in self.values}


SETTINGS = {
    "usual": {"in_features": 5, "out_features": 3},
    "wider": {"in_features": 2, "out_features": 6},
    "equal": {"in_features": 4, "out_features": 4},
    "one sample": {"in_features": 3, "out_features": 2, "batch": 1},
    "one feature": {"in_features": 3, "out_features": 1, "batch": 3},
    "fresh": {"in_features": 30, "out_features": 20},
    "by hand": {"in_features": 2, "out_features": 1, "batch": 1},
}


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, in_features: int, out_features: int) -> None:
        super().__init__()
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(),
                                  nn.Linear(out_features, out_features))
        self.shortcut = nn.Identity() if in_features == out_features else nn.Linear(
            in_features, out_features, bias=False)
        nn.init.zeros_(self.body[2].weight)  # type: ignore[arg-type]
        nn.init.zeros_(self.body[2].bias)  # type: ignore[arg-type]

    def forward(self, X: Tensor, join: Any = torch.add, activation: Any = torch.relu, before: Any = None,
                end: Any = None, after: Any = None, no_bias: tuple[str, ...] = (), skip: str = "input") -> Tensor:
        """(…, in_features) -> (…, out_features), right where no knob is turned."""
        def linear(place: int, H: Tensor) -> Tensor:
            layer: Any = self.body[place]
            return F.linear(H, layer.weight, None if str(place) in no_bias else layer.bias)

        hidden = linear(0, before(X) if before else X)
        H = linear(2, activation(hidden))
        shortcut = {"input": self.shortcut(X), "hidden": activation(hidden), "linear": hidden}[skip]
        Y: Tensor = join(shortcut, end(H) if end else H)
        return after(Y) if after else Y


def other(name: str) -> Any:
    """Another activation than the ReLU."""
    return wrong("other-activation", "sum", name=name)


AFTER, FROM_HIDDEN = wrong("activation-after-sum", "sum"), wrong("shortcut-from-hidden", "sum")
LAST = wrong("activation-ends-body", "sum")
STAGE = Stage("output", {
    "join": {
        torch.add: None, (lambda shortcut, H: H): wrong("no-shortcut", "sum"),
        (lambda shortcut, H: shortcut): wrong("no-body", "sum"), torch.sub: wrong("subtracted", "sum"),
        (lambda shortcut, H: H - shortcut): wrong("subtracted", "sum"),
        (lambda shortcut, H: (shortcut + H) / 2): wrong("averaged", "sum"),
        torch.mul: wrong("multiplied", "sum"),
        (lambda shortcut, H: torch.cat((shortcut, H), -1)): wrong("joined", "sum"),
        (lambda shortcut, H: torch.cat((H, shortcut), -1)): wrong("joined", "sum")},
    "after": {None: None, torch.relu: AFTER, torch.tanh: AFTER, torch.sigmoid: AFTER},
    "activation": {torch.relu: None, (lambda H: H): wrong("no-relu", "sum"), torch.tanh: other("tanh"),
                   torch.sigmoid: other("sigmoid"), F.gelu: other("GELU"), F.leaky_relu: other("LeakyReLU"),
                   F.elu: other("ELU"), F.silu: other("SiLU"), F.softplus: other("softplus")},
    "end": {None: None, torch.relu: LAST, torch.tanh: LAST},
    "before": {None: None, torch.relu: wrong("relu-before", "sum")},
    "no_bias": {(): None, **{places: wrong("no-bias", "children") for places in (("0",), ("2",), ("0", "2"))}},
    "skip": {"input": None, "hidden": FROM_HIDDEN, "linear": FROM_HIDDEN},
})


def children(criterion: str) -> Trial:
    """Look at the names in the state_dict of a new block, their shapes, and what `body` and `shortcut` are."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        net = answer(*new().sizes)
        state = net.state_dict()
        seen["names"] = sorted(state)
        seen["shapes"] = {name: state[name].shape for name in sorted(state)}
        seen["types"] = sorted({str(value.dtype).removeprefix("torch.") for value in state.values()})
        for name in ("body", "shortcut"):
            seen[f"kind of {name}"] = _kind(getattr(net, name, None))

    def names(different: Difference) -> Says | None:
        got, expected = different.value, different.expected
        if not isinstance(got, list):
            return None
        extra, lacks = [name for name in got if name not in expected], [name for name in expected if name not in got]
        if extra == ["shortcut.bias"]:
            return says("shortcut-with-bias")
        if not lacks and all(str(name).startswith("shortcut.") for name in extra):
            return says("always-projects")
        if not extra and all(name.endswith("bias") for name in lacks):
            return says("no-bias")
        if not lacks:
            return says("extra-parameter", names=", ".join(f"`{name}`" for name in extra))
        return says("other-names", got=", ".join(f"`{name}`" for name in extra) or _NOTHING, expected=lacks[0])

    def shapes(different: Difference) -> Says | None:
        got = different.value if isinstance(different.value, dict) else {}
        name = next((name for name, shape in different.expected.items() if got.get(name) != shape), "?")
        return says("other-sizes", name=name, got=tuple(got.get(name) or ()), expected=tuple(different.expected[name]))

    def types(different: Difference) -> Says:
        return says("other-types", got=", ".join(different.value))

    def kind(different: Difference) -> Says | None:
        name = different.key.removeprefix("kind of ")
        none = different.value == "NoneType"
        return says("no-identity" if different.expected == "Identity" else "other-module", name=name,
                    got=_NO_ATTRIBUTE if none else _TYPE.format(name=different.value), expected=different.expected)
    return Trial(criterion, "children", run, {"names": names, "shapes": shapes, "types": types, "kind": kind},
                 settings=("usual", "equal"), fixed=("",))


def _kind(value: Any) -> str:
    known = (nn.Sequential, nn.Linear, nn.Identity)
    return next((one.__name__ for one in known if isinstance(value, one)), type(value).__name__)


_NOTHING = Text("什么也没有", "nothing")
_NO_ATTRIBUTE = Text("没有这个属性（或者是 None）", "there is no such attribute, or it is None")
_TYPE = Text("它是 {name}", "it is of type {name}")


def starts(criterion: str) -> Trial:
    """Look at the values that a new block starts with, in units of what `nn.Linear` draws."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net, twin = answer(*case.sizes), answer(*case.sizes)
        there = {id(tensor): name for name, tensor in (*everything(net), *net.named_buffers())}
        called = {name: tensor for name, tensor in (*net.named_parameters(), *net.named_buffers())}
        held = {name: called.get(name, tensor) for name, tensor in case.held(net).items()}
        for name, tensor in held.items():
            if id(tensor) not in there:
                seen[f"start of {name}"] = None if name.startswith("body.2") else CANNOT_TELL
            elif name.startswith("body.2"):
                seen[f"start of {name}"] = float(tensor.detach().abs().max()) / LAST_DIGITS
            else:
                fan_in = held[name.replace("bias", "weight")].shape[-1]
                seen[f"start of {name}"] = [round(fan_in ** 0.5 * float(size)) for size in (
                    tensor.detach().abs().max(), 3 ** 0.5 * tensor.detach().square().mean().sqrt())]
        first, second = held["body.0.weight"], case.held(twin)["body.0.weight"]
        seen["drawn twice the same"] = id(first) in there and bool(first.any()) and torch.equal(first, second)

    def zero(different: Difference) -> Says | None:
        name = different.key.removeprefix("start of ")
        return says("missing-parameter" if different.value is None else "starts-elsewhere", name=name)

    def drawn(different: Difference) -> Says | None:
        last = different.seen.get("start of body.2.weight")
        if different.value != [0, 0]:
            return says("other-start", name=different.key.removeprefix("start of "))
        return says("first-layer-zeroed") if isinstance(last, float) and last > 0 else \
            says("too-much-zeroed", name=different.key.removeprefix("start of "))
    return Trial(criterion, "start", run, {"start of body.2": zero, "start of": drawn, "drawn": "seed-inside"},
                 settings=("fresh",), fixed=("",), unsure=("start of",))


def made_otherwise(said: Says, evidence: Evidence) -> Says:
    """Where no rule is found: layers of other sizes, or other layers, show why."""
    if said.key in ("wrong-values", "shapes-do-not-fit", "wrong-shape", "parameter-ignored"):
        seen = evidence["children, usual"]
        shapes: Any = seen.get("shapes")
        sizes = Case(Dice(0), **SETTINGS["usual"]).values
        for name, value in sizes.items() if isinstance(shapes, dict) else ():
            if shapes.get(name, list(value.shape)) != list(value.shape):
                return says("other-sizes", name=name, got=tuple(shapes[name]), expected=tuple(value.shape))
    return said


EXERCISE = Experiment(
    "residual-block", Case, SETTINGS, Model, stages=(STAGE,),
    trials=(
        output("sum", "usual", "wider").telling(errors=(("size of tensor a .* must match", "paths-differ"),)),
        children("children"), output("children", "equal", name="equal sizes", output="wrong-when-equal"),
        starts("start"),
        differentiable("trains"), registered("trains"),
        one_sample("tidy", "one sample", "one feature"), leading("tidy"), *always("tidy"),
        input_untouched("tidy").at("equal"),
    ),
    second_look=made_otherwise,
).exercise
