"""The check of block-network: the blocks as one child of an nn.Sequential, the head behind them.

What `make_blocks` itself gets wrong was judged in block-factory and costs nothing here:
the blocks may be as the contract of block-factory says, or as the student's own
`make_blocks` gives them.
"""

import re
import traceback
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CUT_GRADIENT,
    RETURNED_NOTHING,
    SHARED_STATE,
    close,
    first,
    misfit,
    not_like,
    raised,
)
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.checks.exercises import block_factory
from d2l_ch3.checks.exercises.block_factory import (
    CONTAINER_GIVEN,
    EXTRA_LEVEL,
    calls_behind,
    children_of,
    each,
    kind_of,
    known_error,
    look,
    through,
)
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("blocks", 1, Text("num_blocks 个块合成一个子模块", "the num_blocks blocks are one child of the net")),
    Criterion("head", 1, Text("最后一个子模块就是给的 head，整体是 nn.Sequential",
                              "the last child is the very head given, in an nn.Sequential")),
)

MAKE_BLOCKS_FIRST = Misconception("make-blocks-first", Text(
    "这道题要用上一题的 `make_blocks`，它还用不了：{problem}。先把上一题做对，运行它的单元格，再回来检查这一题。",
    "This exercise uses `make_blocks` from the one before, which does not work yet: {problem}. Mend that exercise "
    "first, run its cell, then come back and check this one."))

FLATTENED = Misconception("flattened", Text(
    "块被拆散放进了外层网络，所以外层有 {got} 个子模块。要的是两个：`make_blocks` 的结果整个算一个，head 是另一个。"
    "打印网络，看它有几层括号。",
    "The blocks were unpacked into the outer net, which therefore has {got} children. There should be two: the result "
    "of `make_blocks` as a whole, and the head. Print the net and count its levels."))

HEAD_FIRST = Misconception("head-first", Text(
    "head 排在了最前面，X 先进了它。head 是网络的出口，要接在所有块的后面。",
    "The head stands first, and X enters it before anything else. It is the way out of the net: all blocks come "
    "before it."))

HEAD_INSIDE = Misconception("head-inside", Text(
    "每个块后面都跟着一个 head，X 经过了它好几次。head 只有一个，在整个网络的末尾出现一次。",
    "A head follows every block, and X passes through it several times. There is one head, once, at the end of the "
    "whole net."))

NO_HEAD = Misconception("no-head", Text(
    "网络的最后一个子模块算出来的不是 head 的结果：head 没有放进去，或者后面又接了别的东西。"
    "参数 `head` 已经是一个做好的模块，放在最后就行。",
    "What the last child of the net computes is not what the head computes: the head was left out, or something stands "
    "behind it. The argument `head` is a finished module; its place is last."))

HEAD_COPIED = Misconception("head-copied", Text(
    "检查改了 head 的参数，网络的输出却没有跟着变：里面是一份拷贝。直接用给的那个对象，"
    "别处的代码手里拿着的也是它。",
    "The check changed the parameters of the head, and the output of the net did not follow: a copy is in there. Use "
    "the very object given; other code may hold it too."))

HEAD_WRAPPED = Misconception("head-wrapped", Text(
    "最后一个子模块算得对，却不是 head 本身：外面又包了一层，参数因此叫 `{got}`，多出一段。"
    "给的是什么，就放什么。",
    "The last child computes the right thing, but it is not the head itself: there is a level around it, and so a "
    "parameter is called `{got}`, a part too many. Put in what you were given."))

ARGUMENTS_SWAPPED = Misconception("arguments-swapped", Text(
    "`make_blocks` 把数字当函数、把函数当数字了：两个参数交换了位置。先是函数，后是个数。",
    "`make_blocks` took the number for the function and the function for the number: the two arguments changed places. "
    "First comes the function, then how many."))

