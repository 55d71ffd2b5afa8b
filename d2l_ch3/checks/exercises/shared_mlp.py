"""The check of shared-mlp: one hidden layer that is used several times."""

from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    CUT_GRADIENT,
    FLOAT32_INSIDE,
    HUGE,
    SHARED_STATE,
    close,
    first,
    misfit,
    not_like,
    raised,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("forward", 1, Text("各层和 ReLU 的先后都对", "layers and ReLUs in the right order")),
    Criterion("shared", 2, Text("真的共享：同一个 `self.shared`，一共 6 个参数",
                                "really shared: the same `self.shared`, 6 parameters in all")),
    Criterion("num-shared", 1, Text("`num_shared` 说用几次就用几次，0 次也行",
                                    "used as often as `num_shared` says, 0 times too")),
    Criterion("tidy", 1, Text("前面几维都行，换浮点类型可用，不改 X，不留状态",
                              "any leading dimensions, any floating type, leaves no trace")),
)

MISSING_RELU = Misconception("missing-relu", Text(
    "少了 ReLU：{where}没有激活函数。两个线性层之间若没有它，合起来还是一个线性层。",
    "A ReLU is missing: there is no activation {where}. Two linear layers with nothing between them make one linear "
    "layer."))

RELU_AFTER_OUTPUT = Misconception("relu-after-output", Text(
    "输出层后面也有 ReLU，负的输出全变成了 0。最后一个线性层的结果原样返回。",
    "There is a ReLU behind the output layer too, and all negative outputs became 0. Return what the last linear layer "
    "gives as it is."))

OFF_BY_ONE = Misconception("off-by-one", Text(
    "`num_shared` 是 2 时，共享层用了 {times} 次。`num_shared` 数的是共享层用几次，不算第一层，也不算输出层。",
    "With `num_shared` 2, the shared layer ran {times} times. `num_shared` says how often the shared layer is used; "
    "first and last layer do not count."))

IGNORES_NUM_SHARED = Misconception("ignores-num-shared", Text(
    "不管 `num_shared` 是几，共享层都用 {times} 次：次数写死在代码里了。",
    "Whatever `num_shared` is, the shared layer runs {times} times: the number is written into the code."))

CHILDREN_ONCE = Misconception("children-once", Text(
    "不管 `num_shared` 是几，共享层都只用 1 次。同一个模块无论放进去多少次，`children()`、`named_children()` "
    "和 `modules()` 都只给一次；它们为清点模块而设，不为前向传播。",
    "Whatever `num_shared` is, the shared layer runs once. However often the same module was put in, `children()`, "
    "`named_children()` and `modules()` give it once; they are for taking stock of modules, not for a forward pass."))

LEFT_OUT = Misconception("left-out", Text(
    "`num_shared` 为 0 时，网络只有 {count} 个参数张量。题目要的总是 6 个：共享层照样建好、登记好，只是一次也不用。",
    "With `num_shared` 0 the net has {count} parameter tensors. There should always be 6: the shared layer is made "
    "and registered all the same, and just not used."))

FRESH_LAYERS = Misconception("fresh-layers", Text(
    "每次用的都是一个新的隐藏层：{count} 个参数张量，应当是 6 个。建一次，用多次，才是共享；"
    "每次循环里写 `nn.Linear(...)`，建出来的就各是各的。",
    "Every use has a hidden layer of its own: {count} parameter tensors where there should be 6. To share is to make "
    "once and use often; `nn.Linear(...)` inside a loop makes another one each time."))

TIED_BY_COPY = Misconception("tied-by-copy", Text(
    "几个隐藏层的值一开始相同，却是 {count} 个参数张量，不是 6 个：这是拷贝。`deepcopy`、`copy_`、`.data` 赋值"
    "只让数值一样，训练一步就分开了。共享的是对象，不是数值。",
    "The hidden layers begin with equal values, but there are {count} parameter tensors and not 6: these are copies. "
    "`deepcopy`, `copy_` and assigning `.data` make values equal, and training parts them. What is shared is an "
    "object, not its values."))

HALF_TIED = Misconception("half-tied", Text(
    "一共 {count} 个参数张量，应当是 6 个：权重绑在了一起，偏置还是各有各的。与其逐个绑定，不如重复用同一个层。",
    "There are {count} parameter tensors where there should be 6: the weights are tied, the biases are not. Rather "
    "than tie them one by one, use the same layer again."))

HIDDEN_LAYERS = Misconception("hidden-layers", Text(
    "`parameters()` 只找到 {count} 个张量，应当是 6 个。nn.Module 只登记直接赋给属性的模块，"
    "藏在列表、元组或字典里的看不见，优化器也就训练不到。",
    "`parameters()` finds {count} tensors where there should be 6. nn.Module registers modules that are assigned to "
    "attributes; it cannot see those in a list, tuple or dict, and no optimiser will train them."))

