"""half-fourier: the first n // 2 + 1 Fourier coefficients of real signals, along the last dimension."""

import math

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import CUT_GRADIENT, FLOAT32_INSIDE, WRONG_VALUES, close, first, not_like, raised
from d2l_ch3.checks.custom_layers import (
    ONLY_2_D,
    Rule,
    alike,
    followed,
    gradients,
    see_gradients,
    see_tidiness,
    single,
    untidy,
    wrong_gradients,
    wrong_output,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("coefficients", 2, Text("前 n // 2 + 1 个傅里叶系数，复数，不缩放",
                                      "the first n // 2 + 1 Fourier coefficients, complex, not scaled")),
    Criterion("lengths", 1, Text("n 是奇数、偶数、1 都行", "n even, odd or 1")),
    Criterion("leading", 1, Text("只沿最后一维，前面的维度有几个都行",
                                 "along the last dimension only, with any number of leading ones")),
    Criterion("tidy", 1, Text("可微，没有参数，换浮点类型可用，不改 X，不留状态",
                              "differentiable, no parameters, other floating types, leaves X alone, keeps no state")),
)

ALL_COEFFICIENTS = Misconception("all-coefficients", Text(
    "n 个系数全留下了。X 是实数时后一半是前一半的共轭，没有新的信息；只留前 n // 2 + 1 个。",
    "All n coefficients were kept. For a real X the second half is the conjugate of the first and says nothing new; "
    "keep the first n // 2 + 1."))

ONE_SHORT = Misconception("one-short", Text(
    "少了最后一个系数。从 0 号（信号的总和）数起，到 n // 2 号为止，一共 n // 2 + 1 个；"
    "n 是偶数时，少了正中间那个就还原不出信号。",
    "The last coefficient is missing. Counting starts at number 0 (the sum of the signal) and goes up to number "
    "n // 2, which makes n // 2 + 1; for an even n the signal cannot be rebuilt without the one in the middle."))

NO_IMAGINARY_PART = Misconception("no-imaginary-part", Text(
    "只剩下实部。虚部里是相位的另一半，丢了它，信号就还原不出来。输出应当是复数。",
    "Only the real part is left. The imaginary part holds the other half of the phase, and without it the signal "
    "cannot be rebuilt. The output should be complex."))

MAGNITUDE = Misconception("magnitude", Text(
    "输出的是系数的绝对值：只有幅度，相位没有了，信号还原不出来。输出应当是复数。",
    "The output is the absolute value of the coefficients: amplitude without phase, from which no signal can be "
    "rebuilt. The output should be complex."))

SCALED = Misconception("scaled", Text(
    "系数差一个常数倍：多除了 n 或 √n。默认的正变换不缩放，0 号系数就是信号的总和；用全 1 的 X 验证一下。",
    "The coefficients are off by a constant: they were divided by n or √n. By default the forward transform does not "
    "scale, and coefficient 0 is the sum of the signal; verify with an X of ones."))

CONJUGATED = Misconception("conjugated", Text(
    "虚部的符号反了。正变换的指数里带负号：e^(-2πi·jk/n)，所以虚部是负的正弦和。",
    "The imaginary part has the wrong sign. The exponent of the forward transform is negative, e^(-2πi·jk/n), so the "
    "imaginary part is minus a sum of sines."))

INVERSE = Misconception("inverse", Text(
    "用的是逆变换（名字里带 i 的那些：`ifft`、`irfft`、`ihfft`）：它从系数回到信号，这里要的是从信号到系数。",
    "This is an inverse transform (those with an i in front: `ifft`, `irfft`, `ihfft`): it leads from coefficients "
    "back to the signal. Here you go from the signal to its coefficients."))

FIRST_DIMENSION = Misconception("first-dimension", Text(
    "变换沿着第 0 维做了，那是批量：不同样本混到了一起。每个信号都躺在最后一维上。",
    "The transform ran along dimension 0, which is the batch: samples got mixed. Each signal lies along the last "
    "dimension."))

