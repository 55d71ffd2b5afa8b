"""shared-mlp: a hidden layer that is used several times, the same object each time."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn import functional as F
from torch.nn.parameter import is_lazy

from d2l_ch3.checks import cases
from d2l_ch3.checks.cases import New, everything, move
from d2l_ch3.checks.comparison import alike
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, plain
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.trials import (
    CANNOT_TELL,
    Difference,
    Trial,
    always,
    differentiable,
    leading,
    one_sample,
    output,
)
from d2l_ch3.language import Text


class Case(cases.Case):
    """Sizes, X, and for every shape of a parameter its values.

    Values go by shape, so that what a net computes does not depend on its names, nor on what it shares or hides.
    """

    def __init__(self, dice: Dice, num_inputs: int, num_hiddens: int, num_outputs: int, batch: int) -> None:
        i, h, o = self.sizes = num_inputs, num_hiddens, num_outputs
        self.X = dice.tensor(batch, i)
        shapes: tuple[tuple[int, ...], ...] = (h, i), (h, h), (o, h), (h,), (o,)
        self.by_shape = {shape: dice.tensor(*shape) for shape in shapes}

    def build(self, answer: Any, **more: Any) -> nn.Module:
        """The net with the case's values in it, in those too that it hides from `parameters()`."""
        net = answer(*self.sizes, **more)
        if any(map(is_lazy, net.parameters())):
            net(self.X.float())
        net = net.to(self.X.dtype)
        found = list(everything(net))
        layers = {name.rpartition(".")[0] for name, parameter in
                  (*found, *net.named_parameters(remove_duplicate=False)) if parameter.ndim == 2}
        for name, parameter in found:  # a vector beside no matrix is no bias, whatever its shape
            if tuple(parameter.shape) in self.by_shape and name.rpartition(".")[0] in layers:
                parameter.data = self.by_shape[tuple(parameter.shape)].clone()
        return net

    def fits(self, net: nn.Module, output: Any) -> bool:
        """Whether the first and the last layer are there, in their sizes."""
        i, h, o = self.sizes
        return {(h, i), (o, h)} <= {tuple(parameter.shape) for _, parameter in everything(net)}

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The parameters of the three layers, by the names of the model.

        In place of one that is missing, or there more than once, stands a tensor that nothing depends on.
        """
        i, h, o = self.sizes
        shared = getattr(net, "shared", None)
        own = {id(tensor) for name in ("weight", "bias") if isinstance(tensor := getattr(shared, name, None), Tensor)}
        tensors = [tensor for _, tensor in everything(net)]
        found: dict[str, Tensor] = {}
        for role, shape in {"first.weight": (h, i), "first.bias": (h,), "shared.weight": (h, h), "shared.bias": (h,),
                            "out.weight": (o, h), "out.bias": (o,)}.items():
            there = [tensor for tensor in tensors if tensor.shape == shape]
            fitting = [tensor for tensor in there if all(tensor is not other for other in found.values())
                       and (not own or (id(tensor) in own) == role.startswith("shared."))]
            counted = fitting and len(there) <= (2 if shape == (h,) else 1)
            found[role] = fitting[0] if counted else self.by_shape[shape].clone().requires_grad_()
        return found


SETTINGS = {
    "usual": {"num_inputs": 3, "num_hiddens": 8, "num_outputs": 4, "batch": 6},
    "narrow": {"num_inputs": 7, "num_hiddens": 5, "num_outputs": 2, "batch": 4},
    "one sample": {"num_inputs": 4, "num_hiddens": 6, "num_outputs": 3, "batch": 1},
    "one input and output": {"num_inputs": 1, "num_hiddens": 6, "num_outputs": 1, "batch": 3},
    "one hidden": {"num_inputs": 3, "num_hiddens": 1, "num_outputs": 2, "batch": 3},
    "by hand": {"num_inputs": 3, "num_hiddens": 2, "num_outputs": 1, "batch": 1},
}
SPOTS = {"first": Text("第一层后面", "after the first layer"),
         "between": Text("共享层两次使用之间", "between uses of the shared layer"),
         "last": Text("最后一次用共享层之后", "after the last use of the shared layer")}
AFTER_SHARED = Text("共享层后面", "after the shared layer")


def as_told(num_shared: int) -> int:
    """As often as asked for."""
    return num_shared


def always_twice(num_shared: int) -> int:
    """The default, whatever is asked for."""
    return 2


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, num_inputs: int, num_hiddens: int, num_outputs: int, num_shared: int = 2) -> None:
        super().__init__()
        self.first = nn.Linear(num_inputs, num_hiddens)
        self.shared = nn.Linear(num_hiddens, num_hiddens)
        self.out = nn.Linear(num_hiddens, num_outputs)
        self.num_shared = num_shared

    def forward(self, X: Tensor, relus: tuple[str, ...] = tuple(SPOTS), activation: Any = torch.relu,
                count: Any = as_told, skip: str = "", no_bias: tuple[str, ...] = (), output: Any = None,
                detached: str = "") -> Tensor:
        """(…, num_inputs) -> (…, num_outputs), right where no knob is turned."""
        def linear(name: str, H: Tensor, use: int = 0) -> Tensor:
            layer = getattr(self, name)
            W, b = layer.weight, layer.bias
            if name == "shared" and detached == ("others" if use else "first"):
                W, b = W.detach(), b.detach()
            return F.linear(H, W, None if name in no_bias else b)

        def active(spot: str, H: Tensor) -> Tensor:
            return activation(H) if spot in relus else H

        H = start = active("first", linear("first", X))
        times = count(self.num_shared)
        for use in range(times):
            Y = linear("shared", H.detach() if detached == "inputs" else H, use)
            Y = active("last" if use == times - 1 else "between", Y + H if skip == "inside" else Y)
            H = Y + H if skip == "outside" else Y + start if skip == "start" else Y
        Y = linear("out", H)
        return output(Y) if output else Y


def missing(relus: tuple[str, ...]) -> Wrong:
    """ReLUs in these places only."""
    spots = [spot for spot in SPOTS if spot not in relus]
    both = {"between", "last"} <= set(spots)
    where = [text for spot, text in SPOTS.items() if spot in spots and not (both and spot != "first")]
    where += [AFTER_SHARED] if both else []
    return wrong("missing-relu", "forward", where=Text(
        "和".join(text.zh for text in where), " and ".join(text.en for text in where)))


def other(name: str) -> Wrong:
    """Another activation than the ReLU."""
    return wrong("other-activation", "forward", name=name)


ONE_TOO_FEW = wrong("off-by-one", "num-shared", times=1)
SKIP = wrong("residual-added", "forward")
OUTPUT = wrong("relu-after-output", "forward", name="ReLU")

STAGE = Stage("output", {
    "relus": {tuple(SPOTS): None,
              **{relus: missing(relus) for count in (2, 1, 0) for relus in combinations(SPOTS, count)}},
    "count": {as_told: None, (lambda n: 1): ONE_TOO_FEW, (lambda n: 0): wrong("never-used", "num-shared"),
              (lambda n: n + 1): wrong("off-by-one", "num-shared", times=3),
              (lambda n: 2 * n): wrong("off-by-one", "num-shared", times=4)},
    "no_bias": {(): None, **{(name,): wrong("no-bias", "shared", name=name) for name in ("shared", "first", "out")},
                ("first", "shared", "out"): wrong("no-bias", "shared", name="shared")},
    "skip": {"": None, "outside": SKIP, "inside": SKIP, "start": SKIP},
    "activation": {torch.relu: None, torch.tanh: other("tanh"), torch.sigmoid: other("sigmoid"), F.gelu: other("GELU"),
                   F.leaky_relu: other("LeakyReLU"), F.elu: other("ELU"), F.silu: other("SiLU"),
                   F.softplus: other("softplus"), F.relu6: other("ReLU6")},
    "output": {None: None, torch.relu: OUTPUT, torch.tanh: wrong("relu-after-output", "forward", name="tanh"),
               torch.sigmoid: wrong("relu-after-output", "forward", name="sigmoid"),
               (lambda Y: Y.softmax(-1)): wrong("relu-after-output", "forward", name="softmax")},
})


def six_parameters(criterion: str) -> Trial:
    """Look at the parameters of a new net, and at `net.shared`."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = answer(*case.sizes).to(case.X.dtype)
        net(case.X.clone())
        shapes = [list(parameter.shape) for parameter in net.parameters()]
        squares = [parameter for _, parameter in everything(net) if tuple(parameter.shape) == (case.sizes[1],) * 2]
        seen["note equal"] = len(squares) > 1 and all(torch.equal(squares[0], square) for square in squares)
        seen["note squares"], seen["note shapes"] = len(squares), shapes
        seen["note hidden"] = [name for name, _ in everything(net)].count("")
        roles = case.held(net).items()
        seen["note names"] = {role: name for role, tensor in roles
                              for name, other in everything(net) if other is tensor}
        seen["shapes"] = sorted(shapes)
        shared = getattr(net, "shared", None)
        seen["note type"] = type(shared).__name__
        listed = {id(parameter) for parameter in net.parameters()}
        own = [getattr(shared, name, None) for name in ("weight", "bias")]
        seen["shared"] = [one.shape if isinstance(one, Tensor) and id(one) in listed else None for one in own]

    def shapes(different: Difference) -> Says:
        got, seen = different.value, different.seen
        count = len(got) if isinstance(got, list) else 0
        if seen["note hidden"]:
            return says("hidden-layers", count=count)
        if seen["note squares"] > 1:
            return says("tied-by-copy" if seen["note equal"] else "fresh-layers", count=count)
        if count > 6 and all(shape in different.expected for shape in got):
            return says("half-tied", count=count)
        return says("wrong-parameters", got=", ".join(str(tuple(shape)) for shape in seen["note shapes"]))

    def shared(different: Difference) -> Says:
        name = different.seen["note type"]
        return says("not-called-shared", got=NO_ATTRIBUTE if name == "NoneType" else OTHER_TYPE.format(name=name))
    return Trial(criterion, "six", run, {"shapes": shapes, "shared": shared}, fixed=("shapes", "shared"))


