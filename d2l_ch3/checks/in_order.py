"""What the checks of nets that feed X through blocks in order share: inputs, mistakes, and the questions on order.

Every block takes and gives `num_features` features, so that a net that calls them in a
wrong order runs too, and is known by its output. Other criteria look at the blocks
themselves or compare a net with itself: a wrong order costs one criterion and no other.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    CUT_GRADIENT,
    GRADIENT,
    SHARED_STATE,
    close,
    first,
    misfit,
    not_like,
    raised,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Diagnosis, Misconception
from d2l_ch3.language import Text

REVERSED_ORDER = Misconception("reversed-order", Text(
    "块都用上了，次序却反了：X 先进了最后一个块。先给的块先算。"
    "用两个好认的块（比如一个加 1，一个乘 2）手算一遍。",
    "All blocks are used, but backwards: X enters the last one first. The block given first computes first. "
    "Try two blocks that are easy to tell apart (add 1, times 2) by hand."))

SAME_X = Misconception("same-x", Text(
    "最后一个块拿到的是最初的 X，而不是前一个块的输出。除了第一个块，每个块的输入都应当是前一个块的输出。"
    "打印每个块的输入，看它变不变。",
    "The last block was given the X that came in, not the output of the block before it. Every block but the first "
    "takes what the one before it returned. Print each block's input: does it change?"))

ONLY_FIRST_BLOCK = Misconception("only-first-block", Text(
    "只有第一个块的结果，后面的块都没轮到。常见的原因是 `return` 缩进到了循环里面，第一圈就返回了。看看它的缩进。",
    "Only the first block has had its turn. The usual cause is a `return` indented into the loop: it leaves on the "
    "first round. Look at its indentation."))

RESULT_DROPPED = Misconception("result-dropped", Text(
    "X 原样出来了：块也许算过，结果却没有人接。调用一个块不会就地改 X，而是返回一个新张量；看看这个返回值去了哪里。",
    "X comes out as it went in: the blocks may have computed, but nobody kept the results. Calling a block does not "
    "change X in place, it returns a new tensor. Where does that go?"))

NO_BLOCKS = Misconception("no-blocks", Text(
    "给了块时是对的，一个块都不给就不对了：这时应当返回 X。"
    "看看哪里默认了至少有一个块，比如取第 0 个，或者用到循环里才赋值的变量。",
    "Right with blocks, wrong with none: then X should come back. Look for what takes it for granted that there is a "
    "block, such as taking number 0, or using a variable that only the loop assigns."))

CONTAINER_CALLED = Misconception("container-called", Text(
    "`{got}` 只管装块，不会算：它没有 `forward`，不能像网络那样调用。"
    "X 怎样从一个块走到下一个块，要由你的 `forward` 来写。",
    "`{got}` only holds blocks: it has no `forward`, and cannot be called like a net. How X goes from one block to the "
    "next is for your own `forward` to say."))

COPIED_BLOCKS = Misconception("copied-blocks", Text(
    "网络保存的是块的拷贝，不是交给它的那几个块：改动一边，另一边不会跟着变。要留住的是块本身；"
    "Python 把对象放进容器时并不复制它。",
    "The net keeps copies, not the blocks that it was given: change one and the other stays as it is. It is the blocks "
    "themselves that should be kept; Python does not copy an object when it is put into a container."))

MISTAKES = (REVERSED_ORDER, SAME_X, ONLY_FIRST_BLOCK, RESULT_DROPPED, NO_BLOCKS, CONTAINER_CALLED, COPIED_BLOCKS)


class Case:
    """The inputs that a seed stands for: blocks that keep the number of features, and blocks that change it."""

    def __init__(self, seed: int) -> None:
        self.dice = dice = Dice(seed)
        self.num_features, self.num_hiddens, self.num_outputs, self.batch = dice.different(4, 3, 9)
        self.X = dice.tensor(self.batch, self.num_features)
        self.weight = dice.tensor(self.batch, self.num_features)
        self.factor = 1.5 + float(dice.tensor(1).abs())
        self.number = float(dice.tensor(1))
        self.beyond = dice.integer(1, 4)
        self.blocks = [self._linear(), nn.Tanh(), *(self._linear() for _ in range(dice.integer(1, 3)))]

    def _linear(self) -> nn.Linear:
        return self.dice.linear(self.num_features, self.num_features)

    @cached_property
    def others(self) -> list[nn.Module]:
        """The blocks of another net, of the same width."""
        return [self._linear(), nn.Sigmoid()]


class Narrowing(Case):
    """The same, and blocks of several widths with their input, which has one leading dimension more."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self.blocks = [self.dice.linear(self.num_features, self.num_hiddens), nn.ReLU(),
                       self.dice.linear(self.num_hiddens, self.num_outputs)]
        self.X = self.dice.tensor(2, self.batch, self.num_features)


