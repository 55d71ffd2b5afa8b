"""Misconceptions that turn up in many exercises, and the judge's usual questions.

Each question returns a Diagnosis, or None where nothing is wrong; ``first`` takes
the first that is. What says only how a failure shows, and not where it comes from,
is marked as a symptom. A criterion is judged by a line such as

    first(raised(seen), not_like(seen["output"], expected))
"""

import re
from typing import Any

import torch
from torch import Tensor

from d2l_ch3.checks.evidence import Trial
from d2l_ch3.checks.exercise import Diagnosis, Misconception
from d2l_ch3.language import Text

NOT_WRITTEN = Misconception("not-written", Text(
    "这道题还没有写。在答题单元格里写下你的代码，运行它，再运行这个检查。",
    "Not written yet. Write your code in the answer cell, run it, then run this check again."))

NO_SUPER_INIT = Misconception("no-super-init", Text(
    "`__init__` 里没有先调用 `super().__init__()`。登记层和参数的名册由它建立，"
    "没有名册，nn.Module 就无处登记。把它放到 `__init__` 的第一行。",
    "`__init__` does not call `super().__init__()` first. That call makes the registers in which "
    "nn.Module notes layers and parameters. Make it the first line of `__init__`."))

NO_FORWARD = Misconception("no-forward", Text(
    "这个类没有 `forward`（看看拼写和缩进），所以 `net(X)` 不知道该算什么。",
    "The class has no `forward` (look at its spelling and indentation), so `net(X)` does not know "
    "what to compute."))

WRONG_SIGNATURE = Misconception("wrong-signature", Text(
    "调用时参数对不上：{message}。对照题目给出的签名，检查参数的个数、顺序和名字，别忘了 `self`。",
    "The call's arguments do not fit: {message}. Compare number, order and names of the "
    "arguments with the signature in the exercise, `self` included."))

MISSING_ATTRIBUTE = Misconception("missing-attribute", Text(
    "第 {line} 行用到的属性并不存在：{message}。它在 `__init__` 里赋值了吗？名字写得一样吗？",
    "Line {line} uses an attribute that does not exist: {message}. Was it assigned in `__init__`, "
    "and under the same name?"))

UNDEFINED_NAME = Misconception("undefined-name", Text(
    "第 {line} 行用到的名字没有定义：{message}。是漏了 `self.`，还是忘了运行前面的单元格？",
    "Line {line} uses a name that is not defined: {message}. Is a `self.` missing, or was an "
    "earlier cell not run?"))

SHAPES_DO_NOT_FIT = Misconception("shapes-do-not-fit", Text(
    "第 {line} 行的形状对不上：{message}。在那一行之前打印每个张量的 `shape`，看哪一维和你想的不同。",
    "The shapes in line {line} do not fit: {message}. Print the `shape` of each tensor before "
    "that line and see which dimension is not what you thought."), symptom=True)

MIXED_DTYPES = Misconception("mixed-dtypes", Text(
    "网络已经移到另一种浮点类型，但有的张量没有跟着走：{message}。"
    "没有登记的张量、写死的 dtype 都不会跟着 `to` 走。",
    "The net was moved to another floating type, but a tensor stayed behind: {message}. "
    "Tensors that are not registered, and dtypes written into the code, do not follow `to`."), symptom=True)

ENDLESS_RECURSION = Misconception("endless-recursion", Text(
    "第 {line} 行没完没了地调用自己。是不是某个方法又调用了它自己，或者某个属性盖住了同名的方法？",
    "Line {line} calls itself without end. Does a method call itself, or does an attribute "
    "cover a method of the same name?"))

RAISED = Misconception("raised", Text(
    "代码在第 {line} 行（`{code}`）抛出 {type}：{message}。先只用一个小输入重现它，再往回找原因。",
    "The code raised {type} in line {line} (`{code}`): {message}. Reproduce it with one small "
    "input first, then look for the cause."), symptom=True)

CUT_GRADIENT = Misconception("cut-gradient", Text(
    "梯度没有传到该到的地方：计算图在半路断了。`.data`、`.detach()`、`no_grad`、`.item()` "
    "和重新构造的张量都会剪断它；直接用参数本身去算。",
    "The gradient does not arrive where it should: the graph is cut on the way. `.data`, "
    "`.detach()`, `no_grad`, `.item()` and tensors made anew all cut it; compute with the "
    "parameter itself."))

