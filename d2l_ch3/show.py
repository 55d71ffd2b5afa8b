"""The course's pictures: trees and boxes of blocks, histograms, gradients, curves.

Importing this module also teaches matplotlib Chinese (see `d2l_ch3.fonts`). Every function
draws into a figure of its own, or into the Axes given as ``ax=``, and returns what it drew
into; nothing else of matplotlib's settings is touched. Colours are those of Okabe and Ito
(told apart by colour-blind eyes), and never alone: line styles, markers, hatches and words
say the same in grey.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count
from math import isfinite, log
from typing import Any

import matplotlib.pyplot as plt
import torch
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import FancyBboxPatch
from torch import Tensor, nn
from wcwidth import wcswidth

from d2l_ch3.fonts import chinese_font, use_chinese_font
from d2l_ch3.inspector import Block, inspect
from d2l_ch3.language import Text

__all__ = ["block_tree", "curves", "gradient_flow", "histograms", "nested_blocks"]

use_chinese_font()

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")
LINE_STYLES = ("-", "--", "-.", ":")
MARKERS = ("o", "s", "^", "D", "v", "P", "X")
HATCHES = ("", "///", "...", "\\\\\\", "xxx", "---")
INK, FAINT, FILL, LINK = "#222222", "#777777", "#DCE9F3", "#D55E00"


def _words(text: Text | str) -> str:
    """A label in the reader's language; in English where no font has Chinese characters."""
    return text.en if isinstance(text, Text) and chinese_font() is None else str(text)


# ---------------------------------------------------------------------------- blocks

FONT_SIZE = 9.0
CHARACTER = 0.602 * FONT_SIZE  # width of a character of matplotlib's monospaced font, in points
LINE, PAD = 17.0, 5.0  # height of a one-line box, space between text and border, in points
MAX_ROWS = 40
MAX_WIDTH = 620.0  # points; a wider picture is drawn smaller

_PARAMETERS = Text("右边的数字：参数个数", "number on the right: parameters")
_SAME = Text("虚线：同一个块又用了一次", "dashed: the same block once more")
_FOLDED = Text("…：里面的块没有画出来", "…: blocks inside are not drawn")


@dataclass
class _Node:
    """A block as it is drawn: its text, and the nodes inside."""

    block: Block
    children: list["_Node"]
    folded: bool = False
    width: float = 0.0
    height: float = LINE
    columns: int = 1

    @property
    def label(self) -> str:
        """Name and class; ``=`` and the first path where the same block was drawn before."""
        same = f" = {self.block.same_as}" if self.block.same_as else ""
        return f"{self.block.name}: {self.block.class_name}{same}{' …' if self.folded else ''}"

    @property
    def number(self) -> str:
        """The number of parameters, or ``?`` while a lazy layer has none yet."""
        return "?" if self.block.is_lazy else f"{self.block.num_parameters:,}"

    @property
    def text_width(self) -> float:
        """Width of a box around label and number, in points."""
        return CHARACTER * (wcswidth(self.label) + 2 + len(self.number)) + 2 * PAD

    def walk(self) -> Iterator["_Node"]:
        """This node and those inside, from the outside in."""
        yield self
        for child in self.children:
            yield from child.walk()

    def num_rows(self) -> int:
        """Leaves under this node, itself if it is one."""
        return sum(child.num_rows() for child in self.children) or 1


def _node(net: nn.Module, name: str) -> _Node:
    """The drawn tree of a net: as deep as `MAX_ROWS` leaves allow. What PyTorch cannot see is not in it."""
    root = inspect(net, name=name).root

    def build(block: Block, depth: int) -> _Node:
        inside = [child for child in block.blocks if child.hidden_in is None]
        return _Node(block, [build(child, depth - 1) for child in inside] if depth else [],
                     folded=bool(inside) and not depth)

    depth = 1
    for depth in count(1):
        node, deeper = build(root, depth), build(root, depth + 1)
        if not any(node.folded for node in node.walk()) or deeper.num_rows() > MAX_ROWS:
            break
    return node