def through(blocks: Sequence[Any], X: Tensor) -> Tensor:
    """What the blocks make of X one after the other."""
    for block in blocks:
        X = block(X)
    return X


def each(blocks: Sequence[Any], X: Tensor) -> list[Any]:
    """What every block makes of the same X, by itself; None for what is no block."""
    return [block(X) if isinstance(block, nn.Module) else None for block in blocks]


def scale(blocks: Sequence[nn.Module], factor: float) -> None:
    """Multiply all parameters of the blocks."""
    with torch.no_grad():
        for block in blocks:
            for parameter in block.parameters():
                parameter.mul_(factor)


@contextmanager
def unshared(net_class: type[nn.Module]) -> Iterator[None]:
    """Hide the blocks that other instances left in lists of the class or of default arguments.

    Such lists cost the criterion on state, where they show, and no other. They are put back.
    """
    init = vars(net_class).get("__init__")
    defaults = (*(getattr(init, "__defaults__", None) or ()), *(getattr(init, "__kwdefaults__", None) or {}).values())
    lists = [value for value in (*vars(net_class).values(), *defaults) if type(value) is list]
    before = [list(value) for value in lists]
    for value in lists:
        value[:] = [item for item in value if not isinstance(item, nn.Module)]
    try:
        yield
    finally:
        for value, items in zip(lists, before, strict=True):
            value[:] = items


def torch_container(net_class: type[nn.Module]) -> str | None:
    """The name of the torch container (Sequential, ModuleList, …) that the class is a subclass of, if any."""
    return next((base.__name__ for base in net_class.__mro__ if base.__module__ == nn.Sequential.__module__), None)


def probe_order(evidence: Evidence, seed: int, net_class: type[nn.Module]) -> None:
    """Outputs for blocks of one width, of several widths, and for no blocks."""
    with evidence.trial("order") as seen, unshared(net_class):
        case = Case(seed)
        seen["output"] = net_class(*case.blocks)(case.X)

    with evidence.trial("narrowing") as seen, unshared(net_class):
        narrowing = Narrowing(seed)
        seen["output"] = net_class(*narrowing.blocks)(narrowing.X)

    with evidence.trial("no blocks") as seen, unshared(net_class):
        seen["output"] = net_class()(Case(seed).X)


def probe_tidiness(evidence: Evidence, seed: int, net_class: type[nn.Module]) -> None:
    """A net before and after other nets and calls, in float64, and its gradient in X."""
    with evidence.trial("tidy") as seen, unshared(net_class):
        case = Case(seed)
        net = net_class(*case.blocks)
        seen["before"] = net(case.X.clone())
        net_class(*case.others)(case.X.clone())
        net(case.X + 1)
        X = case.X.clone()
        seen["after"] = net(X)
        seen["X"] = X

    with evidence.trial("double") as seen, unshared(net_class):
        case = Case(seed)
        seen["output"] = net_class(*(block.double() for block in case.blocks))(case.X.double())

    with evidence.trial("gradient") as seen, unshared(net_class):
        case = Case(seed)
        X = case.X.clone().requires_grad_()
        (net_class(*case.blocks)(X) * case.weight).sum().backward()
        seen["X.grad"] = X.grad
        seen["grads"] = [parameter.grad for parameter in _parameters(case)]


