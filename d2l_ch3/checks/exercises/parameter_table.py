"""The check of parameter-table: name, shape and size of every parameter of a net."""

from collections.abc import Callable
from math import prod
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    RETURNED_NOTHING,
    SHARED_STATE,
    WRONG_TYPE,
    first,
    raised,
    type_name,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("rows", 1, Text("每个参数恰好一行，名字和先后都对",
                              "one row for every parameter, with its name and in order")),
    Criterion("shape", 1, Text("形状是整数元组", "the shape, a tuple of int")),
    Criterion("count", 1, Text("元素个数是 int，几维的参数都对",
                               "the number of elements, an int, for any number of dimensions")),
)

FROM_STATE_DICT = Misconception("from-state-dict", Text(
    "表里有 `{got}`，它是缓冲区，不是参数。`state_dict()` 列的是要保存的一切：缓冲区也在内，绑定的参数每个名字列一次。"
    "优化器看得见的才是参数。",
    "The table has `{got}`, which is a buffer and no parameter. `state_dict()` lists all that is to be saved: buffers "
    "too, and a tied parameter once for each of its names. Parameters are what an optimiser gets to see."))

TIED_TWICE = Misconception("tied-twice", Text(
    "`{got}` 和前面的一行是同一个张量：绑定的参数只有一份，却被数了两次，总数就多了。",
    "`{got}` is the same tensor as in a row before: a tied parameter exists once, but was counted twice, so the total "
    "is too large."))

NOT_NESTED = Misconception("not-nested", Text(
    "缺了 `{got}`：表只走到了浅处，没有进到块里的块。只看直接的子模块是不够的，嵌套多少层都要走到。",
    "`{got}` is missing: the table stays near the surface and does not enter blocks inside blocks. Direct children are "
    "not enough; every level has to be reached."))

SKIPS_FROZEN = Misconception("skips-frozen", Text(
    "缺了 `{got}`：它被冻结了（`requires_grad` 为 False），可它仍是参数。题目要的是所有参数。",
    "`{got}` is missing: it is frozen (`requires_grad` is False), and a parameter all the same. All of them are "
    "asked for."))

LOST_PREFIX = Misconception("lost-prefix", Text(
    "名字 `{got}` 缺了前面的路径：只说了它在所属的层里叫什么，没说是哪一层。"
    "整个网络里的名字从根写起，各段用点相连，才不会重名。",
    "The name `{got}` lacks its path: it says what the parameter is called in its layer, not in which layer it is. In "
    "the whole net a name begins at the root, its parts joined by dots, and so no two are the same."))

WRONG_ORDER = Misconception("wrong-order", Text(
    "行都在，先后不对。按网络自己走过各层的顺序排列，不要再排序。",
    "All rows are there, in another order. Keep the order in which the net walks its layers; do not sort."))

WRONG_ROWS = Misconception("wrong-rows", Text(
    "行不对：{details}。拿一个你数得清的小网络，把结果和 `named_parameters()` 逐行对照。",
    "The rows are not right: {details}. Take a small net that you can count by hand and compare the result with "
    "`named_parameters()` row by row."), symptom=True)

ROW_NOT_A_TUPLE = Misconception("row-not-a-tuple", Text(
    "每一行应当是一个三元组 (name, shape, count)，`{name}` 这一行却是 {got}。",
    "Every row should be a tuple of three, (name, shape, count), but that of `{name}` is {got}."))

SHAPE_NOT_A_TUPLE = Misconception("shape-not-a-tuple", Text(
    "形状应当是整数元组（torch.Size 就是一种），得到的却是 {got}。文字只能看，不能算；"
    "列表也当不了字典的键。",
    "A shape should be a tuple of int (a torch.Size is one), but this is {got}. Text can be read but not computed "
    "with, and a list cannot be the key of a dict."))

SHAPE_OF_ANOTHER = Misconception("shape-of-another", Text(
    "`{name}` 的形状应当是 {expected}，表里却是 {got}。"
    "名字和参数是不是分别来自两个列表，配错了对？有没有转置过？",
    "The shape of `{name}` should be {expected}; the table says {got}. Do names and parameters come from two lists "
    "that do not match, or was something transposed?"))

