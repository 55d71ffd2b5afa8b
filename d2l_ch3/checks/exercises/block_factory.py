"""The check of block-factory: num_blocks blocks, each from its own call of make_block(), named block 0, block 1, …"""

import re
from collections.abc import Callable, Sequence
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.common import (
    CUT_GRADIENT,
    RETURNED_NOTHING,
    SHARED_STATE,
    close,
    first,
    not_like,
    raised,
)
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.exercise import Argument, Criterion, Diagnosis, Exercise, Misconception, Verdict
from d2l_ch3.checks.in_order import through
from d2l_ch3.language import Text

CRITERIA = (
    Criterion("chain", 1, Text("返回 nn.Sequential，里面正好 num_blocks 个块",
                               "an nn.Sequential of num_blocks blocks")),
    Criterion("own", 2, Text("每个块来自单独一次 `make_block()`，参数各归各",
                             "each block from its own `make_block()` call, its parameters its own")),
    Criterion("names", 1, Text("块名依次是 `block 0`、`block 1`……", "named `block 0`, `block 1`, … in order")),
    Criterion("edges", 1, Text("0 个块得到空网络，负数抛出 ValueError",
                               "no blocks make an empty net; a negative number raises ValueError")),
)

NOT_SEQUENTIAL = Misconception("not-sequential", Text(
    "返回的是 {got}，不是 nn.Sequential。列表、nn.ModuleList 和 nn.ModuleDict 只管装块，不会让 X 依次走过它们；"
    "要能直接当网络调用。",
    "What comes back is of type {got}, not nn.Sequential. A list, an nn.ModuleList or an nn.ModuleDict only holds "
    "blocks and does not send X through them; the result should be a net that can be called."))

NOT_CALLED = Misconception("not-called", Text(
    "放进网络的是 `make_block` 这个函数，不是它做出来的块。没有圆括号，函数就没有运行。",
    "What went into the net is the function `make_block`, not a block that it makes. Without parentheses a function "
    "does not run."))

CONTAINER_GIVEN = Misconception("container-given", Text(
    "nn.Sequential 要的是一个一个的块，拿到的却是一整个 {got}。列表要先拆开；想连名字一起给，"
    "它只认 OrderedDict。也可以先建空的，再逐个添加。",
    "nn.Sequential wants its blocks one by one, but was given a whole {got}. A list has to be unpacked first; together "
    "with names it accepts an OrderedDict and nothing else. Or begin with an empty one and add block after block."))

NAME_IN_BRACKETS = Misconception("string-index", Text(
    "nn.Sequential 的方括号只收整数：{message}。要按名字添加一个子模块，换一个方法；章节里的嵌套网络用过它。",
    "The square brackets of nn.Sequential take integers only: {message}. To add a submodule under a name there is a "
    "method; the chapters use it where blocks are nested."))

OVERWRITTEN = Misconception("overwritten", Text(
    "`make_block` 调用了 {calls} 次，网络里却只剩一个块，名叫 `{name}`：别的都被盖掉了。"
    "每一圈名字里的编号变了吗，f-string 前面的 f 漏了没有？网络是不是每一圈都重新建了一个？",
    "`make_block` was called {calls} times, but one block is left, named `{name}`: the others were replaced. "
    "Does the number in the name change from round to round, is the f of the f-string there? Or does every round begin "
    "a new net?"))

RETURN_IN_LOOP = Misconception("return-in-loop", Text(
    "要 {expected} 个块，只做了一个就返回了。看看 `return` 的缩进：在循环里面，第一圈就走了。",
    "{expected} blocks were asked for; the function returned after one. Look at the indentation of `return`: inside "
    "the loop it leaves on the first round."))

WRONG_NUMBER = Misconception("wrong-number", Text(
    "`num_blocks` 是 {expected}，网络里却有 {got} 个块。循环从几开始，到几为止？`range` 不含终点。",
    "`num_blocks` is {expected}, but the net has {got} blocks. Where does the loop begin and where does it end? "
    "`range` leaves out its end."))

