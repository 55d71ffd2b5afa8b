"""What the checks of custom layers share: rules that answers follow, and parameters found by name.

An answer is first matched with a **rule**, the right formula or that of a known
mistake; everything else is then judged by the rule that it follows, so that one
mistake costs one criterion. In the same way a parameter under another name, or with
its dimensions in another order, is found all the same: that costs the criterion on
parameters and no other.
"""

from collections.abc import Callable, Mapping, Sequence
from itertools import permutations
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    CUT_GRADIENT,
    FLOAT32_INSIDE,
    GRADIENT,
    HUGE,
    SHARED_STATE,
    WRONG_SHAPE,
    close,
    first,
    misfit,
    not_like,
    raised,
)
from d2l_ch3.checks.evidence import Seen, Trial
from d2l_ch3.checks.exercise import Diagnosis, Misconception
from d2l_ch3.language import Text

NOT_A_PARAMETER = Misconception("not-a-parameter", Text(
    "`{name}` 是张量，却不是参数：`parameters()` 里没有它，优化器也就更新不到它。打印它的 `type`："
    "不是 nn.Parameter 的，nn.Module 不登记。包好以后再运算（比如乘上 0.01），结果又会退回普通张量。",
    "`{name}` is a tensor but not a parameter: `parameters()` does not list it, so no optimiser will ever update it. "
    "Print its `type`: nn.Module registers nothing but an nn.Parameter. Arithmetic after wrapping (times 0.01, say) "
    "turns it back into an ordinary tensor."))

FROZEN_PARAMETER = Misconception("frozen-parameter", Text(
    "`{name}` 登记为参数，`requires_grad` 却是 False：不算梯度，也就训练不动。题目要它可训练。",
    "`{name}` is registered as a parameter, but its `requires_grad` is False: it gets no gradient and never "
    "trains. The exercise wants it trainable."))

OTHER_NAME = Misconception("other-name", Text(
    "参数应当叫 `{name}`，这里叫 `{got}`。保存和加载都按名字找参数，名字是层的接口；照题目的名字来。",
    "The parameter should be called `{name}`, but here it is `{got}`. Saving and loading find parameters by "
    "name, so names are part of a layer's interface; use those of the exercise."))

MISSING_PARAMETER = Misconception("missing-parameter", Text(
    "`named_parameters()` 里没有 `{name}`（形状 {shape}），有的是：{names}。"
    "照题目列出的参数，在 `__init__` 里一个个建好。",
    "`named_parameters()` has no `{name}` (of shape {shape}); it has: {names}. Make every parameter that the "
    "exercise lists in `__init__`."))

EXTRA_PARAMETER = Misconception("extra-parameter", Text(
    "多出了题目没有的参数：{names}。优化器会训练它，层算的就不再是题目里的函数。公式里没有的，就不要。",
    "There are parameters that the exercise does not have: {names}. An optimiser will train them, and the "
    "layer is then another function. What is not in the formula should not be there."))

DIMENSIONS_SWAPPED = Misconception("dimensions-swapped", Text(
    "`{name}` 的形状应当是 {expected}，得到的是 {got}：维度都在，次序不同。次序由公式里下标的先后决定，"
    "和 nn.Linear 内部的习惯（输出在前）无关。",
    "The shape of `{name}` should be {expected}, but it is {got}: the right dimensions in another order. The "
    "order follows the indices in the formula, not the habit of nn.Linear (outputs first)."))

ONLY_2_D = Misconception("only-2-d", Text(
    "X 是二维时对，一维或三维就不行了。看看哪一步只认二维：`torch.mm`，或者写死的第 0 维、第 1 维。"
    "要用的是最后一维，前面有几维不该有影响。",
    "Right for a 2-D X and not for one with 1 or 3 dimensions. Find the step that knows only two: `torch.mm`, or "
    "a dimension written as 0 or 1. It is the last one that counts, however many come before it."))

RELU_ADDED = Misconception("relu-added", Text(
    "负的输出都变成了 0：公式里没有激活函数，这里多用了一个 ReLU。MyLinear 里的 ReLU 是那个例子自己的，不必带过来。",
    "All negative outputs have become 0: the formula has no activation function, and here is a ReLU. The one in "
    "MyLinear belongs to that example; it need not come along."))

SAMPLES_MIXED = Misconception("samples-mixed", Text(
    "不同样本混到了一起：求和时把批量那一维也加掉了。每个样本各算各的；"
    "拿一个样本和两个样本各试一次，第一个样本的输出应当不变。",
    "Samples got mixed: a sum ran over the batch dimension too. Each sample is computed on its own. Try one "
    "sample, then two: the output of the first should stay the same."))

SQUEEZED_BATCH = Misconception("squeezed-batch", Text(
    "批量里只有一个样本时，批量那一维不见了：不带参数的 `squeeze()` 会去掉所有长度为 1 的维，不管那是什么维。",
    "With a single sample the batch dimension disappears: `squeeze()` without an argument removes every "
    "dimension of size 1, whatever it stands for."))


class Rule(NamedTuple):
    """A formula that an answer may follow: the right one (no mistake) or that of a known mistake."""

    mistake: Misconception | None
    formula: Callable[..., Tensor]


