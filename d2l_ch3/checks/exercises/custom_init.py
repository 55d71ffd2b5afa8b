"""The check of custom-init: weights drawn element by element from a lopsided mixture.

The statistical tests have bounds so wide that a right answer fails one of them less than once in a million seeds.
"""

from collections.abc import Callable
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import GRADIENT, LEAF_IN_PLACE, close, first, misfit, not_like, raised
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("mixture", 2, Text("每个元素各自抽签：1/2、1/3、1/6",
                                 "every element draws its own case: 1/2, 1/3, 1/6")),
    Criterion("pieces", 1, Text("取值只在 [1, 2]、0、[-4, -2] 里，两段都均匀",
                                "values in [1, 2], 0 and [-4, -2] only, uniform in both")),
    Criterion("layers", 1, Text("所有线性层，偏置归零，别的层不动",
                                "all linear layers, bias 0, nothing else touched")),
    Criterion("parameter", 1, Text("权重还是原来那个要梯度的参数，类型不变",
                                   "the weight stays the same parameter, of the same dtype")),
)

UNTOUCHED = Misconception("untouched", Text(
    "函数跑完了，`nn.Linear` 的权重却一个也没变。是类型判断没有放行，还是新张量算好了却没有写回 `m.weight`？",
    "The function ran, and no weight of the `nn.Linear` changed. Does the test of its type never let it through, or "
    "was a new tensor computed and not written back into `m.weight`?"))

ONE_CASE_A_LAYER = Misconception("one-case-a-layer", Text(
    "一整层的权重都落在同一种情况里：你只抽了一次签，整层共用。抽签的结果应当和权重一样形状。",
    "All weights of a layer fall under the same case: the lot was drawn once for the whole layer. What you draw "
    "should have the shape of the weight."))

ONE_CASE_A_ROW = Misconception("one-case-a-row", Text(
    "同一行（或同一列）的权重都落在同一种情况里：一行共用了一个签，靠广播铺开。抽签的结果应当和权重一样形状。",
    "The weights of a row (or a column) all fall under the same case: they share one lot, spread by broadcasting. "
    "What you draw should have the shape of the weight."))

SAME_EVERY_TIME = Misconception("same-every-time", Text(
    "两个形状相同的层抽到了一模一样的签。函数里固定了随机种子，或者把抽好的结果存下来重复用了。"
    "种子由调用的人在外面定一次；函数里定，还会打乱别人的随机数。",
    "Two layers of the same shape drew exactly the same lots: a seed is set inside the function, or a draw is kept "
    "and used again. A seed is set once, outside, by whoever calls; set inside, it also upsets everyone else's "
    "random numbers."))

MASKED_UNIFORM = Misconception("masked-uniform", Text(
    "正、零、负的比例约为 1/6、1/2、1/3：这是从 U(-4, 2) 抽样、再把中间置零的结果。这样一来，"
    "概率由区间的长短决定；`my_init` 左右对称，碰巧合适，这里不行。先抽是哪一种情况，再抽数值。",
    "Positive, zero and negative come about 1/6, 1/2 and 1/3 of the time: that is U(-4, 2) with its middle set to "
    "zero. Then the lengths of the intervals decide; `my_init` is symmetric, so it happened to fit. Draw the case "
    "first, then the value."))

SYMMETRIC = Misconception("symmetric", Text(
    "正、零、负的比例约为 1/4、1/2、1/4，和 `my_init` 一样左右对称。这里要的是 1/2、1/3、1/6，同一个窍门用不上。",
    "Positive, zero and negative come about 1/4, 1/2 and 1/4 of the time, symmetric as in `my_init`. Here it should "
    "be 1/2, 1/3 and 1/6; the same trick does not carry over."))

SECOND_LOT = Misconception("second-lot", Text(
    "正、零、负的比例约为 {shares}。第二次抽签只轮到第一次没抽中的元素，题目里的概率却是对所有元素说的："
    "要么只抽一次签，把 [0, 1) 切成三段；要么换算成条件概率。",
    "Positive, zero and negative come about {shares} of the time. A second lot is drawn only by elements that missed "
    "the first, while the exercise's probabilities are for all elements: draw one lot and cut [0, 1) into three, or "
    "work out the conditional probability."))

WRONG_SHARES = Misconception("wrong-shares", Text(
    "正、零、负的比例约为 {shares}，应当是 0.50、0.33、0.17。对一个 1000×1000 的层数一数，看每一步判断各放走了多少。",
    "Positive, zero and negative come about {shares} of the time; it should be 0.50, 0.33, 0.17. Count them for a "
    "layer of 1000 by 1000, and see how many each of your tests lets through."), symptom=True)

