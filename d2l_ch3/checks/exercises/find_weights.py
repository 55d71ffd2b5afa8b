"""The check of find-weights: parameters found in a nested net by the names of its blocks."""

from collections.abc import Callable, Iterable
from typing import Any

import torch
from torch import Tensor, nn
from torch.func import functional_call

from d2l_ch3.checks.common import CHANGES_INPUT, SHARED_STATE, close, first, not_like, raised
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("block-2", 1, Text("`block 2` 里第二个线性层的权重",
                                 "the weight of the second linear layer in `block 2`")),
    Criterion("by-name", 1, Text("各块换了先后，仍按名字找到它",
                                 "found by its name where the blocks stand in another order")),
    Criterion("outer", 1, Text("块外那个线性层的权重", "the weight of the linear layer that is in no block")),
    Criterion("itself", 1, Text("返回的就是网络用的那个参数", "what is returned is the parameter that the net uses")),
)

BY_POSITION = Misconception("by-position", Text(
    "各块按 0、1、2、3 排好时找对了，换个先后就找到了别的块：你数的是位置，题目说的是名字。"
    "打印 `rgnet[0]`，圆括号里的才是每个块的名字。",
    "Right as long as the blocks stand in the order 0, 1, 2, 3; in another order a different block is found. "
    "You count positions, the exercise gives a name. Print `rgnet[0]`: what stands in parentheses are the names."))

COUNTED_FROM_ONE = Misconception("counted-from-one", Text(
    "你找到的是名叫 `block 1` 的块。它站在第二个，名字里的数字却从 0 数起：`block 2` 前面还有两个块。",
    "You found the block named `block 1`. It stands second, but the numbers in the names begin at 0: two blocks "
    "stand before `block 2`."))

BIAS_NOT_WEIGHT = Misconception("bias-not-weight", Text(
    "层找对了，返回的却是它的偏置。一个线性层有两个参数，看看它们各自的形状。",
    "The right layer, but what is returned is its bias. A linear layer has two parameters; look at the shape of each."))

FIRST_LINEAR = Misconception("first-linear", Text(
    "块找对了，返回的却是块里第一个线性层的权重，形状 (8, 4)。第二个线性层把 8 个数变成 4 个，它的权重是什么形状？",
    "The right block, but this is the weight of its first linear layer, of shape (8, 4). The second one turns 8 "
    "numbers into 4: what is the shape of its weight?"))

RELU_COUNTS_TOO = Misconception("relu-counts-too", Text(
    "你停在了一个 ReLU 上，它没有参数（{message}）。在 nn.Sequential 里，ReLU 也占一个位置：打印这个块，数一数再取。",
    "You stopped at a ReLU, which has no parameters ({message}). Inside an nn.Sequential a ReLU takes a place of its "
    "own: print the block and count again."))

NAME_IN_BRACKETS = Misconception("name-in-brackets", Text(
    "nn.Sequential 的方括号只收整数，名字放进去就报错：{message}。子块的名字和属性的名字是一回事；"
    "属性名里有空格时，点号写不出来，Python 有个内置函数能按字符串取属性。",
    "The square brackets of nn.Sequential take integers only; a name raises: {message}. A child's name is the name of "
    "an attribute. Where it has a space in it, a dot cannot reach it, but a built-in function of Python gets an "
    "attribute by a string."))

WRONG_PATH = Misconception("wrong-path", Text(
    "网络里没有这个名字：{message}。名字从你查询的那个网络算起，每进一层多一段，用点号相连。"
    "先打印 `rgnet.named_parameters()` 给出的所有名字。",
    "The net has no such name: {message}. A name starts at the net that you ask, and each level adds a part behind "
    "a dot. Print all the names that `rgnet.named_parameters()` gives."))

RETURNED_LAYER = Misconception("returned-layer", Text(
    "返回的是一个 {got}，而要的是它的权重。层是拿着参数的模块，参数是它的属性。",
    "This returns a {got}, but its weight was asked for. A layer is a module that holds parameters as its attributes."))

WRONG_PARAMETER = Misconception("wrong-parameter", Text(
    "返回的是 `{got}`，要的是 `{asked}`。名字里的每一段是树上的一层，对照 `print(rgnet)` 看从哪一段开始走岔了。",
    "This returns `{got}`, but `{asked}` was asked for. Each part of the name is a level of the tree: compare it with "
    "`print(rgnet)` and see where you took another branch."), symptom=True)

