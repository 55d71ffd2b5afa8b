"""list-sequential-facts: what nn.Module's methods make of blocks that stand in an ordinary list."""

from collections.abc import Mapping
from typing import Any

from torch import Tensor

from d2l_ch3.checks.common import NOT_WRITTEN, WRONG_TYPE, type_name
from d2l_ch3.checks.evidence import Evidence
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

FACTS: Mapping[str, int | bool] = {"parameters": 0, "state_dict_keys": 0, "moved_by_to": False,
                                   "reached_by_eval": False, "trainable_by_sgd": False}
"""What is so; `type` tells a count from a yes or no. A right answer of the bank builds the net and looks."""

CRITERIA = (
    Criterion("parameters", 1, Text("`net.parameters()` 给出几个张量", "how many tensors `net.parameters()` yields")),
    Criterion("state_dict_keys", 1, Text("`net.state_dict()` 有几个键", "how many keys `net.state_dict()` has")),
    Criterion("moved_by_to", 1, Text("`net.to(torch.float64)` 到得了块吗", "does `net.to(torch.float64)` reach them")),
    Criterion("reached_by_eval", 1, Text("`net.eval()` 到得了块吗", "does `net.eval()` reach them")),
    Criterion("trainable_by_sgd", 1, Text("SGD 优化器建得起来吗", "can the SGD optimiser be built")),
)

EXPECTS_PARAMETERS = Misconception("expects-parameters", Text(
    "两个线性层一共有 4 个参数张量，这没错；可是问的是 `net.parameters()` 给出几个。它只沿着登记过的子模块走。"
    "运行 `len(list(net.parameters()))`，看看列表里的块算不算登记过。",
    "The two linear layers do have 4 parameter tensors; but the question is how many `net.parameters()` yields. It "
    "walks registered submodules only. Run `len(list(net.parameters()))`: do blocks in a list count as registered?"))

EXPECTS_STATE = Misconception("expects-state", Text(
    "如果块都登记过，`state_dict()` 是有 4 个键。它和 `parameters()` 一样，只收录登记过的东西。"
    "运行 `list(net.state_dict())`，再想想：把它存进文件，存下了什么？",
    "Were the blocks registered, `state_dict()` would have 4 keys. Like `parameters()` it collects only what is "
    "registered. Run `list(net.state_dict())`, then ask yourself: saved to a file, what would it save?"))

COUNTED_ELEMENTS = Misconception("counted-elements", Text(
    "`{key}`：{value} 是两个线性层的权重和偏置里数字的总个数。这里数的是张量，一个权重矩阵无论多大都只算一个；"
    "而且要数真正给出来的，运行一下再数。",
    "`{key}`: {value} is how many numbers there are in the weights and biases of the two linear layers. It is tensors "
    "that count here, a weight matrix is one however large; and only those really given. Run it and count."))

COUNTED_BLOCKS = Misconception("counted-blocks", Text(
    "`{key}`：{value} 像是照着代码数出来的块或层的个数。块有几个，和 nn.Module 看得见几个参数是两回事；"
    "一个层还可以有不止一个参数。运行一下，数它给出来的。",
    "`{key}`: {value} looks like the number of blocks, or of layers, counted in the code. How many there are is one "
    "thing, how many parameters nn.Module can see is another; and a layer may have several. Run it and count."))

OTHER_COUNT = Misconception("other-count", Text(
    "`{key}` 不是 {value}。不用推算：照题目建好 `net`，`list(...)` 一下，再用 `len` 数。",
    "`{key}` is not {value}. No need to work it out: build `net` as in the exercise, take `list(...)` of it, and count "
    "with `len`."))

EXPECTS_TO = Misconception("expects-to", Text(
    "`net.to` 并不会翻遍所有属性，它只走到登记过的参数和子模块。"
    "运行 `net.to(torch.float64)`，再看列表里第一个块的 `weight.dtype`。",
    "`net.to` does not search all attributes, it goes to registered parameters and submodules. Run "
    "`net.to(torch.float64)`, then look at `weight.dtype` of the first block in the list."))

EXPECTS_EVAL = Misconception("expects-eval", Text(
    "`net.eval()` 改了 `net` 自己的 `training`，再往下就只走登记过的子模块。"
    "运行它，然后打印列表里每个块的 `training`。网络里要是有 Dropout，这意味着什么？",
    "`net.eval()` changes `training` of `net` itself, and from there goes to registered submodules only. Run it, then "
    "print `training` of each block in the list. What would that mean for a net with dropout?"))

