"""Pictures of how blocks hold blocks: a tree, and boxes inside boxes."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, count, pairwise
from math import log

from matplotlib.axes import Axes
from torch import nn

from d2l_ch3.inspector import Block, inspect
from d2l_ch3.language import Text
from d2l_ch3.show.paper import CAPTION_LINE, LINE, MAX_WIDTH, PAD, Paper, caption_width, text_width
from d2l_ch3.show.style import FILL, LINK, tint, words

ROW, GAP = LINE + PAD, 26.0  # of a tree: from row to row, between two levels, in points
ARROW = 14.0  # between two boxes of a series
MAX_ROWS = 28

_NUMBERS = Text("数字是参数个数", "the numbers are parameter counts")
_SAME = Text("虚线：前面出现过，是同一个", "dashed: the same block as before")
_FOLDED = Text("…：里面还有块，没有画", "…: blocks inside, not drawn")
_HIDDEN = Text("另有 {num} 个块 PyTorch 看不见，没有画：见 d2l_ch3.inspect",
               "not drawn: {num} more that PyTorch cannot see, listed by d2l_ch3.inspect")


@dataclass
class _Node:
    """A block as it is drawn: its text, and the nodes inside."""

    block: Block
    children: list["_Node"]
    dotted: str = ""
    folded: bool = False
    width: float = 0.0
    height: float = LINE
    columns: int = 1

    @property
    def same_as(self) -> str | None:
        """The path of the block drawn before that this is, or with which it shares a parameter."""
        if self.block.same_as:
            return self.block.same_as
        return next((tensor.same_as.rpartition(".")[0] for tensor in self.block.tensors if tensor.same_as), None)

    @property
    def label(self) -> str:
        """Name and class, and what was drawn before: ``2: Linear = net[0]``."""
        same = f" = {self.block.same_as}" if self.block.same_as else ""
        shared = ", ".join(f"{tensor.name} = {tensor.same_as}" for tensor in self.block.tensors if tensor.same_as)
        return (f"{self.block.name}: {self.block.class_name}{same}"
                + (f" ({shared})" if shared else "") + (" …" if self.folded else ""))

    @property
    def in_series(self) -> bool:
        """Whether the blocks inside are called one after the other, as far as the class tells."""
        return self.block.class_name == "Sequential"

    @property
    def gap(self) -> float:
        """From one box inside to the next: room for an arrow in a series."""
        return ARROW if self.in_series else PAD

    @property
    def number(self) -> str:
        """The number of parameters, or ``?`` while a lazy layer has none yet."""
        return "?" if self.block.is_lazy else f"{self.block.num_parameters:,}"

    @property
    def text_width(self) -> float:
        """Width of a box around label and number, in points."""
        return text_width(f"{self.label}  {self.number}")

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

    def build(block: Block, depth: int, dotted: str = "") -> _Node:
        inside = {f"{dotted}.{child.name}".lstrip("."): child for child in block.blocks if child.hidden_in is None}
        return _Node(block, [build(child, depth - 1, path) for path, child in inside.items()] if depth else [],
                     dotted, folded=bool(inside) and not depth)

    depth = 1
    tree, deeper = build(root, depth), build(root, depth + 1)
    while any(node.folded for node in tree.walk()) and deeper.num_rows() <= MAX_ROWS:
        depth += 1
        tree, deeper = deeper, build(root, depth + 1)
    return tree


def _caption(root: _Node) -> list[str]:
    """What needs to be said about a drawing: only the signs that occur in it."""
    nodes = list(root.walk())
    num_hidden = sum(block.hidden_in is not None for block in root.block.walk())
    return [words(text) for text, wanted in (
        (_NUMBERS, True),
        (_SAME, any(node.same_as for node in nodes)),
        (_FOLDED, any(node.folded for node in nodes)),
        (_HIDDEN.format(num=num_hidden), num_hidden)) if wanted]


def block_tree(net: nn.Module, *, name: str = "net", highlight: Sequence[str] = (), ax: Axes | None = None) -> Axes:
    """Draw a net as a tree, root on the left: for each block its name, class and number of parameters.

    A block that occurs again is dashed and linked to where it was first. Blocks that
    PyTorch cannot see (hidden in lists) are not drawn; `d2l_ch3.inspect` shows them.
    Those named in `highlight` (``"linear"``, ``"0.block 1"``) get colours, as `graph` gives them to repeated layers.
    """
    root = _node(net, name)
    caption = _caption(root)
    rows, columns = _levels(root)
    lefts = list(accumulate((width + GAP for width in columns), initial=PAD))
    brackets = list(dict.fromkeys(node.same_as for node in root.walk() if node.same_as))
    width = max(lefts[-1] - GAP + PAD + 8 * len(brackets), caption_width(caption))
    height = root.num_rows() * ROW + PAD
    paper = Paper(ax, width, height + CAPTION_LINE * len(caption) + PAD)

    def draw(node: _Node, depth: int) -> tuple[float, float]:
        """Draw a node and those inside; returns the left end and the middle of its box."""
        x, y = lefts[depth], PAD + rows[node.block.path] * ROW
        fill = tint(highlight.index(node.dotted)) if node.dotted in highlight else _fill(node)
        paper.box(x, y, node.text_width, LINE, node.label, node.number, fill=fill, again=bool(node.same_as))
        ends[node.block.path] = x + node.text_width, y + LINE / 2
        for child in node.children:
            to_x, to_y = draw(child, depth + 1)
            turn = to_x - GAP / 2
            paper.line([x + node.text_width, turn, turn, to_x], [y + LINE / 2, y + LINE / 2, to_y, to_y])
        return x, y + LINE / 2

    ends: dict[str, tuple[float, float]] = {}  # path -> right end and middle of its box
    draw(root, 0)
    for node in root.walk():
        if node.same_as in ends:
            bracket = lefts[-1] - GAP + 8 * (brackets.index(node.same_as) + 1)
            (x1, y1), (x2, y2) = ends[node.same_as], ends[node.block.path]
            paper.line([x1, bracket, bracket, x2], [y1, y1, y2, y2], LINK, "--")
    paper.caption(height, caption)
    return paper.ax


def _levels(root: _Node) -> tuple[dict[str, float], list[float]]:
    """The row of each node by its path, and the width of each level of the tree.

    A leaf has a row of its own; a parent stands in the middle of its children.
    """
    rows: dict[str, float] = {}
    columns: list[float] = []
    free = count()

    def place(node: _Node, depth: int) -> float:
        columns.extend([0.0] * (depth + 1 - len(columns)))
        columns[depth] = max(columns[depth], node.text_width)
        inside = [place(child, depth + 1) for child in node.children]
        rows[node.block.path] = (inside[0] + inside[-1]) / 2 if inside else float(next(free))
        return rows[node.block.path]

    place(root, 0)
    return rows, columns


def nested_blocks(net: nn.Module, *, name: str = "net", ax: Axes | None = None) -> Axes:
    """Draw a net as boxes inside boxes: for each block its name, class and number of parameters.

    Blocks stand below each other, or side by side where that takes less room; arrows lead from one to the next where
    they are called in that order (`nn.Sequential`). A block that occurs again is dashed and says where it was first.
    """
    root = _node(net, name)
    caption = _caption(root)
    _measure(root)
    paper = Paper(ax, max(root.width + 2 * PAD, caption_width(caption)),
                   root.height + 3 * PAD + CAPTION_LINE * len(caption))
    _draw_nested(paper, root, PAD, PAD)
    paper.caption(root.height + 2 * PAD, caption)
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
    width = max(sum(child.width + node.gap for child in row) for row in rows) - node.gap + 2 * PAD
    height = LINE + sum(max(child.height for child in row) + node.gap for row in rows) - node.gap + PAD + 1
    return max(width, node.text_width), height


def _rows(node: _Node, columns: int) -> list[list[_Node]]:
    return [node.children[start:start + columns] for start in range(0, len(node.children), columns)]


def _draw_nested(paper: Paper, node: _Node, x: float, y: float) -> None:
    paper.box(x, y, node.width, node.height, node.label, node.number, fill=_fill(node), again=bool(node.same_as))
    top = y + LINE
    places: list[tuple[float, float, _Node]] = []
    for row in _rows(node, node.columns):
        left = x + PAD
        for child in row:
            if node.columns == 1:
                child.width = node.width - 2 * PAD
            places.append((left, top, child))
            left += child.width + node.gap
        top += max(child.height for child in row) + node.gap
    for left, top, child in places:
        _draw_nested(paper, child, left, top)
    if node.in_series:
        for (x1, y1, before), (x2, y2, after) in pairwise(places):
            if y1 == y2:
                paper.arrow((x1 + before.width, y1 + LINE / 2), (x2, y2 + LINE / 2))
            elif node.columns == 1:
                paper.arrow((x1 + before.width / 2, y1 + before.height), (x2 + after.width / 2, y2))


def _fill(node: _Node) -> str:
    return FILL if node.children or node.folded else "white"