def followed(output: Any, rules: Sequence[Rule], *arguments: Any) -> Rule | None:
    """The first rule whose formula gives this output; the arguments are float64."""
    return next((rule for rule in rules if alike(output, rule.formula(*arguments))), None)


def alike(value: Any, expected: Tensor | None) -> bool:
    """Whether a recorded value is as expected in single precision; its own precision is left to `untidy`."""
    if expected is None or not isinstance(value, Tensor) or value.is_complex() != expected.is_complex():
        return False
    return close(single(value), single(expected))


def single(tensor: Tensor) -> Tensor:
    """The tensor in single precision: float32, or complex64."""
    return tensor.to(torch.complex64 if tensor.is_complex() else torch.float32)


def wrong_output(rule: Rule | None, seen: Trial, expected: Tensor) -> Diagnosis | None:
    """What is wrong with the output in a trial, given the rule that it follows."""
    if rule is None:
        return first(raised(seen), not_like(seen.get("output"), single(expected)))
    return rule.mistake() if rule.mistake else None


Shapes = Mapping[str, Sequence[int]]
Values = Mapping[str, Tensor]


def shapes_of(values: Values) -> Shapes:
    """The shape of each value."""
    return {name: tuple(value.shape) for name, value in values.items()}


class NotFoundError(LookupError):
    """A parameter that the exercise asks for is not there, or has another shape."""


def as_asked(tensor: Tensor, shape: Sequence[int]) -> Tensor:
    """A view with the dimensions in the order of `shape` and without those of size 1; `tensor` itself if none fits."""
    thin = tensor.squeeze()
    if sorted(thin.shape) != sorted(shape):
        return tensor
    order = next(order for order in permutations(range(thin.ndim)) if [thin.shape[i] for i in order] == list(shape))
    return thin.permute(order)


def find(net: nn.Module, shapes: Shapes) -> dict[str, Tensor]:
    """The tensors that the exercise asks for, in its shapes; under another name, the best fitting parameter."""
    attributes = {name: getattr(net, name, None) for name in shapes}
    found = {name: value for name, value in attributes.items() if isinstance(value, Tensor)}
    spare = {name: parameter for name, parameter in net.named_parameters() if name not in shapes}
    for name, shape in shapes.items():
        if name not in found or not found[name].is_leaf:
            fitting = [other for other, tensor in spare.items() if as_asked(tensor, shape).shape == torch.Size(shape)]
            # `linear.bias` stands for `bias` before anything else does, and for nothing else before it.
            fitting.sort(key=lambda other: (not other.endswith(name), other.endswith(tuple(shapes))))
            if fitting:
                found[name] = spare.pop(fitting[0])
        if name not in found or as_asked(found[name], shape).shape != torch.Size(shape):
            raise NotFoundError(name)
    return found


def place(net: nn.Module, values: Values) -> nn.Module:
    """Give the net's tensors these values; returns the net.

    A bias that nobody asked for becomes 0, so that it costs the criterion on parameters only.
    """
    with torch.no_grad():
        for name, parameter in net.named_parameters():
            if "bias" not in values and name.rpartition(".")[2] in ("bias", "b"):
                parameter.zero_()
        for name, tensor in find(net, shapes_of(values)).items():
            as_asked(tensor, values[name].shape).copy_(values[name])
    return net


def current(net: nn.Module, shapes: Shapes) -> dict[str, Tensor]:
    """The values of the tensors that the exercise asks for."""
    return {name: as_asked(tensor, shapes[name]) for name, tensor in find(net, shapes).items()}


def see_parameters(seen: Seen, net: nn.Module, shapes: Shapes) -> None:
    """Note names and shapes of the parameters, and of tensors that are none though they have the names asked for."""
    seen["parameters"] = {name: parameter.shape for name, parameter in net.named_parameters()}
    seen["frozen"] = [name for name, parameter in net.named_parameters() if not parameter.requires_grad]
    seen["tensors"] = [name for name in shapes if isinstance(getattr(net, name, None), Tensor)]


def wrong_parameters(seen: Trial, shapes: Shapes) -> Diagnosis | None:
    """What is wrong with the parameters that `see_parameters` noted."""
    listed = {name: tuple(shape) for name, shape in seen.get("parameters", {}).items()}
    extra = [name for name in listed if name not in shapes]
    for name, shape in shapes.items():
        if name not in listed:
            return _unlisted(name, tuple(shape), {other: listed[other] for other in extra}, seen)
        if listed[name] != tuple(shape):
            same = sorted(listed[name]) == sorted(shape)
            misconception, what = DIMENSIONS_SWAPPED if same else WRONG_SHAPE, Text(f"`{name}` ", f"`{name}`")
            return misconception(name=name, what=what, expected=tuple(shape), got=listed[name])
        if name in seen["frozen"]:
            return FROZEN_PARAMETER(name=name)
    return EXTRA_PARAMETER(names=_names(extra)) if extra else None