SEVERAL_DIMENSIONS = Misconception("several-dimensions", Text(
    "批量那一维也被变换了：名字以 2 或 n 结尾的函数会沿好几维做。要的是沿最后一维的一维变换。",
    "The batch dimension was transformed as well: functions whose names end in 2 or n run along several dimensions. "
    "What is asked for is the 1-D transform along the last."))

PAIRS_OF_REALS = Misconception("pairs-of-reals", Text(
    "实部和虚部被拆成了两个实数，多出长度为 2 的一维（`view_as_real` 或 `stack`）。"
    "输出应当是复数张量，一个系数一个复数。",
    "Real and imaginary parts were split into two real numbers, which adds a dimension of size 2 (`view_as_real` or "
    "`stack`). The output should be a complex tensor, one number a coefficient."))

ODD_LENGTH = Misconception("odd-length", Text(
    "n 是偶数时对，n 是奇数时系数的个数不对。拿 n = 5 和 n = 7 数一数：n // 2 + 1 分别是多少？取整是往下取的。",
    "Right for an even n; for an odd one the number of coefficients is wrong. Count for n = 5 and n = 7: what is "
    "n // 2 + 1? Mind that // rounds down."))

FIXED_LENGTH = Misconception("fixed-length", Text(
    "换一个长度 n 就不对了：层记住了第一次见到的 n，或者为它建的表。n 要每次从 X 的最后一维读出来。",
    "Another length n, and it no longer works: the layer remembers the first n that it saw, or a table made for it. "
    "Read n from the last dimension of X every time."))

HAS_PARAMETERS = Misconception("has-parameters", Text(
    "这一层不该有参数，`parameters()` 里却有：{names}。正弦和余弦的表是固定的，训练不该改动它们。",
    "This layer should have no parameters, but `parameters()` lists: {names}. Tables of sines and cosines are fixed; "
    "training should not touch them."))

THROUGH_NUMPY = Misconception("through-numpy", Text(
    "中途转成了 NumPy：autograd 看不见 NumPy 里的计算，梯度到那里就断了。"
    "PyTorch 自己也有傅里叶变换，从头到尾都用张量来算。",
    "The way leads through NumPy: autograd does not see what is computed there, so gradients end. PyTorch has Fourier "
    "transforms of its own; stay with operations on tensors."))