DEALT = Misconception("dealt", Text(
    "每一层里三种情况的个数都分毫不差，正好是 1/2、1/3、1/6。独立抽签的个数总会有些起伏；这像是按份数发牌（再洗牌），"
    "各元素就不独立了。",
    "In every layer the three cases come exactly 1/2, 1/3 and 1/6 of the time. Independent lots always vary a little; "
    "this looks like cards dealt (and shuffled), and then the elements are not independent."))

NOT_INDEPENDENT = Misconception("not-independent", Text(
    "比例对，可是相邻的元素（或者两层里同一位置的元素）落在同一种情况里的次数不对：它们的签有牵连。"
    "每个元素的签要各抽各的。",
    "The shares are right, but neighbours (or elements at the same place in two layers) fall under the same case too "
    "often or too rarely: their lots are linked. Each element should draw its own."))

OUTSIDE = Misconception("outside", Text(
    "权重里有 {got}，它不是 0，也不在 [1, 2] 和 [-4, -2] 里。检查两个区间的端点和符号；也可能有些元素哪种情况都没轮到，"
    "还留着原来的值。",
    "There is a weight {got}, which is not 0 and neither in [1, 2] nor in [-4, -2]. Check ends and signs of both "
    "intervals; or did some elements come under no case and keep their old values?"))

FEW_VALUES = Misconception("few-values", Text(
    "在 {piece} 里的 {count} 个权重只有 {distinct} 种取值：数值没有逐个去抽（一次抽样被整片共用，或者只取了整数）。",
    "There are {count} weights within {piece}, and the number of different values is only {distinct}: they were not "
    "drawn one by one (a single draw fills many places, or only whole numbers were drawn)."))

NOT_UNIFORM = Misconception("not-uniform", Text(
    "权重都在 {piece} 里，分布却不均匀。画一张直方图看看：有的地方挤，有的地方空。",
    "The weights lie within {piece}, but are not spread evenly. Draw a histogram: where is it crowded, where empty?"))

BIAS_LEFT = Misconception("bias-left", Text(
    "权重换了，偏置却没有归零。`my_init` 不管偏置，这道题要管。",
    "The weights are new, but the bias is not 0. `my_init` leaves the bias alone; this exercise does not."))

BIAS_MAY_BE_MISSING = Misconception("bias-may-be-missing", Text(
    "遇到 `nn.Linear(..., bias=False)` 出了问题：{problem}。这种层的 `bias` 是 None，权重照样要初始化。",
    "A layer `nn.Linear(..., bias=False)` went wrong: {problem}. Its `bias` is None; its weight is to be initialised "
    "all the same."))

MISSES_SUBCLASSES = Misconception("misses-subclasses", Text(
    "从 nn.Linear 继承来的层没有初始化：`type(m) == nn.Linear` 只认它本身，不认子类。换一种也认子类的判断。",
    "A layer of a subclass of nn.Linear was left out: `type(m) == nn.Linear` accepts that class only. Use a test that "
    "accepts subclasses too."))

TOUCHES_OTHERS = Misconception("touches-others", Text(
    "`apply` 会走到每个模块，你的函数对不是线性层的也动了手：{problem}。先判断类型，再动手。",
    "`apply` visits every module, and your function laid hands on one that is no linear layer: {problem}. Look at "
    "the type first."))

NOT_A_PARAMETER = Misconception("not-a-parameter", Text(
    "把一个普通张量赋给了参数的名字：{message}。不要换掉这个参数，把新的值写进它里面。",
    "An ordinary tensor was assigned to the name of a parameter: {message}. Do not put something in its place; write "
    "the new values into it."))

REPLACED = Misconception("replaced", Text(
    "权重换成了一个新的参数。检查先建好优化器，再初始化：优化器手里还是旧的那个，训练一步，网络没有变。"
    "把值写进原来的参数。",
    "The weight became a new parameter. The check made an optimiser first and initialised afterwards: the optimiser "
    "still holds the old one, and a step did not change the net. Write the values into the parameter that is there."))

LOST_GRAD = Misconception("lost-grad", Text(
    "初始化以后，权重收不到梯度：它的 `requires_grad` 被关掉了。临时不求导可以，用完要恢复原样。",
    "After the initialisation no gradient arrives in the weight: its `requires_grad` was turned off. Pausing the "
    "record is fine, but the parameter should be left as it was."))