HEAD_CALLED = Misconception("head-called", Text(
    "`head()` 把 head 当成函数来调用了，而它是一个做好的模块，不是做模块的函数。"
    "给模块加圆括号，就是让它立刻去算一个输入。",
    "`head()` calls the head like a function that makes one, but it is a finished module. Parentheses behind a module "
    "ask it to compute an input at once."))

CALLED_TOO_EARLY = Misconception("called-too-early", Text(
    "交给 `make_blocks` 的是 `make_block()` 的结果，也就是一个做好的块；它要的是函数本身，每做一块调用一次。"
    "传函数时不加圆括号。",
    "`make_blocks` was handed the result of `make_block()`, which is one finished block; it wants the function itself, "
    "to call it once a block. Pass a function without parentheses."))

WRONG_NUMBER = Misconception("wrong-number", Text(
    "`num_blocks` 是 {expected}，网络里却有 {got} 个块。交给 `make_blocks` 的是哪个数？原样把 num_blocks 传下去。",
    "`num_blocks` is {expected}, but the net has {got} blocks. Which number is handed to `make_blocks`? Pass "
    "`num_blocks` on as it is."))

OTHER_BLOCKS = Misconception("other-blocks", Text(
    "网络里的块和 `make_blocks(make_block, num_blocks)` 给的不一样（名字、个数，或者是不是各归各）。"
    "自己重写一遍容易走样；上一题的函数可以直接用。",
    "The blocks in the net are not such as `make_blocks(make_block, num_blocks)` gives (their names, their number, or "
    "whether each is its own). Writing it all again is where mistakes creep in; the function exists already."))

EXTRA_CHILD = Misconception("extra-child", Text(
    "最外层应当恰好有两个子模块，块和 head；这里有 {got} 个。打印网络，看看多了或少了什么。",
    "The outer net should have exactly two children, the blocks and the head; here the number is {got}. Print the net "
    "and see what is missing or too many."))

NO_BODY = Misconception("no-body", Text(
    "`num_blocks` 是 0 时，最外层也应当有两个子模块：一个空的 nn.Sequential，一个 head。这里不是。"
    "0 不必单独处理，`make_blocks` 已经管了。",
    "For `num_blocks` 0 the outer net has two children as well, an empty nn.Sequential and the head; here it has not. "
    "0 needs no case of its own: `make_blocks` sees to it."))

NOT_A_NET = Misconception("not-a-net", Text(
    "返回的是 {got}，不是 nn.Sequential。元组、列表和 nn.ModuleList 只装着各个部分，不会让 X 依次走过它们；"
    "`return a, b` 返回的就是元组。",
    "What comes back is of type {got}, not nn.Sequential. A tuple, a list or an nn.ModuleList only holds the parts and "
    "does not send X through them; `return a, b` returns a tuple."))

MakeNetwork = Callable[[Callable[[], nn.Module], int, nn.Module], Any]


class Case(block_factory.Case):
    """The inputs that a seed stands for: those of block-factory, and a head as wide as the blocks.

    A net that puts the head elsewhere runs too, and is known by its output.
    """

    def __init__(self, seed: int, dtype: torch.dtype = torch.float32) -> None:
        super().__init__(seed, dtype)
        self.seed = seed
        self.head = self.dice.linear(self.num_features, self.num_features).to(dtype)
        self.factor = 1.5 + float(self.dice.tensor(1).abs())


