"""tensor-reduction: y_k = Σ_ij W_ijk x_i x_j, a weight for every product of two features.

An empty batch is not asked for: a loop over samples that stacks its results is right, and has nothing to stack.
"""

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import CUT_GRADIENT, HUGE, first, raised
from d2l_ch3.checks.custom_layers import (
    RELU_ADDED,
    SAMPLES_MIXED,
    SQUEEZED_BATCH,
    Rule,
    alike,
    explained,
    followed,
    gradients,
    huge,
    place,
    see_gradients,
    see_huge,
    see_parameters,
    see_tidiness,
    shapes_of,
    stepped,
    untidy,
    wrong_gradients,
    wrong_output,
    wrong_parameters,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("output", 3, Text("y_k 是所有 W_ijk x_i x_j 的和，形状 (batch, out_features)",
                                "y_k is the sum of all W_ijk x_i x_j, of shape (batch, out_features)")),
    Criterion("batches", 1, Text("批量多大都行，只有一个样本也行", "any batch size, a single sample included")),
    Criterion("trains", 1, Text("weight 是唯一的参数，形状 (in, in, out)，梯度传到它和 X",
                                "weight is the only parameter, of shape (in, in, out); gradients reach it and X")),
    Criterion("tidy", 1, Text("换浮点类型可用，不改 X，不留状态",
                              "works in other floating types, leaves X alone, keeps no state")),
)

ONLY_SQUARES = Misconception("only-squares", Text(
    "只算了 i = j 的那些项 W_iik x_i²。i 和 j 各自走遍所有特征，一共 in_features² 项；"
    "x₁x₂ 这样的交叉项正是这一层的用处。",
    "Only the terms with i = j, W_iik x_i², were summed. i and j each run over all features, which makes in_features² "
    "terms; products such as x₁x₂ are what this layer is for."))

ONE_FEATURE_SQUARED = Misconception("one-feature-squared", Text(
    "每一项里是同一个特征的平方：W_ijk 乘的是 x_i²（或 x_j²），不是 x_i x_j。两个 x 的下标不同，要各走各的。",
    "Each term has one feature squared: W_ijk is multiplied by x_i² (or x_j²), not by x_i x_j. The two x have "
    "different indices, and each runs on its own."))

HALF_THE_TABLE = Misconception("half-the-table", Text(
    "只加了一半的 (i, j)：i < j 和 i > j 只取了一边。x_i x_j 虽然对称，W 却不必对称："
    "W_ijk 和 W_jik 是两个权重，都要算。",
    "Only half of all (i, j) were summed: those with i < j or those with i > j are missing. x_i x_j is symmetric, but "
    "W need not be: W_ijk and W_jik are two weights, and both count."))

DOUBLED = Misconception("doubled", Text(
    "结果正好是两倍：每个权重算了两次。把 W 和它的转置相加，就会这样。公式里每一对 (i, j) 只出现一次。",
    "The result is exactly twice as large: every weight was counted twice, as happens when W is added to its "
    "transpose. In the formula each pair (i, j) stands once."))

ONE_FACTOR = Misconception("one-factor", Text(
    "每一项里只有一个 x：算的是 Σ W_ijk x_i，仍是线性的。另一个 x 还没有乘上。把 X 乘以 2，输出应当变成 4 倍；试试看。",
    "There is only one x in each term: that is Σ W_ijk x_i, still linear. The other x has not been multiplied in. "
    "Double X, and the output should be 4 times as large; try it."))

FIXED_BATCH = Misconception("fixed-batch", Text(
    "批量大小一变就不对了：层记住了某个批量大小。每次都要从 X 的形状里读它，不要写死，也不要留到下一次调用。",
    "Another batch size, and it no longer works: the layer remembers one. Read it from the shape of X each time; do "
    "not set it in `__init__` or keep it for the next call."))