UNPACKED_BLOCKS = Misconception("unpacked-blocks", Text(
    "算出来的数对，块却散了：每个块里的层被直接放进了外层网络，数一数有 {got} 个子模块。"
    "块要整个放进去，名字才是块的名字。",
    "The numbers are right, but the blocks fell apart: their layers went straight into the outer net, which has {got} "
    "submodules now. Add each block as a whole, so that a name is the name of a block."))

EXTRA_LEVEL = Misconception("extra-level", Text(
    "算出来的数对，可是多套了一层：路径里多出一段，像 `{got}`。`make_block()` 的结果应当直接是网络的子模块。",
    "The numbers are right, but there is a level too many: paths have an additional part, as in `{got}`. What "
    "`make_block()` returns should itself be a child of the net."))

MAKE_BLOCK_UNUSED = Misconception("make-block-unused", Text(
    "`make_block` 一次也没有调用，块是从别处来的。用哪种块由调用者决定：参数 `make_block` 是什么，就用什么来做。",
    "`make_block` was never called; the blocks come from somewhere else. The caller decides which blocks to use: make "
    "them with whatever function the argument `make_block` is."))

SAME_INSTANCE = Misconception("same-instance", Text(
    "训练其中一个块，别的块也跟着变了：它们是同一个对象，只是占了几个位置。`[块] * n` 只重复引用，不会做出新块。"
    "`make_block()` 写在哪里，决定了它运行几次。",
    "One block was trained, and others moved with it: they are one object in several places. `[block] * n` repeats the "
    "reference and makes nothing new. Where you write `make_block()` decides how often it runs."))

COPIES_OF_ONE = Misconception("copies-of-one", Text(
    "块是分开的，权重一开始却一模一样：它们是同一个块的拷贝。拷贝会连初始值一起抄过来；"
    "单独调用一次 `make_block()`，得到的才是重新初始化的块。",
    "The blocks are apart, but start with the same weights: they are copies of one block. A copy takes the initial "
    "values along; only a call of `make_block()` gives a block that is initialised anew."))

EXTRA_CALLS = Misconception("extra-calls", Text(
    "`make_block` 调用了 {calls} 次，网络里却只有 {got} 个块。多做的块白做了，还会打乱随机数；每个块恰好调用一次。",
    "`make_block` was called {calls} times, but the net has {got} blocks. The blocks too many were made for nothing, "
    "and shift the random numbers besides; call it exactly once a block."))

NUMBERS_ONLY = Misconception("numbers-only", Text(
    "块的名字是 `0`、`1`……这是 nn.Sequential 自己编的号。这里要的名字是 `block 0`、`block 1`……要在添加时给出。",
    "The blocks are named `0`, `1`, …, which are the numbers that nn.Sequential gives by itself. The names wanted here "
    "are `block 0`, `block 1`, …; give them when you add the blocks."))

NAMED_FROM_ONE = Misconception("named-from-one", Text(
    "第一个块叫 `block 1`，应当叫 `block 0`：编号从 0 开始。",
    "The first block is named `block 1`, and should be `block 0`: the numbers begin at 0."))

MISNAMED = Misconception("misnamed", Text(
    "有个块名叫 `{got}`，这里应当是 `{expected}`。空格、大小写和先后都算，一个字符也不能差。",
    "There is a block named `{got}` where `{expected}` should be. The space, small letters and the order all count, to "
    "the character."))

ZERO_BLOCKS = Misconception("zero-blocks", Text(
    "`num_blocks` 是 0 时，应当得到一个空的 nn.Sequential（X 进去原样出来），结果却是 {got}。"
    "0 不是错误，多半也不必单独处理：循环一圈都不走就是了。",
    "For `num_blocks` 0 there should be an empty nn.Sequential (X comes out as it went in); what came instead is "
    "{got}. 0 is no error, and hardly needs a case of its own: the loop simply makes no round."))

