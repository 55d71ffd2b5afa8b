"""weight-norm: a linear layer whose weight columns are directions of length 1, each times its scale.

A small number added to a column's length, as a guard against zero, is not held against an answer.
"""

import re

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import CUT_GRADIENT, HUGE, SHARED_STATE, first, raised
from d2l_ch3.checks.custom_layers import (
    ONLY_2_D,
    RELU_ADDED,
    Rule,
    Values,
    alike,
    current,
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
    Criterion("output", 2, Text("输出是 X·W + bias，W 的每一列先归一再缩放；前面的维度有几个都行",
                                "the output is X·W + bias, columns of W normalised, then scaled; any X.ndim")),
    Criterion("gradients", 1, Text("梯度传到三个参数和 X，也穿过范数",
                                   "gradients reach the three parameters and X, through the norm too")),
    Criterion("parameters", 1, Text("正好三个可训练的参数，名字和形状都对；direction 随机开始",
                                    "exactly these three parameters, all training; direction starts random")),
    Criterion("tidy", 1, Text("换浮点类型可用，不改 X 和参数，不留状态",
                              "works in other floating types, leaves X and parameters alone, keeps no state")),
)

NORM_BY_ROW = Misconception("norm-by-row", Text(
    "归一化的是行，不是列：范数沿着另一维求了。direction 的第 k 列属于第 k 个输出，长度为 1 的应当是列。"
    "算完以后看看每一列的范数是不是 1；`F.normalize` 默认的维也要留意。",
    "Rows were normalised, not columns: the norm ran along the other dimension. Column k of direction belongs to "
    "output k, and it is columns that should have length 1. Print their norms afterwards; mind the default "
    "dimension of `F.normalize`, too."))

NORM_OF_ALL = Misconception("norm-of-all", Text(
    "所有列除以了同一个数：不指定维时，`norm` 求的是整个矩阵的范数。这里每一列有自己的长度，一共 units 个范数。",
    "All columns were divided by the same number: without a dimension, `norm` takes the norm of the whole matrix. "
    "Here each column has a length of its own, so there are as many norms as units."))

NORM_SQUARED = Misconception("norm-squared", Text(
    "除以的是范数的平方：平方和还没有开方。验证一下：归一以后，每一列的长度应当是 1。",
    "The division is by the square of the norm: the square root is missing. To verify: once normalised, each column "
    "should have length 1."))

NOT_NORMALISED = Misconception("not-normalised", Text(
    "direction 没有除以列的长度，直接拿来用了。把 direction 整个乘以 10，输出应当不变；试试看。",
    "direction was used as it is, not divided by the length of its columns. Multiply direction by 10: the output "
    "should not change. Try it."))

NORMALISED_ONCE = Misconception("normalised-once", Text(
    "归一化只做了一次（在 `__init__` 里，或者第一次调用时算好存着）。参数一更新（训练、加载），列的长度就变了，"
    "`forward` 却不知道。凡是由参数算出来的东西，每次前向传播都要重新算。",
    "Normalising happened only once, in `__init__` or in a first call that kept the result. As soon as the parameters "
    "change (by training, by loading), so do the lengths, and `forward` does not know. What is computed from "
    "parameters has to be computed anew in every forward pass."))

NORMALISED_IN_PLACE = Misconception("normalised-in-place", Text(
    "`forward` 想把归一的结果写回 direction。参数归优化器改，前向传播只读不写；写回去还会让梯度绕过范数。"
    "把结果放进一个局部变量。",
    "`forward` writes the normalised values back into direction. Changing parameters is the optimiser's business; "
    "the forward pass only reads them, and writing back also leads gradients past the norm. Keep the result in a "
    "local variable."))

NORM_DETACHED = Misconception("norm-detached", Text(
    "输出对，direction 的梯度不对：范数被当成了常数。它也是 direction 的函数，`.data`、`.detach()` 或 `no_grad` "
    "却让 autograd 看不见这一层关系。让范数留在计算图里。",
    "The output is right, the gradient of direction is not: the norm was taken for a constant. It too depends on "
    "direction, but `.data`, `.detach()` or `no_grad` hides that from autograd. Keep the norm in the graph."))

NO_SCALE = Misconception("no-scale", Text(
    "scale 没有用上：每一列长度都是 1，层就没法学到输出该有多大。归一以后，第 k 列还要乘以 scale[k]。",
    "scale is not used: with every column of length 1, the layer cannot learn how large its outputs should be. Once "
    "normalised, column k is still to be multiplied by scale[k]."))