NO_ATTRIBUTE = Text("现在却没有这个属性", "there is no such attribute")
OTHER_TYPE = Text("现在却是 {name}", "it is of type {name}")


def shared_in_use(criterion: str) -> Trial:
    """Change `net.shared` alone, before any call: the output should follow every use of it. Then change everything."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        move(enumerate((net.shared.weight, net.shared.bias)))
        seen["shared moved"] = net(case.X.clone())
        steady = all(alike(plain(net(X)[:1]), seen["shared moved"][:1]) is same  # if not, another trial says so
                     for X, same in ((case.X.clone(), True), (case.another(), False)))
        move(enumerate(case.held(net).values()))
        seen["all moved"] = net(case.X.clone()) if steady else CANNOT_TELL
    return Trial(criterion, "in use", run, {"shared": "not-in-use", "all": "computed-once"}, unsure=("all",))


def counted(criterion: str) -> Trial:
    """Use the layer 1, 3 and 0 times; note how often it is called."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        for times in (1, 3, 0):
            case = new()
            calls: list[int] = []
            net = case.build(answer, num_shared=times)
            if isinstance(getattr(net, "shared", None), nn.Module):
                net.shared.register_forward_hook(lambda *_, calls=calls: calls.append(1))
            try:
                seen[f"{times} times"] = net(case.X.clone())
            finally:
                seen[f"note calls of {times}"] = len(calls)
                seen[f"note parameters of {times}"] = len(list(net.parameters()))
        seen["unused"] = seen["note parameters of 0"] if seen["note parameters of 3"] == 6 else CANNOT_TELL

    def times(different: Difference) -> Says | None:
        return says("ignores-num-shared", times=2) if different.as_if(count=always_twice) else None

    def unused(different: Difference) -> Says | None:
        return says("left-out", count=different.seen["note parameters of 0"])
    return Trial(criterion, "counted", run, {"1": times, "3": times, "0": times, "unused": unused}, fixed=("unused",),
                 unsure=("unused",))


