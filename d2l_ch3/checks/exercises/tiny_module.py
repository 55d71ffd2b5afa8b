"""tiny-module, a bonus: what `nn.Module` does with attributes, written without `torch.nn`."""

from collections.abc import Callable, Iterator
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import FunctionCase, New
from d2l_ch3.checks.definition import Says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import raised
from d2l_ch3.checks.evidence import Seen, describe
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.trials import Difference, Trial


class Case(FunctionCase):
    """Tensors to make parameters of."""

    def __init__(self, dice: Dice) -> None:
        self.X = dice.tensor(3)
        self.tensors = [dice.tensor(2, 3), dice.tensor(2), dice.tensor(4)]


class Model:
    """The right answer."""

    def __init__(self) -> None:
        self.training = True

    def _children(self) -> list["Model"]:
        return [value for value in vars(self).values() if isinstance(value, Model)]

    def named_parameters(self, prefix: str = "", seen: set[int] | None = None) -> Iterator[tuple[str, Tensor]]:
        """Own ones first, then those of children, each once."""
        seen = set() if seen is None else seen
        for name, value in vars(self).items():
            if isinstance(value, Tensor) and value.requires_grad and id(value) not in seen:
                seen.add(id(value))
                yield prefix + name, value
        for name, value in vars(self).items():
            if isinstance(value, Model):
                yield from value.named_parameters(f"{prefix}{name}.", seen)

    def state_dict(self) -> dict[str, Tensor]:
        """The values, out of the graph."""
        return {name: parameter.detach() for name, parameter in self.named_parameters()}

    def train(self, mode: bool = True) -> "Model":
        """Set the mode of this and of all below."""
        self.training = mode
        for child in self._children():
            child.train(mode)
        return self

    def eval(self) -> "Model":
        """The mode for evaluation."""
        return self.train(False)

    def apply(self, function: Callable[["Model"], Any]) -> "Model":
        """Call the function with children first and then with this."""
        for child in self._children():
            child.apply(function)
        function(self)
        return self


def build(TinyModule: Any, case: Case) -> Any:
    """A net of four modules: `outer` has parameters of its own and two children; `first` holds `inner`."""
    class Layer(TinyModule):
        def __init__(self, weight: Tensor, **more: Any) -> None:
            super().__init__()
            self.weight = weight.clone().requires_grad_()
            for name, value in more.items():
                setattr(self, name, value)

    inner = Layer(case.tensors[1])
    outer = Layer(case.tensors[2], steps=3, constant=case.X.clone())
    outer.first = Layer(case.tensors[0], inner=inner)
    outer.another = Layer(case.tensors[1] + 1)
    outer.bias = case.X.clone().requires_grad_()
    return outer


def trial(criterion: str, name: str, run: Callable[[Seen, Any], None], *beliefs: tuple[str, str]) -> Trial:
    """Something done with the net; entries and what they show if they differ, the first in line first."""
    def guarded(seen: Seen, answer: Any, new: New) -> None:
        seen["raises"] = None
        try:
            run(seen, build(answer, new()))
        except Exception as error:
            seen["raises"] = describe(error)

    def raises(different: Difference) -> Says | None:
        return raised({"error": different.value}, (("no attribute 'training'", "starts-in-eval"),))
    return Trial(criterion, name, guarded, {"raises": raises, **dict(beliefs)}, settings=("usual",), fixed=("",))


def parameters(seen: Seen, net: Any) -> None:
    """Names and order; the tensors themselves; what is assigned later."""
    named = list(net.named_parameters())
    names = [name for name, _ in named]
    seen["constant"] = "constant" in names or "steps" in names
    seen["children"] = sorted(name for name in names if "." in name)
    seen["names"] = names
    seen["very"] = [tensor is there for (_, tensor), there in zip(
        named, (net.weight, net.bias, net.first.weight, net.first.inner.weight), strict=False)]
    net.weight, net.bias = net.weight.detach().clone().requires_grad_(), None
    found = dict(net.named_parameters())
    seen["replaced"] = found.get("weight") is net.weight and "bias" not in found
    net.last, net.alias, net.another.tied = net.first.inner, net.weight, net.weight
    seen["tied"] = len(list(net.named_parameters()))
    net.twin = net.weight.detach().clone().requires_grad_()
    seen["equal"] = "twin" in dict(net.named_parameters())
    count = len(dict(net.named_parameters()))
    net.others, net.foreign = [build(type(net).__mro__[1], Case(Dice(1)))], nn.Linear(1, 1)
    seen["others"] = len(dict(net.named_parameters())) - count


def state(seen: Seen, net: Any) -> None:
    """The names and values of `named_parameters`, whatever these are, on no graph."""
    found, named = net.state_dict(), dict(net.named_parameters())
    seen["dict"] = isinstance(found, dict)
    if seen["dict"]:
        seen["state"] = list(found) == list(named) and all(found[name].equal(named[name]) for name in named)
        seen["graph"] = any(value.requires_grad for value in found.values())


def mode(seen: Seen, net: Any) -> None:
    """The mode at the start, and after `eval` and `train`, of all four; what they return."""
    modules = net, net.first, net.first.inner, net.another
    seen["start"] = [module.training for module in modules]
    returned = [net.eval() is net]
    seen["eval"] = [module.training for module in modules]
    returned.append(net.train() is net)
    seen["train"] = [module.training for module in modules]
    net.train(False)
    seen["mode"] = [module.training for module in modules]
    seen["mode returns"] = returned


def applied(seen: Seen, net: Any) -> None:
    """Which modules are reached, in which order, and what is returned."""
    visited: list[Any] = []
    returned = net.apply(visited.append)
    names = {id(net): "net", id(net.first): "first", id(net.first.inner): "inner",
             id(net.another): "another"}
    order = [names.get(id(module), "?") for module in visited]
    seen["reached"], seen["order"] = sorted(order), order
    seen["apply returns"] = returned is net


def instances(seen: Seen, net: Any) -> None:
    """A second net beside the first has names of its own."""
    before = [name for name, _ in net.named_parameters()]
    other = build(type(net).__mro__[1], Case(Dice(1)))
    other.further = torch.zeros(2, requires_grad=True)
    seen["apart"] = [name for name, _ in net.named_parameters()] == before


EXERCISE = Experiment(
    "tiny-module", Case, {"usual": {}}, Model, (),
    trials=(
        trial("parameters", "instances", instances, ("apart", "shared-register")),
        trial("parameters", "parameters", parameters, ("constant", "constant-registered"), ("children", "no-children"),
              ("names", "other-names"), ("very", "copied-tensors"), ("replaced", "stale-register"),
              ("tied", "tied-twice"), ("equal", "equal-left-out"), ("others", "others-registered")),
        trial("state", "state", state, ("dict", "no-state-dict"), ("state", "other-state"),
              ("graph", "state-in-graph")),
        trial("mode", "mode", mode, ("start", "starts-in-eval"), ("eval", "mode-stays-above"),
              ("train", "mode-stays-above"), ("mode", "mode-stays-above"), ("mode returns", "returns-no-self")),
        trial("apply", "apply", applied, ("reached", "apply-misses"), ("order", "apply-order"),
              ("apply returns", "returns-no-self")),
    ),
).exercise
