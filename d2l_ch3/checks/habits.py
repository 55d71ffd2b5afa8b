"""Habits that a right answer may show and that bite elsewhere: read off its source, advice that costs nothing."""

import ast
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from d2l_ch3.checks.sources import trees


def habits_of(answer: Any) -> list[str]:
    """The names of the habits that the source of an answer shows, in the order of the catalogue."""
    found = [habit for tree in trees(answer) for habit, shows in _HABITS.items() if shows(tree)]
    return [habit for habit in _HABITS if habit in found]


@lru_cache(maxsize=1)
def _nodes(tree: ast.AST) -> list[ast.AST]:
    """All nodes of a tree, for one habit after the other."""
    return list(ast.walk(tree))


def _data(tree: ast.AST) -> bool:
    """``weight.data`` where ``detach()`` or ``no_grad`` would do."""
    return any(isinstance(node, ast.Attribute) and node.attr == "data" for node in _nodes(tree))


def _loop_over_the_batch(tree: ast.FunctionDef) -> bool:
    """A Python loop over the first argument of forward, over its length or its first dimension."""
    names = [argument.arg for argument in tree.args.args[1:2]]
    return tree.name == "forward" and any(
        isinstance(node, ast.Name) and node.id in names
        for loop in _loops(tree) for node in _walked_over(loop))


def _loops(tree: ast.AST) -> Iterator[ast.For | ast.comprehension]:
    for node in _nodes(tree):
        if isinstance(node, ast.For | ast.comprehension):
            yield node


def _walked_over(loop: ast.For | ast.comprehension) -> Iterator[ast.AST]:
    """The names that a loop runs over: ``X``, ``range(len(X))``, ``range(X.shape[0])``, ``enumerate(X)``."""
    what = loop.iter
    if isinstance(what, ast.Call) and isinstance(what.func, ast.Name) and what.func.id in ("range", "enumerate", "zip"):
        for argument in what.args:
            yield from _batch(argument)
    else:
        yield from _batch(what)


def _batch(node: ast.expr) -> Iterator[ast.AST]:
    if isinstance(node, ast.Name):
        yield node
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "len":
        yield from node.args
    elif (isinstance(node, ast.Subscript) and isinstance(node.value, ast.Attribute) and node.value.attr == "shape"
          and isinstance(node.slice, ast.Constant) and node.slice.value == 0):
        yield node.value.value


def _calls_forward(tree: ast.AST) -> bool:
    """``block.forward(X)`` in place of ``block(X)``; there is no other way to ``super().forward(X)``."""
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "forward"
               and getattr(node.func.value, "id", "") != "self"
               and not (isinstance(node.func.value, ast.Call) and getattr(node.func.value.func, "id", "") == "super")
               for node in _nodes(tree))


def _prints(tree: ast.AST) -> bool:
    """A print left behind."""
    return any(isinstance(node, ast.Call) and getattr(node.func, "id", "") == "print" for node in _nodes(tree))


def _mutable_default(tree: ast.FunctionDef) -> bool:
    """A list or dict as the default value of an argument."""
    defaults = [*tree.args.defaults, *(default for default in tree.args.kw_defaults if default)]
    return any(isinstance(default, ast.List | ast.Dict | ast.Set) for default in defaults)


def _kept_unused(tree: ast.FunctionDef) -> bool:
    """``self.last = ...`` in forward, read nowhere in it."""
    if tree.name != "forward":
        return False
    attributes = [node for node in _nodes(tree) if isinstance(node, ast.Attribute)
                  and isinstance(node.value, ast.Name) and node.value.id == "self"]
    read = {node.attr for node in attributes if isinstance(node.ctx, ast.Load)}
    return any(node.attr not in read for node in attributes if isinstance(node.ctx, ast.Store))


def _type_compared(tree: ast.AST) -> bool:
    """``type(m) == nn.Linear`` or ``is``, which leaves out subclasses."""
    return any(isinstance(node, ast.Compare) and isinstance(node.left, ast.Call)
               and getattr(node.left.func, "id", "") == "type" for node in _nodes(tree))


def _catches_everything(tree: ast.AST) -> bool:
    """``except:`` or ``except Exception: pass``."""
    return any(isinstance(node, ast.ExceptHandler) and (
        node.type is None or (getattr(node.type, "id", "") == "Exception" and isinstance(node.body[0], ast.Pass)))
        for node in _nodes(tree))


def _old_constructor(tree: ast.AST) -> bool:
    """``torch.Tensor(2, 3)``: uninitialised memory, and always float32."""
    return any(isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
               and node.func.attr in ("Tensor", "FloatTensor") for node in _nodes(tree))


def _defines_call(tree: ast.FunctionDef) -> bool:
    """A ``__call__`` of one's own beside forward."""
    return tree.name == "__call__"


def _grad_switched_off(tree: ast.AST) -> bool:
    """``torch.set_grad_enabled(False)`` as a statement: it stays off for everybody."""
    return any(isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
               and getattr(node.value.func, "attr", "") in ("set_grad_enabled", "manual_seed")
               for node in _nodes(tree))


_HABITS: dict[str, Callable[[Any], bool]] = {
    "data": _data, "loop-over-the-batch": _loop_over_the_batch, "calls-forward": _calls_forward,
    "print-left-behind": _prints, "mutable-default": _mutable_default, "kept-unused": _kept_unused,
    "type-compared": _type_compared, "catches-everything": _catches_everything, "old-constructor": _old_constructor,
    "own-call": _defines_call, "changes-the-whole-notebook": _grad_switched_off}