class Case:
    """The inputs that a seed stands for: signals of many lengths, the first of them even."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        n = 2 * dice.integer(3, 5)
        batch = n // 2 - 1 + 3 * dice.integer(0, 1)
        self.X = dice.tensor(batch, n)
        self.others = [dice.tensor(*shape, n)
                       for shape in ((), (dice.integer(2, 4), batch), (2, dice.integer(1, 3), 3))]
        lengths = (1, 2, 4 * dice.integer(1, 2) + 1, 4 * dice.integer(0, 2) + 3, n + 2)
        self.lengths = {length: dice.tensor(batch, length) for length in lengths}
        self.weights = torch.complex(dice.tensor(512), dice.tensor(512))


def _sums(X: Tensor, count: int) -> Tensor:
    """Coefficients 0 to count - 1: Σ_j x_j cos(2πjk/n) - i Σ_j x_j sin(2πjk/n), for float64 X."""
    n = X.shape[-1]
    turns = X.new_tensor([2 * math.pi * (j * k % n) / n for k in range(count) for j in range(n)]).reshape(count, n)
    terms = X.unsqueeze(-2)
    return torch.complex((terms * turns.cos()).sum(-1), -(terms * turns.sin()).sum(-1))


def _right(X: Tensor) -> Tensor:
    return _sums(X, X.shape[-1] // 2 + 1)


def _over_batch(Y: Tensor) -> Tensor:
    """The whole transform of complex columns, along dimension 0."""
    real, imaginary = _sums(Y.real.T, len(Y)).T, _sums(Y.imag.T, len(Y)).T
    return real + 1j * imaginary


RIGHT = Rule(None, _right)
RULES = (
    RIGHT,
    Rule(ALL_COEFFICIENTS, lambda X: _sums(X, X.shape[-1])),
    Rule(ONE_SHORT, lambda X: _sums(X, X.shape[-1] // 2)),
    Rule(NO_IMAGINARY_PART, lambda X: _right(X).real),
    Rule(MAGNITUDE, lambda X: _right(X).abs()),
    Rule(SCALED, lambda X: _right(X) / X.shape[-1]),
    Rule(SCALED, lambda X: _right(X) / X.shape[-1] ** 0.5),
    Rule(CONJUGATED, lambda X: _right(X).conj()),
    Rule(INVERSE, lambda X: _right(X).conj() / X.shape[-1]),
    Rule(INVERSE, lambda X: _sums(X, X.shape[-1]).conj() / X.shape[-1]),
    Rule(INVERSE, lambda X: torch.fft.irfft(X)),
    Rule(FIRST_DIMENSION, lambda X: _right(X.movedim(0, -1)).movedim(-1, 0)),
    Rule(FIRST_DIMENSION, lambda X: _sums(X.movedim(0, -1), len(X)).movedim(-1, 0)),
    Rule(FIRST_DIMENSION, lambda X: _sums(X.movedim(0, -1), len(X)).movedim(-1, 0)[:, :X.shape[-1] // 2 + 1]),
    Rule(SEVERAL_DIMENSIONS, lambda X: _over_batch(_right(X))),
    Rule(SEVERAL_DIMENSIONS, lambda X: _over_batch(_sums(X, X.shape[-1]))),
    Rule(PAIRS_OF_REALS, lambda X: torch.view_as_real(_right(X))),
)


def probe(seed: int, HalfFourier: type[nn.Module]) -> Evidence:
    """Coefficients for many lengths and shapes, by new layers and by one that is used again, and the gradient of X."""
    evidence = Evidence()

    with evidence.trial("coefficients") as seen:
        seen["output"] = HalfFourier()(Case(seed).X)

    for length, X in Case(seed).lengths.items():
        with evidence.trial(f"length {length}") as seen:
            seen["output"] = HalfFourier()(X)

    with evidence.trial("leading") as seen:
        net = HalfFourier()
        for X in Case(seed).others:
            seen[f"output {X.ndim}-D"] = net(X)

    with evidence.trial("reused") as seen:
        case = Case(seed)
        net = HalfFourier()
        net(case.X)
        for length, X in case.lengths.items():
            seen[f"length {length}"] = net(X)

    with evidence.trial("gradient") as seen:
        case = Case(seed)
        see_gradients(seen, HalfFourier(), {}, case.X, case.weights)

    with evidence.trial("tidy") as seen:
        net = HalfFourier()
        see_tidiness(seen, net, HalfFourier, Case(seed).X)
        seen["parameters"] = [name for name, _ in net.named_parameters()]

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    seen = evidence["coefficients"]
    rule = followed(seen.get("output"), RULES, case.X.double())
    coefficients = wrong_output(rule, seen, _right(case.X.double()))
    lengths = _lengths(case, rule, evidence, coefficients)
    return {
        "coefficients": coefficients,
        "lengths": lengths,
        "leading": _leading(case, rule, evidence["leading"], coefficients),
        "tidy": first(_tidy(case, rule, evidence["tidy"], coefficients),
                      _gradient(case, rule, evidence["gradient"], coefficients),
                      _reused(case, rule, evidence, lengths)),
    }


def _fits(value: object, rule: Rule, X: Tensor) -> bool:
    """Whether this is what the answer's own rule gives, or the right one."""
    return any(alike(value, formula(X.double())) for formula in (rule.formula, _right))


def _lengths(case: Case, rule: Rule | None, evidence: Evidence, coefficients: Diagnosis | None) -> Diagnosis | None:
    if rule is None or rule.mistake in (INVERSE, FIRST_DIMENSION, SEVERAL_DIMENSIONS):
        return coefficients
    trials = {length: evidence[f"length {length}"] for length in case.lengths}
    wrong = [length for length, seen in trials.items() if not _fits(seen.get("output"), rule, case.lengths[length])]
    if not wrong:
        return None
    if wrong == [1]:
        return first(raised(trials[1]), not_like(trials[1].get("output"), single(_right(case.lengths[1].double()))))
    return ODD_LENGTH() if all(length % 2 for length in wrong) else FIXED_LENGTH()


