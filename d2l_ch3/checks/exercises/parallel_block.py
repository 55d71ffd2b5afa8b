"""parallel-block: both nets get the same X; their outputs are joined along the last dimension."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    CUT_GRADIENT,
    OUTPUT,
    PLAIN_LIST,
    SHARED_STATE,
    WRONG_VALUES,
    close,
    first,
    misfit,
    not_like,
    raised,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.checks.in_order import COPIED_BLOCKS
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("joined", 2, Text("两个网络的输出按顺序接在一起", "the two outputs stand side by side, in order")),
    Criterion("leading", 1, Text("前面的维度有几个都行", "any number of leading dimensions")),
    Criterion("trained", 2, Text("两个网络都登记在案，都能训练", "both nets are registered and train")),
    Criterion("tidy", 1, Text("换浮点类型可用，不改 X，不留状态",
                              "works in other floating types, leaves X alone, keeps no state")),
)

JOINED_ON_BATCH = Misconception("joined-on-batch", Text(
    "输出沿第 0 维接在了一起：样本变多了，每个样本的特征却没有变多。第 0 维是样本；要并排的是特征。"
    "打印两个输出和结果的 `shape` 对照一下。",
    "The outputs were joined along dimension 0: there are more samples now, and no sample has more "
    "features. Dimension 0 counts samples; it is features that should stand side by side. Print "
    "the `shape` of both outputs and of the result."))

JOINED_ON_DIM_1 = Misconception("joined-on-dim-1", Text(
    "输入是二维时结果对，维数一变就不对：第 1 维只在二维输入里才是最后一维。从后往前数，位置就不随维数变。",
    "Right for 2-D inputs and wrong for others: dimension 1 is the last one only where there are "
    "two. Count from the end, and the place does not depend on the number of dimensions."))

SWAPPED = Misconception("swapped", Text(
    "两半都在，顺序反了：先是 net1 的输出，后是 net2 的。",
    "Both halves are there, in the wrong order: first the output of net1, then that of net2."))

SUMMED = Misconception("summed", Text(
    "两个输出被加在了一起。相加会把两份特征混成一份，再也分不开；这里要把它们都留下，并排放。",
    "The two outputs were added. A sum mixes two sets of features into one for good; here both are "
    "to be kept, side by side."))

STACKED = Misconception("stacked", Text(
    "结果多出了一个维度：`stack` 新开一维来叠放，而这里是在已有的最后一维上接长。",
    "The result has a dimension more: `stack` opens a new one, while here the last existing "
    "dimension is to grow longer."))

IN_SERIES = Misconception("in-series", Text(
    "net2 得到的是 net1 的输出，而不是 X：这是串联。并联是两个网络各自拿到同一个 X。",
    "net2 was given the output of net1 instead of X: that is in series. In parallel, each net gets "
    "the same X."))

ONE_NET_TWICE = Misconception("one-net-twice", Text(
    "两半来自同一个网络，另一个没有用上。看看 `forward` 里两次调用的是谁。",
    "Both halves come from the same net; the other is not used. Look at which net `forward` calls "
    "each time."))

NOT_JOINED = Misconception("not-joined", Text(
    "`forward` 返回了分开的两个张量。下一层要的是一个张量：把两个输出接成一个，再返回。",
    "`forward` returned two separate tensors. The next layer wants one: join the two outputs before "
    "you return them."))

LEADING_LOST = Misconception("leading-lost", Text(
    "前面的维度丢了：X 有几个前导维度，输出就该有几个。看看哪一步把 X 压成了二维，却没有还原。",
    "The leading dimensions are lost: the output should have as many of them as X. Which step makes X "
    "2-D and does not undo it?"))


Order = tuple[int, int]
"""Which net's output stands left and which right."""

ORDERS: dict[Order, Misconception | None] = {
    (0, 1): None, (1, 0): SWAPPED, (0, 0): ONE_NET_TWICE, (1, 1): ONE_NET_TWICE}
"""The orders that an answer may follow, and what is wrong with each."""


