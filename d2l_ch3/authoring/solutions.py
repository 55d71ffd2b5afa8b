"""The solutions of an exercise that can be mutated: the reference in the source notebook, and right answers."""

import ast
import contextlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat

from d2l_ch3 import checks
from d2l_ch3.language import Text, get_language, speaking
from d2l_ch3.notebooks.cells import grade_id
from d2l_ch3.notebooks.exercises import assignment_of


class AuthoringError(Exception):
    """Something that the author has to mend first; its text says what and how."""


_NO_NOTEBOOK = Text("{folder} 里应当正好有一个笔记本，却有 {count} 个。在课程的根目录里运行，或者先 `make build`。",
                    "{folder} should hold one notebook and has {count}. Run this in the root of the course, or "
                    "`make build` first.")
_NO_CELL = Text("{path} 里没有 grade_id 为 {exercise} 的答题单元格。先在 text/ 里写好，再 `make build`。",
                "{path} has no solution cell with the grade_id {exercise}. Write it in text/, then `make build`.")


@dataclass(frozen=True)
class Solution:
    """A cell that should get full points, and what runs before it; an answer of the bank has a name."""

    exercise: str
    setup: str
    cell: str
    answer: str | None = None

    def __str__(self) -> str:
        return f"{self.exercise}/{self.answer}" if self.answer else self.exercise


def reference(course: Path, exercise: str) -> Solution:
    """The solution in the source notebook; for an exercise that takes a dict, the dict's value written out."""
    path = _notebook(course, exercise)
    before = ["import copy"]  # for the mutants
    for cell in nbformat.read(path, as_version=4).cells:
        if grade_id(cell) == exercise:
            return Solution(exercise, "\n".join(before), _value(exercise, before, cell.source))
        if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade"):
            before.append(cell.source)
    raise AuthoringError(_NO_CELL.format(path=path, exercise=exercise))


def right_answers(course: Path, exercise: str) -> list[Solution]:
    """The right answers of the bank, in the same surroundings as the reference."""
    setup = reference(course, exercise).setup
    return [Solution(exercise, setup, _without_docstring(path), path.stem)
            for path in sorted((course / "tests" / "answers" / exercise).glob("right_*.py"))]


def _notebook(course: Path, exercise: str) -> Path:
    folder = course / "source" / assignment_of(exercise)
    paths = list(folder.glob("*.ipynb"))
    if len(paths) != 1:
        raise AuthoringError(_NO_NOTEBOOK.format(folder=folder, count=len(paths)))
    return paths[0]


def _value(exercise: str, before: list[str], cell: str) -> str:
    """The cell; facts are mutated in what they say and not in how they were found."""
    takes = checks.exercise(exercise).takes
    if any(argument.kind != "dict" for argument in takes):
        return cell
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with contextlib.redirect_stdout(io.StringIO()), speaking(get_language()):  # a notebook sets its own language
        exec("\n".join([*before, cell]), namespace)
    return "\n".join(f"{argument.name} = {namespace[argument.name]!r}" for argument in takes)


def _without_docstring(path: Path) -> str:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return ast.unparse(ast.Module(tree.body[1:], []))