class _Paper:
    """Axes measured in points, with the origin at the top left, on which boxes are drawn.

    In a figure of its own one unit is one point; in Axes that were given, or where the
    drawing would be too wide, all of it, text included, shrinks by the same scale.
    """

    def __init__(self, ax: Axes | None, width: float, height: float) -> None:
        use_chinese_font()
        if ax is None:
            scale = min(1.0, MAX_WIDTH / width)
            figure = plt.figure(figsize=(width * scale / 72, height * scale / 72))
            ax = figure.add_axes((0, 0, 1, 1))
        else:
            room = ax.get_window_extent()
            scale = min(1.0, room.width * 72 / ax.figure.dpi / width, room.height * 72 / ax.figure.dpi / height)
        self.ax, self.scale = ax, scale
        ax.set(xlim=(0, width), ylim=(height, 0), aspect="equal")
        ax.axis("off")

    def text(self, x: float, y: float, words: str, **style: Any) -> None:
        """Words from (x, y) to the right, at half their height."""
        families = [family for family in ("monospace", chinese_font()) if family]
        style = {"fontsize": FONT_SIZE, "color": INK, "va": "center", "family": families} | style
        self.ax.text(x, y, words.replace("$", r"\$"), **style | {"fontsize": style["fontsize"] * self.scale})

    def box(self, node: _Node, x: float, y: float, width: float, height: float) -> None:
        """A block's box with its top left corner at (x, y); its text is on the first line."""
        again = node.block.same_as is not None
        self.ax.add_patch(FancyBboxPatch(
            (x, y), width, height, boxstyle="round,pad=0,rounding_size=3", linewidth=1.2 * self.scale,
            edgecolor=LINK if again else INK, linestyle="--" if again else "-",
            facecolor=FILL if node.children or node.folded else "white", zorder=2))
        self.text(x + PAD, y + LINE / 2, node.label, zorder=3)
        self.text(x + width - PAD, y + LINE / 2, node.number, ha="right", color=FAINT, zorder=3)

    def line(self, xs: Sequence[float], ys: Sequence[float], **style: Any) -> None:
        """A thin line through the points, behind the boxes."""
        style = {"color": INK, "linewidth": 0.9, "zorder": 1} | style
        self.ax.plot(xs, ys, **style | {"linewidth": style["linewidth"] * self.scale})

    def caption(self, y: float, root: _Node) -> None:
        """What the signs mean, under the drawing; only those that occur."""
        for line in _caption(root):
            self.text(PAD, y, line, color=FAINT, fontsize=FONT_SIZE - 1, family=plt.rcParams["font.family"])
            y += LINE - 4


def _caption(root: _Node) -> list[str]:
    nodes = list(root.walk())
    return [_words(_PARAMETERS), *([_words(_SAME)] if any(node.block.same_as for node in nodes) else []),
            *([_words(_FOLDED)] if any(node.folded for node in nodes) else [])]


