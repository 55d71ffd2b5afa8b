"""The master of a notebook: the cells that nbgrader's gradebook knows, in their order, and what else was given out.

Whatever a student did to a cell that the master locks, its type, points and source come from here.
"""

import ast
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from d2l_ch3.notebooks.cells import grade_id, source
from d2l_ch3.notebooks.exercises import TEST, checked, exercise_of, is_bonus

SCHEMA_VERSION = 3  # of nbgrader's metadata

@dataclass(frozen=True)
class MasterCell:
    """One cell that nbgrader knows by its grade_id."""

    grade_id: str
    cell_type: str
    source: str
    checksum: str
    locked: bool
    grade: bool = False
    solution: bool = False
    task: bool = False
    points: float = 0.0
    row: str = field(default="", compare=False)
    """Its key in the gradebook, that of its score if it has one."""
    answer_row: str = field(default="", compare=False)
    """The key of its comment, which for a written question is another one."""
    without_secrets: str | None = None
    """Its source without hidden tests and mark scheme, where it has some."""
    id: str = ""
    """The id of the cell in the notebook that was given out, or ''."""

    @property
    def exercise(self) -> str:
        """The exercise that it gives points for, or answers."""
        return exercise_of(self.grade_id)

    @property
    def is_test(self) -> bool:
        """Whether it is an autograded test: code that gives points and is not for students to write."""
        return self.grade and not self.solution and self.cell_type == "code"

    @property
    def released(self) -> str:
        """Its source as students have it."""
        return self.source if self.without_secrets is None else self.without_secrets

    @property
    def is_check(self) -> bool:
        """Whether it only calls a check, which can be judged outside: a test, or that of a bonus, without points."""
        given = self.locked and not self.solution and self.cell_type == "code"
        return (self.is_test or given) and check_call(self.source) is not None

    @property
    def metadata(self) -> dict[str, Any]:
        """Its metadata in a graded notebook."""
        nbgrader = {"cell_type": self.cell_type, "checksum": self.checksum, "grade": self.grade,
                    "grade_id": self.grade_id, "locked": self.locked, "schema_version": SCHEMA_VERSION,
                    "solution": self.solution, "task": self.task}
        if self.grade or self.task:
            nbgrader["points"] = self.points
        fixed = {"deletable": False, "editable": False} if self.locked else {}
        return {**fixed, "nbgrader": nbgrader}


@dataclass(frozen=True)
class GivenCell:
    """A cell that was given out and that nbgrader does not know: prose, code to start from."""

    cell_type: str
    source: str
    id: str
    above: int
    """How many of the master's cells stand above it."""


@dataclass(frozen=True)
class Master:
    """The master of one notebook of an assignment."""

    assignment: str
    name: str
    cells: tuple[MasterCell, ...]
    kernelspec: dict[str, Any]
    row: str = field(default="", compare=False)
    given: tuple[GivenCell, ...] = ()

    @cached_property
    def layout(self) -> tuple[MasterCell | GivenCell, ...]:
        """All cells in the order in which they were given out."""
        found: list[MasterCell | GivenCell] = []
        for number, cell in enumerate((*self.cells, None)):
            found += [each for each in self.given if each.above == number]
            found += [cell] if cell else []
        return tuple(found)

    def is_bonus(self, answer: MasterCell) -> bool:
        """Whether an answer counts nowhere: our exercises have such, and here its test gives no points either."""
        return is_bonus(answer.grade_id) and any(
            cell.grade_id == TEST + answer.grade_id and not cell.grade for cell in self.cells)

    def fingerprint(self) -> str:
        """Text that changes whenever the master does."""
        return repr(self)


@cache
def check_call(source: str) -> tuple[str, tuple[str, ...]] | None:
    """The check that a cell calls and its arguments, if every line is the same call, seeds apart; None otherwise."""
    try:
        body = ast.parse(source).body
    except SyntaxError:
        return None
    calls = {_check_call(line) for line in body}
    return calls.pop() if len(calls) == 1 else None


def _check_call(line: ast.stmt) -> tuple[str, tuple[str, ...]] | None:
    match line:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("checks"), function), arguments, keywords)):
            name = function.replace("_", "-")
            if name in checked() and all(keyword.arg == "seed" for keyword in keywords):
                return name, tuple(map(ast.unparse, arguments))
    return None


def given_cells(notebooks: Iterable[dict[str, Any]], cells: Sequence[str]) -> tuple[GivenCell, ...]:
    """What `notebooks`, the source and the released one, hold beside the master's cells of these grade_ids."""
    known = {name: number for number, name in enumerate(cells, 1)}
    found: dict[tuple[int, str, str], list[GivenCell]] = {}
    for notebook in notebooks:
        above = 0
        here: dict[tuple[int, str, str], list[GivenCell]] = {}
        for cell in notebook["cells"]:
            if number := known.get(grade_id(cell)):
                above = number
            elif source(cell).strip():
                one = GivenCell(cell["cell_type"], source(cell), cell.get("id", ""), above)
                here.setdefault((above, one.cell_type, one.source.strip()), []).append(one)
        for key, ones in here.items():
            found[key] = max(found.get(key, []), ones, key=len)
    return tuple(one for ones in found.values() for one in ones)