def _leading(case: Case, rule: Rule | None, seen: Trial, coefficients: Diagnosis | None) -> Diagnosis | None:
    if rule is None or rule.mistake in (FIRST_DIMENSION, SEVERAL_DIMENSIONS):
        return coefficients
    return None if all(_fits(seen.get(f"output {X.ndim}-D"), rule, X) for X in case.others) else ONLY_2_D()


def _gradient(case: Case, rule: Rule | None, seen: Trial, coefficients: Diagnosis | None) -> Diagnosis | None:
    if "numpy()" in seen.get("error", {"message": ""})["message"]:
        return THROUGH_NUMPY()
    if rule is None:
        return first(raised(seen), None if isinstance(seen.get("X"), Tensor) else CUT_GRADIENT())
    return wrong_gradients(seen, gradients(lambda values, X: rule.formula(X), {}, case.X, case.weights))


def _reused(case: Case, rule: Rule | None, evidence: Evidence, lengths: Diagnosis | None) -> Diagnosis | None:
    """A layer that is used again gives for every length what a new one gives."""
    if lengths is not None or rule is None:
        return None
    again = evidence["reused"]
    same = all(_fits(again.get(f"length {length}"), rule, X) for length, X in case.lengths.items())
    return None if same else FIXED_LENGTH()


def _tidy(case: Case, rule: Rule | None, seen: Trial, coefficients: Diagnosis | None) -> Diagnosis | None:
    if "error" in seen:
        return first(raised(seen), coefficients)
    if seen["parameters"]:
        return HAS_PARAMETERS(names=", ".join(f"`{name}`" for name in seen["parameters"]))
    expected = rule.formula(case.X.double()) if rule else None
    wrong = untidy(seen, case.X, expected, expected)
    if wrong and wrong.key == WRONG_VALUES.key and expected is not None and close(seen["double"], expected, rtol=100):
        return FLOAT32_INSIDE()
    return wrong


EXERCISE = Exercise(
    name="half-fourier",
    takes=(Argument("HalfFourier", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("实信号的 n 个系数里，k 号和 n - k 号互为共轭。列出 n = 4 和 n = 5 的编号：去掉重复的，剩下哪些？",
             "Of the n coefficients of a real signal, number k and number n - k are conjugates. Write the numbers down "
             "for n = 4 and n = 5: which are left without the repetitions?"),
        Text("有两条路：翻 `torch.fft` 的文档，看哪个函数专为实数输入而设；或者照公式，"
             "用 X 乘一张 e^(-2πi·jk/n) 的表。哪条都要沿最后一维，都不要缩放。",
             "There are two ways: look in the documentation of `torch.fft` for the function made for real inputs, or "
             "go by the formula and multiply X by a table of e^(-2πi·jk/n). Both along the last dimension, neither "
             "scaled."),
        Text("`torch.fft` 里名字带 r 的函数为实信号而设，其中一个用默认参数就正好给出 n // 2 + 1 个系数。自己建表的话，"
             "n 从 X 的最后一维读，表的 dtype 跟着 X，每次前向传播现建。",
             "In `torch.fft`, functions with an r in their names are made for real signals, and one of them gives just "
             "n // 2 + 1 coefficients with its defaults. If you make a table yourself, read n from the last dimension "
             "of X, let the table's dtype follow X, and make it anew in every forward pass."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(ALL_COEFFICIENTS, ONE_SHORT, NO_IMAGINARY_PART, MAGNITUDE, SCALED, CONJUGATED, INVERSE,
                    FIRST_DIMENSION, SEVERAL_DIMENSIONS, PAIRS_OF_REALS, ODD_LENGTH, FIXED_LENGTH, HAS_PARAMETERS,
                    THROUGH_NUMPY, FLOAT32_INSIDE),
)