def block_tree(net: nn.Module, *, name: str = "net", ax: Axes | None = None) -> Axes:
    """Draw a net as a tree, root on the left: for each block its name, class and number of parameters.

    A block that occurs again is dashed and linked to where it was first. Blocks that
    PyTorch cannot see (hidden in lists) are not drawn; `d2l_ch3.inspect` shows them.
    """
    root = _node(net, name)
    gap, row = 26.0, LINE + 5
    columns: list[float] = []  # the width of each level of the tree
    places: list[tuple[_Node, int, float]] = []
    next_row = count()

    def place(node: _Node, depth: int) -> float:
        """Note where the node goes; returns its row: a leaf has its own, a parent the middle of its children."""
        columns.extend([0.0] * (depth + 1 - len(columns)))
        columns[depth] = max(columns[depth], node.text_width)
        rows = [place(child, depth + 1) for child in node.children]
        at = (rows[0] + rows[-1]) / 2 if rows else float(next(next_row))
        places.append((node, depth, at))
        return at

    place(root, 0)
    ties = [node for node in root.walk() if node.block.same_as]
    right = sum(columns) + gap * (len(columns) - 1) + PAD
    rows_height = root.num_rows() * row + PAD
    paper = _Paper(ax, max(right + PAD + 8 * len(ties), CHARACTER * 34),
                   rows_height + (LINE - 4) * len(_caption(root)) + PAD)
    where: dict[str, tuple[float, float, float]] = {}  # path -> left, right, middle
    for node, depth, at in places:
        x, y = PAD + sum(columns[:depth]) + gap * depth, PAD + at * row
        paper.box(node, x, y, node.text_width, LINE)
        where[node.block.path] = (x, x + node.text_width, y + LINE / 2)
    for node in root.walk():
        _, start, middle = where[node.block.path]
        for child in node.children:
            x, _, y = where[child.block.path]
            paper.line([start, x - gap / 2, x - gap / 2, x], [middle, middle, y, y])
    for index, node in enumerate(ties):
        first = where.get(node.block.same_as or "")
        if first is not None:
            again, bracket = where[node.block.path], right + 8 * (index + 0.5)
            paper.line([first[1], bracket, bracket, again[1]], [first[2], first[2], again[2], again[2]],
                       color=LINK, linestyle="--", linewidth=1.2)
    paper.caption(rows_height + PAD, root)
    return paper.ax


def nested_blocks(net: nn.Module, *, name: str = "net", ax: Axes | None = None) -> Axes:
    """Draw a net as boxes inside boxes: for each block its name, class and number of parameters.

    Blocks stand below each other, or side by side where that takes less room. A block
    that occurs again is dashed and says where it was first.
    """
    root = _node(net, name)
    _measure(root)
    paper = _Paper(ax, max(root.width + 2 * PAD, CHARACTER * 34),
                   root.height + 3 * PAD + (LINE - 4) * len(_caption(root)))
    _draw_nested(paper, root, PAD, PAD)
    paper.caption(root.height + 3 * PAD, root)
    return paper.ax


def _measure(node: _Node) -> None:
    """Set width, height and columns of a box and the boxes inside, near the shape of a page."""
    node.width, node.height = node.text_width, LINE
    for child in node.children:
        _measure(child)
    if node.children:
        sizes = {columns: _grid(node, columns) for columns in range(1, len(node.children) + 1)}
        one_or_all = {columns: sizes[columns] for columns in (1, len(node.children))}
        fitting = {columns: size for columns, size in one_or_all.items() if size[0] <= MAX_WIDTH and size[1] <= 400}
        node.columns, (node.width, node.height) = min(
            (fitting or sizes).items(), key=lambda entry: abs(log(entry[1][0] / entry[1][1] / 1.5)))


def _grid(node: _Node, columns: int) -> tuple[float, float]:
    """Width and height of a box whose children stand in so many columns."""
    rows = _rows(node, columns)
    width = max(sum(child.width + PAD for child in row) for row in rows) + PAD
    height = LINE + sum(max(child.height for child in row) + PAD for row in rows) + 1
    return max(width, node.text_width), height


def _rows(node: _Node, columns: int) -> list[list[_Node]]:
    return [node.children[start:start + columns] for start in range(0, len(node.children), columns)]


def _draw_nested(paper: _Paper, node: _Node, x: float, y: float) -> None:
    paper.box(node, x, y, node.width, node.height)
    top = y + LINE
    for row in _rows(node, node.columns):
        left = x + PAD
        stretch = (node.width - PAD - sum(child.width + PAD for child in row)) / len(row) if node.columns == 1 else 0
        for child in row:
            child.width += stretch
            _draw_nested(paper, child, left, top)
            left += child.width + PAD
        top += max(child.height for child in row) + PAD


# ---------------------------------------------------------------------------- numbers