def cut(different: Difference) -> Says | None:
    """A gradient out of some uses of the layer only."""
    names = [name for name in ("others", "first", "inputs") if different.as_if(detached=name)]
    return says("cut-between-uses") if names else None


def how_often(said: Says, evidence: Evidence) -> Says:
    """What more and fewer than two uses show. A parameter is called what the net calls it."""
    counted, two = evidence["counted, usual"], evidence["output, usual"].get("output")
    same = [times for times in (1, 3) if alike(counted.get(f"{times} times"), two)]
    if said.key == "off-by-one" and len(same) == 2:
        if said.details["times"] != 1:
            return says("ignores-num-shared", times=said.details["times"])
        if counted.get("note calls of 3") == 3:
            return says("not-fed-back")
        return says("children-once" if isinstance(counted.get("0 times"), Tensor) else "only-first-round")
    names = evidence["six, usual"].get("note names")
    if said.key in ("cut-gradient", "wrong-gradient", "frozen-parameter") and isinstance(names, dict):
        return says(said.key, **{**said.details, "name": names.get(said.details["name"]) or said.details["name"]})
    return said


EXERCISE = Experiment(
    "shared-mlp", Case, SETTINGS, Model, stages=(STAGE,),
    trials=(
        output("forward", "usual", "narrow"),
        six_parameters("shared"), shared_in_use("shared"), differentiable("shared", grad_of=cut),
        counted("num-shared"),
        one_sample("tidy", "one sample", "one input and output", "one hidden"), leading("tidy"), *always("tidy"),
    ),
    second_look=how_often,
    properties={"homogeneous": ({"X": 2, "first.bias": 2, "shared.bias": 2, "out.bias": 2}, 2),
                "last": ({"out.weight": 2, "out.bias": 2}, 2)},
).exercise
