"""What a check may be called with, and the words where it was called with something else."""

import inspect
from collections.abc import Callable, Collection
from typing import Any

from torch import nn

from d2l_ch3.checks.catalogue import Argument
from d2l_ch3.checks.comparison import type_name
from d2l_ch3.checks.definition import Exercise, Says, says
from d2l_ch3.checks.evidence import plain
from d2l_ch3.language import Text

_KINDS = {
    "class": (Text("类（继承 nn.Module）", "a class (a subclass of nn.Module)"),
              lambda value: isinstance(value, type) and issubclass(value, nn.Module)),
    "plain class": (Text("普通的类（不继承 nn.Module）", "an ordinary class (no subclass of nn.Module)"),
                    lambda value: isinstance(value, type) and not issubclass(value, nn.Module)),
    "function": (Text("函数", "a function"),
                 lambda value: callable(value) and not isinstance(value, type | nn.Module)),
    "dict": (Text("字典", "a dict"), lambda value: isinstance(value, dict)),
}

_INSTANCE = Text(" {cls} 的一个实例（不要加括号去创建它）",
                 " an instance of {cls} (leave off the parentheses that make it)")
_NOTHING = Text("什么都没有", " nothing at all")
_EXTRA = Text("多了一个 {extra}", " one thing too many, of type {extra}")
_OTHER = Text(" {value}，那是另一道题的", " {value}, which belongs to another exercise")
_MIXED = Text(" {value}：几个参数的先后不对", " {value}: the arguments are in another order")
_OURS = Text("课程包里的 {value}，不是你写的", " {value} out of the course's own package, which you did not write")


def wrong_argument(exercise: Exercise, arguments: tuple[Any, ...],
                   names_elsewhere: Callable[[], Collection[str]]) -> Says | None:
    """What is wrong with what the check was called with, if anything is.

    ``names_elsewhere()`` gives the names that the exercises ask for.
    """
    call = f"checks.{exercise.function}({', '.join(argument.name for argument in exercise.takes)})"

    def wrong(argument: Argument, got: Text | str) -> Says:
        return says("wrong-argument", kind=_KINDS[argument.kind][0], name=argument.name, got=got, call=call)

    for index, argument in enumerate(exercise.takes):
        if index >= len(arguments):
            return wrong(argument, _NOTHING)
        value = arguments[index]
        own_name = getattr(value, "__name__", "")
        if not _KINDS[argument.kind][1](value):
            return wrong(argument, _named(value, argument))
        if _from_this_package(value):
            return wrong(argument, _OURS.format(value=own_name))
        if own_name and own_name != argument.name and own_name in names_elsewhere():
            here = own_name in {argument.name for argument in exercise.takes}
            return wrong(argument, (_MIXED if here else _OTHER).format(value=own_name))
    if len(arguments) > len(exercise.takes):
        return wrong(argument, _EXTRA.format(extra=type_name(plain(arguments[len(exercise.takes)]))))
    return None


def _from_this_package(value: Any) -> bool:
    """Whether a class or function comes out of this package, be it as a base class or inside a partial: the models
    that the judges compute with are here."""
    inner = getattr(value, "func", None) or getattr(value, "__wrapped__", None)
    if inner is not None:
        return _from_this_package(inner)
    classes = value.__mro__ if isinstance(value, type) else (value,)
    package = __name__.partition(".")[0]
    return any(str(getattr(one, "__module__", "")).startswith(f"{package}.checks") for one in classes)


def _named(value: Any, argument: Argument) -> Text | str:
    if argument.kind == "class" and isinstance(value, nn.Module):
        return _INSTANCE.format(cls=type(value).__name__)
    if inspect.isclass(value):
        return f" class {value.__name__}"
    return f" {value[:40]!r}" if isinstance(value, str) else f" {type(value).__name__}"