_VALUE = Text("值", "value")
_COUNT = Text("个数", "count")
_STEP = Text("步", "step")
_NORM = Text("梯度的范数（平方和的平方根）", "norm of the gradient (root of the sum of squares)")
_ZERO = Text("0：有梯度，但全是零", "0: there is a gradient, all of it zero")
_NONE = Text("None：没有梯度", "None: no gradient")
_FROZEN = Text("None：冻结了，不求梯度", "None: frozen, no gradient is asked for")
_NOT_FINITE = Text("{norm}：不是有限的数", "{norm}: not a finite number")
_NO_PARAMETERS = Text("parameters() 是空的：没有参数可看", "parameters() is empty: nothing to look at")


def histograms(tensors: Mapping[str, Tensor], *, bins: int = 60, ax: Axes | None = None) -> Figure | Axes:
    """Draw the histogram of each tensor's elements, in panels side by side; in one Axes if `ax` is given.

    `tensors` is ``{label: tensor}``; shapes do not matter.
    """
    use_chinese_font()
    values = {label: _flat(tensor) for label, tensor in tensors.items()}
    if ax is not None:
        return _overlaid(values, bins, ax)
    columns = min(4, len(values)) or 1
    rows = -(-len(values) // columns) or 1
    width = 4.2 if columns == 1 else 2.7 * columns
    figure, panels = plt.subplots(rows, columns, figsize=(width, 2.5 * rows), squeeze=False, layout="constrained")
    for panel in panels.flat[len(values):]:
        panel.set_visible(False)
    for index, (panel, (label, numbers)) in enumerate(zip(panels.flat, values.items(), strict=False)):
        panel.hist(numbers, bins=bins, color=COLOURS[0], edgecolor=COLOURS[0], linewidth=0.3)
        panel.set(title=label, xlabel=_words(_VALUE), ylabel=_words(_COUNT) if index % columns == 0 else "")
        _plain(panel)
    return figure


def _overlaid(values: Mapping[str, Any], bins: int, ax: Axes) -> Axes:
    """Several histograms as outlines over the same bins."""
    everything = [float(number) for numbers in values.values() for number in numbers]
    edges = torch.linspace(*_span(everything), bins + 1, dtype=torch.float64).tolist()
    for index, (label, numbers) in enumerate(values.items()):
        colour = COLOURS[index % len(COLOURS)]
        ax.hist(numbers, bins=edges, histtype="stepfilled", facecolor=(colour, 0.15), edgecolor=colour, linewidth=1.4,
                linestyle=LINE_STYLES[index % len(LINE_STYLES)], hatch=HATCHES[index % len(HATCHES)], label=label)
    ax.set(xlabel=_words(_VALUE), ylabel=_words(_COUNT))
    ax.legend()
    _plain(ax)
    return ax


def _span(numbers: list[float]) -> tuple[float, float]:
    low, high = min(numbers, default=0.0), max(numbers, default=1.0)
    return (low, high) if low < high else (low - 0.5, high + 0.5)


def _flat(tensor: Tensor) -> Any:
    """A tensor's finite elements as a flat array."""
    numbers = torch.as_tensor(tensor).detach().cpu().double().flatten()
    return numbers[numbers.isfinite()].numpy()


def gradient_flow(net: nn.Module, *, ax: Axes | None = None) -> Axes:
    """Draw for every named parameter the norm of its gradient, in the order of ``named_parameters()``.

    Call it after ``backward()``. The axis is logarithmic where the norms differ much. A
    gradient of zeros and one that is None have no bar but a hatched strip that says so.
    """
    parameters = list(net.named_parameters())
    norms = {name: _norm(parameter) for name, parameter in parameters}
    if ax is None:
        use_chinese_font()
        _, ax = plt.subplots(figsize=(6, 0.9 + 0.26 * max(len(norms), 2)), layout="constrained")
    bars = [norm for norm in norms.values() if norm and isfinite(norm)]
    low, high = min(bars, default=1.0), max(bars, default=1.0)
    if high > 30 * low:
        ax.set(xscale="log", xlim=(low / 4, high * (high / low) ** 0.2))
    else:
        ax.set_xlim(0, high * 1.2)
    for row, (name, parameter) in enumerate(parameters):
        norm = norms[name]
        if norm and isfinite(norm):
            ax.barh(row, norm, height=0.7, color=COLOURS[0])
            ax.annotate(f"{norm:.2g}", (norm, row), xytext=(3, 0), textcoords="offset points", va="center", fontsize=8)
        else:
            _strip(ax, row, *_no_bar(norm, parameter))
    if not parameters:
        ax.text(0.5, 0.5, _words(_NO_PARAMETERS), transform=ax.transAxes, ha="center", va="center")
    ax.set_yticks(range(len(norms)), [name.replace("$", r"\$") for name in norms])
    ax.set(ylim=(max(len(norms), 1) - 0.4, -0.6), xlabel=_words(_NORM))
    _plain(ax)
    return ax


def _norm(parameter: Tensor) -> float | None:
    """The L2 norm of the gradient, or None without one."""
    return None if parameter.grad is None else float(parameter.grad.detach().to_dense().double().norm())


def _no_bar(norm: float | None, parameter: Tensor) -> tuple[str, str]:
    """What to write in the place of a bar, and the hatch around it."""
    if norm is None:
        return _words(_NONE if parameter.requires_grad else _FROZEN), "////"
    if norm == 0:
        return _words(_ZERO), "...."
    return _words(_NOT_FINITE.format(norm=norm)), "xxxx"


def _strip(ax: Axes, row: int, words: str, hatch: str) -> None:
    """A hatched strip over the whole width with words on it."""
    ax.axhspan(row - 0.35, row + 0.35, facecolor="none", edgecolor=LINK, hatch=hatch, linewidth=0.8)
    ax.text(0.02, row, words, transform=ax.get_yaxis_transform(), va="center", fontsize=8,
            bbox={"facecolor": "white", "edgecolor": "none", "pad": 1.5})


def curves(curves: Mapping[str, Sequence[float] | Tensor], *, x: Sequence[float] | Tensor | None = None,
           xlabel: str | Text | None = None, ylabel: str | Text | None = None, log: bool | str = False,
           ax: Axes | None = None) -> Axes:
    """Draw curves ``{label: sequence}`` over `x`, or over 0, 1, 2, … if `x` is None.

    `log` says which axes are logarithmic: False, ``"x"``, ``"y"`` or ``"xy"``.
    """
    if log not in (False, "x", "y", "xy"):
        raise ValueError(f'log must be False, "x", "y" or "xy", not {log!r}')
    use_chinese_font()
    if ax is None:
        _, ax = plt.subplots(figsize=(5, 3), layout="constrained")
    for index, (label, sequence) in enumerate(curves.items()):
        ys = _numbers(sequence)
        xs = list(range(len(ys))) if x is None else _numbers(x)
        ax.plot(xs, ys, label=label, color=COLOURS[index % len(COLOURS)], linewidth=1.6,
                linestyle=LINE_STYLES[index % len(LINE_STYLES)], marker=MARKERS[index % len(MARKERS)],
                markersize=4, markevery=max(1, len(ys) // 10))
    ax.set(xscale="log" if log and "x" in str(log) else "linear", yscale="log" if log and "y" in str(log) else "linear",
           xlabel=_words(xlabel or (_STEP if x is None else "x")), ylabel=_words(ylabel or _VALUE))
    if len(curves) > 1 or any(curves):
        ax.legend()
    _plain(ax)
    return ax


def _numbers(sequence: Sequence[float] | Tensor) -> list[float]:
    return [float(number) for number in sequence]


def _plain(ax: Axes) -> None:
    """Take away the two borders that say nothing."""
    ax.spines[["top", "right"]].set_visible(False)
