"""The check of train-shared: gradient descent on a net that uses one of its layers twice.

What right looks like is computed here by hand, in float64, for one net only: two uses of the shared layer, and tanh.
"""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CHANGES_INPUT,
    FLOAT32_INSIDE,
    LEAF_IN_PLACE,
    RETURNED_NOTHING,
    SHARED_STATE,
    WRONG_TYPE,
    WRONG_VALUES,
    close,
    first,
    not_like,
    raised,
    type_name,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("steps", 2, Text("net 就地走了 num_steps 步梯度下降",
                               "net itself took num_steps steps of gradient descent")),
    Criterion("loss", 1, Text("记下每一步之前的损失", "the loss before each step is noted")),
    Criterion("norm", 1, Text("记下共享层权重的梯度的范数", "the norm of the gradient of the shared weight is noted")),
    Criterion("tidy", 1, Text("旧梯度没有影响，记的是 float，0 步也行",
                              "old gradients do not matter, floats are noted, 0 steps work")),
)

ACCUMULATES = Misconception("accumulates", Text(
    "每一步用的是到此为止所有梯度的和：`backward` 把新梯度加到旧的上面，从不覆盖。每一步之前都要清零。",
    "Every step uses the sum of all gradients so far: `backward` adds the new gradient to what is there and never "
    "overwrites it. It has to be cleared before each step."))

LEFTOVERS = Misconception("leftovers", Text(
    "步与步之间清零了，第一步之前却没有：调用之前留在 `.grad` 里的梯度混进了第一步。"
    "在 `backward` 之前清零，就不用管之前发生过什么。",
    "Gradients are cleared between steps, but not before the first: what was left in `.grad` before the call got "
    "into it. Clear before `backward`, and it does not matter what happened earlier."))

LOSS_AFTER = Misconception("loss-after", Text(
    "损失记晚了一步：记下的是更新之后的值。走这一步用的是哪个损失，就记哪个。",
    "The loss is noted one step late: these are values after the update. Note the loss that the step is made from."))

LOSS_SCALE = Misconception("loss-scale", Text(
    "损失是题目要的 {scale:g} 倍。题目要的是均方误差，对 y 的所有元素取平均：不是求和，不是只除以样本数，"
    "也不再除以 2。",
    "The loss is {scale:g} times what was asked for: the mean squared error, averaged over all elements of y; not "
    "their sum, not divided by the number of samples only, and not halved."))

DIVIDED_BY_BATCH = Misconception("divided-by-batch", Text(
    "步子小了，只有 1/{batch}：梯度又除了一次批量大小。损失已经取过平均，不用再除。",
    "The steps are only 1/{batch} as long as they should be: the gradient was divided by the batch size once more. "
    "The loss is an average already."))

IGNORES_LR = Misconception("ignores-lr", Text(
    "步长像是固定的 {lr:g}，传进来的 `lr` 没有用上。",
    "The step size seems to be fixed at {lr:g}; the argument `lr` is not used."))

ASCENDS = Misconception("ascends", Text(
    "方向反了：参数顺着梯度走，损失越来越大。梯度指向上坡，下降要减去它。",
    "The wrong direction: the parameters follow the gradient and the loss grows. The gradient points uphill; to "
    "descend, subtract it."))

OTHER_OPTIMIZER = Misconception("other-optimizer", Text(
    "参数的走法像{name}，不是普通的梯度下降。题目要的是不带动量的 SGD：每一步只看当前的梯度。",
    "The parameters move as with {name}, not as in plain gradient descent. Asked for is SGD without momentum: each "
    "step looks at the present gradient only."))

STEP_COUNT = Misconception("step-count", Text(
    "应当走 {expected} 步，net 却走了 {got} 步。检查循环的起点和终点。",
    "There should be {expected} steps, but net took {got}. Check where the loop begins and ends."))

SOME_NOT_TRAINED = Misconception("some-not-trained", Text(
    "`{got}` 没有变：更新漏掉了一些参数。要更新的是 `net.parameters()` 的全部，权重和偏置，共享的和不共享的。",
    "`{got}` did not change: some parameters are left out of the update. It concerns all of `net.parameters()`, "
    "weights and biases, shared or not."))

TRAINS_A_COPY = Misconception("trains-a-copy", Text(
    "损失在下降，可是传进来的 net 一点没变：训练的是一份拷贝。题目要的是就地改 net。",
    "The loss goes down, but the net that was passed in did not change: a copy was trained. Change net itself."))

