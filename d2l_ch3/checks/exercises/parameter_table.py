"""parameter-table: name, shape and size of every parameter of a net."""

from collections.abc import Callable, Iterable
from itertools import combinations
from math import prod
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.comparison import type_name
from d2l_ch3.checks.definition import Exercise, Says, Verdict, first, one, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import KnownErrors, raised
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.functions import changed, global_net, shared_between_calls, state_of
from d2l_ch3.checks.habits import habits_of
from d2l_ch3.checks.sources import kept_outside, put_back

ERRORS: KnownErrors = (
    ("values to unpack", "cannot-unpack"),
    ("object is not iterable", "not-iterable"),
    ("'torch.Size' object is not callable", "attribute-called"),
    ("Boolean value of Tensor|must match the size of tensor", "compared-by-value"),
)


class Case:
    """A net that is nested, with buffers, a frozen layer, two kinds of ties, and layers that are equal but not tied.

    ``rows`` is what its table should say, names and shapes, written down while building.
    """

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        with torch.random.fork_rng(devices=[]):  # first values are drawn from the global generator
            conv = nn.Conv2d(2, 4, 3)
        with torch.no_grad():
            for parameter in conv.parameters():
                parameter.copy_(dice.tensor(*parameter.shape))
        shared, again = dice.linear(5, 5), dice.linear(5, 5)
        again.weight = shared.weight
        nested = nn.Sequential()
        nested.add_module("m_2", nn.Sequential(conv, nn.ReLU(), nn.BatchNorm1d(5).requires_grad_(False)))
        nested.add_module("tied", nn.Sequential(shared, nn.ReLU(), shared, again))
        nested.add_module("equal", nn.Sequential(nn.LayerNorm(6), nn.LayerNorm(6)))
        self.net = nn.Sequential()
        self.net.add_module("block 7", nested)
        self.net.add_module("a_5", dice.linear(5, 8))
        self.net.register_parameter("z_4", nn.Parameter(dice.tensor(8, 2).double()))
        self.rows: dict[str, tuple[int, ...]] = {
            "z_4": (8, 2),
            "block 7.m_2.0.weight": (4, 2, 3, 3), "block 7.m_2.0.bias": (4,),
            "block 7.m_2.2.weight": (5,), "block 7.m_2.2.bias": (5,),
            "block 7.tied.0.weight": (5, 5), "block 7.tied.0.bias": (5,), "block 7.tied.3.bias": (5,),
            **{f"block 7.equal.{i}.{name}": (6,) for i in (0, 1) for name in ("weight", "bias")},
            "a_5.weight": (8, 5), "a_5.bias": (8,)}
        self.tied = [f"block 7.tied.{name}" for name in ("2.weight", "2.bias", "3.weight")]
        self.number = nn.Sequential()
        self.number.register_parameter("scale", nn.Parameter(dice.tensor(1)[0]))
        self.flat = nn.Sequential(dice.linear(2, 3), dice.linear(3, 1))


NOT_LINEAR = ("z_4", ".m_2.", ".equal.")
LEFT_OUT: dict[str, Callable[[str], bool]] = {
    "skips-frozen": lambda name: ".m_2.2." in name, "equal-not-tied": lambda name: ".equal.1." in name,
    "weights-only": lambda name: name.endswith("bias"),
    "linear-only": lambda name: any(part in name for part in NOT_LINEAR)}
"""What beliefs leave out of the table."""


def probe(seed: int, parameter_table: Callable[[nn.Module], Any]) -> Evidence:
    """The tables of four nets, a parameter of no dimensions and a net of no parameters among them."""
    evidence, case = Evidence(), Case(seed)
    nets = {"table": case.net, "number": case.number, "flat": case.flat, "nothing": nn.Sequential(nn.ReLU())}
    with put_back(parameter_table):
        for name, net in nets.items():
            with evidence.trial(name) as seen:
                _look(seen, parameter_table(net))
                seen["state"] = state_of(net)
    with evidence.trial("habits") as seen:
        seen["found"], seen["kept"] = habits_of(parameter_table), kept_outside(parameter_table)
        seen["global"] = global_net(parameter_table, case.number, lambda: list(parameter_table(case.net)))
    return evidence