SCALED_BIAS = Misconception("scaled-bias", Text(
    "bias 也被乘上了 scale。scale 属于 W 的列，bias 在最后原样加上；看看括号和运算的先后。",
    "bias was multiplied by scale as well. scale belongs to the columns of W, and bias is added as it is at the end; "
    "look at parentheses and the order of operations."))

NO_BIAS = Misconception("no-bias", Text(
    "bias 没有加上。X 全为 0 时，输出应当正好是 bias；试试看。",
    "bias is not added. For an X of zeros the output should be exactly bias; try it."))

DIRECTION_NOT_RANDOM = Misconception("direction-not-random", Text(
    "direction 的初始值不随机：各列一样，或者每个新建的层都一样（也许固定了随机种子）。"
    "列相同，输出和梯度就都相同，永远分不开；全 0 的列长度为 0，除出来是 NaN。",
    "direction does not start random: its columns are equal, or every new layer has the same (a fixed seed, "
    "perhaps). Equal columns give equal outputs and gradients and never part; a column of zeros has length 0, and "
    "dividing by it gives NaN."))

TORCH_WEIGHT_NORM = Misconception("torch-weight-norm", Text(
    "用的是 PyTorch 自带的权重归一化：算得对，但参数叫 {names}，不是题目要的三个。这道题要你自己建参数、自己写公式。",
    "This is PyTorch's own weight normalisation: it computes the right thing, but its parameters are called {names}, "
    "not what the exercise asks for. Here you make the parameters and write the formula yourself."))


