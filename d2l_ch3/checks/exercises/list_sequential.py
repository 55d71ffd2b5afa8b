"""list-sequential: X goes through blocks in order; they stay, on purpose, in an ordinary Python list."""

from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import close, first, raised
from d2l_ch3.checks.evidence import Evidence, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.checks.in_order import (
    COPIED_BLOCKS,
    MISTAKES,
    Case,
    each,
    probe_order,
    probe_tidiness,
    scale,
    torch_container,
    unshared,
    untidy,
    wrong_order,
)
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("order", 1, Text("X 按顺序走过每个块；没有块就返回 X",
                               "X goes through the blocks in order; with no blocks it comes back")),
    Criterion("list", 1, Text("块本身留在一个普通的列表里，没有登记",
                              "the blocks themselves stay in an ordinary list, not registered")),
    Criterion("usable", 1, Text("nn.Module 的方法照常可用，能求导，不改 X，不留状态",
                                "nn.Module's methods stay usable, X is left alone, no state kept")),
)

REGISTERED = Misconception("registered", Text(
    "`net.parameters()` 里有块的参数，说明 nn.Module 认识这些块：它们登记过了。这道题故意不要登记，好看看会少掉什么。"
    "ModuleList、`add_module`、直接赋给属性、继承 nn.Sequential 都会登记。",
    "`net.parameters()` lists the parameters of the blocks, so nn.Module knows them: they are registered. Here they "
    "are not to be, on purpose, to see what goes missing. ModuleList, `add_module`, assigning to an attribute and "
    "inheriting from nn.Sequential all register."))

TUPLE_NOT_LIST = Misconception("tuple-not-list", Text(
    "块存成了元组：`*blocks` 收进来的参数就是一个 tuple，原样存下来并不会变成 list。"
    "用 `type(...)` 看看你的属性，再想怎样从元组得到一个列表。",
    "The blocks are kept in a tuple: what `*blocks` collects is a tuple, and keeping it as it is makes no list of it. "
    "Look at your attribute with `type(...)`, then think how to get a list from a tuple."))

NESTED_LIST = Misconception("nested-list", Text(
    "列表里只有一项，而这一项又是一个装着所有块的 {got}：方括号在外面多套了一层。"
    "列表的元素应当就是块；用 `len` 数一数。",
    "The list has one item, and that is a {got} with all the blocks in it: the brackets only wrapped it once more. The "
    "items of the list should be the blocks; count them with `len`."))

NOT_A_LIST = Misconception("not-a-list", Text(
    "没有哪个属性是恰好装着这些块的 list。你的属性有：{attributes}。"
    "题目要的是一个普通列表，元素就是交给你的块，一个不多，一个不少。",
    "No attribute is a list with just the blocks in it. Yours are: {attributes}. An ordinary list is asked for, whose "
    "items are the blocks given, no more and no fewer."))

SHADOWED_MODULES = Misconception("shadowed-modules", Text(
    "`net.{called}()` 用不了了：nn.Module 自己的 `{name}` 被你的同名属性或方法盖住了。"
    "nn.Module 用着很多名字，`dir(nn.Module())` 列出了它们；换一个不在里面的名字。",
    "`net.{called}()` is broken: your attribute or method `{name}` covers nn.Module's own of that name. nn.Module uses "
    "many names, `dir(nn.Module())` lists them; choose one that is not among them."))

CALLS: tuple[tuple[str, Callable[[Any], Any]], ...] = (
    ("modules", lambda net: list(net.modules())),
    ("children", lambda net: list(net.children())),
    ("parameters", lambda net: list(net.parameters())),
    ("buffers", lambda net: list(net.buffers())),
    ("named_modules", lambda net: list(net.named_modules())),
    ("named_children", lambda net: list(net.named_children())),
    ("named_parameters", lambda net: list(net.named_parameters())),
    ("named_buffers", lambda net: list(net.named_buffers())),
    ("state_dict", lambda net: net.load_state_dict(net.state_dict())),
    ("eval", lambda net: net.eval()),
    ("train", lambda net: net.train()),
    ("apply", lambda net: net.apply(lambda m: None)),
    ("to", lambda net: net.to(torch.float64)),
    ("zero_grad", lambda net: net.zero_grad()),
    ("requires_grad_", lambda net: net.requires_grad_(True)),
    ("__repr__", lambda net: repr(net)),
)
"""Methods of nn.Module that a careless attribute could cover, with a call of each."""


