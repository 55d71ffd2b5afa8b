"""Cases: the inputs that a seed stands for, in one setting of sizes, and how an answer is built for them."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import permutations
from math import prod
from typing import Any, Protocol

import torch
from torch import Tensor, nn

from d2l_ch3.checks.dice import Dice, WholeDice

BY_HAND = "by hand"
"""The name of the setting whose values are small whole numbers."""


class Case:
    """The inputs of one trial. An exercise says in `__init__` what it draws: ``self.X`` at least.

    ``sizes`` are what the class is made with, sizes and the like, where it takes any.
    """

    X: Tensor
    sizes: tuple[Any, ...] = ()
    values: Mapping[str, Tensor] = {}
    """The values of the parameters that the answer makes itself, by name, where the exercise names them."""

    def __init__(self, dice: Dice, **setting: Any) -> None:
        raise NotImplementedError

    def build(self, answer: Callable[..., nn.Module]) -> nn.Module:
        """The answer's net with this case's values in it, in its floating type."""
        raise NotImplementedError

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The tensors that should learn, by the names under which a diagnosis speaks of them."""
        raise NotImplementedError

    def fits(self, net: nn.Module, output: Any) -> bool:
        """Whether the net looks as if it took its sizes in this order; looked at where its output is a tensor."""
        return True

    def asked(self, name: str, tensor: Tensor) -> Tensor:
        """A parameter, or its gradient, with its dimensions as the exercise has them: a view."""
        return as_asked(tensor, self.values[name].shape) if name in self.values else tensor

    def shaped(self, X: Tensor, *leading: int) -> Tensor:
        """An input with these leading dimensions, its values those of X over and over."""
        count = 1
        for size in leading:
            count *= size
        rows = torch.arange(count) % len(X)
        return X[rows].reshape(*leading, X.shape[-1])

    def another(self) -> Tensor:
        """Another input than X: other values, and another number of samples."""
        return torch.cat([self.X, self.X]).flip(-1) * 1.5 + 0.25


class New(Protocol):
    """Makes the case of a trial anew: with other values, or in another floating type, if asked."""

    def __call__(self, dtype: torch.dtype = torch.float32, other: bool = False) -> Any:
        """The case."""


def makers(case: Callable[..., Any], settings: Mapping[str, Mapping[str, Any]], seed: int) -> dict[str, New]:
    """For each setting what makes its case from the seed."""
    return {name: partial(_new, case, setting, number + (0 if name == BY_HAND else 64 * (seed + 1)),
                          WholeDice if name == BY_HAND else Dice)
            for number, (name, setting) in enumerate(settings.items())}


def _new(case: Callable[..., Any], setting: Mapping[str, Any], seed: int, kind: type[Dice],
         dtype: torch.dtype = torch.float32, other: bool = False) -> Any:
    return case(kind(2 * seed + other, dtype, other), **setting)


def named_parameters(modules: Mapping[str, nn.Module]) -> dict[str, Tensor]:
    """The parameters of modules that were given to a net: ``net1.weight``. A module given twice counts once."""
    found: dict[str, Tensor] = {}
    seen: set[int] = set()
    for name, module in modules.items():
        for own, parameter in module.named_parameters():
            if id(parameter) not in seen:
                seen.add(id(parameter))
                found[f"{name}.{own}"] = parameter
    return found


def everything(net: nn.Module) -> Iterator[tuple[str, nn.Parameter]]:
    """The net's parameters, and those of modules that it hides in a list or a dict: a name, empty if it is hidden."""
    yield from net.named_parameters()
    known = set(map(id, net.modules()))
    for value in vars(net).values():
        hidden = value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ()
        for module in hidden:
            if isinstance(module, nn.Module) and id(module) not in known:
                yield from (("", parameter) for parameter in module.parameters())


def weigh(output: Tensor) -> Tensor:
    """A number that depends on every entry of the output, and on each differently."""
    turns = torch.arange(1, output.numel() + 1, dtype=torch.float64)
    weights = torch.complex(turns.cos(), turns.sin()) if output.is_complex() else turns.cos()
    return (output.flatten() * weights.to(output.dtype)).real.sum()