NEGATIVE_ACCEPTED = Misconception("negative-accepted", Text(
    "`num_blocks` 是 {number} 时没有报错，返回了 {got}。`range` 遇到负数只是空转，错误就这样悄悄溜走；要自己先检查。",
    "`num_blocks` {number} raised nothing and returned {got}. With a negative number `range` is merely empty, and the "
    "mistake slips by unnoticed; look for it yourself first."))

OTHER_ERROR = Misconception("other-error", Text(
    "`num_blocks` 是 {number} 时抛出的是 {got}，应当是 ValueError：类型对，值不合适。"
    "`assert` 是写给自己看的，运行时可以关掉，不用来检查参数。",
    "`num_blocks` {number} raised {got}; it should be ValueError: right type, unsuitable value. An `assert` is a note "
    "to yourself that can be switched off; it is not for checking arguments."))

ERROR_RETURNED = Misconception("error-returned", Text(
    "`num_blocks` 是 {number} 时，返回了一个 {got}，而没有抛出它。返回的异常只是一个普通对象，调用者不会被打断。",
    "`num_blocks` {number} returned a {got} instead of raising it. An exception that is returned is an object like any "
    "other and stops nobody."))

Make = Callable[[Callable[[], nn.Module], int], Any]

LIMIT = 16


class Case:
    """The inputs that a seed stands for: how many blocks, and a `make_block` that counts its calls.

    Every block has weights of its own, so that what a block computes tells which call made it.
    """

    def __init__(self, seed: int, dtype: torch.dtype = torch.float32) -> None:
        dice = Dice(seed)
        self.num_features, batch = dice.different(2, 3, 7)
        self.num_blocks, self.num_others = dice.different(2, 3, 5)
        self.negative = -dice.integer(2, 9)
        self.chosen = dice.integer(0, 1)
        self.X = dice.tensor(batch, self.num_features, dtype=dtype)
        self.weight = dice.tensor(batch, self.num_features, dtype=dtype)
        self.dtype, self.dice, self.drawn = dtype, dice, list[nn.Module]()
        self.calls = 0

    def blocks(self, count: int) -> list[nn.Module]:
        """The blocks that the first `count` calls of `make_block` return."""
        while len(self.drawn) < count:
            layer = self.dice.linear(self.num_features, self.num_features)
            self.drawn.append(nn.Sequential(layer, nn.Tanh()).to(self.dtype))
        return self.drawn[:count]

    @property
    def make_block(self) -> Callable[[], nn.Module]:
        """What stands in for the chapter's functions that make a block."""
        def make_block() -> nn.Module:
            self.calls += 1
            if self.calls > LIMIT:
                raise RuntimeError(f"make_block() called {self.calls} times")
            return self.blocks(self.calls)[-1]
        make_block.__qualname__ = "make_block"  # as messages show it
        return make_block


def children_of(value: Any) -> list[Any]:
    """The submodules of a net, or the items of a list, one that stands there twice twice."""
    if isinstance(value, nn.Module):
        return list(value._modules.values())
    if isinstance(value, dict):
        return list(value.values())
    return list(value) if isinstance(value, list | tuple) else []


def kind_of(value: Any) -> str:
    """``"Sequential"``, also for a subclass of it; otherwise the name of the type."""
    return "Sequential" if isinstance(value, nn.Sequential) else type(value).__name__


def each(blocks: Sequence[Any], X: Tensor) -> list[Any]:
    """What every block by itself makes of X; the thing itself where it is no block."""
    return [block(X) if isinstance(block, nn.Module) else block for block in blocks]


def calls_behind(seen: Trial, case: Case) -> list[int | None]:
    """For each block that was seen, which call of `make_block` made it, counted from 0; None if none did."""
    made = each(case.blocks(min(seen.get("calls", 0), LIMIT)), case.X)
    return [next((call for call, output in enumerate(made) if close(found, output)), None)
            for found in seen.get("each", [])]


def _made_by(calls: Sequence[int | None], case: Case) -> list[nn.Module]:
    return [case.blocks(call + 1)[call] for call in calls if call is not None]