NOT_CALLED_SHARED = Misconception("not-called-shared", Text(
    "`net.shared` 应当就是那个共享的 nn.Linear，{got}。下一题要用 `net.shared.weight`。",
    "`net.shared` should be the shared nn.Linear itself, but {got}. The next exercise uses `net.shared.weight`."))

NOT_IN_USE = Misconception("not-in-use", Text(
    "改动 `net.shared` 的参数，输出没有跟着它该变的样子变：隐藏层用的不是它，或者不是每次都用它。",
    "The parameters of `net.shared` were changed, and the output did not follow as it should: the hidden layer in use "
    "is another, or not this one each time."))

WRONG_PARAMETERS = Misconception("wrong-parameters", Text(
    "参数应当是三个线性层的权重和偏置，一共 6 个；得到的形状却是 {got}。"
    "对照 `net.named_parameters()`，看多了哪个、少了哪个。",
    "The parameters should be weight and bias of three linear layers, 6 in all; but their shapes are {got}. Look at "
    "`net.named_parameters()`: which is one too many, which is missing?"), symptom=True)

TIMES = (0, 1, 3)


class Style(NamedTuple):
    """Where a net has a ReLU, and how many more uses of the shared layer than asked for."""

    first: bool = True
    between: bool = True
    last: bool = True
    output: bool = False
    extra: int = 0


class Case:
    """The inputs that a seed stands for: dimensions, a batch, and for every shape of a parameter its values.

    Values go by shape, so that what a net computes does not depend on what it shares or on its names.
    """

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        self.num_inputs, self.num_outputs = dice.different(2, 3, 7)
        self.num_hiddens = dice.integer(8, 12)
        i, h, o = self.sizes = self.num_inputs, self.num_hiddens, self.num_outputs
        self.X = dice.tensor(2 * dice.integer(3, 5), i)
        self.values = {(h, i): dice.tensor(h, i) / i ** 0.5, (h, h): 1.5 * dice.tensor(h, h) / h ** 0.5,
                       (o, h): dice.tensor(o, h), (h,): dice.tensor(h).abs() / 2, (o,): dice.tensor(o)}
        self.move_W, self.move_b = dice.tensor(h, h) / h, dice.tensor(h).abs()
        self.factor = dice.tensor(len(self.X), o)

    def chain(self, X: Tensor, num_shared: int, style: Style, W: Tensor | None = None,
              b: Tensor | None = None) -> Tensor:
        """What the matrices give, (batch, i) -> (batch, o), in a style; W and b may stand in for the shared layer's."""
        i, h, o = self.sizes
        W = self.values[h, h] if W is None else W
        b = self.values[h,] if b is None else b
        H = X @ self.values[h, i].T + self.values[h,]
        H = H.clamp(min=0) if style.first else H
        times = num_shared + style.extra
        for use in range(1, times + 1):
            H = H @ W.T + b
            H = H.clamp(min=0) if (style.last if use == times else style.between) else H
        output = H @ self.values[o, h].T + self.values[o,]
        return output.clamp(min=0) if style.output else output


STYLES = [Style(first, between, last, output, extra) for extra in (0, 1, -1, 2, -2)
          for output, first, last, between in product((False, True), (True, False), (True, False), (True, False))]


def probe(seed: int, SharedMLP: type[nn.Module]) -> Evidence:
    """Outputs for known parameters, and what they become when those of the shared layer move."""
    evidence = Evidence()
    case = Case(seed)

    with evidence.trial("forward") as seen:
        net = _fill(SharedMLP(*case.sizes), case)
        seen["output"] = net(case.X.clone())

    with evidence.trial("shared") as seen:
        net = SharedMLP(*case.sizes)
        net(case.X.clone())
        seen["shapes"] = _shapes(net)
        seen["squares"] = [p for p in net.parameters() if tuple(p.shape) == (case.num_hiddens, case.num_hiddens)]
        _move_shared(seen, _fill(net, case), case)

    for times in TIMES:
        with evidence.trial(f"{times} times") as seen:
            net = _fill(SharedMLP(*case.sizes, num_shared=times), case)
            seen["output"] = net(case.X.clone())
            seen["shapes"] = _shapes(net)

    with evidence.trial("tidy") as seen:
        net, other = _fill(SharedMLP(*case.sizes), case), SharedMLP(*case.sizes)
        X = case.X.clone()
        seen["output"] = net(X)
        seen["X"] = X
        with torch.no_grad():
            other(case.X + 1)
            for parameter in other.parameters():
                parameter.add_(1)
        other(case.X + 1)
        seen["again"] = net(case.X.clone())
        seen["one"] = net(case.X[0].clone())
        seen["many"] = net(case.X.reshape(2, -1, 1, case.num_inputs).clone())
        seen["double"] = net.to(torch.float64)(case.X.double())
        with torch.no_grad():  # makes the output as many times larger, wherever there is a ReLU
            for parameter in {*_everything(net)}:
                if parameter.ndim == 1 or parameter.shape[-1] == case.num_inputs:
                    parameter.mul_(HUGE)
        seen["huge"] = net(case.X.double())

    return evidence