COPIED = Misconception("copied", Text(
    "值是对的，但这是一份拷贝：检查改动了它，网络的输出却没有变。"
    "`.clone()`、`deepcopy`、`torch.tensor(...)` 都会复制。",
    "The values are right, but this is a copy: the check changed it, and the output of the net stayed the same. "
    "`.clone()`, `deepcopy` and `torch.tensor(...)` all copy."))

DETACHED = Misconception("detached", Text(
    "改它，网络跟着变；可是反向传播以后，它没有梯度：这是和参数共用内存的另一个张量，不是参数本身。"
    "`.data`、`.detach()` 和 `state_dict()` 里的值都是这样。",
    "Change it and the net changes; but after backward it has no gradient. It is another tensor in the same memory, "
    "not the parameter itself. `.data`, `.detach()` and the values of `state_dict()` are all like that."))

BLOCK_2 = "0.block 2.2.weight"
OUTER = "1.weight"
FUNCTIONS = {name: Text(f"`{function}` ", f"`{function}`") for name, function in (
    (BLOCK_2, "block2_second_linear_weight"), (OUTER, "outer_linear_weight"))}

Find = Callable[[nn.Module], Any]


class Case:
    """The inputs that a seed stands for: a net with its blocks in the usual order, or in another and in float64."""

    def __init__(self, seed: int, order: str) -> None:
        dice = Dice(seed)
        self.factor = 1.5 + float(dice.tensor(1).abs())
        self.X = dice.tensor(dice.integer(2, 5), 4).abs()
        blocks = dice.different(4, 0, 3)
        if blocks[2] == 2:
            blocks = blocks[1:] + blocks[:1]
        self.net = _rgnet(dice, range(4) if order == "usual" else blocks)
        if order == "other":
            self.X, self.net = self.X.double(), self.net.double()

    def after(self, name: str) -> tuple[Tensor, Tensor]:
        """The net's output once a parameter was multiplied by `factor`, and the gradient of the output's sum in it."""
        parameter = (self.net.get_parameter(name) * self.factor).detach().requires_grad_()
        output = functional_call(self.net, {name: parameter}, self.X)
        return output, torch.autograd.grad(output.sum(), parameter)[0]


def _rgnet(dice: Dice, order: Iterable[int]) -> nn.Sequential:
    """The chapter's net, blocks in the given order. All weights are positive, so that every ReLU lets through."""
    blocks = nn.Sequential()
    for i in order:
        blocks.add_module(f"block {i}", nn.Sequential(dice.linear(4, 8), nn.ReLU(), dice.linear(8, 4), nn.ReLU()))
    net = nn.Sequential(blocks, dice.linear(4, 1))
    with torch.no_grad():
        for parameter in net.parameters():
            parameter.abs_()
    return net


def probe(seed: int, block2_second_linear_weight: Find, outer_linear_weight: Find) -> Evidence:
    """What each function returns, and what the net computes once that was changed in place."""
    evidence = Evidence()
    for name, find in ((BLOCK_2, block2_second_linear_weight), (OUTER, outer_linear_weight)):
        for order in ("usual", "other"):
            with evidence.trial(f"{name}, {order}") as seen:
                _look(seen, find, Case(seed, order))
    return evidence


def _look(seen: Seen, find: Find, case: Case) -> None:
    found = find(case.net)
    seen["found"] = found
    seen["before"] = case.net(case.X)
    if isinstance(found, Tensor):
        with torch.no_grad():
            found.mul_(case.factor)
        output = case.net(case.X)
        seen["output"] = output
        output.sum().backward()
        seen["grad"] = found.grad


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    usual, other = Case(seed, "usual"), Case(seed, "other")
    seen = {name: evidence[f"{name}, usual"] for name in (BLOCK_2, OUTER)}
    found = {name: _found(name, seen[name], usual.net) for name in seen}
    found_again = {name: _found_again(name, evidence[f"{name}, other"], other.net, usual) for name in seen}
    right = [name for name in seen if found[name] is None]
    return {
        "block-2": found[BLOCK_2],
        "by-name": first(found[BLOCK_2], found_again[BLOCK_2]),
        "outer": first(found[OUTER], found_again[OUTER]),
        "itself": first(*(_itself(name, seen[name], usual) for name in right) if right else found.values()),
    }


