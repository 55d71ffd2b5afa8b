"""block-factory: num_blocks blocks, each from its own call of make_block(), named block 0, block 1, …"""

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import move, weigh
from d2l_ch3.checks.comparison import close, misfit
from d2l_ch3.checks.definition import Exercise, Says, Verdict, first, one, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import KnownErrors, raised
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.functions import probed_in_order, shared_between_calls
from d2l_ch3.checks.habits import habits_of
from d2l_ch3.checks.sources import kept_outside, put_back

USUAL, MANY = 3, 12  # of the many, "block 10" stands behind "block 2"
NEGATIVE = (-1, -4)
LIMIT = 40

ERRORS: KnownErrors = (
    ("make_block is not a Module subclass$", "not-called"),
    (r"\b(list|tuple|dict|generator|genexpr|map|zip)>? is not a Module subclass", "container-given"),
    ("^TypeError: 'str' object cannot be interpreted as an integer", "string-index"),
    (r"^KeyError: .*module name can.* got: (?P<got>[^'\"]*)", "dot-in-name"),
    ("^TypeError: 'int' object is not iterable", "number-in-for"),
    ("^TypeError: can only concatenate str", "number-in-text"),
    (r"^TypeError: .*(add|register)_module\(\) missing", "add-module-wants-two"),
    ("^RuntimeError: make_block.. was called", "endless-loop"),
)


class Case:
    """`make_block`, and an input. Every block has its own weights: what it computes tells which call made it."""

    def __init__(self, seed: int, num_blocks: int = USUAL, dtype: torch.dtype = torch.float32) -> None:
        self.seed, self.num_blocks, self.made = seed, num_blocks, list[nn.Module]()
        self.dice = Dice(seed, dtype)
        self.X = self.dice.tensor(4, 3)

        def make_block() -> nn.Module:
            if len(self.made) == LIMIT:
                raise RuntimeError(f"make_block() was called more than {LIMIT} times")
            self.made.append(nn.Sequential(self.dice.linear(3, 3), nn.Tanh()))
            return self.made[-1]
        make_block.__qualname__ = "make_block"  # as messages show it
        self.make_block = make_block

    def blocks(self, count: int) -> list[nn.Module]:
        """The blocks that the first calls of `make_block` return."""
        while len(self.made) < min(count, LIMIT):
            self.make_block()
        return self.made[:count]


def children_of(value: Any) -> list[Any]:
    """The submodules of a net, or the items of a list; what stands there twice twice."""
    if isinstance(value, nn.Module):
        return list(value._modules.values())
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def kind_of(value: Any) -> str:
    """``"Sequential"``, also for a subclass of it; otherwise the name of the type."""
    return "Sequential" if isinstance(value, nn.Sequential) else type(value).__name__


def each(blocks: Iterable[Any], X: Tensor) -> list[Any]:
    """What every block by itself makes of X: None where it cannot, the thing itself where it is no block."""
    outputs = []
    for block in blocks:
        try:
            outputs.append(block(X) if isinstance(block, nn.Module) else block)
        except Exception:  # of another width, or with no forward: what the net itself does with X is looked at as well
            outputs.append(None)
    return outputs


def look(seen: Seen, result: Any, case: Case) -> list[Any]:
    """Note what `make_blocks` returned: its kind, its names, and what its blocks compute. Return its blocks.

    A net around the net of blocks is taken off: a level too many costs one criterion.
    """
    seen["kind"], seen["calls"], seen["wrapped"] = kind_of(result), len(case.made), False
    blocks = children_of(result)
    while len(blocks) == 1 and isinstance(blocks[0], nn.Sequential) and all(blocks[0] is not one for one in case.made) \
            and all(isinstance(block, nn.Sequential) for block in blocks[0]):
        seen["wrapped"], result, blocks = True, blocks[0], children_of(blocks[0])
    seen["count"], seen["types"] = len(blocks), [type(block).__name__ for block in blocks]
    seen["keys"] = list(result.state_dict() if isinstance(result, nn.Module) else
                        [f"{key}." for key in result] if isinstance(result, dict) else [])
    seen["each"] = each(blocks, case.X)
    return blocks


