"""constant-layer: f(x, w) = c · wᵀx with a trainable weight and a constant that is saved but never trained.

The buffer may have any shape that computes rightly (a 0-dimensional tensor, or one entry). A c that is given
as an int is only held to computing rightly: its buffer may stay an integer when the layer is moved.
"""

from collections.abc import Mapping
from math import prod

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import CUT_GRADIENT, HUGE, first, not_like, raised
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
    single,
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
    Criterion("output", 1, Text("输出是 c · wᵀx，形状 (batch,)", "the output is c · wᵀx, of shape (batch,)")),
    Criterion("trains", 1, Text("weight 是参数，除它以外没有别的；梯度传到它和 X",
                                "weight is the parameter, there is no other, and gradients reach it and X")),
    Criterion("constant", 1, Text("c 不是参数，随 state_dict 存取，`forward` 用的是存着的那个",
                                  "c is no parameter, is saved in state_dict, and `forward` uses the saved one")),
    Criterion("tidy", 1, Text("换浮点类型可用（c 也跟着走），不改 X，不留状态",
                              "works in other floating types (c moves along), leaves X alone, keeps no state")),
)

C_TRAINED = Misconception("c-trained", Text(
    "c 也成了参数：优化器每走一步都会改它，它就不再是常数。"
    "nn.Module 除了参数，还管着另一种张量：随模型保存、移动，但不训练。",
    "c has become a parameter: every step of an optimiser changes it, so it is no constant. Besides parameters, "
    "nn.Module takes care of another kind of tensor: saved and moved with the model, but not trained."))

C_FROZEN = Misconception("c-frozen-parameter", Text(
    "c 是 `requires_grad=False` 的参数：现在优化器不动它，可它仍在 `parameters()` 里。"
    "谁对全体参数重新初始化、或者把它们全部解冻，c 就跟着变了。常数该登记成另一种东西。",
    "c is a parameter with `requires_grad=False`: the optimiser leaves it alone for now, but `parameters()` lists it. "
    "Initialise all parameters anew, or unfreeze them, and c changes too. A constant is registered as something else."))

C_NOT_SAVED = Misconception("c-not-saved", Text(
    "`state_dict()` 里没有 c：它只是普通属性（数也好，张量也好），nn.Module 不知道有它，既不保存，也不随 `to` 移动。"
    "这样的量该登记成什么，layers.ipynb 里“赋值的那一刻，参数就登记了”一节有张表。",
    "`state_dict()` has no c: it is an ordinary attribute (a number or a tensor), of which nn.Module knows nothing, so "
    "it is neither saved nor moved by `to`. What to register it as is in the table of layers.ipynb, “A parameter is "
    "registered the moment it is assigned”."))

C_NOT_PERSISTENT = Misconception("c-not-persistent", Text(
    "c 登记成了缓冲区，却带着 `persistent=False`：它会随 `to` 移动，但不进 `state_dict`，重新加载就丢了。",
    "c is registered as a buffer, but with `persistent=False`: it moves with `to`, but stays out of `state_dict`, and "
    "is lost when the model is loaded again."))

C_OTHER_NAME = Misconception("c-other-name", Text(
    "常数存下来了，但名字是 `{got}`，不是 `c`。加载时按名字对号，名字要照题目的来。",
    "The constant is saved, but as `{got}` and not as `c`. Loading goes by names; use the one in the exercise."))

C_NOT_READ = Misconception("c-not-read", Text(
    "加载了存着另一个 c 的 `state_dict`，输出却还用旧的 c：`forward` 读的是另外一份（比如留下的 Python 数），"
    "不是登记的那个。同一个量只留一份。",
    "A `state_dict` with another c was loaded, and the output still goes by the old one: `forward` reads a copy (a "
    "Python number, say) and not what is registered. Keep one thing in one place."))

BUFFER_WANTS_TENSOR = Misconception("buffer-wants-tensor", Text(
    "缓冲区里只能放张量，而 c 是一个 Python 数：{message}。先把它变成张量，再登记。",
    "A buffer holds a tensor, and c is a Python number: {message}. Make it a tensor first, then register it."))