REBINDS = Misconception("rebinds", Text(
    "损失一步也没有降，net 没有变。是忘了更新，还是更新没有落到参数上？"
    "`p = p - …` 只是让名字 p 指向一个新张量，net 里的参数还是原来那个；要把新的值写进参数里。",
    "The loss never goes down and net does not change. Is there no update, or does it miss the parameters? "
    "`p = p - …` only makes the name p point to a new tensor, while the parameter in net stays what it was: write "
    "the new values into it."))

NORM_FORMULA = Misconception("norm-formula", Text(
    "范数的算法不对：得到的是{got}。题目要的是平方和再开方。",
    "The norm is computed differently: this is {got}. Asked for is the root of the sum of squares."))

NORM_OF_ANOTHER = Misconception("norm-of-another", Text(
    "这是{got}的范数。题目要的是 `net.shared.weight` 的梯度的范数。",
    "This is the norm of {got}. Asked for is that of the gradient of `net.shared.weight`."))

NORM_AFTER_ZEROING = Misconception("norm-after-zeroing", Text(
    "读梯度的时候它已经清掉了，只剩 0 或 None{message}。`zero_grad()` 默认把 `.grad` 设成 None；先读，再清。",
    "When the gradient was read, it had been cleared: 0 or None was left{message}. By default `zero_grad()` sets "
    "`.grad` to None. Read first, clear afterwards."))

GRAD_IS_NONE = Misconception("grad-is-none", Text(
    "第 {line} 行出了错：{message}。第一次 `backward` 之前，`.grad` 是 None，不能对它清零。"
    "想一想网络和优化器自带的清零方法是怎么做的。",
    "Line {line} fails: {message}. Before the first `backward`, `.grad` is None, and None cannot be set to zero. How "
    "do the methods for this that nets and optimisers come with go about it?"))

NOT_FLOATS = Misconception("not-floats", Text(
    "列表里应当是 float，得到的却是 {got}。张量会连着整个计算图一起留在内存里；取出它的数值来记。",
    "The lists should hold floats, but these are of type {got}. A tensor keeps its whole graph in memory; note its "
    "value."))

WRONG_LENGTH = Misconception("wrong-length", Text(
    "`\"{key}\"` 里有 {got} 个数，应当有 {expected} 个，一步一个。",
    "`\"{key}\"` has length {got}; it should be {expected}, one number a step."))

MISSING_KEY = Misconception("missing-key", Text(
    "返回的字典里没有 `\"{key}\"`，只有 {got}。名字要和题目写的一样。",
    "The dict that was returned has no `\"{key}\"`, only {got}. Spell the keys as in the exercise."))

PARAMETERS = Text("训练后的参数", "the parameters after training")
KEYS = ("loss", "shared_grad_norm")
NAMES = ("first.weight", "first.bias", "shared.weight", "shared.bias", "out.weight", "out.bias")
SHARED_WEIGHT = NAMES.index("shared.weight")
RTOL = 1e-4

Values = list[Tensor]


class Case:
    """The inputs that a seed stands for: data, parameters, step size, number of steps and gradients left over."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        (i, h), o, batch = dice.different(2, 4, 7), dice.integer(2, 3), dice.integer(4, 6)
        self.X, self.y = (dice.tensor(batch, width, dtype=torch.float64) for width in (i, o))
        shapes = ((h, i), (h,), (h, h), (h,), (o, h), (o,))
        self.values = [dice.tensor(*shape) / shape[-1] ** 0.5 for shape in shapes]
        self.leftovers = [dice.tensor(*shape) for shape in shapes]
        self.lr = 0.03 + 0.01 * dice.integer(0, 4) + 0.001 * dice.integer(1, 9)
        self.num_steps = dice.integer(3, 5)

    def net(self) -> nn.Sequential:
        """The net with the case's parameters; its layer `shared` is used twice."""
        W1, _, W2, _, W3, _ = self.values
        first, shared, out = (nn.utils.skip_init(nn.Linear, W.shape[1], W.shape[0]) for W in (W1, W2, W3))
        net = nn.Sequential()
        for name, layer in (("first", first), ("tanh 1", nn.Tanh()), ("shared", shared), ("tanh 2", nn.Tanh()),
                            ("again", shared), ("tanh 3", nn.Tanh()), ("out", out)):
            net.add_module(name, layer)
        with torch.no_grad():
            for parameter, value in zip(net.parameters(), self.values, strict=True):
                parameter.copy_(value)
        return net

    def loss_and_gradients(self, values: Values) -> tuple[float, Values]:
        """The mean squared error and its gradients by the chain rule, written out for this one net."""
        W1, b1, W2, b2, W3, b3 = values
        X, y = self.X, self.y
        H1 = torch.tanh(X @ W1.T + b1)
        H2 = torch.tanh(H1 @ W2.T + b2)
        H3 = torch.tanh(H2 @ W2.T + b2)
        error = H3 @ W3.T + b3 - y
        D4 = 2 * error / error.numel()
        D3 = D4 @ W3 * (1 - H3 ** 2)
        D2 = D3 @ W2 * (1 - H2 ** 2)
        D1 = D2 @ W2 * (1 - H1 ** 2)
        return float((error ** 2).mean()), [D1.T @ X, D1.sum(0), D3.T @ H2 + D2.T @ H1, (D3 + D2).sum(0),
                                            D4.T @ H3, D4.sum(0)]


