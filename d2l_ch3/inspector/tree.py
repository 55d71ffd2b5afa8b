"""The tree of a net as plain data, read from each module's ``__dict__``."""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy

MAX_HIDDEN = 12
"""So many hidden things are shown for one module; the rest is counted."""


@dataclass(frozen=True)
class TensorInfo:
    """One tensor of a block."""

    name: str
    path: str
    """Python that reaches it: ``net[0].weight``."""
    kind: str
    """``"parameter"``, ``"buffer"`` or ``"tensor"`` (a plain one)."""
    shape: tuple[int, ...] | None
    """None while a lazy layer has not seen its first input."""
    dtype: str
    device: str
    values: tuple[float, float] | None
    """Mean and standard deviation (of the population); None where there are no numbers to look at."""
    requires_grad: bool
    grad: str
    """``"none"``, ``"zero"`` or ``"present"``."""
    persistent: bool
    """Whether ``state_dict`` holds it, if it is a buffer."""
    same_as: str | None
    """The path under which this very tensor was met first, if this is not the first time."""
    hidden_in: str | None
    """Where it hides from PyTorch: ``"list"``, ``"attribute"``, ...; None if it is registered."""

    @property
    def size(self) -> int:
        """How many numbers it holds; 0 while it has no shape."""
        return 0 if self.shape is None else torch.Size(self.shape).numel()


@dataclass(frozen=True)
class Block:
    """One module with its tensors and the blocks inside it."""

    name: str
    path: str
    class_name: str
    num_parameters: int
    """How many numbers ``parameters()`` of this block holds, tied ones once."""
    training: bool
    tensors: tuple[TensorInfo, ...]
    blocks: tuple["Block", ...]
    same_as: str | None
    """The path under which this very module was met first; then it is not opened again."""
    hidden_in: str | None
    initialised: bool
    """False if the class does not call ``super().__init__()``."""
    num_omitted: int
    """How many more hidden things there are than are shown."""

    @property
    def is_lazy(self) -> bool:
        """Whether a tensor inside still waits for its shape."""
        return any(tensor.shape is None for block in self.walk() for tensor in block.tensors)

    def walk(self) -> Iterator["Block"]:
        """This block and all blocks inside it, from the outside in."""
        yield self
        for block in self.blocks:
            yield from block.walk()


_REGISTERS = ("_modules", "_parameters", "_buffers")
_OF_NN_MODULE = frozenset(vars(nn.Module()))
_CONTAINERS: tuple[type, ...] = (list, tuple, dict, set, frozenset, deque)


def _attributes(module: nn.Module) -> dict[str, Any]:
    """The module's ``__dict__``, whatever its class makes of attribute access."""
    return object.__getattribute__(module, "__dict__")


def _registered(module: nn.Module, register: str) -> list[tuple[str, Any]]:
    """Names and values in one of the module's registers; nothing without ``super().__init__()``."""
    entries: Any = _attributes(module).get(register)
    if not issubclass(type(entries), dict):
        return []
    wanted = _is_module if register == "_modules" else _is_tensor
    return [(key if type(key) is str else f"<{type(key).__name__}>", value)
            for key, value in dict.items(entries) if wanted(value)]


def _class_attributes(module: nn.Module) -> Iterator[tuple[str, Any]]:
    """What the student's classes hold themselves: one object for all instances."""
    own = set(_attributes(module))
    for cls in type(module).__mro__:
        if cls.__module__.split(".")[0] not in ("torch", "builtins"):
            yield from ((name, value) for name, value in vars(cls).items() if name not in own)


def _is_module(value: Any) -> bool:
    return issubclass(type(value), nn.Module)


def _is_tensor(value: Any) -> bool:
    return issubclass(type(value), Tensor)


def _all_modules(net: nn.Module) -> list[nn.Module]:
    """Every registered module that can be reached, each once."""
    found: dict[int, nn.Module] = {}
    waiting = [net]
    while waiting:
        module = waiting.pop()
        if id(module) not in found:
            found[id(module)] = module
            waiting += [child for _, child in _registered(module, "_modules")]
    return list(found.values())


def _num_parameters(net: nn.Module) -> int:
    parameters = {id(parameter): parameter for module in _all_modules(net)
                  for _, parameter in _registered(module, "_parameters")}
    return sum(0 if is_lazy(parameter) else parameter.numel() for parameter in parameters.values())


def _registered_inside(net: nn.Module) -> set[int]:
    """The ids of the modules, parameters and buffers that a module's registers lead to, without its own."""
    return {id(thing) for module in _all_modules(net) for register in _REGISTERS
            for _, thing in _registered(module, register)}