def move(tensors: Iterable[tuple[int, Tensor]]) -> None:
    """Change numbered tensors in place, each in a way of its own and every entry differently."""
    with torch.no_grad():
        for number, tensor in tensors:
            steps = torch.arange(tensor.numel(), dtype=torch.float64).reshape(tensor.shape)
            tensor.add_(0.5 + 0.5 * torch.cos(steps + number).to(tensor.dtype))


class NotFoundError(LookupError):
    """A parameter that the exercise asks for is not there, or has another shape."""


Shapes = Mapping[str, Sequence[int]]


def as_asked(tensor: Tensor, shape: Sequence[int]) -> Tensor:
    """A view in that shape: dimensions in another order, with or without those of size 1, or split up, as rows that
    were flattened; `tensor` itself if none fits."""
    if list(tensor.shape) == list(shape):
        return tensor
    thin = tensor.squeeze()
    order = next((order for order in permutations(range(thin.ndim))
                  if [thin.shape[i] for i in order] == [size for size in shape if size != 1]), None)
    if order is not None:
        return thin.permute(order).reshape(tuple(shape))
    return tensor.view(tuple(shape)) if tensor.numel() == prod(shape) and tensor.is_contiguous() else tensor


def find(net: nn.Module, shapes: Shapes) -> dict[str, Tensor]:
    """The tensors that the exercise asks for, in its shapes; under another name, the best fitting parameter.

    So a parameter by another name, or with its dimensions in another order, costs the criterion on parameters only.
    """
    attributes = {name: getattr(net, name, None) for name in shapes}
    found = {name: value for name, value in attributes.items() if isinstance(value, Tensor)}
    spare = {name: parameter for name, parameter in net.named_parameters() if name not in shapes
             and all(parameter is not value for value in found.values())}
    for name, shape in shapes.items():
        if name not in found or not found[name].is_leaf:
            fitting = [other for other, tensor in spare.items() if as_asked(tensor, shape).shape == torch.Size(shape)]
            # `linear.bias` stands for `bias` before anything else does, and for nothing else before it.
            fitting.sort(key=lambda other: (not other.endswith(name), other.endswith(tuple(shapes))))
            if fitting:
                found[name] = spare.pop(fitting[0])
        if name not in found or as_asked(found[name], shape).shape != torch.Size(shape):
            raise NotFoundError(name)
    return {name: found[name] for name in shapes}


class FunctionCase(Case):
    """The case of a function of X: there is nothing to build, and nothing that learns."""

    def build(self, answer: Callable[..., Any]) -> Any:
        """The function itself."""
        return answer

    def held(self, net: Any) -> Mapping[str, Tensor]:
        """Nothing."""
        return {}


class LayerCase(Case):
    """The case of a layer with parameters of its own, ``self.values``."""

    def make(self, answer: Callable[..., nn.Module]) -> nn.Module:
        """The layer as it starts."""
        return answer(*self.sizes).to(self.X.dtype)

    def build(self, answer: Callable[..., nn.Module]) -> nn.Module:
        """The layer with the case's values, found by name. A bias that nobody asked for becomes 0.

        Where a parameter is not there yet, the first call may make it: that costs the criterion on parameters only.
        """
        net = self.make(answer)
        with torch.no_grad():
            try:
                self.held(net)
            except NotFoundError:
                net = answer(*self.sizes)
                net(self.X.to(torch.float32, copy=True))
                net = net.to(self.X.dtype)
            for name, parameter in net.named_parameters():
                if "bias" not in self.values and name.rpartition(".")[2] in ("bias", "b"):
                    parameter.zero_()
            for name, tensor in self.held(net).items():
                if tensor.dtype != self.X.dtype:  # a tensor that is no parameter stays behind: that costs one criterion
                    tensor.data = tensor.data.to(self.X.dtype)
                self.asked(name, tensor).copy_(self.values[name])
        return net

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The layer's parameters, as the exercise names them."""
        return find(net, {name: value.shape for name, value in self.values.items()})