def _look(seen: Seen, table: Any) -> None:
    """Note the table's kind and its rows, each as a dict of its kind and its parts."""
    seen["kind"] = "list" if isinstance(table, list) else type(table).__name__
    if isinstance(table, dict):
        table = [(name, *(rest if isinstance(rest, tuple | list) else (rest,))) for name, rest in table.items()]
    usable = isinstance(table, Iterable) and not isinstance(table, str | Tensor)
    seen["rows"] = [_row(row) for row in table] if usable else []


def _row(row: Any) -> dict[str, Any]:
    noted: dict[str, Any] = {"kind": "tuple" if isinstance(row, tuple) else type(row).__name__}
    parts = list(row) if isinstance(row, tuple | list) else []
    noted["size"] = len(parts)
    if len(parts) not in (2, 3):
        return noted
    texts = [part for part in parts if isinstance(part, str)]
    shapes = [part for part in parts if isinstance(part, tuple | list)]
    if len(texts) == len(shapes) == 1 and len(parts) == 3:
        name, shape = texts[0], shapes[0]
        count = next(part for part in parts if part is not name and part is not shape)
        noted["order"] = [part is asked for part, asked in zip(parts, (name, shape, count), strict=True)]
    else:
        name, shape, count = (*parts, None)[:3]
    return {**noted, "name": name, "shape_kind": "tuple" if isinstance(shape, tuple) else type(shape).__name__,
            "shape": shape, "count": count}


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case, seen = Case(seed), evidence["table"]
    error = raised(seen, ERRORS)
    name = evidence["habits"].get("global")
    problem = error or (says("uses-global-net", name=name) if name else None)
    if problem:
        return dict.fromkeys(("rows", "shape", "count"), one(problem))
    rows = (*_kind(seen), *_rows(case, evidence), *one(_shared(evidence))) or one(first(
        _rows_of_the_others(evidence), changed(state_of(case.net), seen["state"])))
    known = [row for row in seen["rows"] if isinstance(row.get("name"), str) and row["name"] in case.rows]
    if not known:
        return {"rows": rows, "shape": rows, "count": rows}
    return {
        "rows": rows,
        "shape": one(first(*(_shape(row, case.rows[row["name"]]) for row in known))),
        "count": one(first(*(_count(row, case.rows[row["name"]]) for row in known),
                           _count_of_a_number(evidence["number"]))),
    }


def _kind(seen: Trial) -> tuple[Says, ...]:
    """The table is a list, its rows are tuples of three."""
    if seen["kind"] == "NoneType":
        return one(says("returned-nothing", what="`parameter_table` "))
    if seen["kind"] != "list":
        return one(says("not-a-list", got=seen["kind"]))
    for row in seen["rows"]:
        if row["size"] != 3:
            return one(says("row-of-another-length", got=row["size"]) if row["size"] else
                       says("row-not-a-tuple", name="?", got=row["kind"]))
        if row["kind"] != "tuple":
            return one(says("row-not-a-tuple", name=row["name"], got=row["kind"]))
        if not all(row.get("order", ())):
            return one(says("row-order", name=row["name"]))
    return ()


def _rows(case: Case, evidence: Evidence) -> tuple[Says, ...]:
    """The names are those of the net's parameters, in their order."""
    names, expected = [str(row.get("name")) for row in evidence["table"]["rows"]], list(case.rows)
    missing = [name for name in expected if name not in names]
    extra = [name for name in names if name not in expected]
    if names == expected or evidence["table"]["kind"] == "NoneType":
        return ()
    if names == expected[:1] and len(evidence["flat"].get("rows", ())) == 1:
        return one(says("return-in-loop"))
    if extra and all(any(name.endswith(f".{tail}") for name in expected) for tail in extra):
        return one(says("lost-prefix", got=extra[0]))
    tails = ("running_mean", "running_var", "num_batches_tracked")
    buffers, tied = [name for name in extra if name.endswith(tails)], [name for name in extra if name in case.tied]
    found = first(says("from-state-dict", got=buffers[0]) if buffers else None,
                  says("tied-twice", got=tied[0]) if tied else None)
    others = [name for name in extra if name not in buffers and name not in tied]
    if others:
        return one(says("wrong-rows-extra", got=others[0]))
    if missing:
        return (*one(found), *_left_out(expected, missing, names))
    if found:
        return one(found)
    if len(names) > len(expected):
        return one(says("tied-twice", got=next(name for name in names if names.count(name) > 1)))
    odd = next(name for name, asked in zip(names, expected, strict=True) if name != asked)
    return one(says("wrong-order", got=odd))