class Walk:
    """One look at one net: remembers what PyTorch sees and where each thing was met first."""

    def __init__(self, net: nn.Module, name: str) -> None:
        self.visible = {id(net)} | _registered_inside(net)
        self.met: dict[int, str] = {}
        self.meet(net, name)

    def meet(self, module: nn.Module, path: str) -> None:
        """Note where everything registered inside is met first, before what hides is looked at."""
        if self.met.setdefault(id(module), path) != path:
            return
        for register in ("_parameters", "_buffers"):
            for key, tensor in _registered(module, register):
                self.met.setdefault(id(tensor), path + _step(module, register, key))
        for key, child in _registered(module, "_modules"):
            self.meet(child, path + _step(module, "_modules", key))

    def block(self, module: nn.Module, name: str, path: str, hidden_in: str | None = None) -> Block:
        """The block that a module is, with everything inside it."""
        first = self.met.setdefault(id(module), path)
        attributes = _attributes(module)
        closed = Block(name=name, path=path, class_name=type(module).__name__, num_parameters=_num_parameters(module),
                       training=bool(attributes.get("training", True)), tensors=(), blocks=(),
                       same_as=None if first == path else first, hidden_in=hidden_in,
                       initialised="_modules" in attributes, num_omitted=0)
        if closed.same_as is not None:
            return closed
        temporary = attributes.get("_non_persistent_buffers_set", ())
        tensors = [self.tensor(tensor, key, path + _step(module, f"_{kind}s", key), kind,
                               persistent=key not in temporary)
                   for kind in ("parameter", "buffer")
                   for key, tensor in _registered(module, f"_{kind}s")]
        blocks = [self.block(child, key, path + _step(module, "_modules", key))
                  for key, child in _registered(module, "_modules")]
        hidden = list(self.hidden(module))
        for value, key, container in hidden[:MAX_HIDDEN]:
            if _is_module(value):
                self.visible |= _registered_inside(value)
                self.meet(value, f"{path}.{key}")
                blocks.append(self.block(value, key, f"{path}.{key}", container))
            else:
                kind = "parameter" if issubclass(type(value), nn.Parameter) else "tensor"
                tensors.append(self.tensor(value, key, f"{path}.{key}", kind, container))
        return replace(closed, tensors=tuple(tensors), blocks=tuple(blocks),
                       num_omitted=max(0, len(hidden) - MAX_HIDDEN))

    def tensor(self, tensor: Tensor, name: str, path: str, kind: str, hidden_in: str | None = None,
               persistent: bool = False) -> TensorInfo:
        """The facts on one tensor."""
        same_as = self.met.setdefault(id(tensor), path)
        lazy = is_lazy(tensor)
        return TensorInfo(
            name=name, path=path, kind=kind, shape=None if lazy else tuple(tensor.shape),
            dtype=str(tensor.dtype).removeprefix("torch."), device=str(tensor.device),
            values=None if lazy else _values(tensor), requires_grad=tensor.requires_grad, grad=_grad(tensor),
            persistent=persistent, same_as=None if same_as == path else same_as, hidden_in=hidden_in)

    def hidden(self, module: nn.Module) -> Iterator[tuple[Any, str, str]]:
        """Modules and tensors in the module's attributes that are in no register: value, name, where it hides."""
        opened: set[int] = set()
        for name, value in _attributes(module).items():
            if name not in _OF_NN_MODULE:
                yield from self.search(value, name, "attribute", opened)
        for name, value in _class_attributes(module):
            yield from self.search(value, name, "class", opened)

    def search(self, value: Any, name: str, container: str, opened: set[int]) -> Iterator[tuple[Any, str, str]]:
        """The same for one value; containers are opened, each once."""
        if _is_module(value) or _is_tensor(value):
            if id(value) not in self.visible:
                yield value, name, container
        elif issubclass(type(value), _CONTAINERS) and id(value) not in opened:
            opened.add(id(value))
            kind = next(kind for kind in _CONTAINERS if issubclass(type(value), kind))
            for step, item in _items(value, kind):
                yield from self.search(item, name + step, "set" if kind is frozenset else kind.__name__, opened)


def _items(value: Any, kind: type) -> Iterator[tuple[str, Any]]:
    """What a container holds, read by the built-in type's own methods: ``("[0]", item)`` and so on."""
    iterate: Any = kind.__iter__  # type: ignore[attr-defined]
    if kind is dict:
        for key, item in dict.items(value):
            plain = type(key) in (str, int, float, bool, type(None))
            yield f"[{key!r}]" if plain else f"[<{type(key).__name__}>]", item
    elif kind in (set, frozenset):  # a set has no order: sort, so that the same net always looks the same
        for index, item in enumerate(sorted(iterate(value), key=_fingerprint)):
            yield f"{{{index}}}", item
    else:
        for index, item in enumerate(iterate(value)):
            yield f"[{index}]", item


def _fingerprint(value: Any) -> str:
    """Something to sort the elements of a set by: class names, shapes and values, no addresses."""
    if _is_module(value):
        tensors = [tensor for module in _all_modules(value) for _, tensor in _registered(module, "_parameters")]
        return f"{type(value).__name__} {[_fingerprint(tensor) for tensor in tensors]}"
    if _is_tensor(value) and not is_lazy(value):
        return f"{type(value).__name__} {tuple(value.shape)} {_values(value)}"
    if issubclass(type(value), tuple | frozenset):
        return f"{type(value).__name__} {[_fingerprint(item) for _, item in _items(value, tuple)]}"
    return type(value).__name__


def _step(module: nn.Module, register: str, key: str) -> str:
    """The Python that leads from a module to what a register of it holds under `key`."""
    if issubclass(type(module), nn.ModuleDict | nn.ParameterDict):
        return f"[{key!r}]"
    if issubclass(type(module), nn.Sequential | nn.ModuleList | nn.ParameterList) and key.isdecimal():
        return f"[{key}]"
    return f".{key}" if key.isidentifier() else f".{register}[{key!r}]"


def _values(tensor: Tensor) -> tuple[float, float] | None:
    """Mean and standard deviation of a tensor's numbers, exact for a constant; None if there are none."""
    if tensor.is_meta or tensor.is_complex() or tensor.is_quantized or tensor.layout is not torch.strided \
            or not tensor.numel():
        return None
    values = tensor.detach().double()
    if bool((values == values.flatten()[0]).all()):
        return float(values.flatten()[0]), 0.0
    return float(values.mean()), float(values.std(correction=0))


def _grad(tensor: Tensor) -> str:
    grad = tensor.grad if tensor.is_leaf else None
    if grad is None:
        return "none"
    return "zero" if not grad.is_meta and not bool(grad.to_dense().count_nonzero()) else "present"