def look(seen: Seen, result: Any, case: Case) -> None:
    """Note what `make_blocks` returned: its kind, its names, and what its blocks compute."""
    blocks = children_of(result)
    seen["kind"] = kind_of(result)
    seen["calls"] = case.calls
    seen["count"] = len(blocks)
    seen["state"] = dict(result.state_dict()) if isinstance(result, nn.Module) else {}
    seen["each"] = each(blocks, case.X)


def probe(seed: int, make_blocks: Make) -> Evidence:
    """What the nets compute, their names, what becomes of all blocks when one is trained, and the odd numbers."""
    evidence = Evidence()
    case, net = Case(seed), None

    with evidence.trial("zero") as seen:
        empty = make_blocks(case.make_block, 0)
        seen["kind"], seen["count"] = kind_of(empty), len(children_of(empty))
        seen["output"] = empty(case.X) if isinstance(empty, nn.Sequential) else None

    for name, number in (("minus one", -1), ("negative", case.negative)):
        with evidence.trial(name) as seen:
            try:
                seen["returned"] = kind_of(make_blocks(case.make_block, number))
            except ValueError:
                seen["refused"] = number

    case = Case(seed)
    with evidence.trial("net") as seen:
        net = make_blocks(case.make_block, case.num_blocks)
        look(seen, net, case)
        seen["output"] = net(case.X) if isinstance(net, nn.Sequential) else None

    with evidence.trial("trained") as seen:
        _train(children_of(net), case)
        seen["each"] = each(children_of(net), case.X)

    with evidence.trial("again") as seen:
        other = Case(seed + 1, torch.float64)
        look(seen, make_blocks(other.make_block, case.num_others), other)
        seen["first"] = each(children_of(net), case.X)

    return evidence


def _train(blocks: Sequence[Any], case: Case) -> None:
    """One step of gradient descent on the parameters of one of the blocks."""
    if len(blocks) > case.chosen and all(isinstance(block, nn.Module) for block in blocks):
        with torch.enable_grad():
            (through(blocks, case.X) * case.weight).sum().backward()
        with torch.no_grad():
            for parameter in blocks[case.chosen].parameters():
                if parameter.grad is not None:
                    parameter.sub_(parameter.grad)


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    case = Case(seed)
    chain = first(_chain(case, evidence["net"]), _other_number_again(case, evidence["again"]))
    return {
        "chain": chain,
        "own": _own(seed, evidence, chain),
        "names": _names(evidence["net"], chain),
        "edges": _edges(case, evidence, chain),
    }


def _chain(case: Case, seen: Trial) -> Diagnosis | None:
    if "kind" in seen and seen["kind"] != "Sequential":
        return _no_net(seen)
    if "count" in seen and not seen["calls"]:
        return MAKE_BLOCK_UNUSED()
    if "error" in seen and seen.get("count", 0) > case.num_blocks == seen["calls"]:
        return SHARED_STATE()  # blocks of earlier calls are in the way, and X does not fit them
    return first(known_error(seen), raised(seen)) or _other_number(case, seen) or _other_blocks(case, seen)


def _no_net(seen: Trial) -> Diagnosis:
    if seen["kind"] == "NoneType":
        return RETURNED_NOTHING(what="`make_blocks`")
    if not seen["calls"] and {"not_plain": "function"} in seen.get("each", []):
        return NOT_CALLED()
    return NOT_SEQUENTIAL(got=seen["kind"])


def known_error(seen: Trial) -> Diagnosis | None:
    """A mistake recognised by what PyTorch says of it."""
    error = seen.get("error", {"message": "", "type": ""})
    message = error["message"]
    if message.endswith("make_block is not a Module subclass"):
        return NOT_CALLED()
    container = re.search(r"\b(list|tuple|dict|genexpr|generator|map|zip)>? is not a Module subclass", message)
    if container:
        return CONTAINER_GIVEN(got=container[1].replace("genexpr", "generator"))
    if error["type"] == "TypeError" and "'str' object cannot be interpreted as an integer" in message:
        return NAME_IN_BRACKETS(message=message)
    if error["type"] == "KeyError" and "module name can" in message:
        return MISNAMED(got=message.split("got: ")[-1].strip("'\""), expected="block 0")
    return None