def probe(seed: int, ListSequential: type[nn.Module]) -> Evidence:
    """Outputs; what the blocks in the net's lists compute once the given ones have changed; nn.Module's methods."""
    evidence = Evidence()
    probe_order(evidence, seed, ListSequential)
    probe_tidiness(evidence, seed, ListSequential)

    with evidence.trial("list") as seen, unshared(ListSequential):
        case = Case(seed)
        net = ListSequential(*case.blocks)
        scale(case.blocks, case.factor)
        own = {name: value for name, value in vars(net).items() if name not in vars(nn.Module())}
        lists = {name: value for name, value in {**vars(type(net)), **vars(net)}.items() if isinstance(value, list)}
        seen["attributes"] = {name: type(value).__name__ for name, value in own.items()}
        seen["items"] = {name: [type(item).__name__ for item in value] for name, value in lists.items()}
        seen["outputs"] = {name: each(value, case.X) for name, value in lists.items()}

    with evidence.trial("methods") as seen, unshared(ListSequential):
        net = ListSequential(*Case(seed).blocks)
        seen["container"] = torch_container(ListSequential)
        seen["covered"] = [name for name in dir(nn.Module()) if isinstance(vars(net).get(name), list)]
        for name, call in CALLS:
            seen["called"] = name
            call(net)
        seen["parameters"] = list(net.parameters())
        seen["modules"] = [module is net for module in net.modules()].count(True)

    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    if evidence["methods"].get("container"):
        return {criterion.key: REGISTERED() for criterion in CRITERIA}
    kept = _wrong_list(Case(seed), evidence["list"], evidence["methods"])
    order = wrong_order(seed, evidence)
    if order and kept and kept.key == NESTED_LIST.key:
        order = kept
    return {
        "order": order,
        "list": kept,
        "usable": first(_unusable(evidence["methods"]), untidy(seed, evidence, order, kept)),
    }


def _wrong_list(case: Case, seen: Trial, methods: Trial) -> Diagnosis | None:
    if "error" in seen:
        return raised(seen)
    if methods.get("parameters"):
        return REGISTERED()
    before = each(case.blocks, case.X)
    scale(case.blocks, case.factor)
    after = each(case.blocks, case.X)
    if any(_same(outputs, after) for outputs in seen["outputs"].values()):
        return None
    if any(_same(outputs, before) for outputs in seen["outputs"].values()):
        return COPIED_BLOCKS()
    nested = next((items[0] for items in seen["items"].values() if items in (["tuple"], ["list"])), None)
    if nested:
        return NESTED_LIST(got=nested)
    if "tuple" in seen["attributes"].values():
        return TUPLE_NOT_LIST()
    attributes = ", ".join(f"`{name}` ({kind})" for name, kind in seen["attributes"].items())
    return NOT_A_LIST(attributes=attributes or Text("没有", "none"))


def _same(outputs: Sequence[Any], expected: Sequence[Tensor]) -> bool:
    """Whether these are the expected outputs, in any order."""
    return (len(outputs) == len(expected)
            and all(any(close(output, wanted) for output in outputs) for wanted in expected))


def _unusable(seen: Trial) -> Diagnosis | None:
    error = seen.get("error")
    covers = ("object is not callable", "'list' object has no attribute", "object is not iterable")
    if error and "called" in seen and any(words in error["message"] for words in covers):
        return SHADOWED_MODULES(called=seen["called"], name=(*seen["covered"], seen["called"])[0])
    if error:
        return raised(seen)
    return None if seen["modules"] == 1 else SHADOWED_MODULES(called="modules", name="modules")


EXERCISE = Exercise(
    name="list-sequential",
    takes=(Argument("ListSequential", "class"),),
    criteria=CRITERIA,
    hints=(
        Text("`*blocks` 收进来的是一个元组。先把其中的块放进一个列表，再把列表存成属性；没有块的时候这个列表就是空的。",
             "What `*blocks` collects is a tuple. Put its blocks into a list first, and keep that as an attribute; "
             "with no blocks the list is simply empty."),
        Text("`forward` 就是接力：前一个块返回什么，后一个块就拿到什么。如果一圈都没有跑，手里剩下的应当是什么？",
             "`forward` is a relay: what one block returns, the next one is given. If nobody runs at all, what should "
             "you be left holding?"),
        Text("`super().__init__()` 之后，只存一个属性，名字别和 nn.Module 的方法相同（`modules`、`children` 都不行）。"
             "`forward` 里用一个变量从 X 出发，循环中每次用块的输出替换它，循环结束以后再返回。",
             "After `super().__init__()`, keep one attribute, under a name that is no method of nn.Module (neither "
             "`modules` nor `children`). In `forward` let one variable start as X, replace it by each block's output "
             "in a loop, and return it when the loop is over."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(*MISTAKES, REGISTERED, TUPLE_NOT_LIST, NESTED_LIST, NOT_A_LIST, SHADOWED_MODULES),
)
