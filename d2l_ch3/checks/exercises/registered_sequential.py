"""registered-sequential: the repair of list-sequential, whose blocks nn.Module can reach."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import torch
from torch import nn

from d2l_ch3.checks.common import (
    PLAIN_LIST,
    RETURNED_NOTHING,
    WRONG_TYPE,
    close,
    first,
    not_like,
    raised,
)
from d2l_ch3.checks.evidence import Evidence, Trial, describe
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.checks.in_order import (
    COPIED_BLOCKS,
    MISTAKES,
    Case,
    Narrowing,
    each,
    probe_order,
    probe_tidiness,
    scale,
    through,
    torch_container,
    unshared,
    untidy,
    wrong_order,
)
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("order", 1, Text("X 按顺序走过每个块；没有块就返回 X",
                               "X goes through the blocks in order; with no blocks it comes back")),
    Criterion("registered", 2, Text("`parameters`、`state_dict`、`to`、`eval`、`apply` 到得了每个块",
                                    "`parameters`, `state_dict`, `to`, `eval`, `apply` reach every block")),
    Criterion("twice", 1, Text("同一个块给两次就运行两次，参数只算一份",
                               "a block given twice runs twice, its parameters count once")),
    Criterion("access", 1, Text("`len(net)` 和 `net[i]`", "`len(net)` and `net[i]`")),
    Criterion("tidy", 1, Text("换浮点类型可用，能求导，不改 X，不留状态",
                              "works in other floating types, leaves X alone, keeps no state")),
)

SUBCLASSED_CONTAINER = Misconception("subclassed-container", Text(
    "这个类继承自 `nn.{got}`：登记、长度、下标都是现成的。这道题要你自己在 nn.Module 上写出来，"
    "弄明白它们是怎么来的；在里面用一个 ModuleList 是可以的。",
    "This class inherits from `nn.{got}`, where registering, length and indexing come ready-made. Here they are yours "
    "to write, on nn.Module itself, to see how they come about; a ModuleList inside is fine."))

KEY_NOT_STR = Misconception("key-not-str", Text(
    "子模块登记用的名字不是字符串：{message}。nn.Module 用点号把名字一级一级拼起来（像 `0.weight`），"
    "用整数或块本身作名字就拼不成。",
    "A submodule is registered under a name that is no string: {message}. nn.Module joins names with dots, level by "
    "level (as in `0.weight`); that cannot work where a name is an integer or the block itself."))

DOT_IN_NAME = Misconception("dot-in-name", Text(
    "子模块的名字里不能有点号。点号是用来分隔层级的；拿 `str(block)` 作名字，里面就可能有小数点。",
    "The name of a submodule may not have a dot in it. Dots separate levels; a name made with `str(block)` "
    "may have a decimal point in it."))

NAME_TAKEN = Misconception("name-taken", Text(
    "这个属性名 nn.Module 自己的方法占着（{message}）。"
    "模块也许登记进去了，`self.` 后面跟这个名字，取到的却仍是那个方法。换一个名字。",
    "This attribute has the name of a method of nn.Module ({message}). The module may be registered, but `self.` with "
    "that name still gives the method. Choose another name."))

UNPACKED_MODULE_LIST = Misconception("unpacked-module-list", Text(
    "`nn.ModuleList` 要的是一个装着块的列表或元组，这里却把块一个个拆开传了进去：{message}。"
    "拆开传的是 `nn.Sequential`；对照一下两者的签名。",
    "`nn.ModuleList` wants one list or tuple of blocks, but here they are passed one by one: {message}. It is "
    "`nn.Sequential` that takes them unpacked; compare the two signatures."))

NOT_A_MODULE = Misconception("not-a-module", Text(
    "登记的应当是块，这里登记的却是装着块的容器：{message}。要么把它拆开，要么一个块一个块地登记。",
    "Blocks should be registered, but here it is a container of blocks: {message}. Unpack it, or register block by "
    "block."))

SAME_NAME = Misconception("same-name", Text(
    "有的块不见了：几个块用了同一个名字，后来的顶掉了先来的。类名、`str(block)`、循环里反复赋值的同一个属性都会重名。"
    "每个块要有自己的名字。",
    "Some blocks are missing: several had the same name, and the later replaced the earlier. Class names, `str(block)` "
    "and one attribute assigned again and again in a loop all do that. Each block needs a name of its own."))

HALF_REGISTERED = Misconception("half-registered", Text(
    "{reached} 到得了每个块，{missing} 却到不了。这些方法查的是同一份子模块名册；"
    "只照顾其中几个，别的还是看不见。把块登记进名册，它们就一齐好了。",
    "{reached} reach every block, {missing} do not. All of them consult one register of submodules; serve a few of "
    "them and the rest still see nothing. Get the blocks into the register and all are cured together."))

DUPLICATE_LOST = Misconception("duplicate-lost", Text(
    "同一个块给了两次，却只当成一次。以块或它的 `id` 为键的字典、集合、`if block not in ...`，"
    "还有会去重的 `children()`，都只记一次。每个位置要各占一席，哪怕站的是同一个块。",
    "A block given twice is taken for one. A dict keyed by the block or its `id`, a set, `if block not in ...`, and "
    "`children()`, which drops repeats, all note it once. Every position needs a place of its own, even where the same "
    "block stands."))

COUNTED_TWICE = Misconception("counted-twice", Text(
    "同一个块给了两次，它的参数也就出现了两次。拷贝出来的块有一套自己的参数，两处会各学各的；"
    "自己拼的参数表不去重，优化器会对同一个参数更新两遍。nn.Module 的 `parameters()` 本来就按对象去重。",
    "A block given twice has its parameters listed twice. A copy has parameters of its own, and the two drift apart; a "
    "list of parameters put together by hand lets an optimiser update one twice. nn.Module's own `parameters()` "
    "already drops repeats."))

NO_SPECIAL_METHOD = Misconception("no-special-method", Text(
    "`{call}` 用不了：{message}。"
    "Python 遇到 `len(net)` 和 `net[i]` 时，会去类里找两个特殊方法，它们的名字前后各有两条下划线。",
    "`{call}` does not work: {message}. For `len(net)` and `net[i]` Python looks in the class for two special methods, "
    "whose names have two underscores on either side."))

LEN_OF_PARAMETERS = Misconception("len-of-parameters", Text(
    "`len(net)` 数的是参数张量（{got} 个），应当数块（{expected} 个）。"
    "一个线性层是一个块，参数却有两个，激活函数一个也没有。",
    "`len(net)` counts parameter tensors ({got}), it should count blocks ({expected}). A linear layer is one block "
    "with two parameters, an activation function has none."))

WRONG_LEN = Misconception("wrong-len", Text(
    "给了 {expected} 个块，`len(net)` 却是 {got}。看看数的是块，还是装块的容器、或者所有层级的模块。",
    "{expected} blocks were given, but `len(net)` is {got}. Does it count blocks, or the container that holds them, or "
    "modules of all levels?"))

OTHER_BLOCK = Misconception("other-block", Text(
    "`net[{index}]` 取到的是另一个块。下标从 0 数起，`net[0]` 是最先给的那个。",
    "`net[{index}]` is another block. Indices begin at 0: `net[0]` is the block given first."))

COPIED_ITEM = Misconception("copied-item", Text(
    "`net[i]` 给出的是块的拷贝：改了 `net[0]` 的参数，再取一次 `net[0]`，还是老样子。要给出的是网络里的那个块本身。",
    "`net[i]` hands out a copy: the parameters of `net[0]` were changed, and another `net[0]` was as before. It should "
    "be the very block that the net holds."))

NEGATIVE_INDEX = Misconception("negative-index", Text(
    "非负的下标对，`net[{index}]` 不对。负数从后往前数：-1 是最后一个块。"
    "列表自己懂负数，字典的键和逐个数过去的循环不懂。",
    "Right for other indices, wrong for `net[{index}]`. Negative ones count from the end: -1 is the last block. Lists "
    "know that by themselves; keys of a dict, and loops that count along, do not."))

NO_INDEX_ERROR = Misconception("no-index-error", Text(
    "一共只有 {count} 个块，`net[{index}]` 却没有报错。取余会绕回开头，太小的负数加上块数可能还是负数；"
    "两头都试一试：正好等于块数，和比负的块数再小 1。",
    "There are only {count} blocks, but `net[{index}]` raises nothing. A remainder wraps around, and a negative number "
    "far out may still be negative once the number of blocks is added. Try both ends: the number of blocks, and one "
    "below minus that."))

OTHER_ERROR = Misconception("other-error", Text(
    "`net[{index}]` 超出了范围，应当抛出 IndexError，这里却是 {got}。"
    "Python 的 `for block in net` 就靠 IndexError 知道走到了头；字典和迭代器抛的是别的异常。",
    "`net[{index}]` is out of range and should raise IndexError, but this is {got}. `for block in net` relies on "
    "IndexError to know where to stop; dicts and iterators raise other things."))

KNOWN_ERRORS = (
    (r"can only concatenate str|module name should be a string", KEY_NOT_STR),
    (r"module name can.{1,2}t contain", DOT_IN_NAME),
    (r"'method' object is not|object of type 'method' has no|attribute '\w+' already exists", NAME_TAKEN),
    (r"ModuleList\.__init__\(\) takes", UNPACKED_MODULE_LIST),
    (r"is not a Module subclass", NOT_A_MODULE),
)


def _scale_parameters(net: nn.Module, case: Case) -> None:
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.mul_(case.factor)


def _load_state(net: nn.Module, case: Case) -> None:
    net.load_state_dict({name: value * case.factor for name, value in net.state_dict().items()})


def _fill_linear(net: nn.Module, case: Case) -> None:
    def fill(m: nn.Module) -> None:
        if isinstance(m, nn.Linear):
            nn.init.constant_(m.weight, case.number)
            nn.init.constant_(m.bias, case.factor)
    net.apply(fill)


WALKS: Mapping[str, Callable[[nn.Module, Case], Any]] = {
    "parameters": _scale_parameters,
    "state_dict": _load_state,
    "to": lambda net, case: net.to(torch.float64),
    "eval": lambda net, case: net.eval(),
    "apply": _fill_linear,
}
"""What nn.Module does to all blocks that it knows, each leaving its mark on what they compute."""


def probe(seed: int, RegisteredSequential: type[nn.Module]) -> Evidence:
    """Outputs; what the given blocks compute after each walk over the net; a block given twice; len and indices."""
    evidence = Evidence()
    with evidence.trial("class") as seen:
        seen["container"] = torch_container(RegisteredSequential)
    probe_order(evidence, seed, RegisteredSequential)
    probe_tidiness(evidence, seed, RegisteredSequential)
    for name, walk in WALKS.items():
        with evidence.trial(name) as seen, unshared(RegisteredSequential):
            case = Case(seed)
            blocks = _with_dropout(case)
            net = RegisteredSequential(*blocks)
            seen["found"] = len(list(nn.Module.parameters(net))) if name == "parameters" else 0
            walk(net, case)
            seen["outputs"] = each(blocks, case.X.double() if name == "to" else case.X)
    _probe_twice(evidence, seed, RegisteredSequential)
    _probe_access(evidence, seed, RegisteredSequential)
    return evidence


def _probe_twice(evidence: Evidence, seed: int, net_class: type[nn.Module]) -> None:
    with evidence.trial("twice") as seen, unshared(net_class):
        case = Case(seed)
        seen["output"] = net_class(*_palindrome(case))(case.X)

    with evidence.trial("once") as seen, unshared(net_class):
        seen["parameters"] = list(net_class(*_palindrome(Case(seed))).parameters())

    with evidence.trial("twice, access") as seen, unshared(net_class):
        case = Case(seed)
        net = net_class(*_palindrome(case))
        seen["len"] = len(net)  # type: ignore[arg-type]
        seen["outputs"] = [_item(net, index)(case.X) for index in (0, 1, 2, -1)]


def _probe_access(evidence: Evidence, seed: int, net_class: type[nn.Module]) -> None:
    for name, blocks in _counted(seed).items():
        with evidence.trial(f"len, {name}") as seen, unshared(net_class):
            seen["len"] = len(net_class(*blocks))  # type: ignore[arg-type]

    with evidence.trial("items") as seen, unshared(net_class):
        case = Case(seed)
        net, X = net_class(*(block.double() for block in case.blocks)), case.X.double()
        for index in _inside(len(case.blocks)):
            seen["index"] = index
            item = _item(net, index)
            seen[str(index)] = item(X) if isinstance(item, nn.Module) else type(item).__name__
        scale([_item(net, 0)], case.factor)
        len(net)  # type: ignore[arg-type]
        seen["changed"] = _item(net, 0)(X)

    with evidence.trial("outside") as seen, unshared(net_class):
        case = Case(seed)
        net = net_class(*case.blocks)
        seen["outcomes"] = [_outcome(net, index) for index in _outside(case)]

    with evidence.trial("outside of none") as seen, unshared(net_class):
        seen["outcomes"] = [_outcome(net_class(), 0)]


def _with_dropout(case: Case) -> list[nn.Module]:
    """The blocks, and among them one that computes 0 until `eval` reaches it."""
    return [*case.blocks[:2], nn.Dropout(1.0), *case.blocks[2:]]


def _palindrome(case: Case) -> list[nn.Module]:
    """A block, another one, and the first again: the same in either order."""
    return [*case.blocks[:2], case.blocks[0]]


def _counted(seed: int) -> dict[str, list[nn.Module]]:
    """Blocks to count; where there are any, they never have as many parameters as there are blocks."""
    return {"usual": Case(seed).blocks, "narrowing": Narrowing(seed).blocks, "none": []}


def _inside(count: int) -> list[int]:
    return [*range(count), *range(-1, -count - 1, -1)]


def _outside(case: Case) -> list[int]:
    count = len(case.blocks)
    return [count, count + case.beyond, -count - 1, -count - 1 - case.beyond]


def _item(net: Any, index: int) -> Any:
    return net[index]


def _outcome(net: nn.Module, index: int) -> str:
    """The exception that an index raises, or nothing."""
    try:
        _item(net, index)
    except IndexError:
        return "IndexError"
    except Exception as error:
        return str(describe(error)["type"])
    return "nothing"


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    container = evidence["class"]["container"]
    if container:
        return {criterion.key: SUBCLASSED_CONTAINER(got=container) for criterion in CRITERIA}
    order = _wrong_order(seed, evidence)
    registered = _unregistered(seed, evidence)
    access = _wrong_access(seed, evidence)
    return {
        "order": order,
        "registered": registered,
        "twice": _wrong_twice(Case(seed), evidence, order, registered, access),
        "access": order if access and order and order.key == SAME_NAME.key else access,
        "tidy": untidy(seed, evidence, order, registered),
    }


def _known_error(seen: Trial) -> Diagnosis | None:
    message = seen.get("error", {"message": ""})["message"]
    return next((known(message=message) for pattern, known in KNOWN_ERRORS if re.search(pattern, message)), None)


def _wrong_order(seed: int, evidence: Evidence) -> Diagnosis | None:
    case = Case(seed)
    last_of_each_kind = {type(block): block for block in case.blocks}
    if close(evidence["order"].get("output"), through([*last_of_each_kind.values()], case.X)):
        return SAME_NAME()
    return first(_known_error(evidence["order"]), wrong_order(seed, evidence))


def _unregistered(seed: int, evidence: Evidence) -> Diagnosis | None:
    """Which walks do not reach the blocks, and why."""
    failures = [first(_known_error(evidence[name]), raised(evidence[name])) for name in WALKS]
    for failure, name in zip(failures, WALKS, strict=True):
        if failure and (not failure.symptom or evidence[name]["error"]["line"]):
            return failure
    reached = {name: _reached(seed, name, evidence[name].get("outputs", [])) for name in WALKS}
    if all(map(all, reached.values())):
        return None
    if not any(map(any, reached.values())):
        return COPIED_BLOCKS() if evidence["parameters"].get("found") else PLAIN_LIST()
    if any(any(blocks) and not all(blocks) for blocks in reached.values()):
        return SAME_NAME()
    return HALF_REGISTERED(reached=_listed(name for name in WALKS if all(reached[name])),
                           missing=_listed(name for name in WALKS if not all(reached[name])))


def _reached(seed: int, name: str, outputs: Sequence[Any]) -> list[bool]:
    """For each block that a walk should change: whether it computes what it then should."""
    case = Case(seed)
    blocks = _with_dropout(case)
    before = each(blocks, case.X)
    WALKS[name](nn.Sequential(*blocks), case)
    expected = each(blocks, case.X.double() if name == "to" else case.X)
    concerned = [index for index, output in enumerate(expected) if not close(before[index], output)]
    return [len(outputs) == len(expected) and close(outputs[index], expected[index]) for index in concerned]


def _listed(names: Any) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _wrong_twice(case: Case, evidence: Evidence, order: Diagnosis | None, registered: Diagnosis | None,
                 access: Diagnosis | None) -> Diagnosis | None:
    """Whether a block given twice runs twice, is listed once, and stands at both places."""
    twice, once, at_places = evidence["twice"], evidence["once"], evidence["twice, access"]
    blocks = _palindrome(case)
    if not close(twice.get("output"), through(blocks, case.X)):
        lost = DUPLICATE_LOST() if close(twice.get("output"), through(blocks[:2], case.X)) else None
        return first(order, lost, raised(twice), not_like(twice.get("output"), through(blocks, case.X)))
    given = len(list(blocks[0].parameters()))
    listed = len(once.get("parameters", []))
    if listed != given:
        return COUNTED_TWICE() if listed > given else first(registered, raised(once), PLAIN_LIST())
    same = at_places.get("len") == len(blocks) and all(
        map(close, at_places.get("outputs", [None]), each([*blocks, blocks[-1]], case.X)))
    return None if access or same else DUPLICATE_LOST()


def _wrong_access(seed: int, evidence: Evidence) -> Diagnosis | None:
    case = Case(seed)
    count = len(case.blocks)
    return first(
        _wrong_len(seed, evidence),
        _wrong_items(case, evidence["items"]),
        _wrong_outside(evidence["outside"], count, _outside(case)),
        _wrong_outside(evidence["outside of none"], 0, [0]))


def _wrong_len(seed: int, evidence: Evidence) -> Diagnosis | None:
    counted = _counted(seed)
    trials = [evidence[f"len, {name}"] for name in counted]
    for seen in trials:
        if "error" in seen:
            return first(_no_special_method(seen, "len(net)"), _known_error(seen), raised(seen))
    lengths, right = [seen["len"] for seen in trials], [len(blocks) for blocks in counted.values()]
    if lengths == [len(list(nn.Sequential(*blocks).parameters())) for blocks in counted.values()]:
        return LEN_OF_PARAMETERS(got=lengths[0], expected=right[0])
    return next((WRONG_LEN(got=got, expected=expected)
                 for got, expected in zip(lengths, right, strict=True) if got != expected), None)


def _wrong_items(case: Case, seen: Trial) -> Diagnosis | None:
    missing = first(_no_special_method(seen, "net[i]"), _known_error(seen))
    for index in _inside(len(case.blocks)):
        item = seen.get(str(index))
        if item is None:
            return first(missing, NEGATIVE_INDEX(index=index) if index < 0 else raised(seen))
        if isinstance(item, str):
            what = Text(f"`net[{index}]` ", f"`net[{index}]`")
            return RETURNED_NOTHING(what=what) if item == "NoneType" else WRONG_TYPE(
                what=what, expected="nn.Module", got=item)
        if not close(item, case.blocks[index].double()(case.X.double())):
            return (NEGATIVE_INDEX if index < 0 else OTHER_BLOCK)(index=index)
    scale(case.blocks[:1], case.factor)
    same = close(seen.get("changed"), case.blocks[0](case.X.double()))
    return None if same else first(raised(seen), COPIED_ITEM())


def _no_special_method(seen: Trial, call: str) -> Diagnosis | None:
    """Python's own complaint that the class has no `__len__` or `__getitem__`; no line of the student's raised it."""
    error = seen.get("error")
    if error and not error["line"] and re.search(r"has no len\(\)|not subscriptable", error["message"]):
        return NO_SPECIAL_METHOD(call=call, message=error["message"])
    return None


def _wrong_outside(seen: Trial, count: int, indices: Sequence[int]) -> Diagnosis | None:
    if "error" in seen:
        return raised(seen)
    for index, outcome in zip(indices, seen["outcomes"], strict=True):
        if outcome == "nothing":
            return NO_INDEX_ERROR(count=count, index=index)
        if outcome != "IndexError":
            return OTHER_ERROR(index=index, got=outcome)
    return None


EXERCISE = Exercise(
    name="registered-sequential",
    takes=(Argument("RegisteredSequential", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("先想谁该知道有这些块：nn.Module 的 `parameters`、`to`、`eval` 都查同一份名册。"
             "回到 blocks.ipynb 的 MySequential，看块是怎样登记进去的。",
             "First think who has to know of the blocks: `parameters`, `to` and `eval` of nn.Module all consult one "
             "register. Go back to MySequential in blocks.ipynb and see how blocks get into it."),
        Text("名册里每个块要有自己的名字，而且是字符串；同一个块在两个位置上，就要有两个名字。用位置来取名最省事。"
             "`len(net)` 和 `net[i]` 会去找特殊方法 `__len__` 和 `__getitem__`。",
             "In the register each block needs a name of its own, and a string; a block at two places needs two names. "
             "Positions make good names. `len(net)` and `net[i]` look for the special methods `__len__` and "
             "`__getitem__`."),
        Text("让 `nn.ModuleList` 来管登记和顺序也可以：它的用法像列表，负的下标和 IndexError 都和列表一样，"
             "重复的块也各占一席。你还要写的是：`forward` 依次走过它，另外两个方法把问题转交给它。",
             "You may leave registering and order to an `nn.ModuleList`: it is used like a list, negative indices and "
             "IndexError included, and a repeated block keeps both its places. What is left for you: `forward` goes "
             "through it in order, and the other two methods pass the question on to it."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(*MISTAKES, SUBCLASSED_CONTAINER, PLAIN_LIST, KEY_NOT_STR, DOT_IN_NAME, NAME_TAKEN,
                    UNPACKED_MODULE_LIST, NOT_A_MODULE, SAME_NAME, HALF_REGISTERED, DUPLICATE_LOST, COUNTED_TWICE,
                    NO_SPECIAL_METHOD, LEN_OF_PARAMETERS, WRONG_LEN, OTHER_BLOCK, COPIED_ITEM, NEGATIVE_INDEX,
                    NO_INDEX_ERROR, OTHER_ERROR),
)