def probe(seed: int, make_network: MakeNetwork) -> Evidence:
    """What the net and its children compute, before and after the head changes; and what `make_blocks` gives."""
    evidence = Evidence()
    case, net = Case(seed), None

    with evidence.trial("net") as seen:
        net = _traced(seen, lambda: make_network(case.make_block, case.num_blocks, case.head))
        _look(seen, net, case)

    with evidence.trial("run") as seen:
        if isinstance(net, nn.Sequential):
            X = case.X.clone().requires_grad_()
            output = net(X)
            seen["output"] = output
            (output * case.weight).sum().backward()
            seen["grads"] = [X.grad, case.head.bias.grad]

    with evidence.trial("head") as seen:
        _scale(case)
        seen["last"] = _each(children_of(net)[-1:], case.X)

    with evidence.trial("again") as seen:
        other = Case(seed + 1, torch.float64)
        second = make_network(other.make_block, case.num_others, other.head)
        seen["calls"], seen["first count"] = other.calls, len(children_of(net))
        seen["blocks"] = [len(children_of(child)) for child in children_of(second)]
        seen["output"] = second(other.X) if isinstance(second, nn.Sequential) else None
        seen["last"] = each(children_of(net)[-1:], case.X)

    for name, number in (("alone", case.num_blocks), ("alone again", case.num_others)):
        with evidence.trial(name) as seen:
            fresh = Case(seed)
            make_blocks = getattr(make_network, "__globals__", {}).get("make_blocks")
            if callable(make_blocks):
                look(seen, make_blocks(fresh.make_block, number), fresh)

    with evidence.trial("zero") as seen:
        fresh = Case(seed)
        empty = make_network(fresh.make_block, 0, fresh.head)
        seen["kind"], seen["count"] = kind_of(empty), len(children_of(empty))

    return evidence


def _traced(seen: Seen, make: Callable[[], Any]) -> Any:
    """Run the student's function; if it raises, note the functions on the way to where it did."""
    try:
        return make()
    except Exception as error:
        seen["through"] = [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)]
        raise


def _each(blocks: Sequence[Any], X: Tensor) -> list[Any]:
    """What every block by itself makes of X; None where it cannot."""
    outputs = []
    for block in blocks:
        try:
            outputs += each([block], X)
        except Exception:  # of another width, or with no forward: what the net itself does with X is a trial of its own
            outputs.append(None)
    return outputs


def _scale(case: Case) -> None:
    """Multiply the parameters of the head, and so all that it computes."""
    with torch.no_grad():
        for parameter in case.head.parameters():
            parameter.mul_(case.factor)


def _look(seen: Seen, net: Any, case: Case) -> None:
    """Note the children of the net, and what each of them and each block inside them computes."""
    children = children_of(net)
    seen["kind"] = kind_of(net)
    seen["calls"] = case.calls
    seen["names"] = [list(child.state_dict()) if isinstance(child, nn.Module) else [] for child in children]
    seen["inside"] = [_each(children_of(child), case.X) for child in children]
    seen["children"] = _each(children, case.X)


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    problem = _no_net(evidence["net"], evidence["run"], evidence["alone"])
    return {"blocks": problem or _blocks(case, evidence), "head": problem or _head(case, evidence)}


def _no_net(seen: Trial, run: Trial, alone: Trial) -> Diagnosis | None:
    """What explains that there is no net to look at."""
    if "error" not in seen:
        nothing = RETURNED_NOTHING(what="`make_network`") if seen["kind"] == "NoneType" else None
        return nothing or (_make_blocks_first(run, alone) if "error" in run else None)
    return first(_make_blocks_first(seen, alone), _called_by_mistake(seen), known_error(seen), raised(seen))


def _make_blocks_first(seen: Trial, alone: Trial) -> Diagnosis | None:
    """Whether it is `make_blocks` that ended the trial, and not what was done with it."""
    error, through_make_blocks = seen["error"], "make_blocks" in seen.get("through", [])
    if error["type"] == "NameError" and "'make_blocks'" in error["message"]:
        return MAKE_BLOCKS_FIRST(problem=Text("还没有定义它", "it is not defined"))
    if through_make_blocks and error["type"] == "NotImplementedError" and not error["message"]:
        return MAKE_BLOCKS_FIRST(problem=Text("它还没有写", "it is not written"))
    if through_make_blocks and "error" in alone and "kind" not in alone:
        return MAKE_BLOCKS_FIRST(problem=f"{error['type']}: {error['message']}")
    unusable = error["type"] == "TypeError" or "missing the required" in error["message"]
    if unusable and alone.get("kind", "Sequential") != "Sequential":
        got = alone["kind"]
        return MAKE_BLOCKS_FIRST(problem=Text(f"它返回的是 {got}", f"it returns an object of type {got}"))
    return None