EXPECTS_SGD = Misconception("expects-sgd", Text(
    "你可能觉得优化器照样能建，顶多什么也训练不了。优化器一建立就会检查参数表，不会等到 `step()`。"
    "单独运行 `torch.optim.SGD(net.parameters(), lr=0.1)`，读一读结果的最后一行。",
    "You may think that the optimiser can be built all the same and would merely train nothing. An optimiser looks at "
    "its parameters when it is built, not at the first `step()`. Run `torch.optim.SGD(net.parameters(), lr=0.1)` by "
    "itself and read the last line."))

MISSING_FACT = Misconception("missing-fact", Text(
    "`facts` 里没有 `{key}`。它有的键是：{names}。键要和题目写得一字不差，包括单复数和下划线。",
    "`facts` has no `{key}`. Its keys are: {names}. Keys must be spelled as in the exercise, plural and underscores "
    "included."))

LEFT_OPEN = Misconception("left-open", Text(
    "`{key}` 还没有填：它的值是 `{value}`。先猜一个，再运行代码看猜得对不对。",
    "`{key}` is still open: its value is `{value}`. Make a guess first, then run code to see whether you were right."))

INT_FOR_BOOL = Misconception("int-for-bool", Text(
    "`{key}` 只有是和否两种答案，要的类型是 bool，这里却是 {type}：{value}。"
    "数字在条件判断里也能用，可读的人分不清它是个数还是判断。",
    "`{key}` asks yes or no, so a bool is wanted, but here is the {type} {value}. Numbers work in conditions too, but "
    "a reader cannot tell whether it is a count or a verdict."))

BOOL_FOR_COUNT = Misconception("bool-for-count", Text(
    "`{key}` 问的是个数，要的类型是 int，这里却是 {value}。有没有和有几个是两个问题；用 `len` 数出来。",
    "`{key}` asks how many, so an int is wanted, but here is {value}. Whether there are any and how many there are are "
    "two questions; count with `len`."))

TEXT_NOT_VALUE = Misconception("text-not-value", Text(
    "`{key}` 的值是一段文字 {value!r}。带引号的是 str：程序没法拿它去数、去判断。写成 Python 的 {expected}，不加引号。",
    "The value of `{key}` is text, {value!r}. In quotation marks it is a str, which no program can count with or "
    "decide on. Write a Python {expected}, without quotation marks."))

THING_NOT_COUNT = Misconception("thing-not-count", Text(
    "`{key}` 要的是个数，这里放的是那些东西本身（{got}）。`parameters()` 给出的是迭代器，先收进列表才好数。",
    "`{key}` asks how many, but this holds the things themselves ({got}). What `parameters()` gives is an iterator: "
    "collect it in a list, then it can be counted."))

NOT_CALLED = Misconception("not-called", Text(
    "`{key}` 的值是一个 {got}，不是调用它的结果。是不是漏了括号？",
    "The value of `{key}` is a {got}, not the result of calling it. Are the parentheses missing?"))

FOREIGN_TYPE = Misconception("foreign-type", Text(
    "`{key}` 的值打印出来也许没错，类型却是 {got}，不是 Python 自己的 {expected}。"
    "张量和 NumPy 的标量要先换成 Python 的值。",
    "The value of `{key}` may print as it should, but its type is {got} and not Python's own {expected}. Turn tensors "
    "and NumPy scalars into Python values first."))

EXPECTED_BY = {"parameters": EXPECTS_PARAMETERS, "state_dict_keys": EXPECTS_STATE, "moved_by_to": EXPECTS_TO,
               "reached_by_eval": EXPECTS_EVAL, "trainable_by_sgd": EXPECTS_SGD}
"""The belief behind the value that each fact would have if the blocks were registered."""

REGISTERED_PARAMETERS = 4
ELEMENTS = 20 * 256 + 256 + 256 * 10 + 10
LAYERS = (1, 2, 3)
OPEN = {"NoneType": "None", "ellipsis": "...", "NotImplementedType": "NotImplemented"}
COLLECTIONS = ("list", "dict", "tuple", "generator", "OrderedDict", "odict_keys", "dict_keys", "odict_items",
               "odict_values")