def _other_number(case: Case, seen: Trial) -> Diagnosis | None:
    """What explains that there are more or fewer blocks than were asked for."""
    count, expected = seen["count"], case.num_blocks
    if count == expected:
        return None
    if close(seen["output"], through(case.blocks(expected), case.X)):
        return UNPACKED_BLOCKS(got=count) if count > expected else EXTRA_LEVEL(got=next(iter(seen["state"]), ""))
    if count > expected == seen["calls"] and None in calls_behind(seen, case):
        return SHARED_STATE()
    if count == 1:
        calls, name = seen["calls"], next(iter(_names_in(seen)), "")
        return OVERWRITTEN(calls=calls, name=name) if calls > 1 else RETURN_IN_LOOP(expected=expected)
    return WRONG_NUMBER(expected=expected, got=count)


def _other_number_again(case: Case, seen: Trial) -> Diagnosis | None:
    """Whether a second call, for another number, gave as many blocks."""
    if "error" in seen or seen["count"] == case.num_others:
        return None
    return WRONG_NUMBER(expected=case.num_others, got=seen["count"])


def _other_blocks(case: Case, seen: Trial) -> Diagnosis | None:
    """Whether the blocks are such that `make_block` made, as they came, and compute one after the other."""
    calls = calls_behind(seen, case)
    if None in calls:
        return not_like(seen["each"][calls.index(None)], case.blocks(1)[0](case.X)) or MAKE_BLOCK_UNUSED()
    deeper = next((name for name in seen["state"] if name.count(".") > 2), None)
    if deeper:
        return EXTRA_LEVEL(got=deeper)
    return not_like(seen["output"], through(_made_by(calls, case), case.X))


def _own(seed: int, evidence: Evidence, chain: Diagnosis | None) -> Diagnosis | None:
    case, seen, trained = Case(seed), evidence["net"], evidence["trained"]
    calls = calls_behind(seen, case)
    if len(calls) < 2 or None in calls:
        return chain
    if "error" in trained:
        return raised(trained)
    after = trained["each"]
    if len(set(calls)) < len(calls):
        twins = [output for call, output in zip(calls, after, strict=False) if calls.count(call) > 1]
        return SAME_INSTANCE() if all(close(output, twins[0]) for output in twins) else COPIES_OF_ONE()
    if seen["calls"] > len(calls):
        return EXTRA_CALLS(calls=seen["calls"], got=len(calls))
    blocks = _made_by(calls, case)
    _train(blocks, case)
    if len(after) != len(blocks) or not all(map(close, after, each(blocks, case.X))):
        return CUT_GRADIENT()
    return _state_kept(seed, evidence["again"], after)


def _state_kept(seed: int, again: Trial, after: list[Any]) -> Diagnosis | None:
    """Whether a second call, with blocks in float64, is free of the first and leaves the first net alone."""
    if "error" in again:
        asked = Case(seed).num_others
        changed = "each" in again or again.get("count", asked) > asked
        return SHARED_STATE() if changed else raised(again)
    alone = None not in calls_behind(again, Case(seed + 1, torch.float64))
    kept = len(again["first"]) == len(after) and all(map(close, again["first"], after))
    return None if alone and kept else SHARED_STATE()


def _names_in(seen: Trial) -> list[str]:
    """The names of the blocks, in order, as the keys of the state_dict begin."""
    return list(dict.fromkeys(name.split(".")[0] for name in seen.get("state", {})))


def _names(seen: Trial, chain: Diagnosis | None) -> Diagnosis | None:
    names = _names_in(seen)
    if len(names) < 2:
        return chain or NUMBERS_ONLY()
    for number, name in enumerate(names):
        if name == str(number):
            return NUMBERS_ONLY()
        if name != f"block {number}":
            return NAMED_FROM_ONE() if names[0] == "block 1" else MISNAMED(got=name, expected=f"block {number}")
    return None