def _fill(net: nn.Module, case: Case) -> nn.Module:
    """The net, every parameter set to the case's values for its shape."""
    net(case.X.clone())  # a lazy layer learns its shape
    with torch.no_grad():
        for parameter in _everything(net):
            shape = tuple(parameter.shape)
            if shape in case.values:
                parameter.copy_(case.values[shape])
    return net


def _everything(net: nn.Module) -> Iterator[nn.Parameter]:
    """The net's parameters, those too that it hides in a list or a dict: hiding is judged apart from computing."""
    yield from net.parameters()
    for held in vars(net).values():
        modules = held.values() if isinstance(held, dict) else held if isinstance(held, list | tuple) else ()
        for module in modules:
            if isinstance(module, nn.Module):
                yield from module.parameters()


def _shapes(net: nn.Module) -> list[tuple[int, ...]]:
    return [tuple(parameter.shape) for parameter in net.parameters()]


def _move_shared(seen: Seen, net: nn.Module, case: Case) -> None:
    """Move the parameters of `net.shared` and note what the net computes and which gradients arrive."""
    shared = getattr(net, "shared", None)
    seen["type"] = type(shared).__name__
    weight, bias = getattr(shared, "weight", None), getattr(shared, "bias", None)
    seen["weight"], seen["bias"] = weight, bias
    if isinstance(weight, nn.Parameter) and isinstance(bias, nn.Parameter) and weight.shape == case.move_W.shape:
        with torch.no_grad():
            weight.add_(case.move_W)
            bias.add_(case.move_b)
        X = case.X.clone().requires_grad_()
        output = net(X)
        seen["output"] = output
        (output * case.factor).sum().backward()
        seen["grads"] = [weight.grad, bias.grad, X.grad]
        seen["without grad"] = sum(parameter.grad is None for parameter in net.parameters())


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    output = evidence["forward"].get("output")
    style = next((style for style in STYLES if close(output, case.chain(case.X, 2, style))), None)
    forward = first(raised(evidence["forward"]), _style(style),
                    not_like(output, case.chain(case.X, 2, Style())) if style is None else None)
    shared = (raised(evidence["shared"]) or _parameters(case, evidence["shared"])
              or (forward if style is None else _moved(case, evidence["shared"], style)))
    return {
        "forward": forward,
        "shared": shared,
        "num-shared": first(forward if style is None else _num_shared(case, evidence, style),
                            _none(evidence["0 times"]) if shared is None else None),
        "tidy": _tidy(case, evidence["tidy"]),
    }


FIRST, SHARED, LAST = Text("第一层后面", "behind the first layer"), Text("共享层后面", "behind the shared layer"), Text(
    "最后一次用共享层之后", "behind the last use of the shared layer")


def _style(style: Style | None) -> Diagnosis | None:
    """What is wrong with the places of the ReLUs."""
    if style is None:
        return None
    if style.output:
        return RELU_AFTER_OUTPUT()
    where = FIRST if not style.first else SHARED if not style.between else LAST if not style.last else None
    return MISSING_RELU(where=where) if where else None


def _parameters(case: Case, seen: Trial) -> Diagnosis | None:
    """The net has six parameters, and `net.shared` holds two of them."""
    shapes = [tuple(shape) for shape in seen["shapes"]]
    expected = [*case.values, (case.num_hiddens,)]
    if sorted(shapes) != sorted(expected):
        return _wrong_parameters(case, shapes, seen["squares"])
    if not isinstance(seen["weight"], Tensor) or tuple(seen["weight"].shape) != (case.num_hiddens, case.num_hiddens):
        missing = Text("现在却没有这个属性", "there is no such attribute")
        other = Text(f"现在却是 {seen['type']}", f"it is of type {seen['type']}")
        return NOT_CALLED_SHARED(got=missing if seen["type"] == "NoneType" else other)
    return None