def wrong_order(seed: int, evidence: Evidence) -> Diagnosis | None:
    """Whether X goes through the blocks in order; if there are none it comes back."""
    case, narrowing = Case(seed), Narrowing(seed)
    usual, narrowed, no_blocks = evidence["order"], evidence["narrowing"], evidence["no blocks"]
    without = first(raised(no_blocks), not_like(no_blocks.get("output"), case.X))
    return first(
        _known_order(case, usual.get("output")),
        known_error(usual), raised(usual), not_like(usual.get("output"), through(case.blocks, case.X)),
        raised(narrowed), not_like(narrowed.get("output"), through(narrowing.blocks, narrowing.X)),
        without and NO_BLOCKS())


def _known_order(case: Case, output: Any) -> Diagnosis | None:
    """A mistake recognised by what it computes."""
    X = case.X
    if close(output, through(case.blocks, X)):
        return None
    alone = each(case.blocks, X)
    if isinstance(output, list) and len(output) == len(alone):
        return SAME_X() if all(map(close, output, alone)) else None
    known = (
        (REVERSED_ORDER, through(case.blocks[::-1], X)),
        (SAME_X, alone[-1]),
        (SAME_X, torch.stack(alone).sum(dim=0)),
        (ONLY_FIRST_BLOCK, alone[0]),
        (RESULT_DROPPED, X),
    )
    return next((mistake() for mistake, computed in known if close(output, computed)), None)


def known_error(seen: Trial) -> Diagnosis | None:
    """A container of blocks that was called as if it were a net."""
    message = seen.get("error", {"message": ""})["message"]
    found = re.search(r"'(list|tuple|dict)' object is not callable|Module \[(Module\w+)\] is missing the req", message)
    return CONTAINER_CALLED(got=found[1] or f"nn.{found[2]}") if found else None


def _parameters(case: Case) -> list[nn.Parameter]:
    return [parameter for block in case.blocks for parameter in block.parameters()]


def untidy(seed: int, evidence: Evidence, order: Diagnosis | None, kept: Diagnosis | None) -> Diagnosis | None:
    """What is wrong beside the order and the blocks that are kept: with state, input, gradients or floating types."""
    case, tidy = Case(seed), evidence["tidy"]
    before = tidy.get("before")
    if not isinstance(before, Tensor):
        return first(order, raised(tidy), misfit(before, case.X))
    if "error" in tidy or not close(tidy["after"], before):
        return SHARED_STATE()
    if not torch.equal(tidy["X"], case.X):
        return CHANGES_INPUT()
    copies = kept == COPIED_BLOCKS()
    return first(_wrong_gradient(case, evidence["gradient"], order, copies),
                 _wrong_double(case, evidence["double"], order))


def _wrong_gradient(case: Case, seen: Trial, order: Diagnosis | None, copies: bool) -> Diagnosis | None:
    """Whether gradients arrive in X and, unless the net keeps copies of them, in the blocks given."""
    if "error" in seen:
        return raised(seen)
    grad = seen["X.grad"]
    if grad is None or (order is None and not grad.any()):
        return CUT_GRADIENT()
    X = case.X.clone().requires_grad_()
    loss = (through(case.blocks, X) * case.weight).sum()
    expected, *others = torch.autograd.grad(loss, [X, *_parameters(case)])
    if order:
        return None
    cut = not copies and not all(map(close, seen["grads"], others))
    return not_like(grad, expected, GRADIENT) or (CUT_GRADIENT() if cut else None)


def _wrong_double(case: Case, seen: Trial, order: Diagnosis | None) -> Diagnosis | None:
    expected = through([block.double() for block in case.blocks], case.X.double())
    output = seen.get("output")
    return first(raised(seen), misfit(output, expected) if order else not_like(output, expected))