def parameters_of(nets: Iterable[nn.Module]) -> list[nn.Parameter]:
    """The parameters of all the nets."""
    return [parameter for net in nets for parameter in net.parameters()]


class Case:
    """The inputs that a seed stands for: two linear nets with outputs of different widths, and two of one width."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        in_features, out1, out2, batch = dice.different(4, 2, 9)
        self.nets = [dice.linear(in_features, out1), dice.linear(in_features, out2)]
        self.other_nets = [dice.linear(in_features, out1), dice.linear(in_features, out2)]
        self.X = dice.tensor(batch, in_features)
        self.others = [dice.tensor(*shape, in_features)
                       for shape in ((), (dice.integer(2, 4), batch), (2, dice.integer(1, 3), 3))]
        self.amounts = dice.tensor(2, 100)
        self.weight = dice.tensor(batch, 2 * max(out1, out2))
        self.alike = dice.linear(in_features, in_features), dice.linear(in_features, in_features)

    def weigh(self, output: Tensor) -> Tensor:
        """A number that depends on every entry of the output."""
        return (output * self.weight[:, :output.shape[-1]]).sum()

    def nudge(self, nets: Sequence[nn.Module], listed: Iterable[nn.Parameter]) -> None:
        """Add drawn amounts to those parameters of two nets that are among those `listed`."""
        known = {id(parameter) for parameter in listed}
        with torch.no_grad():
            for net, amounts in zip(nets, self.amounts, strict=True):
                for own in net.parameters():
                    if id(own) in known:
                        own.add_(amounts[:own.numel()].reshape(own.shape))

    def beside(self, X: Tensor, order: Order) -> Tensor:
        """A tensor to compare with: the outputs of the nets that `order` names, side by side."""
        left, right = (self.nets[index](X) for index in order)
        expected = X.new_empty(*X.shape[:-1], left.shape[-1] + right.shape[-1])
        expected[..., :left.shape[-1]] = left
        expected[..., left.shape[-1]:] = right
        return expected


def probe(seed: int, ParallelBlock: type[nn.Module]) -> Evidence:
    """Outputs for many shapes, gradients, and what the output becomes when the parameters move."""
    evidence = Evidence()

    with evidence.trial("joined") as seen:
        case = Case(seed)
        seen["output"] = ParallelBlock(*case.nets)(case.X)

    with evidence.trial("alike") as seen:
        case = Case(seed)
        net = ParallelBlock(*case.alike)
        seen["output"] = net(case.X.clone())
        X = case.X.clone().requires_grad_()
        net(X * 1).square().sum().backward()
        seen["grads"] = [tensor.grad for tensor in (X, *parameters_of(case.alike))]
        case.nudge(case.alike, net.parameters())
        seen["nudged"] = net(case.X.clone())
        seen["double"] = ParallelBlock(*(net.double() for net in case.alike))(case.X.double())

    with evidence.trial("leading") as seen:
        case = Case(seed)
        net = ParallelBlock(*case.nets)
        for number, X in enumerate(case.others):
            seen[f"output {number}"] = net(X)
            seen[f"X {number}"] = X

    with evidence.trial("trained") as seen:
        case = Case(seed)
        net = ParallelBlock(*case.nets)
        X = case.X.clone().requires_grad_()
        case.weigh(net(X * 1)).backward()
        seen["grads"] = [tensor.grad for tensor in (X, *parameters_of(case.nets))]
        case.nudge(case.nets, net.parameters())
        seen["nudged"] = net(case.X)

    with evidence.trial("given") as seen:
        case = Case(seed)
        net = ParallelBlock(*case.nets)
        case.nudge(case.nets, parameters_of(case.nets))
        seen["output"] = net(case.X)

    with evidence.trial("tidy") as seen:
        case = Case(seed)
        net = ParallelBlock(*case.nets)
        ParallelBlock(*case.other_nets)(case.X + 1)
        net(case.X + 1)
        X = case.X.clone()
        seen["output"] = net(X)
        seen["X"] = X
        seen["double"] = ParallelBlock(*(net.double() for net in case.nets))(case.X.double())

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence.

    A known mistake in joining costs the criteria on joining; the others are then judged
    by what such an answer would give.
    """
    joined = _joined(Case(seed), evidence)
    order = _order(Case(seed), evidence["joined"].get("output"))
    if order is None:
        formula = _mistake(Case(seed), evidence["alike"].get("output"))[1]
        return {
            "joined": joined,
            "leading": joined,
            "trained": _trained_alike(Case(seed), evidence["alike"], formula) if formula else joined,
            "tidy": _tidy_alike(Case(seed), evidence, formula) if formula else joined,
        }
    return {
        "joined": joined,
        "leading": _leading(Case(seed), evidence, order),
        "trained": ONE_NET_TWICE() if order[0] == order[1] else _trained(Case(seed), evidence, order),
        "tidy": _tidy(Case(seed), evidence, order),
    }