COUNT_NOT_INT = Misconception("count-not-int", Text(
    "个数应当是 int，得到的却是 {got}。张量、float 和 NumPy 的数看着像整数，存成 JSON 或者比较类型时就露馅了。",
    "The count should be an int and is {got}. Tensors, floats and NumPy's numbers look like "
    "whole numbers until they are written as JSON or their type is compared."))

COUNT_NOT_PRODUCT = Misconception("count-not-product", Text(
    "`{name}` 的形状是 {shape}，里面有 {expected} 个数，表里却是 {got}。"
    "个数是各维长度的乘积，不是某一维的长度，也不是它们的和；想想一维和四维的参数。",
    "`{name}` has shape {shape}, so it holds {expected} numbers; the table says {got}. The number of elements is the "
    "product of all lengths, not one of them nor their sum; think of parameters with one dimension, and with four."))

COUNT_NEEDS_DIMENSIONS = Misconception("count-needs-dimensions", Text(
    "网络里有一个零维的参数（一个数，形状是空元组），数它的元素时出了错：{problem}。它有 1 个元素。"
    "找一个几维都适用的数法。",
    "The net has a parameter without dimensions (a single number; its shape is the empty tuple), and counting its "
    "elements went wrong: {problem}. It has 1. Look for a way to count that suits any number of dimensions."))

Row = tuple[str, tuple[int, ...]]


class Case:
    """A net with drawn names and dimensions: nested, with buffers, a frozen layer and two kinds of ties.

    `rows` is what its table should say, names and shapes, written down while building.
    """

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        a, b, c, width, kernel = dice.different(5, 2, 9)
        root, block, inner, head = (f"{name}{dice.integer(0, 99)}" for name in ("z_", "block ", "m_", "a_"))
        conv = nn.utils.skip_init(nn.Conv2d, b, c, kernel)
        with torch.no_grad():
            conv.weight.copy_(dice.tensor(c, b, kernel, kernel))
            conv.bias.copy_(dice.tensor(c))
        norm = nn.BatchNorm1d(a).requires_grad_(False)
        shared = dice.linear(a, a)
        again = dice.linear(a, a)
        again.weight = shared.weight
        nested = nn.Sequential()
        nested.add_module(inner, nn.Sequential(conv, nn.ReLU(), norm))
        nested.add_module("tied", nn.Sequential(shared, nn.ReLU(), shared, again))
        self.net = nn.Sequential()
        self.net.add_module(block, nested)
        self.net.add_module(head, dice.linear(a, width))
        self.net.register_parameter(root, nn.Parameter(dice.tensor(width, b, dtype=torch.float64)))
        self.number = nn.Sequential()
        self.number.register_parameter("scale", nn.Parameter(dice.tensor(1)[0]))

        self.rows: list[Row] = [
            (root, (width, b)),
            (f"{block}.{inner}.0.weight", (c, b, kernel, kernel)), (f"{block}.{inner}.0.bias", (c,)),
            (f"{block}.{inner}.2.weight", (a,)), (f"{block}.{inner}.2.bias", (a,)),
            (f"{block}.tied.0.weight", (a, a)), (f"{block}.tied.0.bias", (a,)), (f"{block}.tied.3.bias", (a,)),
            (f"{head}.weight", (width, a)), (f"{head}.bias", (width,))]
        self.frozen = {name for name, _ in self.rows if f"{inner}.2." in name}
        self.tied = [f"{block}.tied.{name}" for name in ("2.weight", "2.bias", "3.weight")]
        self.buffers = [f"{block}.{inner}.2.{name}" for name in ("running_mean", "running_var", "num_batches_tracked")]


def probe(seed: int, parameter_table: Callable[[nn.Module], Any]) -> Evidence:
    """The tables of three nets, a parameter of no dimensions and a net of no parameters among them."""
    evidence = Evidence()
    case = Case(seed)
    with evidence.trial("table") as seen:
        _look(seen, parameter_table(case.net))
        seen["left"] = [*case.net.parameters()]
        seen["trainable"] = [parameter.requires_grad for parameter in case.net.parameters()]
    with evidence.trial("number") as seen:
        _look(seen, parameter_table(Case(seed).number))
    with evidence.trial("nothing") as seen:
        _look(seen, parameter_table(nn.Sequential(nn.ReLU())))
    return evidence