def _unlisted(name: str, shape: tuple[int, ...], extra: dict[str, tuple[int, ...]], seen: Trial) -> Diagnosis:
    if name in seen["tensors"]:
        return NOT_A_PARAMETER(name=name)
    alike = [other for other, size in extra.items() if sorted(set(size) - {1}) == sorted(set(shape))]
    if alike:
        return OTHER_NAME(name=name, got=next((other for other in alike if other.endswith(name)), alike[0]))
    return MISSING_PARAMETER(name=name, shape=shape, names=_names(seen["parameters"]) or Text("没有", "none"))


def _names(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def weigh(output: Tensor, weights: Tensor) -> Tensor:
    """A number that depends on every entry of the output: the sum of its products with drawn weights."""
    weights = weights[:output.numel()]
    return (output.flatten() * (weights if output.is_complex() else weights.real)).real.sum()


def see_gradients(seen: Seen, net: nn.Module, shapes: Shapes, X: Tensor, weights: Tensor) -> None:
    """Run backward from the weighed output and note the gradients of X and of the tensors asked for."""
    X = X.clone().requires_grad_()
    weigh(net(X), weights).backward()
    seen["X"] = X.grad
    for name, tensor in find(net, shapes).items():
        seen[name] = None if tensor.grad is None else as_asked(tensor.grad, shapes[name])


def stepped(net: nn.Module, shapes: Shapes, X: Tensor, weights: Tensor) -> dict[str, Tensor]:
    """Take a step of gradient descent on all parameters; returns the tensors that the exercise asks for."""
    optimizer = torch.optim.SGD(net.parameters(), lr=0.5)
    weigh(net(X), weights).backward()
    optimizer.step()
    return current(net, shapes)


def gradients(formula: Callable[[Values, Tensor], Tensor], values: Values, X: Tensor,
              weights: Tensor) -> dict[str, Tensor | None]:
    """The gradients that `see_gradients` should have noted, in single precision (None: not in the formula)."""
    inputs = {"X": X, **values}
    leaves = {name: tensor.double().requires_grad_() for name, tensor in inputs.items()}
    loss = weigh(formula({name: leaves[name] for name in values}, leaves["X"]), weights)
    grads = torch.autograd.grad(loss, list(leaves.values()), allow_unused=True)
    return {name: None if grad is None else single(grad) for name, grad in zip(inputs, grads, strict=True)}


def wrong_gradients(seen: Trial, expected: Mapping[str, Tensor | None]) -> Diagnosis | None:
    """What is wrong with the gradients in a trial whose output is right, compared with those expected."""
    if "error" in seen:
        return CHANGES_INPUT() if "in-place operation" in seen["error"]["message"] else raised(seen)
    for name, grad in expected.items():
        if grad is not None and not close(seen[name], grad):
            nothing = seen[name] is None or not seen[name].any()
            return CUT_GRADIENT() if nothing else not_like(seen[name], grad, GRADIENT)
    return None


def explained(wrong: Diagnosis | None, parameters: Diagnosis | None) -> Diagnosis | None:
    """A missing gradient is explained by what is wrong with a parameter, where that is why."""
    why = parameters and parameters.key in (NOT_A_PARAMETER.key, FROZEN_PARAMETER.key)
    return parameters if why and wrong and wrong.key == CUT_GRADIENT.key else wrong


def see_tidiness(seen: Seen, net: nn.Module, make_other: Callable[[], nn.Module], X: Tensor) -> None:
    """Call the net before and after other calls, then in float64; note what comes out and what becomes of X."""
    seen["before"] = net(X.clone())
    seen["other"] = make_other()(X.clone())
    net(torch.cat([X, X + 1]))
    given = X.clone()
    seen["after"] = net(given)
    seen["given"] = given
    seen["double"] = net.to(torch.float64)(X.double())


def huge(values: Values) -> dict[str, Tensor]:
    """The values, in float64 and too large for float32."""
    return {name: HUGE * value.double() for name, value in values.items()}


def see_huge(seen: Seen, net: nn.Module, values: Values, X: Tensor) -> None:
    """Call the net, which is in float64, with huge values and a huge X: a step in float32 would turn them into inf."""
    seen["huge"] = place(net, huge(values))(HUGE * X.double())


def untidy(seen: Trial, X: Tensor, expected: Tensor | None, expected_other: Tensor | None,
           expected_huge: Tensor | None = None, rtol: float = 1e-4) -> Diagnosis | None:
    """What is wrong with what `see_tidiness` and `see_huge` noted; outputs expected are float64 (None: not known)."""
    if "error" in seen:
        return raised(seen)
    before = seen["before"]
    if not torch.equal(seen["given"], X):
        return CHANGES_INPUT()
    if not isinstance(before, Tensor):
        return misfit(before, X)
    if before.isfinite().all() and not alike(seen["after"], before):
        return SHARED_STATE()
    if expected is None or expected_other is None:
        return misfit(seen["double"], before.to(torch.complex128 if before.is_complex() else torch.float64))
    if not alike(seen["other"], expected_other):
        return SHARED_STATE()
    cut = expected_huge is not None and not close(seen["huge"], expected_huge, rtol)
    return first(misfit(before, single(expected)), not_like(seen["double"], expected, rtol=rtol),
                 FLOAT32_INSIDE() if cut else None)