def _order(case: Case, output: Any) -> Order | None:
    """Which nets' outputs stand side by side, or None if it is something else."""
    return next((order for order in ORDERS if close(output, case.beside(case.X, order))), None)


def _joined(case: Case, evidence: Evidence) -> Diagnosis | None:
    seen, output = evidence["joined"], evidence["joined"].get("output")
    order = _order(case, output)
    if order is not None:
        mistake = ORDERS[order]
        return mistake() if mistake else None
    if isinstance(output, list) and len(output) == 2:
        return NOT_JOINED()
    return first(_known_mistake(case, evidence["alike"].get("output")), raised(seen),
                 misfit(output, case.beside(case.X, (0, 1))), _changed(case, evidence), WRONG_VALUES(what=OUTPUT))


Formula = Callable[[nn.Module, nn.Module, Tensor], Tensor]

MISTAKES: tuple[tuple[Misconception, Formula], ...] = (
    (JOINED_ON_BATCH, lambda net1, net2, X: torch.vstack([net1(X), net2(X)])),
    (JOINED_ON_BATCH, lambda net1, net2, X: torch.vstack([net2(X), net1(X)])),
    (SUMMED, lambda net1, net2, X: net1(X) + net2(X)),
    (SUMMED, lambda net1, net2, X: (net1(X) + net2(X)) / 2),
    (IN_SERIES, lambda net1, net2, X: net2(net1(X))),
    (IN_SERIES, lambda net1, net2, X: net1(net2(X))),
    (IN_SERIES, lambda net1, net2, X: torch.hstack([net1(X), net2(net1(X))])),
    (STACKED, lambda net1, net2, X: torch.stack([net1(X), net2(X)], 0)),
    (STACKED, lambda net1, net2, X: torch.stack([net1(X), net2(X)], 1)),
    (STACKED, lambda net1, net2, X: torch.stack([net1(X), net2(X)], 2)),
)
"""What known mistakes compute, with nets of one width, where all of them run."""


def _mistake(case: Case, output: Any) -> tuple[Misconception | None, Formula | None]:
    """The known mistake that gives this output with the nets of one width."""
    return next((known for known in MISTAKES if close(output, known[1](*case.alike, case.X))), (None, None))


def _known_mistake(case: Case, output: Any) -> Diagnosis | None:
    mistake = _mistake(case, output)[0]
    return mistake() if mistake else None


def _trained_alike(case: Case, seen: Trial, formula: Formula) -> Diagnosis | None:
    if "error" in seen:
        return raised(seen)
    X = case.X.clone().requires_grad_()
    formula(*case.alike, X).square().sum().backward()
    expected = [tensor.grad for tensor in (X, *parameters_of(case.alike))]
    if not all(close(grad, right) for grad, right in zip(seen["grads"], expected, strict=True)):
        return CUT_GRADIENT()
    case.nudge(case.alike, parameters_of(case.alike))
    return None if close(seen["nudged"], formula(*case.alike, case.X)) else PLAIN_LIST()