def _called_by_mistake(seen: Trial) -> Diagnosis | None:
    """Whether the head, or a block, was called without an input, or the number of blocks was."""
    message = seen["error"]["message"]
    if re.search("'int' object is not callable|'function' (and|object cannot be) .*int", message):
        return ARGUMENTS_SWAPPED()
    if "Linear.forward() missing" in message:
        return HEAD_CALLED()
    return CALLED_TOO_EARLY() if "Sequential.forward() missing" in message else None


def _heads(case: Case, seen: Trial) -> list[int]:
    """Which children compute what the head computes."""
    expected = case.head(case.X)
    return [place for place, output in enumerate(seen["children"]) if close(output, expected)]


def _head_inside(case: Case, seen: Trial) -> bool:
    """Whether the first block and the head after it are found together anywhere, or the head more than once."""
    joined = case.head(case.blocks(1)[0](case.X))
    outputs = [*seen["children"], *(output for inner in seen["inside"] for output in inner)]
    return len(_heads(case, seen)) > 1 or any(close(output, joined) for output in outputs)


def _blocks(case: Case, evidence: Evidence) -> Diagnosis | None:
    seen, again = evidence["net"], evidence["again"]
    heads, count = _heads(case, seen), len(seen["children"])
    if _head_inside(case, seen):
        return HEAD_INSIDE()
    others = [output for place, output in enumerate(seen["children"]) if place not in heads]
    scattered = bool(others) and None not in calls_behind({"each": others, "calls": seen["calls"]}, case)
    if not heads and (scattered or count < 2):
        return NO_HEAD()
    if scattered:
        return FLATTENED(got=count)
    if count != 2:
        return EXTRA_CHILD(got=count)
    if _keeps_blocks(case, evidence) and seen["calls"] == case.num_blocks:
        return None
    place = 1 if heads == [0] else 0
    return first(_inside(case, seen, evidence["alone"], place),
                 _inside_again(case, again, evidence["alone again"], place),
                 _computed(case, evidence, place) if heads == [1] and seen["kind"] == "Sequential" else None,
                 _without_blocks(evidence["zero"], seen))


def _inside(case: Case, seen: Trial, alone: Trial, place: int) -> Diagnosis | None:
    """Whether the child is as `make_blocks` should give it, or as the student's own does."""
    inner, names = {"each": seen["inside"][place], "calls": seen["calls"]}, seen["names"][place]
    calls = calls_behind(inner, case)
    by_contract = [f"block {i}.0.{name}" for i in range(case.num_blocks) for name in ("weight", "bias")]
    named = names in (by_contract, list(alone.get("state", []))[:len(names)])
    own_calls = sorted(call for call in calls if call is not None)
    own = own_calls == list(range(case.num_blocks)) and seen["calls"] == len(calls)
    same = calls == calls_behind(alone, case) and seen["calls"] == alone.get("calls")
    if named and (own or same):
        return None
    if len(calls) == 1 and close(inner["each"][0], through(case.blocks(case.num_blocks), case.X)):
        return EXTRA_LEVEL(got=names[0])
    if len(calls) != case.num_blocks and None not in calls:
        return WRONG_NUMBER(expected=case.num_blocks, got=len(calls))
    return OTHER_BLOCKS()


def _keeps_blocks(case: Case, evidence: Evidence) -> bool:
    """Whether `make_blocks` still has the blocks of earlier calls, which was judged in its own exercise."""
    asked = {"alone": case.num_blocks, "alone again": case.num_others}
    return any(evidence[name].get("count", 0) > number for name, number in asked.items())


def _inside_again(case: Case, again: Trial, alone: Trial, place: int) -> Diagnosis | None:
    """Whether a net of another number of blocks has as many."""
    counts = again.get("blocks", [])
    if again.get("calls") == 0:
        return SHARED_STATE()
    if len(counts) != 2 or counts[place] in (case.num_others, alone.get("count")):
        return None
    return WRONG_NUMBER(expected=case.num_others, got=counts[place])


