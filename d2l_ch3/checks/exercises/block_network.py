"""block-network: the blocks as one child of an nn.Sequential, the head behind them.

What `make_blocks` itself gets wrong was judged in block-factory and costs nothing here: the blocks may be as that
exercise asks, or as the student's own `make_blocks` gives them.
"""

import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import weigh
from d2l_ch3.checks.comparison import close, misfit
from d2l_ch3.checks.definition import Exercise, Says, Verdict, first, one, says
from d2l_ch3.checks.errors import KnownErrors, raised
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercises import block_factory
from d2l_ch3.checks.exercises.block_factory import MANY, USUAL, calls_behind, children_of, each, kind_of, look
from d2l_ch3.checks.functions import global_net, probed_in_order, shared_between_calls
from d2l_ch3.checks.habits import habits_of
from d2l_ch3.checks.sources import kept_outside, put_back

FACTOR = 2.0
ERRORS: KnownErrors = (
    (r"\b(list|tuple|dict|generator|genexpr|map|zip)>? is not a Module subclass", "container-given"),
    (r"^TypeError: .*Linear\.forward\(\) missing", "head-called"),
    (r"^TypeError: .*Sequential\.forward\(\) missing", "called-too-early"),
)


class Case(block_factory.Case):
    """The inputs of block-factory, and a head as wide as the blocks: a net that puts it elsewhere runs too."""

    def __init__(self, seed: int, num_blocks: int = USUAL, dtype: torch.dtype = torch.float32) -> None:
        super().__init__(seed, num_blocks, dtype)
        self.head = self.dice.linear(3, 3)

    def scaled(self) -> nn.Module:
        """The head with its parameters multiplied, and so all that it computes."""
        with torch.no_grad():
            for parameter in self.head.parameters():
                parameter.mul_(FACTOR)
        return self.head


def probe(seed: int, make_network: Callable[..., Any]) -> Evidence:
    """What the net and its children compute, before and after the head changes; and what `make_blocks` gives."""
    evidence = probed_in_order(partial(_probe, seed), make_network, 3, "net")
    make_blocks: Any = getattr(make_network, "__globals__", {}).get("make_blocks")
    with put_back(make_blocks):
        for name, number in (("alone", USUAL), ("alone again", MANY)):
            with evidence.trial(name) as seen:
                fresh = Case(seed)
                look(seen, make_blocks(fresh.make_block, number), fresh)  # there may be no such function
    with put_back(make_blocks), put_back(make_network), evidence.trial("negative") as seen:
        seen["raised"], seen["returned"] = False, ""
        if callable(make_blocks):
            _negative_number(seen, Case(seed), make_network, make_blocks)
    with evidence.trial("habits") as seen:
        seen["found"], seen["kept"] = habits_of(make_network), kept_outside(make_network)
        seen["global"] = global_net(make_network, Case(seed).head, lambda: _output(make_network, Case(seed + 2)))
    return evidence


def _output(make_network: Callable[..., Any], case: Case) -> Any:
    return make_network(case.make_block, case.num_blocks, case.head)(case.X)


def _probe(seed: int, make_network: Callable[..., Any]) -> Evidence:
    evidence, case, net = Evidence(), Case(seed), None
    with put_back(make_network):
        with evidence.trial("net") as seen:
            net = _traced(seen, lambda: make_network(case.make_block, case.num_blocks, case.head))
            children = children_of(net)
            seen["kind"], seen["calls"] = kind_of(net), len(case.made)
            seen["keys"] = [list(child.state_dict()) if isinstance(child, nn.Module) else [] for child in children]
            seen["inside"] = [each(children_of(child), case.X) for child in children]
            seen["children"] = each(children, case.X)
        with evidence.trial("run") as seen:
            seen["output"], seen["trains"] = None, True
            if isinstance(net, nn.Sequential):
                X = case.X.clone().requires_grad_()
                output = net(X)
                seen["output"] = output
                weigh(output).backward()
                seen["trains"] = case.head.bias.grad is not None
        with evidence.trial("head") as seen:
            case.scaled()
            seen["last"] = each(children_of(net)[-1:], case.X)
        with evidence.trial("again") as seen:
            other = Case(seed + 1, MANY, torch.float64)
            second = make_network(other.make_block, other.num_blocks, other.head)
            seen["calls"], seen["first count"] = len(other.made), len(children_of(net))
            seen["blocks"] = [len(children_of(child)) for child in children_of(second)]
            seen["last"] = each(children_of(net)[-1:], case.X)
            seen["output"] = second(other.X) if isinstance(second, nn.Sequential) else None
    with put_back(make_network), evidence.trial("zero") as seen:
        fresh = Case(seed)
        empty = make_network(fresh.make_block, 0, fresh.head)
        seen["kind"], seen["count"] = kind_of(empty), len(children_of(empty))
    return evidence