PLAIN_LIST = Misconception("plain-list", Text(
    "用到的模块没有登记：`parameters()`、`state_dict`、`to`、`eval` 都走不到它们。"
    "nn.Module 只登记直接赋给属性的模块，藏在列表、元组或字典里的看不见。",
    "Modules are in use that are not registered: `parameters()`, `state_dict`, `to` and `eval` do not reach them. "
    "nn.Module registers modules that are assigned to attributes, and cannot see those hidden in a list, a tuple or "
    "a dict."))

LEAF_IN_PLACE = Misconception("leaf-in-place", Text(
    "第 {line} 行就地改了一个参数，而 PyTorch 正在为求导记录每一步，所以拒绝了：{message}。"
    "赋值和更新不该求导，告诉 PyTorch 这一段不必记录。",
    "Line {line} changes a parameter in place while PyTorch records every step for the gradient, so it refused: "
    "{message}. Setting or updating a parameter is nothing to differentiate: tell PyTorch not to record it."))

CHANGES_INPUT = Misconception("changes-input", Text(
    "输入被改掉了：调用之后 X 的值和之前不同。以下划线结尾的方法和 `+=` 会就地修改；换成产生新张量的写法。",
    "The input was changed: after the call X has other values. Methods that end in an "
    "underscore, and `+=`, work in place; use forms that make a new tensor."))

SHARED_STATE = Misconception("shared-state", Text(
    "一次调用或另一个实例留下的东西影响了结果。状态不要放在类上、全局变量里或可变的默认参数里。",
    "Something left behind by another call or another instance changes the result. Keep no "
    "state on the class, in globals or in mutable default arguments."))

RETURNED_NOTHING = Misconception("returned-nothing", Text(
    "{what}返回了 None：是不是算完忘了 `return`？",
    "{what} returned None: was the `return` forgotten?"))

WRONG_TYPE = Misconception("wrong-type", Text(
    "{what}应当是 {expected}，得到的却是 {got}。",
    "{what} should be {expected}, but it is {got}."), symptom=True)

WRONG_SHAPE = Misconception("wrong-shape", Text(
    "{what}的形状应当是 {expected}，得到的却是 {got}。对照题目里的形状，看哪一维不同。",
    "The shape of {what} should be {expected}, but it is {got}. Compare it with the shapes in "
    "the exercise: which dimension differs?"), symptom=True)

WRONG_DTYPE = Misconception("wrong-dtype", Text(
    "{what}的类型应当是 {expected}，得到的却是 {got}。是不是在代码里写死了 dtype，或者用了默认为 float32 的 "
    "`torch.zeros` 之类？让它跟着输入和参数走。",
    "The dtype of {what} should be {expected}, but it is {got}. Is a dtype written into the "
    "code, or was a tensor made with `torch.zeros` or the like, which are float32 unless told otherwise? Let it "
    "follow the input and the parameters."), symptom=True)

FLOAT32_INSIDE = Misconception("float32-inside", Text(
    "这里本该全程用 float64，中间却有一步用了 float32：结果只有前七位左右是对的，大数变成了 inf。"
    "`float()` 和写死的 dtype 会这样，`torch.arange`、`torch.tensor`、`torch.zeros` 新建的张量也会，"
    "它们不会自己跟着走。让每一步的 dtype 都跟着输入和参数。",
    "This should all be float64, but some step on the way works in float32: only about seven digits of the result are "
    "right, and large numbers become inf. `float()` and a dtype written into the code do that, and so do new tensors "
    "from `torch.arange`, `torch.tensor` or `torch.zeros`, which do not follow by themselves. Let each step take its "
    "dtype from the input and the parameters."))

WRONG_VALUES = Misconception("wrong-values", Text(
    "{what}的形状对，数值不对。拿一个能手算的小例子（比如全 1 的输入）走一遍，看从哪一步开始不同。",
    "{what} has the right shape but wrong values. Walk through a small example that you can "
    "do by hand (an input of ones, say): at which step does it part ways?"), symptom=True)

