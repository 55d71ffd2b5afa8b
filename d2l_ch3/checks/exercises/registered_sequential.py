"""registered-sequential: the repair of list-sequential, whose blocks nn.Module can reach."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import New
from d2l_ch3.checks.comparison import alike, type_name
from d2l_ch3.checks.containers import (
    CALLED,
    NO_BLOCK,
    SETTINGS,
    Blocks,
    by_key,
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
from d2l_ch3.checks.errors import KnownErrors
from d2l_ch3.checks.evidence import Seen
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.sources import put_back
from d2l_ch3.checks.trials import CANNOT_TELL, Difference, Tells, Trial, always
from d2l_ch3.language import Text

ERRORS: KnownErrors = (
    *CALLED,
    (r"can only concatenate str|module name should be a string|keywords must be strings", "key-not-str"),
    (r"module name can.{1,2}t contain", "dot-in-name"),
    (r"'method' object is not|object of type 'method' has no|attribute '\w+' already exists", "name-taken"),
    (r"ModuleList\.__init__\(\) takes", "unpacked-module-list"),
    (r"is not a Module subclass", "not-a-module"),
    (r"'RegisteredSequential' has no len\(\)|'RegisteredSequential' object is not subscriptable", "no-special-method"),
)


class Model(nn.Module):
    """The right answer, with a knob for every belief."""

    def __init__(self, *blocks: nn.Module) -> None:
        super().__init__()
        self.blocks = nn.ModuleList(blocks)

    def forward(self, X: Tensor, **choices: Any) -> Any:
        """What the blocks make of X, one after the other."""
        return forward(list(self.blocks), X, **choices)

    def __len__(self) -> int:
        return len(self.blocks)

    def __getitem__(self, i: int) -> nn.Module:
        return self.blocks[i]


# --- what nn.Module does to all blocks that it knows -----------------------------------------------

def _scale(net: nn.Module) -> None:
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(1.5)


def _fill(m: nn.Module) -> None:
    if isinstance(m, nn.Linear):
        nn.init.constant_(m.weight, 0.25)
        nn.init.constant_(m.bias, 1.5)


WALKS: Mapping[str, Callable[[nn.Module], object]] = {
    "parameters": _scale,
    "state_dict": lambda net: net.load_state_dict({name: value * 1.5 for name, value in net.state_dict().items()}),
    "to": lambda net: net.to(torch.float64),
    "eval": lambda net: net.eval(),
    "apply": lambda net: net.apply(_fill),
}
"""Each leaves its mark on what the blocks compute."""


def reached(criterion: str) -> Trial:
    """Walk over the net in each way, then look at what the given blocks compute by themselves."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        for name, walk in WALKS.items():
            case = new()
            X = case.X.double() if name == "to" else case.X
            net, seen[f"note {name}"] = case.build(answer), case.each(X)
            walk(net)
            seen[name] = case.each(X)
        for note, call in () if seen.of_model else (("found", False), ("late", True)):
            with suppress(Exception):
                case = new()
                net = case.build(answer)
                call and net(case.X)
                seen[f"note {note}"] = any(True for _ in nn.Module.parameters(net))

    def missed(different: Difference) -> Says | None:
        seen, model = different.seen, different.model
        notes = {name: [alike(now, right) for old, now, right in zip(
            seen[f"note {name}"], seen[name], model[name], strict=True) if not alike(old, right)]
            if name in list(seen) else [False] for name in WALKS}
        if not any(map(any, notes.values())):
            return says("copied-blocks" if seen.get("note found") else
                        "registered-late" if seen.get("note late") else "plain-list")
        if any(any(blocks) and not all(blocks) for blocks in notes.values()):
            return says("same-name")
        return says("half-registered", **{
            key: ", ".join(f"`{name}`" for name, blocks in notes.items() if all(blocks) == reach)
            for key, reach in (("reached", True), ("missing", False))})
    return Trial(criterion, "walks", run, {"": missed}, fixed=("",), settings=("walked",))


# --- a block given twice -----------------------------------------------------------------------------