def _negative_number(seen: Seen, case: Case, make_network: Callable[..., Any], make_blocks: Callable[..., Any]) -> None:
    """Note whether `make_blocks` raises on the way, and what comes back nevertheless."""
    def watched(*arguments: Any, **named: Any) -> Any:
        try:
            return make_blocks(*arguments, **named)
        except ValueError:
            seen["raised"] = True
            raise
    make_network.__globals__["make_blocks"] = watched
    with suppress(ValueError):
        seen["returned"] = kind_of(make_network(case.make_block, -1, case.head))


def _traced(seen: Seen, make: Callable[[], Any]) -> Any:
    """Run the student's function; if it raises, note the functions on the way to where it did."""
    try:
        return make()
    except Exception as error:
        seen["through"] = [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)]
        raise


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    problem = _no_net(evidence["net"], evidence["run"], evidence["alone"])
    inside = evidence["arguments"]["names"] == ["make_block", "num_blocks", "head"]
    swapped = evidence["arguments"]["swapped"] and says("arguments-swapped" if inside else "signature-swapped")
    return {"blocks": one(problem or swapped or _blocks(case, evidence)),
            "head": one(problem or _head(case, evidence))}


def _no_net(seen: Trial, run: Trial, alone: Trial) -> Says | None:
    """What explains that there is no net to look at."""
    if "error" in seen:
        return first(_make_blocks_first(seen, alone), raised(seen, ERRORS))
    nothing = says("returned-nothing", what="`make_network` ") if seen["kind"] == "NoneType" else None
    return nothing or (_make_blocks_first(run, alone) if "error" in run else None)


def _make_blocks_first(seen: Trial, alone: Trial) -> Says | None:
    """Whether it is `make_blocks` that ended the trial, and not what was done with it."""
    error = seen["error"]
    told = f"{error['type']}: {error['message']}".removesuffix(": ")
    undefined = error["type"] == "NameError" and "'make_blocks'" in error["message"]
    fails = "make_blocks" in seen.get("through", []) and "error" in alone and "kind" not in alone
    unusable = error["type"] in ("TypeError", "NotImplementedError") and alone.get("kind", "Sequential") != "Sequential"
    return says("make-blocks-first", problem=told) if undefined or fails or unusable else None


def _heads(case: Case, seen: Trial) -> list[int]:
    """Which children compute what the head computes."""
    return [place for place, output in enumerate(seen["children"]) if close(output, case.head(case.X))]


def _head_inside(case: Case, seen: Trial) -> bool:
    """Whether the first block and the head after it are found together anywhere, or the head more than once."""
    joined = case.head(case.blocks(1)[0](case.X))
    outputs = [*seen["children"], *(output for inner in seen["inside"] for output in inner)]
    return len(_heads(case, seen)) > 1 or any(close(output, joined) for output in outputs)


def _calls(case: Case, outputs: Sequence[Any], calls: int) -> list[int | None]:
    return calls_behind(outputs, case.blocks(calls), case.X)


def _blocks(case: Case, evidence: Evidence) -> Says | None:
    seen = evidence["net"]
    heads, count = _heads(case, seen), len(seen["children"])
    others = [output for place, output in enumerate(seen["children"]) if place not in heads]
    scattered = bool(others) and None not in _calls(case, others, seen["calls"])
    if _head_inside(case, seen):
        return says("head-inside")
    if scattered and heads:
        return says("flattened", got=count)
    if not heads and (scattered or count < 2):
        return says("no-head")
    if count != 2 and heads != [1]:  # what stands behind the head is for the other criterion
        return says("extra-child", got=count)
    if _keeps_blocks(evidence) and seen["calls"] == USUAL:
        return None
    place = 1 if heads == [0] else 0
    return first(_inside(case, seen, evidence["alone"], place),
                 _inside_again(evidence, place),
                 _computed(case, evidence, place) if (heads, count, seen["kind"]) == ([1], 2, "Sequential") else None,
                 _without_blocks(evidence["zero"], seen), _negative(evidence["negative"]))