class Way(NamedTuple):
    """A way to train: the right one, and by its fields those that mistakes lead to."""

    lr: float
    steps: int
    scale: float = 1.0
    accumulate: bool = False
    momentum: float = 0.0
    adam: bool = False
    trained: tuple[bool, ...] = (True,) * 6


class Run(NamedTuple):
    """What one way of training comes to: losses before the steps and after the last, gradients used, parameters."""

    losses: list[float]
    grads: list[Values]
    path: list[Values]

    @property
    def norms(self) -> list[float]:
        """The norm of the shared weight's gradient, a step each."""
        return [float(grads[SHARED_WEIGHT].norm()) for grads in self.grads]


def train(case: Case, way: Way, leftovers: Values | None = None) -> Run:
    """Train in a certain way, from gradients left over if there are any."""
    values = [value.double() for value in case.values]
    held = [value.double() for value in leftovers] if leftovers else [torch.zeros_like(value) for value in values]
    mean, square = ([torch.zeros_like(value) for value in values] for _ in range(2))
    run = Run([case.loss_and_gradients(values)[0]], [], [values])
    for step in range(1, way.steps + 1):
        used = [way.scale * grad for grad in case.loss_and_gradients(values)[1]]
        if way.accumulate or step == 1:
            used = [old + grad for old, grad in zip(held, used, strict=True)]
        held = used
        decay = 0.9 if way.adam else way.momentum
        mean = [decay * old + (0.1 if way.adam else 1) * grad for old, grad in zip(mean, used, strict=True)]
        square = [0.999 * old + 0.001 * grad ** 2 for old, grad in zip(square, used, strict=True)]
        moves = mean if not way.adam else [
            m / (1 - 0.9 ** step) / ((v / (1 - 0.999 ** step)).sqrt() + 1e-8)
            for m, v in zip(mean, square, strict=True)]
        values = [value - way.lr * move if trained else value
                  for value, move, trained in zip(values, moves, way.trained, strict=True)]
        run.losses.append(case.loss_and_gradients(values)[0])
        run.grads.append(used)
        run.path.append(values)
    return run


def probe(seed: int, train_shared: Callable[..., Any]) -> Evidence:
    """A training, one in float64 that begins with gradients left over, and one of no steps."""
    evidence = Evidence()
    case = Case(seed)

    with evidence.trial("fresh") as seen:
        net, X, y = case.net(), case.X.float(), case.y.float()
        _note(seen, train_shared(net, X, y, case.lr, case.num_steps))
        seen["values"] = list(net.parameters())
        seen["X"], seen["y"] = X, y

    with evidence.trial("leftovers") as seen:
        net = case.net().double()
        for parameter, grad in zip(net.parameters(), case.leftovers, strict=True):
            parameter.grad = grad.double()
        _note(seen, train_shared(net, case.X.clone(), case.y.clone(), case.lr, case.num_steps))
        seen["values"] = list(net.parameters())

    with evidence.trial("no steps") as seen:
        net = case.net()
        _note(seen, train_shared(net, case.X.float(), case.y.float(), case.lr, 0))
        seen["values"] = list(net.parameters())

    return evidence