C_ADDED = Misconception("c-added", Text(
    "c 被加了上去。常数在这里是系数，要乘；X 全为 0 时输出应当是 0，试试看。",
    "c was added. Here the constant is a factor: for an X of zeros the output should be 0. Try it."))

C_SQUARED = Misconception("c-squared", Text(
    "c 乘了两次：也许 weight 里已经有它，`forward` 里又乘了一遍。",
    "c was multiplied in twice: once into the weight, perhaps, and once more in `forward`."))

C_UNUSED = Misconception("c-unused", Text(
    "输出只有 wᵀx，c 没有参与计算。给两个层同样的 weight、不同的 c，输出应当差一个倍数；试试看。",
    "The output is only wᵀx; c takes no part in it. Give two layers the same weight and different c: their outputs "
    "should differ by a factor. Try it."))

COLUMN_KEPT = Misconception("column-kept", Text(
    "每个样本应当得到一个数，输出的形状是 (batch,)，这里却是 (batch, 1)，多了一维。"
    "它和形状 (batch,) 的标签相减时，会悄悄广播成 (batch, batch)。weight 是一维的向量时，矩阵乘向量得到什么形状？",
    "Each sample should give one number, so the output has shape (batch,), but here it is (batch, 1). Subtract labels "
    "of shape (batch,) from that, and it silently broadcasts to (batch, batch). What shape is a matrix times a "
    "vector, when weight is 1-D?"))

NOT_SUMMED = Misconception("not-summed", Text(
    "逐元素相乘以后没有求和：输出还是 (batch, in_features)。wᵀx 是内积，每个样本只剩一个数。",
    "The elementwise product was not summed: the output is still (batch, in_features). wᵀx is an inner product, one "
    "number a sample."))


class Case:
    """The inputs that a seed stands for; every c is exact in float32."""

    def __init__(self, seed: int) -> None:
        dice = Dice(seed)
        self.in_features, self.batch = dice.different(2, 2, 7)
        sign = 2 * dice.integer(0, 1) - 1
        self.c = sign * (2 * dice.integer(5, 15) + 1) / 8
        self.other_c = -self.c - 0.5 * sign
        self.whole_c = dice.integer(2, 5)
        self.values = {"weight": dice.tensor(self.in_features)}
        self.other_values = {"weight": dice.tensor(self.in_features)}
        self.shapes = shapes_of(self.values)
        self.X = dice.tensor(self.batch, self.in_features)
        self.X[1] = -2 * self.X[0]  # so that outputs of both signs occur
        self.weights = dice.tensor(512)


def _dot(weight: Tensor, X: Tensor) -> Tensor:
    """Σ_i w_i · x_i, entry by entry."""
    return sum((X[:, i] * entry for i, entry in enumerate(weight)), X.new_zeros(len(X)))


RIGHT = Rule(None, lambda weight, X, c: c * _dot(weight, X))
RULES = (
    RIGHT,
    Rule(C_ADDED, lambda weight, X, c: c + _dot(weight, X)),
    Rule(C_SQUARED, lambda weight, X, c: c * c * _dot(weight, X)),
    Rule(C_UNUSED, lambda weight, X, c: _dot(weight, X)),
    Rule(COLUMN_KEPT, lambda weight, X, c: c * _dot(weight, X).unsqueeze(1)),
    Rule(NOT_SUMMED, lambda weight, X, c: c * weight * X),
    Rule(SAMPLES_MIXED, lambda weight, X, c: c * _dot(weight, X).sum()),
    Rule(RELU_ADDED, lambda weight, X, c: (c * _dot(weight, X)).relu()),
)