FOREIGN = ("Tensor", "Parameter", "bool", "bool_", "int64", "int32", "float64", "float32", "ndarray")


def probe(seed: int, facts: dict[str, Any]) -> Evidence:
    """The values given for the facts, and the names of all that were given."""
    evidence = Evidence()
    with evidence.trial("facts") as seen:
        seen["values"] = {key: facts[key] for key in FACTS if key in facts}
        seen["names"] = [str(key)[:40] for key in facts][:8]
    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence; these facts are the same for every seed."""
    seen = evidence["facts"]
    values, names = seen.get("values", {}), seen.get("names", [])
    opened = [type_name(value) in OPEN for value in values.values()]
    if not names or (len(values) == len(FACTS) and all(opened)):
        return {key: NOT_WRITTEN() for key in FACTS}
    listed = ", ".join(f"`{name}`" for name in names)
    return {key: _wrong_fact(key, values[key]) if key in values else MISSING_FACT(key=key, names=listed)
            for key in FACTS}


def _wrong_fact(key: str, value: Any) -> Diagnosis | None:
    wanted = type(FACTS[key])
    if type(value) is not wanted:
        return _wrong_type(key, value, wanted)
    if value == FACTS[key]:
        return None
    if wanted is bool or value == REGISTERED_PARAMETERS:
        return EXPECTED_BY[key]()
    if value == ELEMENTS:
        return COUNTED_ELEMENTS(key=key, value=value)
    return (COUNTED_BLOCKS if value in LAYERS else OTHER_COUNT)(key=key, value=value)


def _wrong_type(key: str, value: Any, wanted: type) -> Diagnosis:
    """What explains a value of another type than the one wanted, int or bool."""
    got, expected = type_name(value), wanted.__name__
    if got in OPEN:
        return LEFT_OPEN(key=key, value=OPEN[got])
    if type(value) is str:
        return TEXT_NOT_VALUE(key=key, value=value[:40], expected=expected)
    if type(value) is bool:
        return BOOL_FOR_COUNT(key=key, value=value)
    if wanted is bool and type(value) in (int, float):
        return INT_FOR_BOOL(key=key, value=value, type=got)
    if wanted is int and got in COLLECTIONS:
        return THING_NOT_COUNT(key=key, got=got)
    if got in ("method", "function", "builtin_function_or_method"):
        return NOT_CALLED(key=key, got=got)
    if got in FOREIGN:
        return FOREIGN_TYPE(key=key, got=got if isinstance(value, Tensor) else f"NumPy {got}", expected=expected)
    return WRONG_TYPE(what=Text(f"`{key}` ", f"`{key}`"), expected=expected, got=got)


EXERCISE = Exercise(
    name="list-sequential-facts",
    takes=(Argument("facts", "dict"),),
    criteria=CRITERIA,
    hints=(
        Text("五个问题都可以运行代码来回答：建好 `net`，每个问题一两行。先猜再运行，猜错的那一个最值得想。",
             "All five can be answered by running code: build `net`, then a line or two for each. Guess before you "
             "run; the one you guess wrong is worth most."),
        Text("nn.Module 的这些方法都从登记过的参数和子模块出发。普通列表里的块登记了吗？"
             "打印 `net`，看看它有没有子模块。",
             "All these methods of nn.Module start from registered parameters and submodules. Are blocks in an "
             "ordinary list registered? Print `net` and see whether it has any."),
        Text("个数用 `len(list(...))` 数；`to` 之后看列表里某个线性层的 `weight.dtype`，`eval` 之后看块的 `training`，"
             "优化器就试着建一个。个数写成 int，是或不是写成 True 或 False。",
             "Count with `len(list(...))`; after `to` look at `weight.dtype` of a linear layer in the list, after "
             "`eval` at `training` of a block, and just try to build the optimiser. Counts are ints; yes or no is True "
             "or False."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(EXPECTS_PARAMETERS, EXPECTS_STATE, COUNTED_ELEMENTS, COUNTED_BLOCKS, OTHER_COUNT, EXPECTS_TO,
                    EXPECTS_EVAL, EXPECTS_SGD, MISSING_FACT, LEFT_OPEN, INT_FOR_BOOL, BOOL_FOR_COUNT, TEXT_NOT_VALUE,
                    THING_NOT_COUNT, NOT_CALLED, FOREIGN_TYPE),
)