def _note(seen: Seen, result: Any) -> None:
    """Note the kind of the result and, where it is a dict, its lists; a float of a subclass is a float."""
    seen["kind"] = "dict" if isinstance(result, dict) else type(result).__name__
    if isinstance(result, dict):
        for key, values in result.items():
            seen[f"noted {key}"] = [float(value) if isinstance(value, float) else value for value in values] \
                if isinstance(values, list | tuple) else values


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case, fresh = Case(seed), evidence["fresh"]
    error = _known_error(fresh) or raised(fresh)
    if error:
        return dict.fromkeys(("steps", "loss", "norm", "tidy"), error)
    way, steps = _way(case, fresh)
    run = train(case, way)
    if steps is not None and steps.key == TRAINS_A_COPY.key:
        run = train(case, Way(case.lr, case.num_steps))
    loss = _list(fresh, "loss", run.losses[:-1], lambda got: _loss(case, got, run))
    idle = loss is not None and not any(way.trained)  # what does nothing has not earned a point for being tidy
    return {
        "steps": steps,
        "loss": loss,
        "norm": _list(fresh, "shared_grad_norm", run.norms, lambda got: _norm(got, run)),
        "tidy": steps if idle else _tidy(case, evidence, way, steps),
    }


def _known_error(seen: Trial) -> Diagnosis | None:
    error = seen.get("error", {"message": ""})
    if "'NoneType' object has no attribute 'zero_'" in error["message"]:
        return GRAD_IS_NONE(**error)
    if "NoneType" in error["message"]:
        return NORM_AFTER_ZEROING(message=Text(f"（{error['message']}）", f" ({error['message']})"))
    return None


def _way(case: Case, seen: Trial) -> tuple[Way, Diagnosis | None]:
    """The way of training that leads to these parameters, and what is wrong with it."""
    right = Way(case.lr, case.num_steps)
    values = _values(seen)
    trained = tuple(not torch.equal(got, start.double()) for got, start in zip(values, case.values, strict=True))
    if not any(trained):
        falls = _near(_floats(_noted(seen, "loss")), train(case, right).losses[:-1])
        return right._replace(trained=trained), TRAINS_A_COPY() if falls else REBINDS()
    for way, diagnosis in _ways(case, right, trained):
        run = train(case, way)
        if all(map(_close, values, run.path[-1])):
            return way, diagnosis
    return right, WRONG_VALUES(what=PARAMETERS)


def _ways(case: Case, right: Way, trained: tuple[bool, ...]) -> Iterator[tuple[Way, Diagnosis | None]]:
    """The ways of training that are known, the right one first."""
    yield right, None
    if not all(trained):
        yield right._replace(trained=trained), SOME_NOT_TRAINED(got=NAMES[trained.index(False)])
    yield right._replace(accumulate=True), ACCUMULATES()
    for scale in _scales(case):
        yield right._replace(scale=scale), LOSS_SCALE(scale=scale)
    yield right._replace(lr=case.lr / len(case.X)), DIVIDED_BY_BATCH(batch=len(case.X))
    yield right._replace(lr=-case.lr), ASCENDS()
    for lr in (1.0, 0.5, 0.1, 0.05, 0.01, 0.001):
        yield right._replace(lr=lr), IGNORES_LR(lr=lr)
    yield right._replace(momentum=0.9), OTHER_OPTIMIZER(name=Text("带动量的 SGD", "SGD with momentum"))
    yield right._replace(adam=True), OTHER_OPTIMIZER(name=Text(" Adam", "Adam"))
    for steps in (case.num_steps - 1, case.num_steps + 1, 1):
        yield right._replace(steps=steps), STEP_COUNT(expected=case.num_steps, got=steps)


def _scales(case: Case) -> tuple[float, ...]:
    """Sum, sum over a sample's elements averaged over samples, and the halves of these and of the mean."""
    return case.y.numel(), case.y.shape[1], 1 / 2, case.y.numel() / 2, case.y.shape[1] / 2