def _edges(case: Case, evidence: Evidence, chain: Diagnosis | None) -> Diagnosis | None:
    return first(_zero(case, evidence["zero"], evidence["net"], chain),
                 _negative(-1, evidence["minus one"]), _negative(case.negative, evidence["negative"]))


def _zero(case: Case, seen: Trial, usual: Trial, chain: Diagnosis | None) -> Diagnosis | None:
    if chain is not None and (seen.get("count") or seen.get("kind") == usual.get("kind") != "Sequential"):
        return chain
    if "error" in seen:
        return first(known_error(seen), _cause(seen), ZERO_BLOCKS(got=seen["error"]["type"]))
    if seen["kind"] != "Sequential":
        return ZERO_BLOCKS(got=seen["kind"].replace("NoneType", "None"))
    if seen["count"]:
        return ZERO_BLOCKS(got=Text(f"{seen['count']} 个子模块", f"a net with submodules: {seen['count']}"))
    return not_like(seen["output"], case.X)


def _negative(number: int, seen: Trial) -> Diagnosis | None:
    if "refused" in dict(seen):
        return None if seen["refused"] == number else NEGATIVE_ACCEPTED(number=number, got=seen["refused"])
    if "error" in seen:
        return _cause(seen) or OTHER_ERROR(number=number, got=seen["error"]["type"])
    got = seen["returned"].replace("NoneType", "None")
    return (ERROR_RETURNED if got.endswith("Error") else NEGATIVE_ACCEPTED)(number=number, got=got)


def _cause(seen: Trial) -> Diagnosis | None:
    """What explains an exception, unless all there is to say is that it was raised."""
    found = raised(seen)
    return None if found is None or found.symptom else found


EXERCISE = Exercise(
    name="block-factory",
    takes=(Argument("make_blocks", "function"),),
    criteria=CRITERIA,
    hints=(
        Text("先在纸上写出 num_blocks 是 3 时的结果：网络里有哪几个子模块，各叫什么名字？"
             "为了得到它们，`make_block()` 要运行几次？",
             "Write down on paper what should come out for num_blocks 3: which submodules does the net have, and what "
             "are their names? How often must `make_block()` run to get them?"),
        Text("从一个空的 nn.Sequential 开始，每走一圈循环，做一个新块，连同名字添加进去。章节里的嵌套网络给块起过名字，"
             "看看它用的是 nn.Module 的哪个方法。",
             "Begin with an empty nn.Sequential; in each round of a loop make one new block and add it under its name. "
             "The chapters name their blocks where they nest them: which method of nn.Module do they use?"),
        Text("圆括号写在循环里面，每一圈才有自己的块；名字用 f-string 拼，编号从 0 开始。"
             "最前面先看 num_blocks 是不是负数，是就 `raise` 一个 ValueError。0 不用管，循环一圈也不走。",
             "With the parentheses inside the loop each round has a block of its own; build the name with an f-string, "
             "numbers from 0. Before all that, see whether num_blocks is negative, and `raise` a ValueError if so. "
             "0 needs no care: the loop makes no round."),
    ),
    probe=probe,
    judge=judge,
    misconceptions=(NOT_SEQUENTIAL, NOT_CALLED, CONTAINER_GIVEN, NAME_IN_BRACKETS, OVERWRITTEN, RETURN_IN_LOOP,
                    WRONG_NUMBER, UNPACKED_BLOCKS, EXTRA_LEVEL, MAKE_BLOCK_UNUSED, SAME_INSTANCE, COPIES_OF_ONE,
                    EXTRA_CALLS, NUMBERS_ONLY, NAMED_FROM_ONE, MISNAMED, ZERO_BLOCKS, NEGATIVE_ACCEPTED, OTHER_ERROR,
                    ERROR_RETURNED),
)