class Case:
    """The inputs that a seed stands for."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        in_features, out_features, batch = dice.different(3, 2, 4)
        self.sizes = (in_features, out_features)
        weight = dice.tensor(in_features, in_features, out_features)
        weight[..., 1] = -2 * weight[..., 0]  # so that outputs of both signs occur
        self.values = {"weight": weight}
        self.other_values = {"weight": dice.tensor(in_features, in_features, out_features)}
        self.shapes = shapes_of(self.values)
        self.X = dice.tensor(batch, in_features)
        self.others = [dice.tensor(size, in_features) for size in (1, batch + 1)]
        self.weights = dice.tensor(512)


def _products(X: Tensor) -> Tensor:
    """The table of all x_i · x_j of each sample, by the identity 4ab = (a + b)² - (a - b)²."""
    sums, differences = X[:, :, None] + X[:, None, :], X[:, :, None] - X[:, None, :]
    return (sums ** 2 - differences ** 2) / 4


def _reduce(weight: Tensor, table: Tensor) -> Tensor:
    """y_k from a table of what W_ijk is multiplied by, of shape (batch, in_features, in_features)."""
    return torch.stack([sum((table * slice_).flatten(1).unbind(1), table.new_zeros(len(table)))
                        for slice_ in weight.unbind(2)], dim=1)


def _right(weight: Tensor, X: Tensor) -> Tensor:
    return _reduce(weight, _products(X))


def _all_samples(weight: Tensor, X: Tensor) -> Tensor:
    return _reduce(weight, X[:, :, None] * X.sum(0)[None, None, :])


RIGHT = Rule(None, _right)
RULES = (
    RIGHT,
    Rule(ONLY_SQUARES, lambda weight, X: _reduce(weight, _products(X).diagonal(dim1=1, dim2=2).diag_embed())),
    Rule(ONE_FEATURE_SQUARED, lambda weight, X: _reduce(weight, (X ** 2)[:, :, None].expand(-1, -1, X.shape[1]))),
    Rule(ONE_FEATURE_SQUARED, lambda weight, X: _reduce(weight, (X ** 2)[:, None, :].expand(-1, X.shape[1], -1))),
    Rule(HALF_THE_TABLE, lambda weight, X: _reduce(weight, _products(X).triu())),
    Rule(HALF_THE_TABLE, lambda weight, X: _reduce(weight, _products(X).tril())),
    Rule(HALF_THE_TABLE, lambda weight, X: _reduce(weight, _products(X).triu(1))),
    Rule(HALF_THE_TABLE, lambda weight, X: _reduce(weight, _products(X).tril(-1))),
    Rule(DOUBLED, lambda weight, X: 2 * _right(weight, X)),
    Rule(ONE_FACTOR, lambda weight, X: _reduce(weight, X[:, :, None].expand(-1, -1, X.shape[1]))),
    Rule(ONE_FACTOR, lambda weight, X: _reduce(weight, X[:, None, :].expand(-1, X.shape[1], -1))),
    Rule(SAMPLES_MIXED, lambda weight, X: _right(weight, X).sum(0)),
    Rule(SAMPLES_MIXED, lambda weight, X: _all_samples(weight, X)),
    Rule(SAMPLES_MIXED, lambda weight, X: _all_samples(weight.transpose(0, 1), X)),
    Rule(RELU_ADDED, lambda weight, X: _right(weight, X).relu()),
)


def probe(seed: int, TensorReduction: type[nn.Module]) -> Evidence:
    """Outputs for drawn weights and several batch sizes, gradients, and a step of training."""
    evidence = Evidence()

    with evidence.trial("output") as seen:
        case = Case(seed)
        seen["output"] = place(TensorReduction(*case.sizes), case.values)(case.X)

    with evidence.trial("batches") as seen:
        case = Case(seed)
        net = place(TensorReduction(*case.sizes), case.values)
        for X in case.others:
            seen[f"batch {len(X)}"] = net(X)

    with evidence.trial("trains") as seen:
        case = Case(seed)
        net = TensorReduction(*case.sizes)
        see_parameters(seen, net, case.shapes)
        place(net, case.values)
        see_gradients(seen, net, case.shapes, case.X, case.weights)

    with evidence.trial("step") as seen:
        case = Case(seed)
        net = place(TensorReduction(*case.sizes), case.values)
        seen["weight"] = stepped(net, case.shapes, case.X, case.weights)["weight"]

    with evidence.trial("tidy") as seen:
        case = Case(seed)
        net = place(TensorReduction(*case.sizes), case.values)
        see_tidiness(seen, net, lambda: place(TensorReduction(*case.sizes), case.other_values), case.X)
        see_huge(seen, net, case.values, case.X)

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    parameters = _parameters(case, evidence["trains"])
    rule = followed(evidence["output"].get("output"), RULES, case.values["weight"].double(), case.X.double())
    output = first(_raised(evidence["output"], parameters),
                   wrong_output(rule, evidence["output"], _expected(RIGHT, case.values["weight"], case.X)))
    batches = _batches(case, rule, evidence["batches"], output)
    return {
        "output": output,
        "batches": batches,
        "trains": first(parameters, explained(_gradients(case, rule, evidence["trains"], output), parameters),
                        _step(case, evidence["step"], output)),
        "tidy": _tidy(case, rule, evidence["tidy"], first(parameters, output, batches)),
    }


def _expected(rule: Rule, weight: Tensor, X: Tensor) -> Tensor:
    """What the rule gives for X, in float64."""
    return rule.formula(weight.double(), X.double())


def _raised(seen: Trial, parameters: Diagnosis | None) -> Diagnosis | None:
    """What explains the exception of a trial."""
    missing = "error" in seen and seen["error"]["type"] == "NotFoundError"
    return parameters if missing else raised(seen)


def _parameters(case: Case, seen: Trial) -> Diagnosis | None:
    return wrong_parameters(seen, case.shapes) if "parameters" in seen else raised(seen)


def _batches(case: Case, rule: Rule | None, seen: Trial, output: Diagnosis | None) -> Diagnosis | None:
    if rule is None or rule.mistake is SAMPLES_MIXED:
        return output
    expected = [_expected(rule, case.values["weight"], X) for X in case.others]
    outputs = [seen.get(f"batch {len(X)}") for X in case.others]
    if all(alike(value, right) for value, right in zip(outputs, expected, strict=True)):
        return None
    return SQUEEZED_BATCH() if alike(outputs[0], expected[0].squeeze(0)) else FIXED_BATCH()


def _gradients(case: Case, rule: Rule | None, seen: Trial, output: Diagnosis | None) -> Diagnosis | None:
    if rule is None:
        return output
    expected = gradients(lambda values, X: rule.formula(values["weight"], X), case.values, case.X, case.weights)
    return wrong_gradients(seen, expected)


def _step(case: Case, seen: Trial, output: Diagnosis | None) -> Diagnosis | None:
    """A step of training moves the weight."""
    if "error" in seen:
        return first(output, raised(seen))
    return CUT_GRADIENT() if torch.equal(seen["weight"], case.values["weight"]) else None


def _tidy(case: Case, rule: Rule | None, seen: Trial, earlier: Diagnosis | None) -> Diagnosis | None:
    if "error" in seen:
        return first(earlier, raised(seen))
    inputs = (case.values, case.X), (case.other_values, case.X), (huge(case.values), HUGE * case.X.double())
    expected, other, of_huge = (_expected(rule, values["weight"], X) if rule else None for values, X in inputs)
    return untidy(seen, case.X, expected, other, None if earlier else of_huge)


EXERCISE = Exercise(
    name="tensor-reduction",
    takes=(Argument("TensorReduction", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("先只看一个样本、一个 k：y_k 是一张 in_features × in_features 的表里所有数的和，"
             "第 (i, j) 格是 W_ijk x_i x_j。用 in_features = 2 手算一遍。",
             "Take one sample and one k first: y_k is the sum of a table of in_features by in_features numbers, with "
             "W_ijk x_i x_j in cell (i, j). Work it out by hand for in_features = 2."),
        Text("给每个下标一个字母：样本 b，输入 i 和 j，输出 k。哪些字母出现在结果里，哪些要加掉？X 要用两次。",
             "Give each index a letter: b for the sample, i and j for the inputs, k for the output. Which letters stay "
             "in the result, and which are summed away? X is used twice."),
        Text("`torch.einsum` 正好照着这些字母写：每个张量一组，逗号隔开，箭头后面写留下的。"
             "也可以分两步：先用一个 X 消去 i，得到 (batch, in, out)，再用另一个 X 消去 j，b 始终留着。",
             "`torch.einsum` is written in just these letters: one group a tensor, with commas between, and after the "
             "arrow those that stay. Or take two steps: one X sums i away, which leaves (batch, in, out), then the "
             "other sums j away, and b stays throughout."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(ONLY_SQUARES, ONE_FEATURE_SQUARED, HALF_THE_TABLE, DOUBLED, ONE_FACTOR, FIXED_BATCH),
)
