"""The check of block-network: the blocks as one child of an nn.Sequential, the head behind them.

What `make_blocks` itself gets wrong was judged in block-factory and costs nothing here:
the blocks may be as the contract of block-factory says, or as the student's own
`make_blocks` gives them.
"""

import traceback
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

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
    NOT_CALLED,
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

HEAD_CALLED = Misconception("head-called", Text(
    "`head()` 把 head 当成函数来调用了，而它是一个做好的模块，不是做模块的函数。"
    "给模块加圆括号，就是让它立刻去算一个输入。",
    "`head()` calls the head like a function that makes one, but it is a finished module. Parentheses behind a module "
    "ask it to compute an input at once."))

FUNCTION_CALLED_EARLY = Misconception("called-too-early", Text(
    "交给 `make_blocks` 的是 `make_block()` 的结果，也就是一个做好的块；它要的是函数本身，每做一块调用一次。"
    "传函数时不加圆括号。",
    "`make_blocks` was handed the result of `make_block()`, which is one finished block; it wants the function itself, "
    "to call it once a block. Pass a function without parentheses."))

WRONG_NUMBER = Misconception("other-number", Text(
    "num_blocks 是 {expected}，网络里却有 {got} 个块。交给 `make_blocks` 的是哪个数？原样把 num_blocks 传下去。",
    "num_blocks is {expected}, but the net has {got} blocks. Which number is handed to `make_blocks`? Pass num_blocks "
    "on as it is."))

OTHER_BLOCKS = Misconception("other-blocks", Text(
    "网络里的块和 `make_blocks(make_block, num_blocks)` 给的不一样（名字、个数，或者是不是各归各）。"
    "自己重写一遍容易走样；上一题的函数可以直接用。",
    "The blocks in the net are not such as `make_blocks(make_block, num_blocks)` gives (their names, their number, or "
    "whether each is its own). Writing it all again is where mistakes creep in; the function exists already."))

EXTRA_CHILD = Misconception("extra-child", Text(
    "最外层应当恰好有两个子模块，块和 head；这里有 {got} 个。打印网络，看看多了或少了什么。",
    "The outer net should have exactly two children, the blocks and the head; here the number is {got}. Print the net "
    "and see what is missing or too many."))

NOT_A_NET = Misconception("not-a-net", Text(
    "返回的是 {got}，不是 nn.Sequential：它装着各个部分，却不能当网络调用。`return a, b` 返回的是元组。",
    "What comes back is of type {got}, not nn.Sequential: it holds the parts but cannot be called like a net. "
    "`return a, b` returns a tuple."))

MakeNetwork = Callable[[Callable[[], nn.Module], int, nn.Module], Any]


class Case(block_factory.Case):
    """The inputs that a seed stands for: those of block-factory, and a head as wide as the blocks.

    A net that puts the head elsewhere runs too, and is known by its output.
    """

    def __init__(self, seed: int, dtype: torch.dtype = torch.float32) -> None:
        super().__init__(seed, dtype)
        self.head = self.dice.linear(self.num_features, self.num_features).to(dtype)
        self.factor = 1.5 + float(self.dice.tensor(1).abs())


def probe(seed: int, make_network: MakeNetwork) -> Evidence:
    """What the net and its children compute, before and after the head changes; and what `make_blocks` gives."""
    evidence = Evidence()
    case, net = Case(seed), None

    with evidence.trial("net") as seen:
        net = _traced(seen, lambda: make_network(case.make_block, case.num_blocks, case.head))
        _look(seen, net, case)
        if isinstance(net, nn.Sequential):
            X = case.X.clone().requires_grad_()
            output = net(X)
            seen["output"] = output
            output.sum().backward()
            seen["X.grad"] = X.grad
            with torch.no_grad():
                for parameter in case.head.parameters():
                    parameter.mul_(case.factor)
            seen["changed"] = net(case.X)

    with evidence.trial("again") as seen:
        other = Case(seed + 1, torch.float64)
        second = make_network(other.make_block, case.num_others, other.head)
        seen["first"] = each(children_of(net)[-1:], case.X)
        seen["first count"], seen["count"] = len(children_of(net)), len(children_of(second))
        seen["output"] = second(other.X) if isinstance(second, nn.Sequential) else None

    for name, number in (("alone", case.num_blocks), ("alone again", case.num_others)):
        with evidence.trial(name) as seen:
            again = Case(seed)
            make_blocks = getattr(make_network, "__globals__", {}).get("make_blocks")
            seen["exists"] = callable(make_blocks)
            if callable(make_blocks):
                look(seen, make_blocks(again.make_block, number), again)

    return evidence


def _traced(seen: Seen, make: Callable[[], Any]) -> Any:
    """Run the student's function; if it raises, note the functions on the way to where it did."""
    try:
        return make()
    except Exception as error:
        seen["through"] = [frame.f_code.co_name for frame, _ in traceback.walk_tb(error.__traceback__)]
        raise


def _look(seen: Seen, net: Any, case: Case) -> None:
    """Note the children of the net, and what each, and each block inside each, computes."""
    children = children_of(net)
    seen["kind"] = kind_of(net)
    seen["calls"] = case.calls
    seen["kinds"] = [kind_of(child) for child in children]
    seen["names"] = list(net.state_dict()) if isinstance(net, nn.Module) else []
    seen["inside"] = [each(children_of(child), case.X) for child in children]
    seen["children"] = each(children, case.X) if "ModuleList" not in seen["kinds"] else []


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case, seen = Case(seed), evidence["net"]
    problem = _not_even_a_net(evidence)
    if problem is not None:
        return {"blocks": problem, "head": problem}
    return {"blocks": _blocks(case, evidence), "head": _head(case, seen, evidence["again"])}