def _list(seen: Trial, key: str, expected: list[float],
          known: Callable[[list[float]], Diagnosis | None]) -> Diagnosis | None:
    """Whether a list has the expected numbers, of whatever type."""
    if seen["kind"] == "NoneType":
        return RETURNED_NOTHING(what=Text("`train_shared` ", "`train_shared`"))
    if seen["kind"] != "dict":
        return WRONG_TYPE(what=Text("返回值", "the result"), expected="dict", got=seen["kind"])
    if f"noted {key}" not in dict(seen):
        there = ", ".join(f'`"{name.removeprefix("noted ")}"`' for name in seen if name.startswith("noted "))
        return MISSING_KEY(key=key, got=there)
    noted = seen[f"noted {key}"]
    got = _floats(noted)
    if got is None:
        return WRONG_TYPE(what=f'`"{key}"`', expected="list", got=type_name(noted))
    if _near(got, expected):
        return None
    if len(got) != len(expected):
        return WRONG_LENGTH(key=key, got=len(got), expected=len(expected))
    return known(got) or not_like(torch.tensor(got), torch.tensor(expected), Text(f'`"{key}"`', f'`"{key}"`'))


def _loss(case: Case, got: list[float], run: Run) -> Diagnosis | None:
    if _near(got, run.losses[1:]):
        return LOSS_AFTER()
    for scale in _scales(case):
        if _near(got, [scale * loss for loss in run.losses[:-1]]):
            return LOSS_SCALE(scale=scale)
    return None


def _norm(got: list[float], run: Run) -> Diagnosis | None:
    if not any(got):
        return NORM_AFTER_ZEROING(message="")
    grads = [used[SHARED_WEIGHT] for used in run.grads]
    formulas = (
        ([grad.norm() ** 2 for grad in grads], Text("平方和，没有开方", "the sum of squares without its root")),
        ([grad.abs().sum() for grad in grads], Text("绝对值之和", "the sum of absolute values")),
        ([grad.abs().max() for grad in grads], Text("绝对值的最大值", "the largest absolute value")),
        ([grad.abs().mean() for grad in grads], Text("绝对值的平均", "the mean of absolute values")),
        ([(grad ** 2).mean().sqrt() for grad in grads], Text("均方根，除以了元素个数",
                                                             "the root of the mean of squares")),
        ([(grad ** 2).mean() for grad in grads], Text("平方的平均", "the mean of squares")),
        ([grad.sum() for grad in grads], Text("元素之和", "the sum of the elements")))
    others = (
        ([used[SHARED_WEIGHT + 1].norm() for used in run.grads],
         Text("共享层偏置的梯度", "the gradient of the shared bias")),
        ([torch.cat([grad.flatten() for grad in used]).norm() for used in run.grads],
         Text("所有参数的梯度", "the gradients of all parameters")),
        ([torch.cat([grad.flatten() for grad in used[SHARED_WEIGHT:SHARED_WEIGHT + 2]]).norm() for used in run.grads],
         Text("共享层两个参数的梯度", "the gradients of both parameters of the shared layer")),
        ([values[SHARED_WEIGHT].norm() for values in run.path[:-1]], Text("权重自己", "the weight itself")),
        ([values[SHARED_WEIGHT].norm() for values in run.path[1:]], Text("权重自己", "the weight itself")))
    for values, what in formulas:
        if _near(got, [float(value) for value in values]):
            return NORM_FORMULA(got=what)
    for values, what in others:
        if _near(got, [float(value) for value in values]):
            return NORM_OF_ANOTHER(got=what)
    return None


def _tidy(case: Case, evidence: Evidence, way: Way, steps: Diagnosis | None) -> Diagnosis | None:
    """Old gradients, data and earlier calls leave the training as it is; what is noted are floats."""
    fresh, again, none = evidence["fresh"], evidence["leftovers"], evidence["no steps"]
    if not torch.equal(fresh["X"], case.X.float()) or not torch.equal(fresh["y"], case.y.float()):
        return CHANGES_INPUT()
    odd = [type_name(value) for key, values in fresh.items() if key.startswith("noted ") and isinstance(values, list)
           for value in values if type(value) is not float]
    if odd:
        return NOT_FLOATS(got=odd[0])
    return first(_leftovers(case, fresh, again, way, steps), _no_steps(case, fresh, none, steps))


def _leftovers(case: Case, fresh: Trial, seen: Trial, way: Way, steps: Diagnosis | None) -> Diagnosis | None:
    """Gradients left over from before do not matter, nor does float64, nor the call before this one."""
    if "error" in seen:
        return raised(seen)
    if any(_length(seen, key) > _length(fresh, key) for key in KEYS):
        return SHARED_STATE()
    for run, diagnosis in ((train(case, way._replace(accumulate=False)), None),
                           (train(case, way, case.leftovers), ACCUMULATES() if way.accumulate else LEFTOVERS())):
        if all(map(_close, _values(seen), run.path[-1])):
            exact = all(close(got, value) for got, value in zip(_values(seen), run.path[-1], strict=True))
            return diagnosis if exact else diagnosis or FLOAT32_INSIDE()
    return steps or WRONG_VALUES(what=PARAMETERS)


