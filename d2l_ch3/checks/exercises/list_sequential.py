"""list-sequential: X goes through blocks in order; they stay, on purpose, in an ordinary Python list."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import New
from d2l_ch3.checks.containers import (
    CALLED,
    SETTINGS,
    Blocks,
    forward,
    gradients,
    in_order,
    modes_kept,
    only_the_last,
    order_of_blocks,
    own_class,
    repeated,
)
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.errors import raised
from d2l_ch3.checks.evidence import Evidence, Seen, describe
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.trials import Difference, Trial, always
from d2l_ch3.language import Text


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = list(blocks)

    def forward(self, X: Tensor, **choices: Any) -> Any:
        """What the blocks make of X, one after the other."""
        return forward(self.blocks, X, **choices)


SHOWN = 40
"""Attributes that a card lists, and letters of each name."""


def kept_in_a_list(criterion: str) -> Trial:
    """Look for a list among the attributes whose items are the very blocks, in any order."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        own = {name: getattr(net, name) for name in {**vars(answer), **vars(net)}}
        given = set(map(id, case.blocks))
        lists = [value for value in own.values() if isinstance(value, list)]
        items = max(lists, key=lambda items: sum(id(item) in given for item in items), default=[])
        seen["registered"] = [name for register in map(vars(net).get, ("_modules", "_parameters"))
                              if isinstance(register, dict) for name in register]
        seen["items"] = sorted(case.number(net, item, 0) for item in items if id(item) in given)
        seen["others"] = sum(id(item) not in given for item in items)
        seen["note items"] = [type(item).__name__ for item in items]
        seen["note alike"] = list(map(type, items)) == list(map(type, case.blocks))
        added = {name: type(value).__name__ for name, value in own.items()
                 if not hasattr(nn.Module(), name) and not inspect.isroutine(value)}
        seen["note attributes"] = {name[:SHOWN]: kind for name, kind in [*added.items()][:SHOWN]}

    def other(different: Difference) -> Says | None:
        items, attributes = (different.seen.get(f"note {name}") for name in ("items", "attributes"))
        if different.seen.get("note alike"):
            return says("copied-blocks")
        if items in (["tuple"], ["list"]):
            return says("nested-list", got=items[0])
        if not isinstance(attributes, dict):
            return None
        if "tuple" in attributes.values():
            return says("tuple-not-list")
        listed = ", ".join(f"`{name}` ({kind})" for name, kind in attributes.items())
        return says("not-a-list", attributes=listed or Text("没有", "none"))
    return Trial(criterion, "list", run, {"registered": "registered", "": other}, fixed=("",),
                 settings=("usual", "many"))


YIELDING = ("modules", "children", "parameters", "buffers", "named_modules", "named_children", "named_parameters",
            "named_buffers")
CALLS: Mapping[str, Callable[[Any], object]] = {
    "state_dict": lambda net: net.load_state_dict(net.state_dict()) is not None,
    "eval": lambda net: net.eval() is net,
    "train": lambda net: net.train() is net,
    "apply": lambda net: net.apply(lambda m: None) is net,
    "to": lambda net: net.to(torch.float64) is net,
    "requires_grad_": lambda net: net.requires_grad_(True) is net,
    "zero_grad": lambda net: net.zero_grad() is None,
    "__repr__": lambda net: len(repr(net)) > 0,
}


def methods_usable(criterion: str) -> Trial:
    """Call the methods of nn.Module that a careless attribute could cover, and see whether they do what they do."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        net = new().build(answer)
        seen["note covered"] = [name for name, value in vars(net).items() if hasattr(nn.Module, name) or (
            isinstance(vars(nn.Module()).get(name), dict) and not isinstance(value, dict))]
        for name in (*YIELDING, *CALLS):
            try:
                seen[name] = CALLS[name](net) if name in CALLS else list(map(_own, getattr(net, name)())) == list(
                    map(_own, getattr(nn.Module, name)(net)))
            except Exception as error:
                seen[name] = describe(error)

    def covered(different: Difference) -> Says | None:
        error, names = different.value, different.seen.get("note covered") or [different.key]
        covers = names != [different.key] or not isinstance(error, dict) or re.search(
            "not callable|'list' object has no attribute|not iterable|'NoneType' object", error["message"])
        return says("shadowed-modules", called=different.key, name=names[0]) if covers else raised({"error": error})
    return Trial(criterion, "methods", run, {"": covered}, fixed=("",))


def _own(item: Any) -> Any:
    """What an item that a method yields is: a module or tensor, with its name if it comes with one."""
    return (item[0], id(item[1])) if isinstance(item, tuple) else id(item)


def second_look(said: Says, evidence: Evidence) -> Says:
    """Which it is of two beliefs that show the same: see the list, and which blocks were called."""
    items = evidence["list, usual"].get("note items")
    if said.key == "container-called" and items in (["tuple"], ["list"]):
        return says("nested-list", got=items[0])
    return only_the_last(said, evidence)


EXERCISE = own_class(Experiment(
    "list-sequential", Blocks, SETTINGS, Model, (order_of_blocks(),),
    trials=(*in_order("order"), repeated("order"), kept_in_a_list("list"), methods_usable("usable"),
            gradients("usable"), modes_kept("usable"), *always("usable")),
    errors=CALLED, second_look=second_look))