def _inside(case: Case, seen: Trial, alone: Trial, place: int) -> Says | None:
    """Whether the child is as `make_blocks` should give it, or as the student's own does."""
    outputs, keys = seen["inside"][place], seen["keys"][place]
    calls = _calls(case, outputs, seen["calls"])
    asked = [f"block {i}.0.{name}" for i in range(USUAL) for name in ("weight", "bias")]
    named = keys in (asked, alone.get("keys", [])[:len(keys)])
    own = sorted(call for call in calls if call is not None) == list(range(USUAL)) and seen["calls"] == len(calls)
    same = calls == _calls(case, alone.get("each", ()), alone.get("calls", 0)) and seen["calls"] == alone.get("calls")
    if named and (own or same):
        return None
    if len(calls) == 1 and close(outputs[0], nn.Sequential(*case.blocks(USUAL))(case.X)):
        return says("extra-level", got=f"{place}.{keys[0]}")
    if len(calls) != USUAL and None not in calls:
        return says("wrong-number", expected=USUAL, got=len(calls))
    return says("other-blocks")


def _keeps_blocks(evidence: Evidence) -> bool:
    """Whether `make_blocks` still has the blocks of earlier calls, which was judged in its own exercise."""
    return any(evidence[name].get("count", 0) > number for name, number in (("alone", USUAL), ("alone again", MANY)))


def _shared(evidence: Evidence) -> Says:
    return shared_between_calls(evidence["habits"].get("kept"))


def _inside_again(evidence: Evidence, place: int) -> Says | None:
    """Whether a net of another number of blocks has as many."""
    again = evidence["again"]
    counts = again.get("blocks", [])
    if again.get("calls") == 0:
        return _shared(evidence)
    if len(counts) != 2 or counts[place] in (MANY, evidence["alone again"].get("count")):
        return None
    return says("wrong-number", expected=MANY, got=counts[place])


def _computed(case: Case, evidence: Evidence, place: int) -> Says | None:
    """Whether the net calls the blocks one after the other, then the head."""
    run, inner = evidence["run"], evidence["net"]["children"][place]
    if "error" in run or not isinstance(inner, Tensor):
        return raised(run) or says("other-blocks")
    expected = case.head(inner)
    return None if close(run.get("output"), expected) else misfit(run.get("output"), expected) or says("own-forward")


def _without_blocks(zero: Trial, usual: Trial) -> Says | None:
    """Whether a net of no blocks is made in the same way; an error may come from `make_blocks`, and costs nothing."""
    if "error" in zero or (zero["kind"] == usual["kind"] and zero["count"] >= len(usual["children"])):
        return None
    return says("no-body")


def _negative(seen: Trial) -> Says | None:
    """Whether the error of `make_blocks` for a negative number is kept back."""
    got = str(seen.get("returned") or "").replace("NoneType", "None")
    return says("negative-swallowed", got=got) if seen.get("raised") and got else None


def _head(case: Case, evidence: Evidence) -> Says | None:
    seen = evidence["net"]
    heads, last = _heads(case, seen), len(seen["children"]) - 1
    if seen["kind"] != "Sequential":
        return says("not-a-net", got=seen["kind"])
    if last not in heads or len(heads) > 1:
        name = evidence["habits"].get("global")
        return says("head-inside") if _head_inside(case, seen) else says("head-first") if heads == [0] else \
            says("uses-global-net", name=name) if name else says("no-head")
    keys = seen["keys"][last]
    if keys != list(case.head.state_dict()):
        return says("head-wrapped", got=f"{last}.{keys[0]}")
    after = case.scaled()(case.X)
    if not close(evidence["head"]["last"][0], after):
        return says("head-copied")
    if evidence["run"].get("trains") is False:
        return says("frozen-parameter", name=f"{last}.{keys[0]}")
    return _state_kept(evidence, last + 1, after)


def _state_kept(evidence: Evidence, count: int, after: Tensor) -> Says | None:
    """Whether a second call, in float64, works and leaves the first net alone."""
    again = evidence["again"]
    piled_up = count == 2 < len(again.get("blocks", []))
    if piled_up or again.get("first count", count) != count:
        return _shared(evidence)
    if "last" in again and not (len(again["last"]) == 1 and close(again["last"][0], after)):
        return _shared(evidence)
    if "error" in again:
        return None if _keeps_blocks(evidence) or again.get("calls") == 0 else raised(again)
    return misfit(again["output"], Case(0, MANY, torch.float64).X)


EXERCISE = Exercise("block-network", probe, judge)