def probe(seed: int, ConstantLayer: type[nn.Module]) -> Evidence:
    """Outputs, gradients, a step of training, and what becomes of c when all parameters move or a file is loaded."""
    evidence = Evidence()

    with evidence.trial("output") as seen:
        case = Case(seed)
        net = place(ConstantLayer(case.in_features, case.c), case.values)
        seen["output"] = net(case.X)
        seen["one sample"] = net(Case(seed).X[:1])

    with evidence.trial("whole") as seen:
        case = Case(seed)
        net = place(ConstantLayer(case.in_features, case.whole_c), case.values)
        seen["output"] = net(case.X)

    with evidence.trial("trains") as seen:
        case = Case(seed)
        net = ConstantLayer(case.in_features, case.c)
        see_parameters(seen, net, case.shapes)
        place(net, case.values)
        see_gradients(seen, net, case.shapes, case.X, case.weights)

    with evidence.trial("step") as seen:
        case = Case(seed)
        net = place(ConstantLayer(case.in_features, case.c), case.values)
        seen["weight"] = stepped(net, case.shapes, case.X, case.weights)["weight"]

    with evidence.trial("constant") as seen:
        case = Case(seed)
        net = place(ConstantLayer(case.in_features, case.c), case.values)
        seen["saved"] = list(net.state_dict())
        seen["buffers"] = [name for name, _ in net.named_buffers()]
        loaded = ConstantLayer(case.in_features, case.other_c)
        loaded.load_state_dict(net.state_dict())
        seen["loaded"] = place(loaded, case.values)(case.X)

    with evidence.trial("tidy") as seen:
        case = Case(seed)
        net = place(ConstantLayer(case.in_features, case.c), case.values)
        see_tidiness(seen, net, lambda: place(ConstantLayer(case.in_features, case.other_c), case.other_values), case.X)
        for name, buffer in net.named_buffers():
            buffer.mul_(HUGE if name == "c" else 1)
        see_huge(seen, net, case.values, case.X)

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    parameters = _parameters(case, evidence["trains"])
    rule = followed(evidence["output"].get("output"), RULES, case.values["weight"].double(), case.X.double(), case.c)
    output = first(_raised(evidence["output"], parameters),
                   wrong_output(rule, evidence["output"], _expected(case, RIGHT, case.c)))
    constant = _constant(case, rule, evidence, first(parameters, output))
    return {
        "output": first(output, _one_sample(case, rule, evidence["output"]),
                        _whole(case, rule, evidence["whole"], constant)),
        "trains": first(parameters, explained(_gradients(case, rule, evidence["trains"], output), parameters),
                        _step(case, evidence["step"], output)),
        "constant": constant,
        "tidy": _tidy(case, rule, evidence["tidy"], first(parameters, output, constant)),
    }


def _expected(case: Case, rule: Rule, c: float, values: dict[str, Tensor] | None = None) -> Tensor:
    """What the rule gives for X, in float64."""
    return rule.formula((values or case.values)["weight"].double(), case.X.double(), c)


def _raised(seen: Trial, parameters: Diagnosis | None) -> Diagnosis | None:
    """What explains the exception of a trial."""
    error = seen.get("error")
    if error is None:
        return None
    if error["type"] == "NotFoundError":
        return parameters
    return BUFFER_WANTS_TENSOR(**error) if "object to buffer" in error["message"] else raised(seen)


def _parameters(case: Case, seen: Trial) -> Diagnosis | None:
    """What is wrong with the parameters; c is left to its own criterion."""
    if "parameters" not in seen:
        return _raised(seen, None)
    others = {name: shape for name, shape in seen["parameters"].items() if name != "c"}
    return wrong_parameters({**seen, "parameters": others}, case.shapes)


def _one_sample(case: Case, rule: Rule | None, seen: Trial) -> Diagnosis | None:
    """A batch of one sample keeps its batch dimension."""
    if rule is None or rule.mistake:
        return None
    output, expected = seen.get("one sample"), _expected(case, rule, case.c)[:1]
    if alike(output, expected.squeeze(0)):
        return SQUEEZED_BATCH()
    return None if alike(output, expected) else first(raised(seen), not_like(output, single(expected)))


def _whole(case: Case, rule: Rule | None, seen: Trial, constant: Diagnosis | None) -> Diagnosis | None:
    """A c given as an int computes rightly too (as a parameter it could not: that is said of the constant)."""
    if rule is None or (constant and constant.key in (C_TRAINED.key, C_FROZEN.key)):
        return None
    output, expected = seen.get("output"), _expected(case, rule, case.whole_c)
    return None if alike(output, expected) else first(_raised(seen, None), not_like(output, single(expected)))