WEIGHT = Text("权重", "the weight")
POSITIVE, NEGATIVE = (1.0, 2.0), (-4.0, -2.0)
SHARES = {1: 1 / 2, 0: 1 / 3, -1: 1 / 6}
SAME_CASE = 14 / 36  # (1/2)² + (1/3)² + (1/6)²: how often two independent elements fall under the same case
TWO_LOTS = ((1 / 2, 1 / 6, 1 / 3), (1 / 2, 5 / 12, 1 / 12), (5 / 9, 5 / 18, 1 / 6), (5 / 12, 5 / 12, 1 / 6))
SIGMAS = 6.5  # a right answer is further off once in 10¹⁰ times


class Doubled(nn.Linear):
    """A subclass of nn.Linear, as students write them."""

    def forward(self, X: Tensor) -> Tensor:
        """Twice what a linear layer gives: (..., in_features) -> (..., out_features)."""
        return 2 * super().forward(X)


class Case:
    """The inputs that a seed stands for: two layers large enough to count in, and a net of many kinds of layers."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        out_features, in_features = dice.integer(80, 110), 6 * dice.integer(14, 18)
        self.pair = [dice.linear(in_features, out_features) for _ in range(2)]
        a, b, c = dice.different(3, 6, 12)
        new = nn.utils.skip_init  # without a draw from the global generator
        self.net = nn.Sequential(
            dice.linear(a, b), nn.ReLU(), nn.BatchNorm1d(b),
            nn.Sequential(nn.LayerNorm(b), nn.Tanh(), new(Doubled, b, c)),
            new(nn.Conv1d, a, b, 3), new(nn.Embedding, b, c), new(nn.Bilinear, a, b, c))
        self.bare = new(nn.Linear, a, c, bias=False)
        self.layer = dice.linear(c, b)
        with torch.no_grad():
            for parameter in [*self.net.parameters(), self.bare.weight]:
                parameter.copy_(dice.tensor(*parameter.shape) / 10)
        self.X = dice.tensor(dice.integer(2, 5), c)
        self.factor = dice.tensor(len(self.X), b)
        self.lr = 0.1 + float(dice.tensor(1).abs())


LINEAR, SUBCLASS = "0", "3.2"


def probe(seed: int, lopsided_init: Callable[[nn.Module], Any]) -> Evidence:
    """The weights that were drawn; what became of a net; a step of an optimiser that was made before."""
    evidence = Evidence()
    case = Case(seed)

    with evidence.trial("pair") as seen:
        for layer in case.pair:
            lopsided_init(layer)
        seen["weights"] = [layer.weight for layer in case.pair]

    with evidence.trial("net") as seen:
        case.net.apply(lopsided_init)
        seen["state"] = dict(case.net.state_dict())

    with evidence.trial("bare") as seen:
        lopsided_init(case.bare)
        seen["weight"] = case.bare.weight

    with evidence.trial("step") as seen:
        optimizer = torch.optim.SGD(case.layer.parameters(), lr=case.lr)
        lopsided_init(case.layer)
        seen["weight"] = case.layer.weight
        (case.layer(case.X) * case.factor).sum().backward()
        seen["grad"] = case.layer.weight.grad
        optimizer.step()
        seen["stepped"] = case.layer.weight

    with evidence.trial("double") as seen:
        layer = Case(seed).layer.double()
        lopsided_init(layer)
        seen["weight"] = layer.weight
        seen["output"] = layer(case.X.double())

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    pair = _failure(evidence["pair"]) or _untouched(case, evidence["pair"])
    mixture = pair or _mixture(evidence["pair"]["weights"])
    return {
        "mixture": mixture,
        "pieces": pair or first(*(_pieces(weight, mixture) for weight in evidence["pair"]["weights"])),
        "layers": first(_net(case, evidence["net"]), _bare(case, evidence["bare"])),
        "parameter": first(_step(case, evidence["step"]), _double(case, evidence["double"])),
    }


def _failure(seen: Trial) -> Diagnosis | None:
    message = seen.get("error", {"message": ""})["message"]
    return NOT_A_PARAMETER(message=message) if "as parameter '" in message else raised(seen)


def _untouched(case: Case, seen: Trial) -> Diagnosis | None:
    wrong = [misfit(weight, layer.weight, WEIGHT) for weight, layer in zip(seen["weights"], case.pair, strict=True)]
    same = any(close(weight, layer.weight) for weight, layer in zip(seen["weights"], case.pair, strict=True))
    return first(*wrong, UNTOUCHED() if same else None)


def _mixture(weights: list[Tensor]) -> Diagnosis | None:
    """Every element's case (the sign of the weight) is drawn on its own with the right probabilities."""
    cases = [weight.sign() for weight in weights]
    if torch.equal(*cases):
        return ONE_CASE_A_LAYER() if _is_constant(cases[0]) else SAME_EVERY_TIME()
    if any(_is_constant(case) for case in cases):
        return ONE_CASE_A_LAYER()
    if any(bool((case == case[:, :1]).all() or (case == case[:1]).all()) for case in cases):
        return ONE_CASE_A_ROW()
    return first(_shares(torch.stack(cases)), _independent(cases))


