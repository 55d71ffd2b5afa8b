"""What a reader typed as a guess, read as the kind of thing that the answer is."""

import ast
import math
from collections.abc import Mapping, Sequence
from typing import Any

from d2l_ch3.language import Text

_YES = {"true", "yes", "y", "是", "对", "会", "能", "有", "行", "一样"}
_NO = {"false", "no", "n", "否", "不", "不是", "不对", "不会", "不能", "没有", "不行", "不一样"}

_BOOL = Text("True 或 False", "True or False")
_NUMBER = Text("一个数，比如 3", "a number, such as 3")
_SHAPE = Text("一个形状，比如 (2, 3)", "a shape, such as (2, 3)")
_WORD = Text("带引号的一个词，比如 {words}", "a word in quotes, such as {words}")


class Unreadable(Exception):
    """A guess is not the kind of thing that was asked for; `wanted` says what is."""

    def __init__(self, wanted: Text) -> None:
        super().__init__(wanted)
        self.wanted = wanted


def right_option(options: Mapping[str, Any]) -> str:
    """The one option that holds. Raises ValueError if none does, or several do."""
    holding = [name for name, holds in options.items() if holds]
    if len(holding) != 1:
        raise ValueError(f"exactly one option must hold, not {len(holding)}: {dict(options)}")
    return holding[0]


def read(guessed: object, answer: object, options: Sequence[str] = ()) -> Any:
    """`guessed` as a value of the answer's kind. Raises Unreadable where it is none."""
    if options:
        return _option(guessed, options)
    if isinstance(answer, bool):
        return _bool(guessed)
    if isinstance(answer, tuple):
        return _shape(guessed)
    return _number(guessed)


def agree(guessed: Any, answer: Any, factor: float = 1.0) -> bool:
    """Whether a guess is right: the same, or for numbers, neither more than `factor` times the other."""
    if isinstance(answer, bool) or not isinstance(answer, int | float) or guessed == answer:
        return bool(guessed == answer)
    if guessed * answer <= 0:
        return False
    return max(guessed / answer, answer / guessed) <= max(factor, 1.01 if isinstance(answer, float) else 1.0)


def _option(guessed: object, options: Sequence[str]) -> str:
    for option in options:
        if str(guessed).strip().lower() == option.lower():
            return option
    words = " / ".join(f'"{option}"' for option in options)
    raise Unreadable(_WORD.format(words=words))


def _bool(guessed: object) -> bool:
    word = str(guessed).strip().lower()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise Unreadable(_BOOL)


def _shape(guessed: object) -> tuple[int, ...]:
    value = _literal(guessed)
    value = (value,) if type(value) is int else value
    if isinstance(value, list | tuple) and all(type(size) is int for size in value):
        return tuple(value)
    raise Unreadable(_SHAPE)


def _number(guessed: object) -> float:
    value = _literal(guessed)
    if isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value):
        return value
    raise Unreadable(_NUMBER)


def _literal(guessed: object) -> object:
    """A guess in quotes is read as if it had none."""
    if not isinstance(guessed, str):
        return guessed
    try:
        return ast.literal_eval(guessed.strip())
    except (ValueError, SyntaxError):
        return None