def _no_steps(case: Case, fresh: Trial, seen: Trial, steps: Diagnosis | None) -> Diagnosis | None:
    """No steps, no change and no numbers (but for those that a list had too many before: that is judged there)."""
    if "error" in seen:
        return raised(seen)
    for key in KEYS:
        if _length(seen, key) > max(0, _length(fresh, key) - case.num_steps):
            return WRONG_LENGTH(key=key, got=_length(seen, key), expected=0)
    same = all(map(torch.equal, _values(seen), [value.double() for value in case.values]))
    return None if same else steps or WRONG_VALUES(what=PARAMETERS)


def _length(seen: Trial, key: str) -> int:
    return len(_floats(_noted(seen, key)) or ())


def _noted(seen: Trial, key: str) -> Any:
    """What was returned under a key; None if it was not there."""
    return dict(seen).get(f"noted {key}")


def _floats(values: Any) -> list[float] | None:
    """The numbers of a list, one-element tensors among them; None where there are others."""
    if not isinstance(values, list):
        return None
    numbers = [value for value in values
               if isinstance(value, int | float) or (isinstance(value, Tensor) and value.numel() == 1)]
    return [float(number) for number in numbers] if len(numbers) == len(values) else None


def _values(seen: Trial) -> Values:
    """The net's six parameters, in float64; an empty tensor where one is missing."""
    values = [value.double() for value in seen["values"] if isinstance(value, Tensor)]
    return (values + [torch.empty(0, dtype=torch.float64)] * len(NAMES))[:len(NAMES)]


def _near(got: list[float] | None, expected: list[float]) -> bool:
    """Whether the numbers agree within float32."""
    return got is not None and len(got) == len(expected) and all(
        abs(one - other) <= RTOL * max(abs(other), 1e-3) for one, other in zip(got, expected, strict=True))


def _close(got: Tensor, expected: Tensor) -> bool:
    """Whether a parameter agrees within float32."""
    return got.shape == expected.shape and torch.allclose(
        got, expected, rtol=0, atol=RTOL * max(1.0, float(expected.abs().max())))


EXERCISE = Exercise(
    name="train-shared",
    takes=(Argument("train_shared", "function"),),
    criteria=CRITERIA,
    hints=(
        Text("一步训练有四件事：清掉旧梯度、前向算损失、反向传播、更新参数。先把这四件事按先后写成注释，"
             "再想损失和范数各在哪一件之后记。",
             "A step of training has four parts: clear old gradients, forward to the loss, backward, update. Write "
             "them as comments in their order first; then behind which of them do loss and norm get noted?"),
        Text("`torch.optim.SGD(net.parameters(), lr=lr)` 就是不带动量的梯度下降，`F.mse_loss` 默认对所有元素取平均。"
             "梯度在 `backward` 之后才有，清零之后就没了。",
             "`torch.optim.SGD(net.parameters(), lr=lr)` is gradient descent without momentum, and `F.mse_loss` "
             "averages over all elements by default. A gradient is there after `backward`, and gone once cleared."),
        Text("循环 `num_steps` 次：`zero_grad`，算损失，`backward`；这时把损失的数值和 `net.shared.weight.grad` "
             "的范数用 `.item()` 记进两个列表；再 `step`。列表在循环之前建好，0 步就自然是空的。",
             "Loop `num_steps` times: `zero_grad`, loss, `backward`; now note the value of the loss and the norm of "
             "`net.shared.weight.grad` in two lists, with `.item()`; then `step`. Make the lists before the loop, and "
             "0 steps leave them empty."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(ACCUMULATES, LEFTOVERS, LOSS_AFTER, LOSS_SCALE, DIVIDED_BY_BATCH, IGNORES_LR, ASCENDS,
                    OTHER_OPTIMIZER, STEP_COUNT, SOME_NOT_TRAINED, TRAINS_A_COPY, REBINDS, NORM_FORMULA,
                    NORM_OF_ANOTHER, NORM_AFTER_ZEROING, GRAD_IS_NONE, NOT_FLOATS, WRONG_LENGTH, MISSING_KEY,
                    LEAF_IN_PLACE),
)