def _found_again(asked: str, seen: Trial, net: nn.Module, earlier: Case) -> Diagnosis | None:
    """What is wrong with the choice in the second net; the first net's parameter was changed by the probe."""
    found = seen.get("found")
    if isinstance(found, Tensor) and close(found / earlier.factor, earlier.net.get_parameter(asked)):
        return SHARED_STATE()
    return _found(asked, seen, net)


def _found(asked: str, seen: Trial, net: nn.Module) -> Diagnosis | None:
    """What is wrong with the choice of the parameter, told by its values; a copy is as good here."""
    if "error" in seen:
        return first(_known_error(seen["error"]), raised(seen))
    found = seen["found"]
    if isinstance(found, dict) and hasattr(nn, found.get("not_plain", "")):
        return RETURNED_LAYER(got=found["not_plain"])
    got = _name_of(found, net)
    if got == asked:
        return None
    if got is None:
        return not_like(found, net.get_parameter(asked), FUNCTIONS[asked])
    if got == asked.replace("weight", "bias"):
        return BIAS_NOT_WEIGHT()
    if asked == BLOCK_2:
        return _other_block(got, net)
    return WRONG_PARAMETER(got=got, asked=asked)


def _known_error(error: dict[str, Any]) -> Diagnosis | None:
    message = error["message"]
    if "'ReLU' object has no attribute" in message:
        return RELU_COUNTS_TOO(message=message)
    if error["type"] == "TypeError" and "'str' object cannot be interpreted as an integer" in message:
        return NAME_IN_BRACKETS(message=message)
    if error["type"] == "KeyError" or "Sequential' object has no attribute" in message or "no attribute `" in message:
        return WRONG_PATH(message=message)
    return None


def _other_block(got: str, net: nn.Module) -> Diagnosis:
    """What explains that, in place of the second linear layer's weight in `block 2`, this was found."""
    if got == BLOCK_2.replace("2.weight", "0.weight"):
        return FIRST_LINEAR()
    blocks = [name for name, _ in net.get_submodule("0").named_children()]
    if blocks[2] != "block 2" and got.startswith(f"0.{blocks[2]}."):
        return BY_POSITION()
    if blocks[2] == "block 2" and got.startswith("0.block 1."):
        return COUNTED_FROM_ONE()
    return WRONG_PARAMETER(got=got, asked=BLOCK_2)


def _name_of(value: Any, net: nn.Module) -> str | None:
    """The name of the parameter that has these values."""
    return next((name for name, parameter in net.named_parameters() if close(value, parameter)), None)


def _itself(name: str, seen: Trial, case: Case) -> Diagnosis | None:
    """Whether what was found is the parameter: the net follows it, and the gradient arrives in it."""
    before = case.net(case.X)
    after, grad = case.after(name)
    if not close(seen["before"], before):
        return CHANGES_INPUT()
    if close(seen["output"], before):
        return COPIED()
    if not close(seen["grad"], grad):
        return DETACHED()
    return not_like(seen["output"], after)


EXERCISE = Exercise(
    name="find-weights",
    takes=(Argument("block2_second_linear_weight", "function"), Argument("outer_linear_weight", "function")),
    criteria=CRITERIA,
    hints=(
        Text("先运行 `print(rgnet)`，像看目录树那样看它：每一行圆括号里是名字。从根走到你要的层，依次经过哪些名字？",
             "Run `print(rgnet)` first and read it like a tree of folders: in parentheses stands the name. Which names "
             "do you pass on the way from the root to the layer you want?"),
        Text("子模块就是属性，属性可以按字符串取；`named_children()`、`named_parameters()`、`get_submodule` "
             "也都认名字。方括号里的整数数的是位置。",
             "A submodule is an attribute, and an attribute can be had by a string; `named_children()`, "
             "`named_parameters()` and `get_submodule` go by names too. An integer in brackets counts positions."),
        Text("一步一步走：先到 `rgnet[0]`，再按名字到 `block 2`，再到块里的第二个线性层（ReLU 也占位置），"
             "最后取它的 `weight`，原样返回，不加 `.data`。",
             "Go step by step: to `rgnet[0]`, then by name to `block 2`, then to the second linear layer in it (a ReLU "
             "takes a place too), and last its `weight`, returned as it is, without `.data`."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(BY_POSITION, COUNTED_FROM_ONE, BIAS_NOT_WEIGHT, FIRST_LINEAR, RELU_COUNTS_TOO, NAME_IN_BRACKETS,
                    WRONG_PATH, RETURNED_LAYER, WRONG_PARAMETER, COPIED, DETACHED),
)
