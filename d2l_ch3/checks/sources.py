"""What can be read off a student's class or function without running it: its functions, their names, their source."""

import ast
import linecache
from collections.abc import Iterator
from functools import lru_cache
from types import BuiltinFunctionType, CodeType, FunctionType, ModuleType, NoneType
from typing import Any

from torch import Tensor, nn

_OTHERS = ("torch", "builtins")  # modules of classes that are not the student's
_MISSING = object()
_UNCHANGING = (FunctionType, BuiltinFunctionType, ModuleType, property, staticmethod, classmethod,
               int, float, complex, str, bytes, NoneType)


def functions(answer: Any) -> list[FunctionType]:
    """The Python functions of an answer: itself, or the methods of its class and of the student's own base classes.

    Then the helpers beside it that these call.
    """
    found = [answer] if isinstance(answer, FunctionType) else []
    for cls in answer.__mro__ if isinstance(answer, type) else ():
        if cls.__module__.partition(".")[0] not in _OTHERS:
            methods = [getattr(value, "fget", None) or getattr(value, "__func__", None) or value
                       for value in vars(cls).values()]
            found += [method for method in methods if isinstance(method, FunctionType)]
    for function in found:  # which grows as it goes
        helpers = [function.__globals__.get(name) for code in _codes(function.__code__) for name in code.co_names]
        found += [helper for helper in helpers if isinstance(helper, FunctionType) and helper not in found
                  and helper.__globals__ is function.__globals__]
    return found


def trees(answer: Any) -> list[ast.FunctionDef]:
    """The parsed source of the answer's functions, as far as it can be had."""
    codes = [(function.__code__, function.__globals__) for function in functions(answer)]
    found = [_definitions("".join(linecache.getlines(code.co_filename, names))).get(code.co_firstlineno)
             for code, names in codes]
    return [tree for tree in found if tree]


@lru_cache(maxsize=8)
def _definitions(source: str) -> dict[int, ast.FunctionDef]:
    """The functions that a cell or file defines, each by the line where it begins, its decorators included."""
    try:
        nodes = ast.walk(ast.parse(source))
    except (SyntaxError, ValueError, RecursionError):
        return {}
    return {min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)]): node
            for node in nodes if isinstance(node, ast.FunctionDef)}


def global_values(answer: Any, kind: type | tuple[type, ...] = Tensor) -> list[tuple[dict[str, Any], str]]:
    """Global variables of that kind that the answer's functions read: their namespace and name."""
    found = []
    for function in functions(answer):
        for code in _codes(function.__code__):
            for name in code.co_names:
                if isinstance(function.__globals__.get(name), kind) and (function.__globals__, name) not in found:
                    found.append((function.__globals__, name))
    return found


def _codes(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _codes(constant)


def kept_outside(answer: Any) -> str:
    """Where the answer keeps tensors or modules that its instances share: "class", "default", "global", or ""."""
    if isinstance(answer, type) and any(_keeps(value) for cls in answer.__mro__ for value in vars(cls).values()
                                        if cls.__module__.partition(".")[0] != "torch"):
        return "class"
    for function in functions(answer):
        defaults = (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
        if any(map(_keeps, defaults)):
            return "default"
        if any(_keeps(function.__globals__.get(name)) for name in function.__code__.co_names):
            return "global"
    return ""


def keeps_nothing(answer: Any) -> bool:
    """Whether there is nothing outside of the answer's instances that could hold anything from call to call."""
    values = [value for cls in getattr(answer, "__mro__", ()) if cls.__module__.partition(".")[0] not in _OTHERS
              for name, value in vars(cls).items() if not name.startswith("__")]
    for function in functions(answer):
        if vars(function) or set(function.__code__.co_freevars) - {"__class__"}:
            return False
        values += (*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())
        values += [function.__globals__[name] for code in _codes(function.__code__) for name in code.co_names
                   if name in function.__globals__]
    return all(isinstance(value, _UNCHANGING) or (isinstance(value, type) and value.__module__ != answer.__module__)
               or value is answer for value in values)


class put_back:  # noqa: N801, a context like contextlib.suppress
    """Put back what the answer keeps outside of its instances: on its class, in default arguments, in global variables.

    So what a trial leaves there costs the criterion that asks for it, and does not spoil all trials that follow. What
    was there when this was made is put back on leaving the context, as often as it is entered.
    """

    def __init__(self, answer: Any) -> None:
        own = functions(answer)
        self._classes = [(cls, dict(vars(cls))) for cls in getattr(answer, "__mro__", ())
                         if cls.__module__.partition(".")[0] not in _OTHERS]
        self._variables = [(function.__globals__, {name: function.__globals__.get(name, _MISSING)
                                                   for code in _codes(function.__code__) for name in code.co_names})
                           for function in own]
        defaults = [dict(enumerate((*(function.__defaults__ or ()), *(function.__kwdefaults__ or {}).values())))
                    for function in own]
        befores = (*(before for _, before in (*self._classes, *self._variables)), *defaults)
        self._contents = [(held, held.copy()) for values in befores for held in _containers(values)]

    def __enter__(self) -> None:
        """Nothing."""

    def __exit__(self, *_: object) -> None:
        for cls, before in self._classes:
            for name in [name for name in vars(cls) if name not in before]:
                delattr(cls, name)
            for name, value in before.items():
                if vars(cls)[name] is not value:
                    setattr(cls, name, value)
        for namespace, before in self._variables:
            for name, value in before.items():
                if value is not _MISSING:
                    namespace[name] = value
                else:
                    namespace.pop(name, None)
        for held, copied in self._contents:
            held.clear()
            (held.extend if isinstance(held, list) else held.update)(copied)


def _containers(values: dict[Any, Any]) -> list[Any]:
    """The lists, dicts and sets among the values; of a module all that it notes of itself."""
    found = [each for value in values.values()
             for each in ((vars(value), *vars(value).values()) if isinstance(value, nn.Module) else (value,))]
    found += [inner for value in found if type(value) is dict for inner in value.values()]
    return [value for value in found if type(value) in (list, dict, set)]


def _keeps(value: Any) -> bool:
    if isinstance(value, dict):
        return any(map(_keeps, value.values()))
    if isinstance(value, list | tuple | set):
        return any(map(_keeps, value))
    return isinstance(value, Tensor | nn.Module)