def calls_behind(outputs: Sequence[Any], made: Sequence[nn.Module], X: Tensor) -> list[int | None]:
    """For each block's output, which call of `make_block` made the block, counted from 0; None if none did."""
    expected = each(made, X)
    return [next((call for call, output in enumerate(expected) if close(found, output)), None) for found in outputs]


def probe(seed: int, make_blocks: Callable[..., Any]) -> Evidence:
    """What the nets compute, their names, what follows when blocks are changed, and the odd numbers."""
    evidence = probed_in_order(partial(_probe, seed), make_blocks, 2, "net")
    with evidence.trial("habits") as seen:
        seen["found"], seen["kept"] = habits_of(make_blocks), kept_outside(make_blocks)
    return evidence


def _probe(seed: int, make_blocks: Callable[..., Any]) -> Evidence:
    evidence, case, net, blocks = Evidence(), Case(seed), None, list[Any]()
    with put_back(make_blocks):
        with evidence.trial("net") as seen:
            net = make_blocks(case.make_block, case.num_blocks)
            blocks = look(seen, net, case)
            seen["output"] = net(case.X) if isinstance(net, nn.Sequential) else None
        with evidence.trial("gradients") as seen:
            seen["none"] = list[str]()
            if isinstance(net, nn.Sequential):
                output = net(case.X)
                if output.requires_grad:
                    weigh(output).backward()
                seen["none"] = [name for name, parameter in net.named_parameters() if parameter.grad is None]
        with evidence.trial("again") as seen:
            other = Case(seed + 1, MANY, torch.float64)
            second = make_blocks(other.make_block, other.num_blocks)
            new = look(seen, second, other)
            seen["kept"] = second is net or any(block is one for block in new for one in blocks)
            seen["first"] = each(blocks, case.X)
            seen["output"] = second(other.X) if isinstance(second, nn.Sequential) else None
        with evidence.trial("moved") as seen:
            _move([block for block in blocks if isinstance(block, nn.Sequential)][1:2])
            seen["one"] = each(blocks, case.X)
            _move(case.made)
            seen["all"] = each(blocks, case.X)

    for name, number in (("zero", 0), ("single", 1)):
        with put_back(make_blocks), evidence.trial(name) as seen:
            few = Case(seed, number)
            net = make_blocks(few.make_block, number)
            look(seen, net, few)
            seen["output"] = net(few.X) if isinstance(net, nn.Sequential) else None
    with put_back(make_blocks), evidence.trial("drawn") as seen:
        drawn, few = list[Tensor](), Case(seed)

        def draw_block() -> nn.Module:
            drawn.append(torch.rand(()))
            return few.make_block()
        make_blocks(draw_block, few.num_blocks)
        seen["drawn"] = torch.stack(drawn)
    for number in NEGATIVE:
        with put_back(make_blocks), evidence.trial(f"negative {number}") as seen:
            seen["returned"] = seen["refused"] = ""
            try:
                seen["returned"] = kind_of(make_blocks(Case(seed).make_block, number))
            except ValueError:
                seen["refused"] = str(number)
    return evidence


def _move(blocks: Iterable[Any]) -> None:
    """Change the parameters of blocks, all of them differently."""
    move(enumerate(parameter for block in blocks if isinstance(block, nn.Module) for parameter in block.parameters()))


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case, kept = Case(seed), evidence["habits"].get("kept")
    chain = first(_chain(case, evidence, kept), *(_number(evidence[name], number) for name, number in (
        ("again", MANY), ("single", 1)) if not evidence["again"].get("kept")))
    swapped = says("signature-swapped") if evidence["arguments"]["swapped"] else None
    return {
        "chain": one(swapped or chain),
        "own": one(_own(case, evidence, chain, kept)),
        "names": one(first(_names(evidence["net"], chain), _names(evidence["again"], None))),
        "edges": one(first(_zero(case, evidence, chain), *(_negative(n, evidence[f"negative {n}"], chain)
                                                           for n in NEGATIVE))),
    }


