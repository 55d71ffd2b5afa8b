"""The structure of a piece of code, whatever its names, its layout and its comments are."""

import ast
from collections.abc import Iterator
from typing import NamedTuple

LENGTH = 10
"""Tokens to a piece. Shorter ones are in any two answers; a copy in which every third line was changed keeps some."""
SOURCE = 20_000  # characters; nobody writes that much by hand


def pieces(source: str) -> frozenset[tuple[str, ...]]:
    """The pieces of some code; none if it is no Python, or too long to have been written by hand."""
    if len(source) > SOURCE:
        return frozenset()
    try:
        tree = ast.parse(source)
        tokens = list(_tokens(tree, _Own.of(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    return frozenset(tuple(tokens[start:start + LENGTH]) for start in range(len(tokens) - LENGTH + 1))


class _Own(NamedTuple):
    """What the code itself gives names to: these can be changed without changing what it does."""

    variables: frozenset[str]
    attributes: frozenset[str]

    @classmethod
    def of(cls, tree: ast.AST) -> "_Own":
        """The names of some code's own."""
        variables, attributes = set(), set()
        for node in ast.walk(tree):
            match node:
                case ast.Name(name, ast.Store()) | ast.arg(name) | ast.ClassDef(name=name):
                    variables.add(name)
                case ast.Attribute(ast.Name("self"), name, ast.Store()):
                    attributes.add(name)
                case ast.FunctionDef(name=name) if not name.startswith("__"):
                    variables.add(name)
                    attributes.add(name)
        return cls(frozenset(variables), frozenset(attributes))


def _tokens(node: ast.AST, own: _Own) -> Iterator[str]:
    """The kinds of all nodes in their order, with constants, and the names that are not the code's own."""
    match node:
        case ast.Expr(ast.Constant(str())):
            return  # a docstring, or a comment in quotes
        case ast.Load() | ast.Store() | ast.Del():
            return
        case ast.Constant(value):
            yield "text" if isinstance(value, str | bytes) else repr(value)
            return
    yield type(node).__name__
    match node:
        case ast.Name(name) | ast.arg(name) | ast.ClassDef(name=name) | ast.FunctionDef(name=name):
            yield "own" if name in own.variables else name
        case ast.Attribute(_, name):
            yield "own" if name in own.attributes else name
    for child in ast.iter_child_nodes(node):
        yield from _tokens(child, own)