HUGE = 2.0 ** 150  # what it multiplies has no place in float32, and loses nothing in float64
OUTPUT = Text("输出", "the output")
GRADIENT = Text("梯度", "the gradient")


def raised(seen: Trial) -> Diagnosis | None:
    """What explains the exception that ended the trial, if one did."""
    error = seen.get("error")
    if error is None:
        return None
    error = {**error, "line": error["line"] or "?", "code": error["code"] or "…"}  # none of the student's lines
    for types, pattern, misconception in _EXCEPTIONS:
        if error["type"] in types.split() and re.search(pattern, error["message"]):
            return misconception(**error)
    return RAISED(**error)


_EXCEPTIONS = (
    ("NotImplementedError", 'missing the required "forward"', NO_FORWARD),
    ("NotImplementedError", "^$", NOT_WRITTEN),  # with a message it comes from torch
    ("AttributeError", r"before Module\.__init__\(\) call", NO_SUPER_INIT),
    ("AttributeError", r"no attribute '(_modules|_parameters|_buffers|_\w*hooks\w*|training)'", NO_SUPER_INIT),
    ("AttributeError", "has no attribute", MISSING_ATTRIBUTE),
    ("NameError UnboundLocalError", "", UNDEFINED_NAME),
    ("TypeError", r"positional argument|unexpected keyword|required keyword|multiple values", WRONG_SIGNATURE),
    ("RecursionError", "", ENDLESS_RECURSION),
    ("RuntimeError ValueError", r"(same|scalar) (d?type|data type)|dtype.*(mismatch|same|match)", MIXED_DTYPES),
    ("RuntimeError", "leaf Variable", LEAF_IN_PLACE),
    ("RuntimeError", r"does not require grad|Trying to backward", CUT_GRADIENT),
    ("RuntimeError IndexError ValueError",
     r"shapes? cannot be multiplied|size mismatch|[Ss]izes? of tensors? |must match|inconsistent tensor size"
     r"|invalid for input of size|subscript|[Dd]imension.*out of range|same number of dimensions", SHAPES_DO_NOT_FIT),
)


def not_like(value: Any, expected: Tensor, what: Text = OUTPUT, rtol: float = 1e-4) -> Diagnosis | None:
    """How a recorded value differs from the tensor that it should be; None if it is close."""
    wrong_values = None if close(value, expected, rtol) else WRONG_VALUES(what=what)
    return first(misfit(value, expected, what), wrong_values)


def misfit(value: Any, expected: Tensor, what: Text = OUTPUT) -> Diagnosis | None:
    """How a recorded value differs from `expected` in kind, shape or dtype; values are not looked at."""
    if value is None:
        return RETURNED_NOTHING(what=what)
    if not isinstance(value, Tensor):
        return WRONG_TYPE(what=what, expected="Tensor", got=type_name(value))
    if value.shape != expected.shape:
        return WRONG_SHAPE(what=what, expected=tuple(expected.shape), got=tuple(value.shape))
    if value.dtype != expected.dtype:
        return WRONG_DTYPE(what=what, expected=expected.dtype, got=value.dtype)
    return None


def close(value: Any, expected: Tensor | None, rtol: float = 1e-4) -> bool:
    """Whether a recorded value is a tensor of the expected shape, dtype and (nearly) values.

    The tolerance is relative to the largest expected value; for float64 it is 1e-6 times tighter.
    """
    if expected is None or not isinstance(value, Tensor):
        return False
    if value.shape != expected.shape or value.dtype != expected.dtype:
        return False
    expected = expected.detach()
    if torch.equal(value, expected):
        return True
    if expected.dtype in (torch.float64, torch.complex128):
        rtol *= 1e-6
    if expected.dtype == torch.bool:
        return False
    return bool((value - expected).abs().max() <= rtol * max(1.0, float(expected.abs().max())))


def type_name(value: Any) -> str:
    """The type that a recorded value had in the student's hands."""
    if isinstance(value, dict) and "not_plain" in value:
        return str(value["not_plain"])
    return type(value).__name__


def first(*diagnoses: Diagnosis | None) -> Diagnosis | None:
    """The first diagnosis there is, or None."""
    return next((diagnosis for diagnosis in diagnoses if diagnosis is not None), None)