def _left_out(expected: list[str], missing: list[str], names: list[str]) -> tuple[Says, ...]:
    """The belief, or the two, that leave out just these; else whether all that is missing is deep inside the net."""
    for keys in (*combinations(LEFT_OUT, 1), *combinations(LEFT_OUT, 2)):
        left_out = {key: [name for name in expected if LEFT_OUT[key](name)] for key in keys}
        if {name for group in left_out.values() for name in group} == set(missing):
            return tuple(says(key, got=group[0]) for key, group in left_out.items())
    kept = max((name.count(".") for name in names), default=0)
    deeper = next((name for name in missing if name.count(".") > kept), None)
    return one(says("not-nested", got=deeper) if deeper else says("wrong-rows", got=missing[0]))


def _names(seen: Trial) -> list[Any]:
    return [row.get("name") for row in seen.get("rows", ())]


def _shared(evidence: Evidence) -> Says | None:
    """Whether the table of a later call begins with the rows of an earlier one."""
    names, later = _names(evidence["table"]), _names(evidence["number"])
    same = len(names) > 1 and later[:len(names)] == names
    return shared_between_calls(evidence["habits"].get("kept")) if same else None


def _rows_of_the_others(evidence: Evidence) -> Says | None:
    """A net of one parameter has one row, and a net of no parameters an empty table."""
    number, nothing = evidence["number"], evidence["nothing"]
    if "error" in nothing:
        return raised(nothing, ERRORS)
    if nothing["rows"] or nothing["kind"] != "list":
        return says("wrong-without-rows", got=nothing["kind"])
    return says("wrong-rows", got="scale") if "error" not in number and _names(number) != ["scale"] else None


def _shape(row: dict[str, Any], shape: tuple[int, ...]) -> Says | None:
    got, kind = row["shape"], row["shape_kind"]
    if kind == "builtin_function_or_method":
        return says("method-not-called", got="size")
    if kind != "tuple":
        return says("shape-not-a-tuple", got=kind)
    odd = [type_name(length) for length in got if type(length) is not int]
    if odd:
        return says("lengths-not-int", got=odd[0])
    return None if tuple(got) == shape else says("shape-of-another", name=row["name"], expected=shape, got=tuple(got))


def _count(row: dict[str, Any], shape: tuple[int, ...]) -> Says | None:
    got, expected = row["count"], prod(shape)
    if type(got) is int and got == expected:
        return None
    if row["size"] == 2:
        return says("row-of-another-length", got=2)
    if type_name(got) == "builtin_function_or_method":
        return says("method-not-called", got="numel")
    if type(got) is int and row["shape_kind"] == "tuple" and got == prod(row["shape"]):
        return None  # right for the shape in this row, which is for the criterion on shapes
    number = isinstance(got, int | float) or (isinstance(got, Tensor) and got.numel() == 1)
    if not number or float(got) == expected:
        return says("count-not-int", got=type_name(got))
    return says("count-not-product", name=row["name"], shape=shape, expected=expected, got=f"{float(got):g}")


def _count_of_a_number(seen: Trial) -> Says | None:
    """A parameter of shape () has one element."""
    if "error" in seen:
        return says("count-needs-dimensions", problem=f"{seen['error']['type']}: {seen['error']['message']}")
    row = next((row for row in seen["rows"] if row.get("name") == "scale"), None)
    if row is None or (type(row["count"]) is int and row["count"] == 1):
        return None
    value = row["count"] if isinstance(row["count"], int | float) else type_name(row["count"])
    return says("count-needs-dimensions", problem=f"{value!r}")


EXERCISE = Exercise("parameter-table", probe, judge)