def _look(seen: Seen, table: Any) -> None:
    """Note the table's kind and its rows, each as a dict of its kind and, where it has three, its parts."""
    seen["kind"] = "list" if isinstance(table, list) else type(table).__name__
    if table is None or isinstance(table, str | dict | Tensor):
        seen["rows"] = []
        return
    rows = []
    for row in table:
        noted: dict[str, Any] = {"kind": "tuple" if isinstance(row, tuple) else type(row).__name__}
        if isinstance(row, tuple | list) and len(row) == 3:
            name, shape, count = row
            shape_kind = "tuple" if isinstance(shape, tuple) else type(shape).__name__
            noted |= {"name": name, "shape_kind": shape_kind, "shape": shape, "count": count}
        rows.append(noted)
    seen["rows"] = rows


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case, seen = Case(seed), evidence["table"]
    error = raised(seen)
    if error:
        return dict.fromkeys(("rows", "shape", "count"), error)
    rows = _kind(seen) or first(_rows(case, seen), _rows_of_the_others(evidence), _left_alone(case, seen))
    shapes = dict(case.rows)
    known = [row for row in seen["rows"] if isinstance(row.get("name"), str) and row["name"] in shapes]
    if not known:
        return {"rows": rows, "shape": rows, "count": rows}
    return {
        "rows": rows,
        "shape": first(*(_shape(row, shapes[row["name"]]) for row in known)),
        "count": first(*(_count(row, shapes[row["name"]]) for row in known), _count_of_a_number(evidence["number"])),
    }


TABLE = Text("表", "the table")


def _kind(seen: Trial) -> Diagnosis | None:
    """The table is a list, its rows are tuples of three."""
    if seen["kind"] == "NoneType":
        return RETURNED_NOTHING(what=Text("`parameter_table` ", "`parameter_table`"))
    if seen["kind"] != "list":
        return WRONG_TYPE(what=TABLE, expected="list", got=seen["kind"])
    odd = next((row for row in seen["rows"] if row["kind"] != "tuple" or "name" not in row), None)
    return ROW_NOT_A_TUPLE(name=odd.get("name", "?"), got=odd["kind"]) if odd else None


def _rows(case: Case, seen: Trial) -> Diagnosis | None:
    """The names are those of the net's parameters, in their order."""
    names = [str(row["name"]) for row in seen["rows"]]
    expected = [name for name, _ in case.rows]
    if names == expected:
        return None
    missing = [name for name in expected if name not in names]
    extra = [name for name in names if name not in expected]
    for unwanted, misconception in ((case.buffers, FROM_STATE_DICT), (case.tied, TIED_TWICE)):
        found = [name for name in extra if name in unwanted]
        if found:
            return misconception(got=found[0])
    if extra and all(any(name.endswith(f".{tail}") for name in expected) for tail in extra):
        return LOST_PREFIX(got=extra[0])
    if missing and not extra:
        deepest_kept = max((name.count(".") for name in names), default=0)
        if set(missing) == case.frozen:
            return SKIPS_FROZEN(got=missing[0])
        if any(name.count(".") > deepest_kept for name in missing):
            return NOT_NESTED(got=next(name for name in missing if name.count(".") > deepest_kept))
    if sorted(names) == sorted(expected):
        return WRONG_ORDER()
    return WRONG_ROWS(details=_difference(missing, extra))


def _difference(missing: list[str], extra: list[str]) -> Text:
    if missing:
        return Text(f"缺 `{missing[0]}`", f"`{missing[0]}` is missing")
    if extra:
        return Text(f"多出 `{extra[0]}`", f"`{extra[0]}` is one too many")
    return Text("有的行重复了", "some rows stand there twice")


def _rows_of_the_others(evidence: Evidence) -> Diagnosis | None:
    """Later calls see their own net only, and a net of no parameters has an empty table."""
    for trial, expected in (("number", ["scale"]), ("nothing", [])):
        seen = evidence[trial]
        names = [row.get("name") for row in seen.get("rows", [])]
        if trial == "nothing" and raised(seen):
            return raised(seen)
        if len(names) > len(expected):
            return SHARED_STATE()
        if "error" not in seen and names != expected:
            return WRONG_ROWS(details=_difference(expected, []))
    return None