def _gradients(case: Case, rule: Rule | None, seen: Trial, output: Diagnosis | None) -> Diagnosis | None:
    if rule is None:
        return output
    expected = gradients(lambda values, X: rule.formula(values["weight"], X, case.c), case.values, case.X, case.weights)
    return wrong_gradients(seen, expected)


def _step(case: Case, seen: Trial, output: Diagnosis | None) -> Diagnosis | None:
    """A step of training moves the weight."""
    if "error" in seen:
        return first(output, _raised(seen, None))
    return CUT_GRADIENT() if torch.equal(seen["weight"], case.values["weight"]) else None


def _constant(case: Case, rule: Rule | None, evidence: Evidence, earlier: Diagnosis | None) -> Diagnosis | None:
    seen, trains = evidence["constant"], evidence["trains"]
    if "saved" not in seen:
        return first(_raised(seen, earlier), earlier)
    if "c" in trains.get("parameters", {}):
        return C_FROZEN() if "c" in trains["frozen"] else C_TRAINED()
    if "c" not in seen["saved"]:
        return _unsaved(seen, trains["parameters"])
    if rule is None or "error" in seen:
        return first(earlier, raised(seen))
    return None if alike(seen["loaded"], _expected(case, rule, case.c)) else C_NOT_READ()


def _unsaved(seen: Trial, parameters: Mapping[str, list[int]]) -> Diagnosis:
    """Why state_dict has no c."""
    if "c" in seen["buffers"]:
        return C_NOT_PERSISTENT()
    if any(prod(shape) == 1 for shape in parameters.values()):
        return C_TRAINED()
    saved = [name for name in seen["buffers"] if name in seen["saved"]]
    return C_OTHER_NAME(got=saved[0]) if saved else C_NOT_SAVED()


def _tidy(case: Case, rule: Rule | None, seen: Trial, earlier: Diagnosis | None) -> Diagnosis | None:
    if "error" in seen:
        return first(earlier, _raised(seen, earlier))
    if rule is None:
        return untidy(seen, case.X, None, None)
    expected_huge = None if earlier else rule.formula(huge(case.values)["weight"], HUGE * case.X.double(),
                                                         HUGE * case.c)
    return untidy(seen, case.X, _expected(case, rule, case.c), _expected(case, rule, case.other_c, case.other_values),
                  expected_huge)


EXERCISE = Exercise(
    name="constant-layer",
    takes=(Argument("ConstantLayer", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("先分清两样东西：weight 要训练，c 不训练但要保存。nn.Module 对它们各有一种登记的办法。",
             "Tell two things apart first: weight is trained, while c is not trained, yet saved. nn.Module has a way "
             "to register each."),
        Text("blocks.ipynb 里 FixedHiddenMLP 的常数权重是一个缓冲区（buffer）。"
             "缓冲区里放的是张量，c 给进来时是一个数。",
             "The constant weights of FixedHiddenMLP in blocks.ipynb are a buffer. A buffer holds a tensor, and c "
             "comes in as a number."),
        Text("在 `__init__` 里用 `register_buffer` 把变成张量的 c 登记为 `c`，把形状 (in_features,) 的 weight 做成 "
             "nn.Parameter。`forward` 里矩阵乘向量，得到 (batch,)，再乘上登记的 c，而不是传进来的那个数。",
             "In `__init__`, turn c into a tensor and register it as `c` with `register_buffer`; make weight an "
             "nn.Parameter of shape (in_features,). In `forward` a matrix times a vector gives (batch,), and that is "
             "multiplied by the registered c, not by the number that was passed in."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(C_TRAINED, C_FROZEN, C_NOT_SAVED, C_NOT_PERSISTENT, C_OTHER_NAME, C_NOT_READ, BUFFER_WANTS_TENSOR,
                    C_ADDED, C_SQUARED, C_UNUSED, COLUMN_KEPT, NOT_SUMMED),
)
