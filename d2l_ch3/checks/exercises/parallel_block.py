"""parallel-block: both nets get the same X; their outputs are joined along the last dimension."""

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    CUT_GRADIENT,
    PLAIN_LIST,
    SHARED_STATE,
    close,
    first,
    not_like,
    raised,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
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


class Case:
    """The inputs that a seed stands for: two linear nets with outputs of different widths."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        in_features, out1, out2, batch = dice.different(4, 2, 9)
        self.net1 = dice.linear(in_features, out1)
        self.net2 = dice.linear(in_features, out2)
        self.X = dice.tensor(batch, in_features)
        self.others = [dice.tensor(*shape, in_features)
                       for shape in ((), (dice.integer(2, 4), batch), (2, dice.integer(1, 3), 3))]
        self.nudge = dice.tensor(64)
        self.weight = dice.tensor(batch, out1 + out2)

    def halves(self, X: Tensor) -> tuple[Tensor, Tensor]:
        """What the two nets make of X."""
        return self.net1(X), self.net2(X)

    def beside(self, X: Tensor) -> Tensor:
        """A tensor to compare with: the first entries are net1's, the rest net2's."""
        left, right = self.halves(X)
        expected = X.new_empty(*X.shape[:-1], left.shape[-1] + right.shape[-1])
        expected[..., :left.shape[-1]] = left
        expected[..., left.shape[-1]:] = right
        return expected


def probe(seed: int, ParallelBlock: type[nn.Module]) -> Evidence:
    """Outputs for many shapes, gradients, and what the output becomes when the parameters move."""
    evidence = Evidence()

    with evidence.trial("joined") as seen:
        case = Case(seed)
        seen["output"] = ParallelBlock(case.net1, case.net2)(case.X)

    with evidence.trial("leading") as seen:
        case = Case(seed)
        net = ParallelBlock(case.net1, case.net2)
        for X in case.others:
            seen[f"output {X.ndim}-D"] = net(X)

    with evidence.trial("trained") as seen:
        case = Case(seed)
        net = ParallelBlock(case.net1, case.net2)
        X = case.X.clone().requires_grad_()
        (net(X) * case.weight).sum().backward()
        seen["X.grad"] = X.grad
        seen["grads"] = [parameter.grad for layer in (case.net1, case.net2) for parameter in layer.parameters()]
        with torch.no_grad():
            for amount, parameter in zip(case.nudge, net.parameters(), strict=False):
                parameter.add_(amount)
        seen["nudged"] = net(case.X)

    with evidence.trial("tidy") as seen:
        case, other = Case(seed), Case(seed + 1)
        net = ParallelBlock(case.net1, case.net2)
        ParallelBlock(other.net1, other.net2)(other.X)
        net(case.X + 1)
        X = case.X.clone()
        seen["output"] = net(X)
        seen["X"] = X
        seen["double"] = net.to(torch.float64)(case.X.double())

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    joined = _joined(Case(seed), evidence["joined"])
    return {
        "joined": joined,
        "leading": first(joined, _leading(Case(seed), evidence["leading"])),
        "trained": _trained(Case(seed), evidence["trained"]),
        "tidy": _tidy(Case(seed), evidence["tidy"]),
    }


def _joined(case: Case, seen: Trial) -> Diagnosis | None:
    output = seen.get("output")
    return first(_known_mistake(case, seen), raised(seen), not_like(output, case.beside(case.X)))


def _known_mistake(case: Case, seen: Trial) -> Diagnosis | None:
    """A mistake recognised by what it computes, or by how it fails."""
    error = seen.get("error")
    if error:
        if "Sizes of tensors must match except in dimension 0" in error["message"]:
            return JOINED_ON_BATCH()
        if "stack expects each tensor" in error["message"]:
            return STACKED()
        if "must match the size of tensor b" in error["message"]:
            return SUMMED()
        if "shapes cannot be multiplied" in error["message"]:
            return IN_SERIES()
        return None
    left, right = case.halves(case.X)
    output = seen["output"]
    if close(output, torch.hstack([right, left])):
        return SWAPPED()
    if any(close(output, torch.hstack([half, half])) for half in (left, right)):
        return ONE_NET_TWICE()
    return None


def _leading(case: Case, seen: Trial) -> Diagnosis | None:
    error = seen.get("error", {"message": ""})
    if "except in dimension 1" in error["message"] or "Dimension out of range" in error["message"]:
        return JOINED_ON_DIM_1()
    return first(raised(seen), *(not_like(seen.get(f"output {X.ndim}-D"), case.beside(X)) for X in case.others))


def _trained(case: Case, seen: Trial) -> Diagnosis | None:
    if "error" in seen:
        return raised(seen)
    X = case.X.clone().requires_grad_()
    (case.beside(X) * case.weight).sum().backward()
    parameters = [*case.net1.parameters(), *case.net2.parameters()]
    grads = [X.grad, *(parameter.grad for parameter in parameters)]
    if not all(close(seen_grad, grad) for seen_grad, grad in zip([seen["X.grad"], *seen["grads"]], grads, strict=True)):
        return CUT_GRADIENT()
    with torch.no_grad():
        for amount, parameter in zip(case.nudge, parameters, strict=False):
            parameter.add_(amount)
    return None if close(seen["nudged"], case.beside(case.X)) else PLAIN_LIST()


def _tidy(case: Case, seen: Trial) -> Diagnosis | None:
    if "error" in seen:
        return raised(seen)
    expected = case.beside(case.X)
    if not close(seen["output"], expected):
        return SHARED_STATE()
    if not torch.equal(seen["X"], case.X):
        return CHANGES_INPUT()
    case.net1.double(), case.net2.double()
    return not_like(seen["double"], case.beside(case.X.double()))


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
    misconceptions=(JOINED_ON_BATCH, JOINED_ON_DIM_1, SWAPPED, SUMMED, STACKED, IN_SERIES, ONE_NET_TWICE, PLAIN_LIST),
)