def _computed(case: Case, evidence: Evidence, place: int) -> Diagnosis | None:
    """Whether the net calls the blocks one after the other, then the head."""
    run, inner = evidence["run"], evidence["net"]["children"][place]
    if "error" in run or not isinstance(inner, Tensor):
        return raised(run) or OTHER_BLOCKS()
    return not_like(run.get("output"), case.head(inner))


def _without_blocks(zero: Trial, usual: Trial) -> Diagnosis | None:
    """Whether a net of no blocks is made in the same way; an error may come from `make_blocks`, and costs nothing."""
    if "error" in zero or (zero["kind"] == usual["kind"] and zero["count"] >= len(usual["children"])):
        return None
    return NO_BODY()


def _head(case: Case, evidence: Evidence) -> Diagnosis | None:
    seen = evidence["net"]
    heads, last = _heads(case, seen), len(seen["children"]) - 1
    if seen["kind"] != "Sequential":
        return NOT_A_NET(got=seen["kind"])
    if last not in heads or len(heads) > 1:
        if _head_inside(case, seen):
            return HEAD_INSIDE()
        return HEAD_FIRST() if heads == [0] else NO_HEAD()
    names = seen["names"][last]
    if names != list(case.head.state_dict()):
        return HEAD_WRAPPED(got=f"{last}.{names[0]}")
    if not close(evidence["head"]["last"][0], case.head(case.X) * case.factor):
        return HEAD_COPIED()
    if any(grad is None for grad in evidence["run"].get("grads", [])):
        return CUT_GRADIENT()
    return _state_kept(case, evidence, last + 1)


def _state_kept(case: Case, evidence: Evidence, count: int) -> Diagnosis | None:
    """Whether a second call, in float64, works and leaves the first net alone."""
    again = evidence["again"]
    piled_up = count == 2 < len(again.get("blocks", []))
    if piled_up or again.get("first count", count) != count or again.get("calls") == 0:
        return SHARED_STATE()
    if "error" in again:
        if _keeps_blocks(case, evidence):
            return None
        return SHARED_STATE() if "output" in again else raised(again)
    expected = case.head(case.X) * case.factor
    if not (len(again["last"]) == 1 and close(again["last"][0], expected)):
        return SHARED_STATE()
    other = Case(case.seed + 1, torch.float64)
    return misfit(again["output"], other.X)


EXERCISE = Exercise(
    name="block-network",
    takes=(Argument("make_network", "function"),),
    criteria=CRITERIA,
    hints=(
        Text("这个网络从外面看只有两部分。画一棵树：根是要返回的网络，它的两个孩子各是什么？块又挂在哪里？",
             "Seen from outside this net has two parts. Draw the tree: the root is the net to return; what are its two "
             "children, and where do the blocks hang?"),
        Text("第一个孩子由上一题的函数来做。它要的第一个参数是函数 `make_block` 本身，不是调用的结果；"
             "`head` 正相反，已经是做好的模块。",
             "The first child is what the function of the exercise before makes. Its first argument is the function "
             "`make_block` itself, not what a call gives; `head` on the other hand is a finished module."),
        Text("一行就够：返回一个 nn.Sequential，里面放两样东西，先是 `make_blocks` 的结果（整个放，不加星号），"
             "后是 `head`（原样放）。",
             "One line will do: return an nn.Sequential of two things, first what `make_blocks` returns (whole, "
             "without a star), then `head` (as it is)."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(MAKE_BLOCKS_FIRST, FLATTENED, HEAD_FIRST, HEAD_INSIDE, NO_HEAD, HEAD_COPIED, HEAD_WRAPPED,
                    ARGUMENTS_SWAPPED, HEAD_CALLED, CALLED_TOO_EARLY, EXTRA_LEVEL, CONTAINER_GIVEN, WRONG_NUMBER,
                    OTHER_BLOCKS, EXTRA_CHILD, NO_BODY, NOT_A_NET),
)