def counted_once(criterion: str) -> Trial:
    """Count the parameters of a net in which blocks stand more than once."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        listed = 0
        with suppress(Exception):  # whether parameters() works at all is asked elsewhere
            listed = len(list(net.parameters()))
        seen["too many"] = max(0, listed - len(case.held(net)))
    return Trial(criterion, "once", run, {"": "counted-twice"}, settings=("repeats",), fixed=("",))


def at_every_place(criterion: str) -> Trial:
    """Count blocks that stand more than once and take them out, if this works at all where they stand once."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, works = new(), False
        with suppress(Exception), put_back(answer):
            net = answer(*case.distinct)
            works = len(net) == len(case.distinct) and all(
                case.number(net, net[i], i) == case.number(net, block, i) for i, block in enumerate(case.distinct))
        net = case.build(answer)
        seen["len"] = len(net) if works else CANNOT_TELL
        for i in range(len(case.blocks)):
            seen[f"net[{i}]"] = case.number(net, net[i], i) if works else CANNOT_TELL
    return Trial(criterion, "places", run, {"": "duplicate-lost"}, errors=((".", "duplicate-lost"),),
                 settings=("repeats",), fixed=("",), unsure=("",))


# --- len(net) and net[i] -----------------------------------------------------------------------------

def access(criterion: str) -> Trial:
    """Count the blocks; take each out by its index and by the negative one; ask for what is not there."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        for block in case.blocks[:1]:
            block.double()
        net, count = case.build(answer), len(case.blocks)
        seen["note parameters"] = len(case.held(net))
        seen["note kept"] = len(case.kept(net))
        seen["len"] = len(net)
        seen["note places"] = []
        for i in range(count):
            item = net[i]
            seen[f"item {i}"] = case.number(net, item, i) if isinstance(item, nn.Module) else item
            seen["note places"] += [place for place, block in enumerate(case.blocks) if block is item]
            seen[f"note item {i}"] = type(item) is type(case.blocks[i])
        for i in range(-1, -count - 1, -1):
            with suppress(Exception):
                seen[f"negative {i}"] = None
                seen[f"negative {i}"] = case.number(net, net[i], i + count)
        for i in (count, count + 3, -count - 1, -count - 4):
            try:
                net[i]
                seen[f"outside {i}"] = "nothing"
            except Exception as error:
                seen[f"outside {i}"] = "IndexError" if isinstance(error, IndexError) else type(error).__name__
        seen["dtypes"] = [str(tensor.dtype) for tensor in case.held(net).values()]

    def other_length(different: Difference) -> Says | None:
        if different.value == different.seen.get("note kept"):
            return says("same-name")
        key = "len-of-parameters" if different.value == different.seen.get("note parameters") else "wrong-len"
        return says(key, got=different.value, expected=different.expected)

    def other_item(different: Difference) -> Says | None:
        value, index, places = different.value, different.key.split()[1], different.seen.get("note places")
        what = Text(f"`net[{index}]` ", f"`net[{index}]`")
        if isinstance(value, float):
            order = list(range(different.seen["len"]))
            return says("sorted-as-text" if places == sorted(order, key=str) else
                        "reversed-order" if places == order[::-1] else "other-block", index=index)
        if value == NO_BLOCK:
            return says("copied-item" if different.seen.get(f"note item {index}") else "wrapped-item")
        return says("returned-nothing", what=what) if value is None else says(
            "wrong-type", what=what, expected="nn.Module", got=type_name(value))

    def negative(different: Difference) -> Says | None:
        return says("negative-index", index=different.key.split()[1])

    def out_of_range(different: Difference) -> Says | None:
        key = "no-index-error" if different.value == "nothing" else "other-error"
        return says(key, index=different.key.split()[1], got=different.value, count=different.seen.get("len"))
    tells: Tells = {"len": other_length, "item": other_item, "negative": negative, "outside": out_of_range,
             "dtypes": "changed-by-looking"}
    return Trial(criterion, "access", run, tells, settings=("usual", "many", "none"), fixed=("",))


EXERCISE = own_class(Experiment(
    "registered-sequential", Blocks, SETTINGS, Model,
    (order_of_blocks(same_name=[by_key(type), by_key(str)]),),
    trials=(*in_order("order"), reached("registered"), repeated("twice"), counted_once("twice"),
            at_every_place("twice"), access("access"), gradients("tidy"), modes_kept("tidy"), *always("tidy")),
    errors=ERRORS, second_look=only_the_last))