def _chain(case: Case, evidence: Evidence, kept: Any) -> Says | None:
    seen = evidence["net"]
    if "kind" not in seen:
        return raised(seen, ERRORS)
    if seen["kind"] == "NoneType":
        return says("returned-nothing", what="`make_blocks` ")
    if {"not_plain": "function"} in seen["each"]:
        return says("not-called")
    if seen["kind"] != "Sequential":
        return says("not-sequential", got=seen["kind"])
    deeper = next((key for key in seen["keys"] if key.count(".") > 2), None)
    if seen["wrapped"] or deeper:
        return says("extra-level", got=deeper or f"0.{next(iter(seen['keys']), '')}")
    return _other_number(case, seen, evidence["again"], kept) or _computes(case, seen)


def _other_number(case: Case, seen: Trial, again: Trial, kept: Any) -> Says | None:
    """What explains that there are more or fewer blocks than were asked for."""
    count, calls, expected = seen["count"], seen["calls"], case.num_blocks
    if count > expected and close(seen.get("output"), nn.Sequential(*case.blocks(expected))(case.X)):
        return says("unpacked-blocks", got=count)
    if count > calls == expected:
        strangers = [kind for kind, call in zip(seen["types"], _calls(case, seen), strict=True) if call is None]
        return shared_between_calls(kept) if again.get("kept") else says("extra-modules", got=strangers[0])
    if 0 < count < calls == expected:
        return says("overwritten", calls=calls, got=count, name=_block_names(seen)[-1])
    return says("return-in-loop", expected=expected) if count == calls == 1 else _number(seen, expected)


def _number(seen: Trial, expected: int) -> Says | None:
    wrong = seen.get("kind") == "Sequential" and seen["count"] != expected
    return says("wrong-number", expected=expected, got=seen["count"]) if wrong else None


def _calls(case: Case, seen: Trial) -> list[int | None]:
    return calls_behind(seen.get("each", ()), case.blocks(seen.get("calls", 0)), case.X)


def _computes(case: Case, seen: Trial) -> Says | None:
    """Whether the net sends X through its blocks one after the other."""
    calls = [call for call in _calls(case, seen) if call is not None]
    if len(calls) < seen["count"]:
        return None  # other blocks: that is for the next criterion
    expected = nn.Sequential(*(case.blocks(call + 1)[call] for call in calls))(case.X)
    if close(seen.get("output"), expected):
        return None
    return raised(seen) or misfit(seen.get("output"), expected) or says("blocks-not-in-order")


def _own(case: Case, evidence: Evidence, chain: Says | None, kept: Any) -> Says | None:
    """Every block is from a call of its own and no copy, trains, and stays as it is when the function runs again."""
    seen, moved = evidence["net"], evidence["moved"]
    calls = _calls(case, seen)
    known = [call for call in calls if call is not None]
    if seen.get("count") and not seen["calls"]:
        return first(says("not-called") if chain and chain.key == "not-called" else None, says("make-block-unused"))
    if len(known) < seen.get("count", 0) == case.num_blocks:
        return says("changed-block", got=(_block_names(seen) or "?")[calls.index(None)])
    if len(known) < 2:
        return chain
    if len(set(known)) < len(known):
        twins = [output for output, call in zip(moved.get("one", ()), calls, strict=False) if call == known[1]]
        return says("same-instance" if all(close(output, twins[0]) for output in twins) else "copies-of-one")
    if seen["calls"] > len(calls):
        return says("extra-calls", calls=seen["calls"], got=len(calls))
    return first(_kept(case, evidence["again"], known, kept), _changed(case.seed, moved, known),
                 raised(evidence["gradients"]),
                 *(says("frozen-parameter", name=name) for name in evidence["gradients"].get("none", ())),
                 _drawn(evidence["drawn"]))


