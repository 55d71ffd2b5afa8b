"""A picture of a computation: what a forward pass really called, and what each call was given."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import torch
from matplotlib.axes import Axes
from torch import Tensor, nn
from torch.overrides import TorchFunctionMode, resolve_name

from d2l_ch3.language import Text
from d2l_ch3.show.paper import CAPTION_LINE, LINE, PAD, Paper, caption_width, text_width
from d2l_ch3.show.style import FILL, tint, words

ROW, COLUMN = LINE + 16.0, 18.0  # from row to row, between two boxes of a row, in points
LANE = 9.0  # beside the boxes that an arrow leads around
MAX_CALLS = 60

_INPUT = Text("输入", "input")
_OUTPUT = Text("输出", "output")
_SAME = Text("同色：同一个层，调用了不止一次", "same color: one layer, called more than once")
_UNREGISTERED = Text("没有登记的张量", "unregistered tensor")
_TIMES = Text("{name} × {times}", "{name} × {times}")
_TOO_LONG = Text("这次前向传播调用了 {calls} 次，画不下（最多 {most} 次）：画它里面的一个块吧。",
                 "this forward pass makes {calls} calls, too many for a picture (at most {most}): draw a block of it.")


@dataclass(eq=False)
class _Call:
    """One call: of a layer (`module`), or of a function; or where a value comes from or goes to."""

    label: str
    sources: list["_Call"] = field(default_factory=list)
    shape: tuple[int, ...] | None = None
    module: str = ""
    times: int = 1

    @property
    def text(self) -> str:
        """What stands in its box."""
        return str(_TIMES.format(name=self.label, times=self.times)) if self.times > 1 else self.label

    @property
    def number(self) -> str:
        """The shape of what it gives."""
        return "" if self.shape is None else str(self.shape)

    @property
    def width(self) -> float:
        """Width of its box, in points."""
        return text_width(f"{self.text}  {self.number}")


class _Recorder(TorchFunctionMode):
    """Records the calls of layers and, outside layers, those of functions of torch.

    A layer is a module without children. Tensors are told apart by identity, and kept, so that none is freed and its
    identity taken by another.
    """

    def __init__(self, net: nn.Module, inputs: tuple[Tensor, ...]) -> None:
        super().__init__()
        self.calls: list[_Call] = []
        self.made: dict[int, _Call] = {}
        self.kept: list[Tensor] = []
        self.inside = 0
        for number, tensor in enumerate(inputs):
            name = words(_INPUT) if len(inputs) == 1 else f"{words(_INPUT)} {number}"
            self.give(_Call(name, shape=tuple(tensor.shape)), tensor)
        for name, tensor in [*net.named_parameters(), *net.named_buffers()]:
            self.give(_Call(name, shape=tuple(tensor.shape)), tensor)

    def give(self, call: _Call, output: Any) -> None:
        """Note that a call gave `output`: a tensor, or some in a tuple or list."""
        self.calls.append(call)
        for tensor in _tensors(output):
            self.made[id(tensor)] = call
            self.kept.append(tensor)

    def note(self, label: str, arguments: Any, output: Any, module: str = "") -> None:
        """Note a call that gave a tensor."""
        for tensor in _tensors(arguments):
            if id(tensor) not in self.made:  # from outside, and not the net's as far as PyTorch knows
                self.give(_Call(words(_UNREGISTERED), shape=tuple(tensor.shape)), tensor)
        sources = list(dict.fromkeys(self.made[id(tensor)] for tensor in _tensors(arguments)))
        given = next(_tensors(output), None)
        if given is not None:
            self.give(_Call(label, sources, tuple(given.shape), module), output)

    def __torch_function__(self, func: Callable[..., Any], types: Any, args: Any = (), kwargs: Any = None) -> Any:
        output = func(*args, **(kwargs or {}))
        if not self.inside:
            self.note(_name(func), (args, list((kwargs or {}).values())), output)
        return output


def graph(net: nn.Module, *inputs: Tensor, ax: Axes | None = None) -> Axes:
    """Draw what ``net(*inputs)`` computes: its calls from top to bottom, with the shape that each gives.

    It is recorded from one real forward pass, so loops and conditions do what they did for these inputs; a function
    called several times in a row stands there once, with a count. A layer that is called more than once has a colour of
    its own. Raises ValueError if there are too many calls for a picture.
    """
    calls, repeated = _recorded(net, inputs)
    rows = _rows(calls)
    caption = [words(_SAME)] if repeated else []
    widths = [sum(call.width for call in row) + COLUMN * (len(row) - 1) for row in rows]
    width = max(*(width + 4 * LANE for width in widths), caption_width(caption)) + 2 * PAD
    height = ROW * (len(rows) - 1) + LINE + 2 * PAD
    paper = Paper(ax, width, height + CAPTION_LINE * len(caption))
    places: dict[_Call, tuple[float, float]] = {}
    for number, (row, row_width) in enumerate(zip(rows, widths, strict=True)):
        left = (width - row_width) / 2
        for call in row:
            places[call] = left, PAD + ROW * number
            fill = tint(repeated.index(call.module)) if call.module in repeated else FILL if call.module else "white"
            paper.box(*places[call], call.width, LINE, call.text, call.number, fill=fill)
            left += call.width + COLUMN
    for call in calls:
        for source in call.sources:
            _connect(paper, source, call, places)
    paper.caption(height, caption)
    return paper.ax


def _connect(paper: Paper, source: _Call, call: _Call, places: dict[_Call, tuple[float, float]]) -> None:
    """An arrow straight down to the next row, or one around the boxes of the rows in between."""
    (x1, y1), (x2, y2) = places[source], places[call]
    if y2 - y1 < 1.5 * ROW:
        start, end = x1 + source.width / 2, x2 + call.width / 2
        paper.arrow((start, y1 + LINE), (end if len(call.sources) == 1 else (2 * end + start) / 3, y2))
        return
    passed = [(x, x + other.width) for other, (x, y) in places.items() if y1 <= y <= y2]
    if any(x > x1 for other, (x, y) in places.items() if y == y1):  # its own row goes on to the right: around the left
        ends, lane = (x1, x2), min(left for left, _ in passed) - LANE
    else:
        ends, lane = (x1 + source.width, x2 + call.width), max(right for _, right in passed) + LANE
    paper.arrow((ends[0], y1 + LINE / 2), (lane, y1 + LINE / 2), (lane, y2 + LINE / 2), (ends[1], y2 + LINE / 2))


def _recorded(net: nn.Module, inputs: tuple[Tensor, ...]) -> tuple[list[_Call], list[str]]:
    """The calls that the output depends on, in order, and the layers among them that are called more than once."""
    recorder = _Recorder(net, inputs)

    def enter(module: nn.Module, args: Any) -> None:
        recorder.inside += 1

    def leave(label: str) -> Callable[..., None]:
        def hook(module: nn.Module, args: Any, kwargs: Any, output: Any) -> None:
            recorder.inside -= 1
            recorder.note(f"{label}: {type(module).__name__}", (args, list(kwargs.values())), output, label)
        return hook

    handles = []
    for name, module in net.named_modules():
        if name and not list(module.children()):
            handles += [module.register_forward_pre_hook(enter),
                        module.register_forward_hook(leave(name), with_kwargs=True)]
    try:
        with torch.no_grad(), recorder:
            output = net(*inputs)
    finally:
        for handle in handles:
            handle.remove()
    recorder.note(words(_OUTPUT), output, output)
    calls = _merged(_leading_to(recorder.calls[-1]), recorder.calls)
    if len(calls) > MAX_CALLS:
        raise ValueError(str(_TOO_LONG.format(calls=len(calls), most=MAX_CALLS)))
    modules = [call.module for call in calls if call.module]
    return calls, [module for module in dict.fromkeys(modules) if modules.count(module) > 1]


def _leading_to(last: _Call) -> set[_Call]:
    """The calls that a value depends on, and its own."""
    found, todo = {last}, [last]
    while todo:
        for source in todo.pop().sources:
            if source not in found:
                found.add(source)
                todo.append(source)
    return found


def _merged(wanted: set[_Call], calls: list[_Call]) -> list[_Call]:
    """The wanted calls in order; a function that is called again on nothing but its own result counts as one call."""
    merged: list[_Call] = []
    stands_for: dict[_Call, _Call] = {}
    for call in (call for call in calls if call in wanted):
        call.sources = [stands_for.get(source, source) for source in call.sources]
        before = call.sources[0] if len(call.sources) == 1 else None
        again = before is not None and not call.module and call.label == before.label and before is merged[-1]
        if before is not None and again:
            before.times, before.shape = before.times + 1, call.shape
            stands_for[call] = before
        else:
            merged.append(call)
    return merged


def _rows(calls: list[_Call]) -> list[list[_Call]]:
    """The calls in rows: each below all that it depends on; what comes from nowhere just above where it is used."""
    ranks: dict[_Call, int] = {}
    for call in calls:
        ranks[call] = max((ranks[source] + 1 for source in call.sources), default=0)
    for call in reversed(calls):
        if not call.sources:
            ranks[call] = min(ranks[user] for user in calls if call in user.sources) - 1
    lowest = min(ranks.values())
    rows: list[list[_Call]] = [[] for _ in range(max(ranks.values()) - lowest + 1)]
    for call in calls:
        rows[ranks[call] - lowest].append(call)
    return rows


def _name(func: Callable[..., Any]) -> str:
    """A function's short name: ``relu``, ``mm``; an operator's without underscores, that of a property such as T."""
    name = str(getattr(func, "__name__", "?"))
    if name == "__get__":
        name = (resolve_name(func) or "?.?").split(".")[-2]
    return name.strip("_")


def _tensors(value: Any) -> Iterator[Tensor]:
    """The tensors in a value: itself, or in tuples and lists."""
    if isinstance(value, Tensor):
        yield value
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _tensors(part)