class Case:
    """The inputs that a seed stands for: sizes, values of the three parameters, X in several shapes."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        in_units, units, batch = dice.different(3, 2, 7)
        self.sizes = (in_units, units)
        self.values = {"direction": 3 * dice.tensor(in_units, units), "scale": dice.tensor(units) + 0.5,
                       "bias": dice.tensor(units)}
        self.other_values = {name: value.flip(0) + 1 for name, value in self.values.items()}
        self.shapes = shapes_of(self.values)
        self.X = dice.tensor(batch, in_units)
        self.others = [dice.tensor(*shape, in_units)
                       for shape in ((), (dice.integer(2, 4), batch), (2, dice.integer(1, 3), 3))]
        self.weights = dice.tensor(512)


def _expected(rule: Rule, values: Values, X: Tensor) -> Tensor:
    """What the rule gives for X, in float64."""
    return rule.formula(_double(values), X.double())


def _double(values: Values) -> dict[str, Tensor]:
    return {name: value.double() for name, value in values.items()}


def _by_column(values: Values, X: Tensor, lengths: list[Tensor]) -> Tensor:
    """Output k is Σ_i x_i · direction[i, k] · scale[k] / lengths[k] + bias[k]."""
    outputs = []
    for k, length in enumerate(lengths):
        terms = [X[..., i] * entry for i, entry in enumerate(values["direction"][:, k])]
        outputs.append(sum(terms) * values["scale"][k] / length + values["bias"][k])
    return torch.stack(outputs, dim=-1)


def _lengths(values: Values) -> list[Tensor]:
    return [sum(entry ** 2 for entry in column) ** 0.5 for column in values["direction"].unbind(1)]


def _ones(values: Values) -> list[Tensor]:
    return [column.new_ones(()) for column in values["direction"].unbind(1)]


def _right(values: Values, X: Tensor) -> Tensor:
    return _by_column(values, X, _lengths(values))


def _norm_by_row(values: Values, X: Tensor) -> Tensor:
    rows = torch.stack([sum(entry ** 2 for entry in row) ** 0.5 for row in values["direction"]])
    return _by_column(values, X / rows, _ones(values))


def _norm_of_all(values: Values, X: Tensor) -> Tensor:
    return _by_column(values, X, [sum(length ** 2 for length in _lengths(values)) ** 0.5] * len(_lengths(values)))


def _norm_squared(values: Values, X: Tensor) -> Tensor:
    return _by_column(values, X, [length ** 2 for length in _lengths(values)])


def _norm_detached(values: Values, X: Tensor) -> Tensor:
    return _by_column(values, X, [length.detach() for length in _lengths(values)])


RIGHT = Rule(None, _right)
RULES = (
    RIGHT,
    Rule(NORM_BY_ROW, _norm_by_row),
    Rule(NORM_OF_ALL, _norm_of_all),
    Rule(NORM_SQUARED, _norm_squared),
    Rule(NOT_NORMALISED, lambda values, X: _by_column(values, X, _ones(values))),
    Rule(NO_SCALE, lambda values, X: _right({**values, "scale": torch.ones_like(values["scale"])}, X)),
    Rule(SCALED_BIAS, lambda values, X: _right({**values, "bias": values["bias"] * values["scale"]}, X)),
    Rule(NO_BIAS, lambda values, X: _right({**values, "bias": torch.zeros_like(values["bias"])}, X)),
    Rule(RELU_ADDED, lambda values, X: _right(values, X).relu()),
)


def probe(seed: int, WeightNormLinear: type[nn.Module]) -> Evidence:
    """Outputs for drawn parameters, gradients, what one step of training changes, and starting values."""
    evidence = Evidence()

    with evidence.trial("output") as seen:
        case = Case(seed)
        net = place(WeightNormLinear(*case.sizes), case.values)
        seen["output"] = net(case.X)
        seen["flipped"] = place(net, {**case.values, "direction": case.values["direction"].flip(0)})(case.X)

    with evidence.trial("leading") as seen:
        case = Case(seed)
        net = place(WeightNormLinear(*case.sizes), case.values)
        for X in case.others:
            seen[f"output {X.ndim}-D"] = net(X)

    with evidence.trial("gradients") as seen:
        case = Case(seed)
        net = place(WeightNormLinear(*case.sizes), case.values)
        see_gradients(seen, net, case.shapes, case.X, case.weights)

    with evidence.trial("parameters") as seen:
        case = Case(seed)
        net, another = WeightNormLinear(*case.sizes), WeightNormLinear(*case.sizes)
        see_parameters(seen, net, case.shapes)
        seen["starts"] = [current(layer, case.shapes)["direction"] for layer in (net, another)]
        place(net, case.values)
        seen["stepped"] = stepped(net, case.shapes, case.X, case.weights)

    with evidence.trial("tidy") as seen:
        case = Case(seed)
        net = place(WeightNormLinear(*case.sizes), case.values)
        see_tidiness(seen, net, lambda: place(WeightNormLinear(*case.sizes), case.other_values), case.X)
        seen["left"] = {name: value.float() for name, value in current(net, case.shapes).items()}
        see_huge(seen, net, case.values, case.X)

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    parameters = _parameters(case, evidence)
    rule = followed(evidence["output"].get("output"), RULES, _double(case.values), case.X.double())
    output = _output(case, rule, evidence, parameters)
    unread = output if rule and rule.mistake in (NO_SCALE, NO_BIAS) else None
    return {
        "output": first(output, _leading(case, rule, evidence["leading"])),
        "gradients": explained(_gradients(case, rule, evidence, output), parameters),
        "parameters": first(parameters, unread, _training(case, evidence["parameters"], output)),
        "tidy": _tidy(case, rule, evidence["tidy"], first(parameters, output)),
    }


def _raised(seen: Trial, parameters: Diagnosis | None) -> Diagnosis | None:
    """What explains the exception of a trial, above all that direction may not be assigned to."""
    error = seen.get("error")
    if error is None:
        return None
    if error["type"] == "NotFoundError":
        return parameters
    if "in-place operation" in error["message"] or "as parameter 'direction'" in error["message"]:
        return NORMALISED_IN_PLACE()
    return first(_stale(seen), raised(seen))


def _stale(seen: Trial) -> Diagnosis | None:
    """A graph that outlives its forward pass: something was computed from the parameters once and kept."""
    message = seen.get("error", {"message": ""})["message"]
    stale = "through the graph a second time" in message or "modified by an inplace operation" in message
    return NORMALISED_ONCE() if stale else None


def _output(case: Case, rule: Rule | None, evidence: Evidence, parameters: Diagnosis | None) -> Diagnosis | None:
    seen, starts = evidence["output"], evidence["parameters"].get("starts")
    if rule and rule.mistake is NOT_NORMALISED and starts and starts[0].norm(dim=0).sub(1).abs().max() < 1e-4:
        return NORMALISED_ONCE()
    expected = _expected(RIGHT, case.values, case.X)
    flipped = seen.get("flipped")
    if isinstance(flipped, Tensor) and flipped.shape == expected.shape and alike(seen["output"], flipped):
        return NORMALISED_ONCE()
    return first(_raised(seen, parameters), wrong_output(rule, seen, expected))


def _leading(case: Case, rule: Rule | None, seen: Trial) -> Diagnosis | None:
    if rule is None:
        return None
    right = all(alike(seen.get(f"output {X.ndim}-D"), _expected(rule, case.values, X)) for X in case.others)
    return None if right else ONLY_2_D()


def _gradients(case: Case, rule: Rule | None, evidence: Evidence, output: Diagnosis | None) -> Diagnosis | None:
    seen = evidence["gradients"]
    if rule is None:
        return output
    if _changed(case, evidence["tidy"]):
        return NORMALISED_IN_PLACE()
    expected = gradients(rule.formula, case.values, case.X, case.weights)
    wrong = first(_stale(seen), wrong_gradients(seen, expected))
    detached = gradients(_norm_detached, case.values, case.X, case.weights)
    return NORM_DETACHED() if wrong and wrong_gradients(seen, detached) is None else wrong


def _parameters(case: Case, evidence: Evidence) -> Diagnosis | None:
    """What is wrong with the parameters before any of them is used."""
    seen = evidence["parameters"]
    if "parameters" not in seen:
        return raised(seen)
    names = [name for name in seen["parameters"] if re.search(r"parametrizations|weight_[gv]$", name)]
    if names:
        return TORCH_WEIGHT_NORM(names=", ".join(f"`{name}`" for name in names))
    return first(wrong_parameters(seen, case.shapes), _starts(seen.get("starts", []), evidence["tidy"]))


def _starts(starts: list[Tensor], tidy: Trial) -> Diagnosis | None:
    """What is wrong with the starting values of direction in two layers."""
    if len(starts) == 2 and torch.equal(*starts):
        shared = isinstance(tidy.get("before"), Tensor) and not alike(tidy.get("after"), tidy["before"])
        return SHARED_STATE() if shared else DIRECTION_NOT_RANDOM()
    return None if all(start.isfinite().all() and start.std() > 0 for start in starts) else DIRECTION_NOT_RANDOM()


def _training(case: Case, seen: Trial, output: Diagnosis | None) -> Diagnosis | None:
    """What is wrong if a step of training leaves a parameter where it was."""
    if "stepped" not in seen:
        return first(output, _raised(seen, None))
    stuck = any(torch.equal(seen["stepped"][name], value) for name, value in case.values.items())
    return first(output, CUT_GRADIENT()) if stuck else None


def _changed(case: Case, seen: Trial) -> bool:
    """Whether calls alone have changed a parameter (to something else than another layer's value)."""
    return "left" in seen and not any(
        all(torch.equal(seen["left"][name], value) for name, value in values.items())
        for values in (case.values, case.other_values))


def _tidy(case: Case, rule: Rule | None, seen: Trial, earlier: Diagnosis | None) -> Diagnosis | None:
    if "error" in seen:
        return first(earlier, _raised(seen, earlier))
    if _changed(case, seen):
        return NORMALISED_IN_PLACE()
    inputs = (case.values, case.X), (case.other_values, case.X), (huge(case.values), HUGE * case.X.double())
    expected, other, of_huge = (_expected(rule, values, X) if rule else None for values, X in inputs)
    return untidy(seen, case.X, expected, other, None if earlier else of_huge, rtol=10)


EXERCISE = Exercise(
    name="weight-norm",
    takes=(Argument("WeightNormLinear", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("先数清楚：direction 有 units 列，所以要 units 个范数，每列一个。它们放在一起是什么形状？"
             "再想想它除 direction 时怎样广播。",
             "Count first: direction has units columns, so there are units norms, one a column. What shape do they "
             "have together, and how does it broadcast when direction is divided by it?"),
        Text("`__init__` 只建三个 nn.Parameter。W 是由它们算出来的，所以放在 `forward` 里算，每次重新算，"
             "而且全程用参数本身，不用 `.data`。",
             "`__init__` only makes three nn.Parameters. W is computed from them, so it belongs in `forward`, anew "
             "every time, with the parameters themselves all the way and no `.data`."),
        Text("`torch.linalg.vector_norm`（或平方、求和、开方）带上 `dim`，沿着 in_units 那一维求，就得到每列一个数；"
             "scale 的形状和它一样。X 乘 W 用认得任意维数的矩阵乘法。",
             "`torch.linalg.vector_norm` (or square, sum, root) with a `dim`, taken along the dimension of in_units, "
             "gives one number a column; scale has the same shape. For X times W use a matrix product that takes any "
             "number of dimensions."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(NORM_BY_ROW, NORM_OF_ALL, NORM_SQUARED, NOT_NORMALISED, NORMALISED_ONCE, NORMALISED_IN_PLACE,
                    NORM_DETACHED, NO_SCALE, SCALED_BIAS, NO_BIAS, DIRECTION_NOT_RANDOM, TORCH_WEIGHT_NORM),
)
