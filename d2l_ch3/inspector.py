"""What a net is made of, and what in it PyTorch cannot see.

    d2l_ch3.inspect(net)           # in a notebook: a tree to fold and unfold
    print(d2l_ch3.inspect(net))    # the same as text

Looking runs none of the net's code: no forward, no property, no ``parameters()``. It
reads each module's ``__dict__``, where nn.Module keeps its registers (``_modules``,
``_parameters``, ``_buffers``) and where everything else lies that was assigned to an
attribute. A module or tensor that lies there, in an attribute, list, tuple, dict or set,
without being in a register is one that PyTorch cannot see.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from math import floor, isfinite, log10
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn
from torch.nn.parameter import is_lazy
from wcwidth import wcswidth

from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.language import Text, get_language

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


def inspect(net: nn.Module, *, name: str = "net") -> "Inspection":
    """Look at a net without running any of its code; `name` is what the paths call it."""
    if not issubclass(type(net), nn.Module):
        got = f"{net.__name__} (class)" if isinstance(net, type) else type(net).__name__
        raise TypeError(str(_NOT_A_NET.format(got=got)))
    with torch.no_grad(), torch._C.DisableTorchFunctionSubclass():
        return Inspection(_Walk(net, name).block(net, name, name))


_NOT_A_NET = Text("inspect 要的是一个网络（nn.Module 的实例），得到的是 {got}",
                  "inspect wants a net (an instance of nn.Module), not {got}")

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
    """Every module that can be reached through the registers, each once."""
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


class _Walk:
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


# ---------------------------------------------------------------------------- what follows

_WHERE = {
    "attribute": Text("普通属性", "a plain attribute"),
    "class": Text("类属性（所有实例共用）", "a class attribute (all instances share it)"),
    "list": Text("列表", "a list"), "tuple": Text("元组", "a tuple"), "dict": Text("字典", "a dict"),
    "set": Text("集合", "a set"), "deque": Text("双端队列", "a deque"),
}
_HIDDEN_MODULE = Text(
    "放在{where}里的模块没有登记：它的参数不在 parameters() 和 state_dict() 里，to()、eval()、apply() 也到不了它。",
    "A module in {where} is not registered: its parameters are missing from parameters() and state_dict(), and "
    "to(), eval() and apply() do not reach it.")
_HIDDEN_PARAMETER = Text(
    "放在{where}里的 nn.Parameter 没有登记：parameters() 和 state_dict() 里没有它，优化器不更新它，to() 不移动它。",
    "An nn.Parameter in {where} is not registered: it is missing from parameters() and state_dict(), no optimiser "
    "updates it and to() does not move it.")
_HIDDEN_TENSOR = Text(
    "放在{where}里的张量没有登记：state_dict() 不保存它，to() 不移动它，优化器不更新它。",
    "A tensor in {where} is not registered: state_dict() does not save it, to() does not move it and no optimiser "
    "updates it.")
_NOT_INITIALISED = Text(
    "它的类没有调用 super().__init__()：没有登记册，PyTorch 在它里面什么也看不见；给它的属性赋一个层会报错。",
    "Its class does not call super().__init__(): without registers PyTorch sees nothing inside, and assigning a "
    "layer to an attribute raises an error.")


@dataclass(frozen=True)
class Finding:
    """Something that PyTorch cannot see, and what follows from it."""

    paths: tuple[str, ...]
    text: Text


@dataclass(frozen=True)
class Inspection:
    """What `inspect` saw: the tree of blocks in `root`. ``print`` it, or end a notebook cell with it."""

    root: Block

    @property
    def findings(self) -> list[Finding]:
        """What PyTorch cannot see; things of one kind in one finding."""
        found: dict[Text, list[str]] = {}
        for block in self.root.walk():
            if not block.initialised:
                found.setdefault(_NOT_INITIALISED, []).append(block.path)
            if block.hidden_in:
                found.setdefault(_HIDDEN_MODULE.format(where=_WHERE[block.hidden_in]), []).append(block.path)
            for tensor in block.tensors:
                if tensor.hidden_in:
                    text = _HIDDEN_PARAMETER if tensor.kind == "parameter" else _HIDDEN_TENSOR
                    found.setdefault(text.format(where=_WHERE[tensor.hidden_in]), []).append(tensor.path)
        return [Finding(tuple(paths), text) for text, paths in found.items()]

    @property
    def summary(self) -> Text:
        """How much there is: tensors and numbers in ``parameters()``, and what is not in it."""
        seen, hidden = _parameters(self.root, hidden=False)
        frozen = sum(tensor.size for tensor in seen if not tensor.requires_grad)
        text = _SUMMARY.format(tensors=f"{len(seen):,}", numbers=f"{self.root.num_parameters:,}", frozen=f"{frozen:,}")
        unseen = sum(tensor.size for tensor in hidden)
        waiting = sum(tensor.shape is None for tensor in seen)
        for more, number in ((_SUMMARY_UNSEEN, unseen), (_SUMMARY_LAZY, waiting)):
            if number:
                text = Text(*(start + end for start, end in zip(text, more.format(n=f"{number:,}"), strict=True)))
        return text

    def __str__(self) -> str:
        lines = _table(_rows_of(self.root, self.root))
        for finding in self.findings:
            lines += ["", *wrap("✗ " + str(_AND).join(finding.paths), WIDTH)]
            lines += [f"  {line}" for line in wrap(str(finding.text), WIDTH - 2)]
        return "\n".join([*lines, "", *wrap(str(self.summary), WIDTH)])

    __repr__ = __str__

    def _repr_html_(self) -> str:
        rows = _rows_of(self.root, self.root)
        return _template().render(root=rows, header=_HEADER, findings=self.findings, summary=self.summary,
                                  language=get_language(), separator=_AND, title=_TITLE.format(name=self.root.name),
                                  all_open=len(list(rows.walk())) <= MAX_OPEN)


def _parameters(block: Block, hidden: bool) -> tuple[list[TensorInfo], list[TensorInfo]]:
    """The parameters of a block and all inside, each once: those that PyTorch sees, and the others."""
    hidden = hidden or block.hidden_in is not None
    seen: list[TensorInfo] = []
    unseen: list[TensorInfo] = []
    for tensor in block.tensors:
        if tensor.kind == "parameter" and not tensor.same_as:
            (unseen if hidden or tensor.hidden_in else seen).append(tensor)
    for child in block.blocks:
        more = _parameters(child, hidden)
        seen += more[0]
        unseen += more[1]
    return seen, unseen


# ---------------------------------------------------------------------------- what is shown

WIDTH = 78
MAX_OPEN = 40
"""A tree with more rows is unfolded only at the top."""

_TITLE = Text("网络 {name} 里有什么", "what is in {name}")
_HEADER = (Text("模块和张量", "modules and tensors"), Text("参数个数", "parameters"), Text("形状", "shape"),
           Text("均值 ± 标准差", "mean ± std"), Text("梯度", "grad"), Text("备注", "notes"))
_SUMMARY = Text("parameters()：{tensors} 个张量，共 {numbers} 个数，其中冻结 {frozen} 个。",
                "parameters(): {numbers} numbers (tensors: {tensors}, frozen numbers: {frozen}).")
_SUMMARY_UNSEEN = Text("没有登记的参数还有 {n} 个数。", " Parameters outside it: {n} numbers.")
_SUMMARY_LAZY = Text("还没有形状的张量：{n} 个。", " Tensors without a shape yet: {n}.")

_AND = Text("、", ", ")
_SAME = Text("就是 {path}", "is {path}")
_UNSEEN = Text("PyTorch 看不见", "unseen by PyTorch")
_IN_MODE = Text("{mode} 模式", "{mode} mode")
_NO_SUPER = Text("没有 super().__init__()", "no super().__init__()")
_FROZEN = Text("冻结", "frozen")
_BUFFER = Text("缓冲区", "buffer")
_NOT_SAVED = Text("不进 state_dict", "not in state_dict")
_PLAIN = Text("普通张量", "plain tensor")
_NO_SHAPE = Text("还没有形状", "no shape yet")
_OMITTED = Text("… 还有 {n} 个看不见的", "… {n} more unseen")
_GRADS = {"none": Text("None", "None"), "zero": Text("0", "0"), "present": Text("有", "yes")}


@dataclass(frozen=True)
class Row:
    """One line of the tree in words: a block with the rows inside it, or a tensor."""

    name: str
    class_name: str = ""
    count: str = ""
    shape: str = ""
    values: str = ""
    grad: str = ""
    notes: tuple[str, ...] = ()
    unseen: bool = False
    rows: tuple["Row", ...] = ()

    @property
    def label(self) -> str:
        """Name and class, with a mark on what PyTorch cannot see."""
        return f"{'✗ ' if self.unseen else ''}{self.name}{': ' if self.class_name else ''}{self.class_name}"

    @property
    def cells(self) -> tuple[str, ...]:
        """What stands in the columns after the first."""
        return self.count, self.shape, self.values, self.grad, str(_AND).join(self.notes)

    def walk(self) -> Iterator["Row"]:
        """This row and all inside it."""
        yield self
        for row in self.rows:
            yield from row.walk()


def _rows_of(block: Block, root: Block) -> Row:
    """The row of a block, with those of its tensors and blocks inside it."""
    rows = [_row_of(tensor) for tensor in block.tensors] + [_rows_of(child, root) for child in block.blocks]
    if block.num_omitted:
        rows.append(Row(str(_OMITTED.format(n=block.num_omitted)), unseen=True))
    count = "?" if block.is_lazy else f"{block.num_parameters:,}"
    return Row(block.name, block.class_name, count="" if block.same_as else count, notes=_notes_on_block(block, root),
               unseen=block.hidden_in is not None, rows=tuple(rows))


def _notes_on_block(block: Block, root: Block) -> tuple[str, ...]:
    parameters = [tensor for inside in block.walk() for tensor in inside.tensors if tensor.kind == "parameter"]
    mode = "train" if block.training else "eval"
    return _chosen(
        (_UNSEEN, block.hidden_in),
        (_SAME.format(path=block.same_as), block.same_as),
        (_IN_MODE.format(mode=mode), block is root or block.training != root.training),
        (_FROZEN, parameters and not any(parameter.requires_grad for parameter in parameters)),
        (_NO_SUPER, not block.initialised))


def _row_of(tensor: TensorInfo) -> Row:
    counts = tensor.kind == "parameter" and not tensor.same_as and tensor.shape is not None
    return Row(
        tensor.name, count=f"{tensor.size:,}" if counts else "", unseen=tensor.hidden_in is not None,
        shape="?" if tensor.shape is None else str(tensor.shape),
        values="" if tensor.values is None else _mean_and_std(*tensor.values),
        grad=str(_GRADS[tensor.grad]) if tensor.kind == "parameter" or tensor.requires_grad else "",
        notes=_chosen(
            (_UNSEEN, tensor.hidden_in),
            (_SAME.format(path=tensor.same_as), tensor.same_as),
            (_NO_SHAPE, tensor.shape is None),
            (_BUFFER, tensor.kind == "buffer"),
            (_NOT_SAVED, tensor.kind == "buffer" and not tensor.persistent),
            (_PLAIN, tensor.kind == "tensor"),
            (_FROZEN, tensor.kind == "parameter" and not tensor.requires_grad),
            (Text(tensor.dtype, tensor.dtype), tensor.dtype != "float32"),
            (Text(tensor.device, tensor.device), tensor.device != "cpu")))


def _chosen(*notes: tuple[Text, object]) -> tuple[str, ...]:
    return tuple(str(text) for text, wanted in notes if wanted)


def _mean_and_std(mean: float, std: float) -> str:
    """The standard deviation to two digits, the mean to as many decimals: ``0 ± 0.13``, ``7.5 ± 1.4``, ``42``."""
    if not isfinite(mean) or not isfinite(std):
        return "nan / inf"
    if std == 0:
        return f"{int(mean)}" if mean == int(mean) else f"{mean:.2g}"
    decimals = 1 - floor(log10(std))
    rounded = round(mean, decimals) + 0.0
    style = f".{decimals}f" if 0 <= decimals <= 4 else ".2g"
    return f"{f'{rounded:{style}}' if rounded else '0'} ± {std:{style}}"


def _table(root: Row) -> list[str]:
    """The tree as lines of text with aligned columns; a Chinese character takes two places."""
    lines = [("", *map(str, _HEADER[1:5]), "")]
    lines += [(branch + row.label, *row.cells) for branch, row in _branches(root)]
    widths = [max(wcswidth(cell) for cell in column) for column in zip(*lines, strict=True)]
    return ["  ".join(_pad(cell, width, right=column == 1) for column, (cell, width)
                      in enumerate(zip(line, widths, strict=True))).rstrip() for line in lines]


def _branches(row: Row, before: str = "") -> Iterator[tuple[str, Row]]:
    """Every row with the lines of the tree in front of it."""
    if not before:
        yield "", row
    for index, inside in enumerate(row.rows):
        last = index == len(row.rows) - 1
        yield before + ("└─ " if last else "├─ "), inside
        yield from _branches(inside, before + ("   " if last else "│  "))


def _pad(cell: str, width: int, right: bool) -> str:
    space = " " * (width - wcswidth(cell))
    return space + cell if right else cell + space


@cache
def _template() -> Any:
    from jinja2 import Environment

    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    return environment.from_string(Path(__file__).with_name("inspector.html").read_text(encoding="utf-8"))