def _kept(case: Case, again: Trial, known: Sequence[int], kept: Any) -> Says | None:
    """Whether a second call, with blocks in float64, works and leaves the first net alone."""
    first_left = "first" in again and _are(again["first"], case.blocks(max(known) + 1), known, case.X)
    if again.get("kept") or ("first" in again and not first_left):
        return shared_between_calls(kept)
    if "error" in again:
        return raised(again)
    other = Case(case.seed + 1, MANY, torch.float64)
    calls = calls_behind(again["each"], other.blocks(again["calls"]), other.X)
    return None if len(set(calls) - {None}) == again["calls"] else says("changed-block", got=(
        _block_names(again) or "?")[calls.index(None)])


def _changed(seed: int, moved: Trial, known: Sequence[int]) -> Says | None:
    """Whether the blocks in the net are the ones that `make_block` returned: they change with these."""
    case = Case(seed)
    made = case.blocks(max(known) + 1)
    _move([made[known[1]]])
    _move(made)
    return None if _are(moved.get("all", ()), made, known, case.X) else says("copied-blocks")


def _drawn(seen: Trial) -> Says | None:
    """Whether every call of `make_block` finds another state of the global generator."""
    if "error" in seen:
        return raised(seen)
    return says("same-seed") if seen["drawn"].unique().numel() < seen["drawn"].numel() else None


def _are(outputs: Sequence[Any], made: Sequence[nn.Module], calls: Sequence[int], X: Tensor) -> bool:
    """Whether these are the outputs of the blocks from those calls; outputs of other modules may stand between."""
    return [call for call in calls_behind(outputs, made, X) if call is not None] == list(calls)


def _block_names(seen: Trial) -> list[str]:
    """The names of the blocks, in order, as the keys of the state_dict begin."""
    return list(dict.fromkeys(key.split(".")[0] for key in seen.get("keys", ())))


def _names(seen: Trial, chain: Says | None) -> Says | None:
    names = _block_names(seen)
    expected = [f"block {number}" for number in range(len(names))]
    if names == expected or (chain and len(names) < 2):
        return chain if len(names) < 2 else None
    number = next(number for number, name in enumerate(names) if name != expected[number])
    if names[number] == str(number):
        return says("numbers-only")
    if sorted(names) == sorted(expected):
        return says("names-out-of-order", got=names[number], expected=expected[number])
    if names[0] == "block 1":
        return says("named-from-one")
    return says("misnamed", got=names[number], expected=expected[number])


def _zero(case: Case, evidence: Evidence, chain: Says | None) -> Says | None:
    """Whether 0 gives an empty net; what was said of more blocks is not said of none again."""
    seen = evidence["zero"]
    if "kind" not in seen:
        return first(_cause(seen), says("zero-blocks", got=seen["error"]["type"]))
    if seen["kind"] != "Sequential":
        got = seen["kind"].replace("NoneType", "None")
        if chain is not None and seen["kind"] == evidence["net"].get("kind"):
            return chain if got == "None" else None
        return None if chain == says("return-in-loop", expected=case.num_blocks) else says("zero-blocks", got=got)
    if seen["count"]:
        paid = chain is not None and evidence["net"].get("count") != case.num_blocks
        return None if paid else says("zero-blocks-filled", got=seen["count"])
    return None if close(seen.get("output"), case.X) else says("blocks-not-in-order")


def _negative(number: int, seen: Trial, chain: Says | None) -> Says | None:
    if "error" in seen:
        unwritten = seen["error"]["type"] == "NotImplementedError" and chain is not None and chain.key == "not-written"
        other = says("other-error", number=number, got=seen["error"]["type"])
        return chain if unwritten else other if "NotImpl" in seen["error"]["type"] else _cause(seen) or other
    if seen["refused"] == str(number):
        return None
    got = str(seen["returned"]).replace("NoneType", "None")
    return says("error-returned" if got.endswith("Error") else "negative-accepted", number=number, got=got)


def _cause(seen: Trial) -> Says | None:
    """What explains an exception, unless all there is to say is that it was raised."""
    found = raised(seen, ERRORS)
    return None if found is None or EXERCISE.words.belief(found.key).symptom else found


EXERCISE = Exercise("block-factory", probe, judge)
