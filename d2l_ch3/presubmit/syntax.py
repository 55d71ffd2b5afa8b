"""Reading code without running it: what it binds, uses, imports, and names of one's own machine."""

import ast
import builtins
import importlib.metadata
import re
import symtable
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from IPython.core.inputtransformer2 import TransformerManager
from packaging.requirements import Requirement


@cache
def _python(source: str) -> str:
    """The code as Python, magics translated; '' if it is none."""
    try:
        code = TransformerManager().transform_cell(source)
        ast.parse(code)
    except (SyntaxError, ValueError):  # ValueError: a NUL
        return ""
    return code


def _tree(source: str) -> ast.Module:
    return ast.parse(_python(source))


def bound(source: str) -> set[str]:
    """The names that it binds at its outermost level."""
    table = symtable.symtable(_python(source), "cell", "exec")
    return {symbol.get_name() for symbol in table.get_symbols() if symbol.is_assigned() or symbol.is_imported()}


def used(source: str) -> set[str]:
    """The names that it reads somewhere, without those that Python has."""
    names = {node.id for node in ast.walk(_tree(source)) if isinstance(node, ast.Name)}
    return names - set(dir(builtins))


def stub_line(source: str) -> int | None:
    """The first line that says ``raise NotImplementedError`` and no more."""
    return next((node.lineno for node in ast.walk(_tree(source))
                 if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Name)
                 and node.exc.id == "NotImplementedError"), None)


def own_paths(source: str) -> Iterator[str]:
    """Absolute paths in it, written out, that exist on this machine."""
    for node in ast.walk(_tree(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and _is_own(node.value):
            yield node.value


def _is_own(text: str) -> bool:
    if len(text) > 1000 or "\n" in text or not re.match(r"/|~[/\\]|[A-Za-z]:[/\\]", text):
        return False
    try:
        path = Path(text).expanduser()
        temporary = path.is_relative_to(tempfile.gettempdir())
        return path.is_absolute() and not temporary and (path.is_file() or (path.is_dir() and len(path.parts) > 2))
    except (OSError, RuntimeError, ValueError):
        return False


def foreign_packages(source: str, folder: Path) -> list[str]:
    """The modules it imports, not just tries to, which are here but neither Python's, the course's nor the folder's."""
    tree = _tree(source)
    tried = {id(inner) for node in ast.walk(tree) if isinstance(node, ast.Try) for inner in ast.walk(node)}
    found: dict[str, None] = {}
    for node in ast.walk(tree):
        if id(node) in tried:
            continue
        if isinstance(node, ast.Import):
            found.update(dict.fromkeys(name.name.partition(".")[0] for name in node.names))
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found[node.module.partition(".")[0]] = None
    return [name for name in found if _is_foreign(name, folder)]


def _is_foreign(name: str, folder: Path) -> bool:
    if name in sys.stdlib_module_names or (folder / f"{name}.py").exists() or (folder / name).is_dir():
        return False
    distributions = {_normal(each) for each in _distributions().get(name, [])}
    return bool(distributions) and not distributions & course_packages()


@cache
def _distributions() -> dict[str, list[str]]:
    return {name: list(found) for name, found in importlib.metadata.packages_distributions().items()}


@cache
def course_packages(root: str = "d2l_ch3") -> set[str]:
    """The distributions that installing the course brings, which a grader has too."""
    found: set[str] = set()
    waiting = [root]
    while waiting:
        name = _normal(waiting.pop())
        if name in found:
            continue
        try:
            requires = importlib.metadata.requires(name) or []
        except importlib.metadata.PackageNotFoundError:
            continue
        found.add(name)
        wanted = [Requirement(each) for each in requires]
        waiting += [each.name for each in wanted if each.marker is None or each.marker.evaluate({"extra": ""})]
    return found


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
