"""Pieces of students' code that do not tell whose they are.

Comments and docstrings go, as does the layout: the code is parsed and written anew. A text in quotes stays only if its
words are in the cells that everybody was given, or are names in the code itself (as the "weight" of `self.weight` is).
At last, whatever of the student's id, names and address is left is crossed out. Names of variables stay otherwise.
"""

import ast
import hashlib
import json
import re
from collections.abc import Collection, Iterable, Iterator, Sequence, Set
from pathlib import Path

from d2l_ch3.checks import catalogue
from d2l_ch3.class_report.class_data import ClassData, Track
from d2l_ch3.class_report.figures import Belief
from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import grade_id, source

PICKING = Text("挑代码片段", "picking excerpts")
GONE = "…"

EACH = 2  # excerpts of a misconception
TRIES = 8  # notebooks looked into for them
LINES = 18
SOURCE = 20_000  # characters; nobody writes that much by hand

_WORD = re.compile(r"\w+")


def pick(data: ClassData, beliefs: Iterable[Belief], track: Track) -> dict[int, list[str]]:
    """Up to `EACH` different excerpts of each misconception, by its place among the beliefs."""
    works = {work.student: work for work in data.works}
    vocabulary = frozenset(_WORD.findall(data.vocabulary))
    picked = {}
    for place, belief in enumerate(track(beliefs, PICKING, None)):
        found: dict[str, None] = {}
        for student in sorted(belief.holders, key=lambda one: _lot(belief.key, one))[:TRIES]:
            exercise = belief.holders[student]
            source = _answer(data, student, works[student].notebooks[exercise], exercise)
            excerpt = anonymous(source, _names(exercise), data.private.get(student, [student]), vocabulary)
            if excerpt:
                found[excerpt] = None
            if len(found) == EACH:
                break
        picked[place] = list(found)
    return picked


def _lot(*words: str) -> str:
    """Neither the first in the alphabet nor always the same few, and yet the same every time."""
    return hashlib.sha256("\0".join(words).encode()).hexdigest()


def _answer(data: ClassData, student: str, notebook: str, exercise: str) -> str:
    """The source of the student's answer cell; empty if it is not to be had."""
    folder = data.directory.format_path(data.directory.autograded_directory, student, data.assignment)
    try:
        cells = json.loads(Path(folder, f"{notebook}.ipynb").read_text(encoding="utf-8"))["cells"]
    except (OSError, ValueError):
        return ""
    return next((source(cell) for cell in cells if grade_id(cell) == exercise), "")


def _names(exercise: str) -> set[str]:
    try:
        return {argument.name for argument in catalogue.words(exercise).takes}
    except (OSError, ValueError):  # an exercise that the course no longer has
        return set()


def anonymous(source: str, names: Set[str], private: Sequence[str], vocabulary: Collection[str]) -> str:
    """The code that defines `names`, or all of it if there is none, made anonymous; empty if it is no Python.

    `private` begins with the student's id.
    """
    try:
        tree = ast.parse(source[:SOURCE])
        asked_for = [statement for statement in tree.body if names & set(_defined(statement))]
        tree.body = asked_for or tree.body
        known = {*vocabulary, *_identifiers(tree)}
        code = ast.unparse(ast.fix_missing_locations(_Quiet(known).visit(tree)))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return ""
    return _cut(_crossed_out(code, private))


def _defined(statement: ast.stmt) -> Iterator[str]:
    """The names that a statement binds at the top of the cell."""
    if isinstance(statement, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
        yield statement.name
    elif isinstance(statement, ast.Assign | ast.AnnAssign | ast.AugAssign):
        yield from (node.id for node in ast.walk(statement) if isinstance(node, ast.Name)
                    and isinstance(node.ctx, ast.Store))


def _identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Name(name) | ast.Attribute(_, name) | ast.arg(name) | ast.keyword(str(name)):
                yield name


class _Quiet(ast.NodeTransformer):
    """Takes out docstrings, and what is said in quotes beyond the words that are `known`."""

    def __init__(self, known: Collection[str]) -> None:
        self.known = known

    def generic_visit(self, node: ast.AST) -> ast.AST:
        """Without statements that are only a text."""
        body = getattr(node, "body", None)
        if isinstance(body, list) and any(map(_is_text, body)):
            node.body = [one for one in body if not _is_text(one)] or [ast.Pass()]  # type: ignore[attr-defined]
        return super().generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        """A text of unknown words becomes an ellipsis."""
        if isinstance(node.value, bytes):
            return ast.Constant(GONE.encode())
        if isinstance(node.value, str) and not all(word in self.known or (word.isdecimal() and len(word) < 4)
                                                   for word in _WORD.findall(node.value)):
            return ast.Constant(GONE)
        return node


def _is_text(statement: ast.AST) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant) \
        and isinstance(statement.value.value, str)


def _crossed_out(code: str, private: Sequence[str]) -> str:
    """`code` without what is private: an id, then names and addresses, of which also what is before the @.

    It is crossed out in whatever case, inside of words too, and s-1 also where it is s_1 or s1; but names as short as
    the Li of Linear only where they stand alone.
    """
    words = {part for word in private for part in (word, word.partition("@")[0])}
    for word in sorted(words, key=lambda word: (-len(word), word)):
        pieces = re.findall(r"[^\W_]+", word)
        pattern = r"[\W_]?".join(pieces)
        if word != private[0] and re.fullmatch("[A-Za-z]{1,3}", "".join(pieces)):
            pattern = f"(?<![A-Za-z]){pattern}(?![A-Za-z])"
        if pieces:
            code = re.sub(pattern, GONE, code, flags=re.IGNORECASE)
    return code


def _cut(code: str) -> str:
    lines = code.splitlines()
    return "\n".join(lines if len(lines) <= LINES else [*lines[:LINES - 1], GONE])