def _left_alone(case: Case, seen: Trial) -> Diagnosis | None:
    """The net is as it was, floating types included."""
    parameters = [*case.net.parameters()]
    same = len(parameters) == len(seen["left"]) and all(
        left.dtype == parameter.dtype and torch.equal(left, parameter)
        for left, parameter in zip(seen["left"], parameters, strict=True))
    return None if same and seen["trainable"] == [p.requires_grad for p in parameters] else CHANGES_INPUT()


def _shape(row: dict[str, Any], shape: tuple[int, ...]) -> Diagnosis | None:
    got = row["shape"]
    if row["shape_kind"] != "tuple":
        return SHAPE_NOT_A_TUPLE(got=f"{row['shape_kind']} ({got})" if isinstance(got, list) else row["shape_kind"])
    odd = [type_name(length) for length in got if type(length) is not int]
    if odd:
        return SHAPE_NOT_A_TUPLE(got=f"tuple ({odd[0]}, …)")
    return None if tuple(got) == shape else SHAPE_OF_ANOTHER(name=row["name"], expected=shape, got=tuple(got))


def _count(row: dict[str, Any], shape: tuple[int, ...]) -> Diagnosis | None:
    got, expected = row["count"], prod(shape)
    if type(got) is int and got == expected:
        return None
    value = float(got) if _is_a_number(got) else None
    if value is None or value == expected:
        return COUNT_NOT_INT(got=type_name(got))
    return COUNT_NOT_PRODUCT(name=row["name"], shape=shape, expected=expected, got=f"{value:g}")


def _is_a_number(value: Any) -> bool:
    return isinstance(value, int | float) or (isinstance(value, Tensor) and value.numel() == 1)


def _count_of_a_number(seen: Trial) -> Diagnosis | None:
    """A parameter of shape () has one element."""
    if "error" in seen:
        return COUNT_NEEDS_DIMENSIONS(problem=f"{seen['error']['type']}: {seen['error']['message']}")
    row = next((row for row in seen["rows"] if row.get("name") == "scale"), None)
    if row is None or (type(row["count"]) is int and row["count"] == 1):
        return None
    value = row["count"] if isinstance(row["count"], int | float) else type_name(row["count"])
    return COUNT_NEEDS_DIMENSIONS(problem=f"{value!r}")


EXERCISE = Exercise(
    name="parameter-table",
    takes=(Argument("parameter_table", "function"),),
    criteria=CRITERIA,
    hints=(
        Text("章节里有一个方法，能把所有参数连名带值一个一个给出来，嵌套多深都行。先在 `rgnet` 上打印它给的每一项。",
             "The chapter has a method that gives all parameters one by one with their names, however deep. Print each "
             "item that it gives for `rgnet` first."),
        Text("对每个参数你要三样东西：名字、形状、元素个数。张量自己就知道后两样，不必从形状去算。",
             "For each parameter you want three things: name, shape, number of elements. A tensor knows the last two "
             "by itself; nothing has to be computed from the shape."),
        Text("一个列表推导就够：遍历 `named_parameters()`，每一项放一个三元组。个数用张量的哪个方法得到 int？"
             "试试 `torch.ones(2, 3)` 有哪些以 `num` 或 `n` 开头的方法。",
             "One list comprehension will do: walk over `named_parameters()` and put a tuple of three for each item. "
             "Which method of a tensor gives the count as an int? Look at those of `torch.ones(2, 3)` that begin "
             "with `n`."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(FROM_STATE_DICT, TIED_TWICE, NOT_NESTED, SKIPS_FROZEN, LOST_PREFIX, WRONG_ORDER, WRONG_ROWS,
                    ROW_NOT_A_TUPLE, SHAPE_NOT_A_TUPLE, SHAPE_OF_ANOTHER, COUNT_NOT_INT, COUNT_NOT_PRODUCT,
                    COUNT_NEEDS_DIMENSIONS),
)