def _is_constant(case: Tensor) -> bool:
    return bool((case == case[0, 0]).all())


def _shares(cases: Tensor) -> Diagnosis | None:
    shares = [float((cases == sign).double().mean()) for sign in SHARES]
    if _are(shares, tuple(SHARES.values()), cases.numel()):
        exact = all(int((case == sign).sum()) * 6 == round(6 * share) * case.numel()
                    for case in cases for sign, share in SHARES.items())
        return DEALT() if exact else None
    if _are(shares, (1 / 6, 1 / 2, 1 / 3), cases.numel()):
        return MASKED_UNIFORM()
    if _are(shares, (1 / 4, 1 / 2, 1 / 4), cases.numel()):
        return SYMMETRIC()
    told = ", ".join(f"{share:.2f}" for share in shares)
    if any(_are(shares, lots, cases.numel()) for lots in TWO_LOTS):
        return SECOND_LOT(shares=told)
    return WRONG_SHARES(shares=told)


def _are(shares: list[float], expected: tuple[float, ...], count: int) -> bool:
    """Whether shares of `count` independent elements can be told from the expected ones."""
    return all(abs(share - p) < SIGMAS * (p * (1 - p) / count) ** 0.5
               for share, p in zip(shares, expected, strict=True))


def _independent(cases: list[Tensor]) -> Diagnosis | None:
    """Neighbours, and elements at the same place, fall under the same case as often as independent ones."""
    one, other = cases
    pairs = [(one, other), (one[1:], one[:-1]), (one[:, 1:], one[:, :-1]),
             (other[1:], other[:-1]), (other[:, 1:], other[:, :-1])]
    for left, right in pairs:
        # 0.27 is the variance for pairs that overlap, p(1 - p) + 2 (P(three alike) - p²)
        bound = SIGMAS * (0.27 / left.numel()) ** 0.5
        if abs(float((left == right).double().mean()) - SAME_CASE) > bound:
            return NOT_INDEPENDENT()
    return None


def _pieces(values: Tensor, mixture: Diagnosis | None) -> Diagnosis | None:
    """Values lie within the pieces, uniformly; where a piece has hardly any, nothing can be said about it."""
    pieces = [values[_within(values, piece)] for piece in (POSITIVE, NEGATIVE)]
    outside = values[(values != 0) & ~_within(values, POSITIVE) & ~_within(values, NEGATIVE)]
    if outside.numel():
        return OUTSIDE(got=f"{float(outside[0]):.4g}")
    if min(piece.numel() for piece in pieces) < 100:
        return mixture
    return first(*(_uniform(piece, interval) for piece, interval in zip(pieces, (POSITIVE, NEGATIVE), strict=True)))


def _within(values: Tensor, piece: tuple[float, float]) -> Tensor:
    return (values >= piece[0]) & (values <= piece[1])


def _uniform(values: Tensor, piece: tuple[float, float]) -> Diagnosis | None:
    """Kolmogorov's test: the largest distance from the line is over λ/√n with probability 2 exp(-2 λ²) at most."""
    count, distinct = values.numel(), values.unique().numel()
    if distinct < count / 2:
        return FEW_VALUES(piece=list(piece), count=count, distinct=distinct)
    line = (torch.arange(count, dtype=torch.float64) + 0.5) / count
    heights = (values.double().sort().values - piece[0]) / (piece[1] - piece[0])
    return NOT_UNIFORM(piece=list(piece)) if (heights - line).abs().max() > 3.5 / count ** 0.5 else None


