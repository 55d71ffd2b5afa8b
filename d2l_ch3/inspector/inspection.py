"""An inspection: what was seen, in words, as text for a terminal and as HTML for a notebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from math import floor, isfinite, log10
from pathlib import Path
from typing import Any

from wcwidth import wcswidth

from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.inspector.tree import Block, TensorInfo
from d2l_ch3.language import Text, get_language

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
    "An nn.Parameter in {where} is not registered: it is missing from parameters() and state_dict(), no optimizer "
    "updates it and to() does not move it.")
_HIDDEN_TENSOR = Text(
    "放在{where}里的张量没有登记：state_dict() 不保存它，to() 不移动它，优化器不更新它。",
    "A tensor in {where} is not registered: state_dict() does not save it, to() does not move it and no optimizer "
    "updates it.")
_NOT_INITIALISED = Text(
    "它的类没有调用 super().__init__()：没有地方登记，PyTorch 在它里面什么也看不见；给它的属性赋一个层会报错。",
    "Its class does not call super().__init__(): nothing can be registered without it. PyTorch sees nothing inside, "
    "and assigning a layer to an attribute raises an error.")


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
    return environment.from_string(Path(__file__).with_name("tree.html").read_text(encoding="utf-8"))