def _tidy_alike(case: Case, evidence: Evidence, formula: Formula) -> Diagnosis | None:
    seen = evidence["alike"]
    if "error" in seen:
        return first(_changed(case, evidence), raised(seen))
    case.nudge(case.alike, parameters_of(case.alike))
    for net in case.alike:
        net.double()
    return first(_changed(case, evidence), not_like(seen["double"], formula(*case.alike, case.X.double())))


def _changed(case: Case, evidence: Evidence) -> Diagnosis | None:
    tidy, leading = evidence["tidy"], evidence["leading"]
    pairs = [(tidy.get("X"), case.X), *((leading.get(f"X {number}"), X) for number, X in enumerate(case.others))]
    return CHANGES_INPUT() if any(seen is not None and not torch.equal(seen, X) for seen, X in pairs) else None


def _leading(case: Case, evidence: Evidence, order: Order) -> Diagnosis | None:
    seen = evidence["leading"]
    message = seen.get("error", {"message": ""})["message"]
    if "except in dimension 1" in message or "Dimension out of range" in message:
        return JOINED_ON_DIM_1()
    if "error" in seen:
        return raised(seen)
    outputs = [(seen[f"output {number}"], case.beside(X, order)) for number, X in enumerate(case.others)]
    failed = first(*(not_like(output, expected) for output, expected in outputs))
    if failed is None:
        return None
    lost = any(isinstance(output, Tensor) and output.ndim != expected.ndim for output, expected in outputs)
    return first(_changed(case, evidence), LEADING_LOST() if lost else None, failed)


def _trained(case: Case, evidence: Evidence, order: Order) -> Diagnosis | None:
    seen, given = evidence["trained"], evidence["given"]
    if close(given.get("output"), case.beside(case.X, order)):  # as if the nets given had not changed
        return COPIED_BLOCKS()
    if "error" in seen:
        return raised(seen)
    X = case.X.clone().requires_grad_()
    case.weigh(case.beside(X, order)).backward()
    expected = [tensor.grad for tensor in (X, *parameters_of(case.nets))]
    if not all(close(grad, right) for grad, right in zip(seen["grads"], expected, strict=True)):
        return CUT_GRADIENT()
    case.nudge(case.nets, parameters_of(case.nets))
    return None if close(seen["nudged"], case.beside(case.X, order)) else PLAIN_LIST()


def _tidy(case: Case, evidence: Evidence, order: Order) -> Diagnosis | None:
    seen = evidence["tidy"]
    expected = case.beside(case.X, order)
    if not close(seen.get("output"), expected):  # the same call was right when it was the first
        return _changed(case, evidence) or SHARED_STATE()
    if "error" in seen:
        return raised(seen)
    for net in case.nets:
        net.double()
    return first(_changed(case, evidence), not_like(seen["double"], case.beside(case.X.double(), order)))


EXERCISE = Exercise(
    name="parallel-block",
    takes=(Argument("ParallelBlock", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("先在纸上写形状：X 是 (…, n)，net1 给出 (…, a)，net2 给出 (…, b)。结果应当是什么形状？",
             "Write the shapes down first: X is (…, n), net1 gives (…, a), net2 gives (…, b). What shape "
             "should the result have?"),
        Text("`__init__` 只要把两个网络记在属性上，nn.Module 就会登记它们；`forward` 里两个网络都拿到原来的 X。",
             "`__init__` needs only to keep both nets as attributes, then nn.Module registers them; in `forward` "
             "both nets get the X that came in."),
        Text("在 PyTorch 文档里找把几个张量沿已有的一维接起来的函数，看它的 `dim` 参数；负数从后往前数。",
             "Look in PyTorch's documentation for the function that joins tensors along an existing dimension, "
             "and at its argument `dim`; negative numbers count from the end."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(JOINED_ON_BATCH, JOINED_ON_DIM_1, SWAPPED, SUMMED, STACKED, IN_SERIES, ONE_NET_TWICE,
                    NOT_JOINED, LEADING_LOST, COPIED_BLOCKS),
)