def _net(case: Case, seen: Trial) -> Diagnosis | None:
    """After `apply`, all linear layers are new, with bias 0, and the rest is as it was."""
    message = seen.get("error", {"message": ""})["message"]
    if "object has no attribute '" in message and "NoneType" not in message:
        return TOUCHES_OTHERS(problem=message)
    if "error" in seen:
        return _failure(seen)
    state, before = seen["state"], case.net.state_dict()
    linear = [f"{name}.{key}" for name in (LINEAR, SUBCLASS) for key in ("weight", "bias")]
    touched = [name for name in before if name not in linear and not close(state.get(name), before[name])]
    if touched:
        module = case.net.get_submodule(touched[0].rpartition(".")[0])
        return TOUCHES_OTHERS(problem=type(module).__name__)
    if close(state.get(f"{LINEAR}.weight"), before[f"{LINEAR}.weight"]):
        return UNTOUCHED()
    if close(state.get(f"{SUBCLASS}.weight"), before[f"{SUBCLASS}.weight"]):
        return MISSES_SUBCLASSES()
    biases = [state.get(f"{name}.bias") for name in (LINEAR, SUBCLASS)]
    zeros = [torch.zeros_like(before[f"{name}.bias"]) for name in (LINEAR, SUBCLASS)]
    return None if all(map(close, biases, zeros)) else BIAS_LEFT()


def _bare(case: Case, seen: Trial) -> Diagnosis | None:
    """A layer without a bias is initialised too."""
    if "error" in seen:
        error = seen["error"]
        if "None" in error["message"]:
            return BIAS_MAY_BE_MISSING(problem=error["message"])
        return _failure(seen)
    if close(seen["weight"], case.bare.weight):
        return BIAS_MAY_BE_MISSING(problem=Text("它的权重没有变", "its weight did not change"))
    return None


def _step(case: Case, seen: Trial) -> Diagnosis | None:
    """An optimiser that was made before still trains the layer: the parameter is the same and requires grad."""
    if "does not require grad" in seen.get("error", {"message": ""})["message"]:
        return LOST_GRAD()
    if "error" in seen:
        return _failure(seen)
    odd = misfit(seen["weight"], case.layer.weight, WEIGHT)
    if odd or close(seen["weight"], case.layer.weight):
        return odd or UNTOUCHED()
    if seen["grad"] is None:
        return LOST_GRAD()
    grad = case.factor.T @ case.X
    if close(seen["stepped"], seen["weight"]):
        return REPLACED()
    return first(not_like(seen["grad"], grad, GRADIENT),
                 not_like(seen["stepped"], seen["weight"] - case.lr * grad, WEIGHT))


def _double(case: Case, seen: Trial) -> Diagnosis | None:
    """A layer in float64 stays in it."""
    odd = misfit(seen["weight"], case.layer.weight.double(), WEIGHT) if "weight" in seen else None
    return odd or _failure(seen)


EXERCISE = Exercise(
    name="custom-init",
    takes=(Argument("lopsided_init", "function"),),
    criteria=CRITERIA,
    hints=(
        Text("分两步想：先给每个元素抽一个签，决定它属于哪种情况；再给它抽数值。签和权重的形状应当是什么关系？",
             "Think in two steps: first every element draws a lot that decides its case, then it draws its value. How "
             "does the shape of the lots relate to that of the weight?"),
        Text("一个 U(0, 1) 的签就够：1/2 和 5/6 两个刀口把它切成 1/2、1/3、1/6 三段。写之前先判断类型（子类也算），"
             "还要想到 `bias` 可能是 None。",
             "One lot from U(0, 1) is enough: cut at 1/2 and at 5/6, and there are pieces of 1/2, 1/3 and 1/6. Test "
             "the type first (subclasses count), and remember that `bias` may be None."),
        Text("备好三个和权重同样形状的张量：签、U(1, 2) 的值、U(-4, -2) 的值"
             "（`torch.empty_like(...).uniform_(a, b)`）。"
             "用 `torch.where` 按签挑选，最后在不记录梯度的地方把结果拷进原来的权重。",
             "Make three tensors of the weight's shape: lots, values from U(1, 2), values from U(-4, -2) "
             "(`torch.empty_like(...).uniform_(a, b)`); choose among them with `torch.where` by the lots, and copy "
             "the result into the weight that is there, where no gradient is recorded."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(UNTOUCHED, ONE_CASE_A_LAYER, ONE_CASE_A_ROW, SAME_EVERY_TIME, MASKED_UNIFORM, SYMMETRIC,
                    SECOND_LOT, WRONG_SHARES, DEALT, NOT_INDEPENDENT, OUTSIDE, FEW_VALUES, NOT_UNIFORM, BIAS_LEFT,
                    BIAS_MAY_BE_MISSING, MISSES_SUBCLASSES, TOUCHES_OTHERS, NOT_A_PARAMETER, REPLACED, LOST_GRAD,
                    LEAF_IN_PLACE),
)