def _wrong_parameters(case: Case, shapes: list[tuple[int, ...]], squares: list[Tensor]) -> Diagnosis:
    """What explains that these are not the shapes of six parameters."""
    weights = {shape for shape in case.values if len(shape) == 2}
    if not weights <= set(shapes):
        return HIDDEN_LAYERS(count=len(shapes))
    if len(squares) > 1:
        equal = all(torch.equal(squares[0], square) for square in squares)
        return (TIED_BY_COPY if equal else FRESH_LAYERS)(count=len(shapes))
    if len(shapes) > 6 and set(shapes) == set(case.values):
        return HALF_TIED(count=len(shapes))
    return WRONG_PARAMETERS(got=", ".join(map(str, shapes)))


def _moved(case: Case, seen: Trial, style: Style) -> Diagnosis | None:
    """The output follows the shared layer, and the gradients of its uses add up."""
    if "grads" not in dict(seen):  # there was no parameter to move
        return NOT_CALLED_SHARED(got=Text(f"现在却是 {seen['type']}", f"it is of type {seen['type']}"))
    h = case.num_hiddens
    leaves = [case.values[h, h] + case.move_W, case.values[h,] + case.move_b, case.X.clone()]
    W, b, X = (leaf.requires_grad_() for leaf in leaves)
    output = case.chain(X, 2, style, W, b)
    grads = torch.autograd.grad((output * case.factor).sum(), [W, b, X], allow_unused=True)
    if not close(seen["output"], output):
        return NOT_IN_USE()
    arrived = all(grad is None or close(got, grad) for got, grad in zip(seen["grads"], grads, strict=True))
    return None if arrived and not seen["without grad"] else CUT_GRADIENT()


def _num_shared(case: Case, evidence: Evidence, style: Style) -> Diagnosis | None:
    """The shared layer runs as often as asked for."""
    trials = {times: evidence[f"{times} times"] for times in TIMES}
    if style.extra:
        once = style.extra == -1 and close(trials[1].get("output"), case.chain(case.X, 2, style))
        return CHILDREN_ONCE() if once else OFF_BY_ONE(times=2 + style.extra)
    if all(close(seen.get("output"), case.chain(case.X, 2, style)) for seen in trials.values()):
        return IGNORES_NUM_SHARED(times=2)
    return first(*(raised(seen) or not_like(seen["output"], case.chain(case.X, times, style))
                   for times, seen in trials.items()))


def _none(seen: Trial) -> Diagnosis | None:
    """Without a use of it, the shared layer is a part of the net all the same."""
    count = len(seen.get("shapes", range(6)))
    return LEFT_OUT(count=count) if count != 6 else None


def _tidy(case: Case, seen: Trial) -> Diagnosis | None:
    """The net agrees with itself: called again, for other shapes and in float64."""
    if "output" not in seen:
        return raised(seen)
    output = seen["output"]
    odd = misfit(output, case.X.new_empty(len(case.X), case.num_outputs))
    if odd:
        return odd
    if not torch.equal(seen["X"], case.X):
        return CHANGES_INPUT()
    if "again" in seen and not close(seen["again"], output):
        return SHARED_STATE()
    if "error" in seen:
        return raised(seen)
    return first(not_like(seen["one"], output[0]), not_like(seen["many"], output.reshape(2, -1, 1, case.num_outputs)),
                 misfit(seen["double"], output.double()) or not_like(seen["double"].float(), output),
                 None if close(seen["huge"], HUGE * seen["double"]) else FLOAT32_INSIDE())


EXERCISE = Exercise(
    name="shared-mlp",
    takes=(Argument("SharedMLP", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("在纸上画出 `num_shared=2` 时数据走的路：一共经过几个线性层？其中不同的有几个？参数张量呢？",
             "Draw the way of the data for `num_shared=2`: how many linear layers does it pass? How many different "
             "ones are there, and how many parameter tensors?"),
        Text("共享就是同一个对象用多次。在 `__init__` 里把三个线性层各建一次，还要记下 `num_shared`；"
             "用几次是 `forward` 的事。",
             "To share is to use the same object several times. Make each of the three linear layers once in "
             "`__init__`, and keep `num_shared`; how often is the business of `forward`."),
        Text("`forward` 里：第一层，ReLU；循环 `num_shared` 次，每次经过 `self.shared` 再经过 ReLU；"
             "最后是输出层，后面什么也没有。`num_shared` 为 0 时循环自然一次也不走。",
             "In `forward`: first layer, ReLU; then a loop that runs `num_shared` times through `self.shared` and a "
             "ReLU; then the output layer, with nothing behind it. With `num_shared` 0 the loop does not run at all."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(MISSING_RELU, RELU_AFTER_OUTPUT, OFF_BY_ONE, IGNORES_NUM_SHARED, CHILDREN_ONCE, LEFT_OUT,
                    FRESH_LAYERS, TIED_BY_COPY, HALF_TIED, HIDDEN_LAYERS, NOT_CALLED_SHARED, NOT_IN_USE,
                    WRONG_PARAMETERS),
)
