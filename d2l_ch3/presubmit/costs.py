"""What a rehearsal says an exercise gets, and which cells cost points."""

import ast
from dataclasses import dataclass
from functools import cached_property

from d2l_ch3.notebooks.master import MasterCell, check_call
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.presubmit import syntax
from d2l_ch3.presubmit.clean_run import Outcome
from d2l_ch3.presubmit.names import Names
from d2l_ch3.presubmit.rehearsal import Rehearsal, report_of


@dataclass(frozen=True)
class Score:
    """What an exercise gets: `points` is None where a person decides, or a test that is `hidden`.

    `says` names what the check found; `ran` tells whether there was a test that could say something.
    """

    name: str
    title: str
    points: float | None
    most: float
    says: tuple[str, ...] = ()
    hidden: bool = False
    ran: bool = True

    @property
    def full(self) -> bool:
        """Whether nothing is lost, as far as is known."""
        return self.points is None or self.points >= self.most


class Costs:
    """The points of a rehearsal."""

    def __init__(self, rehearsal: Rehearsal, names: Names) -> None:
        self._rehearsal, self._names = rehearsal, names

    @cached_property
    def scores(self) -> list[Score]:
        """What every exercise gets, in the order of the release."""
        outcomes = {placed.master.grade_id: outcome for placed, outcome in self._rehearsal.ran if placed.master}
        graded = [cell for cell in self._rehearsal.notebook.release.master.cells if cell.grade]
        return [self._score(cell, outcomes.get(cell.grade_id)) for cell in graded]

    def _score(self, cell: MasterCell, outcome: Outcome | None) -> Score:
        name, title = cell.exercise, self._rehearsal.notebook.release.titles[cell.grade_id] or cell.grade_id
        if not cell.is_test or outcome is None:
            return Score(name, title, None, cell.points)
        if tests_nothing(cell.source):
            return Score(name, title, None, cell.points, hidden=True)
        if report := report_of(outcome):
            return Score(name, title, float(report["points"]), cell.points, tuple(report["misconceptions"]))
        if outcome.end != "done" or outcome.error or check_call(cell.source):
            return Score(name, title, 0.0, cell.points, ran=outcome.end == "done" and not check_call(cell.source))
        return Score(name, title, _number(outcome, cell.points), cell.points)

    @cached_property
    def lost(self) -> set[str]:
        """The exercises that do not get full points."""
        return {score.name for score in self.scores if not score.full}

    def loses(self, placed: Placed) -> bool:
        """Whether what goes wrong in a cell costs points: it is an answer, or was to define what one needs."""
        if placed.master:
            return placed.master.exercise in self.lost
        return bool(syntax.bound(placed.cell.source) & self._names_needed)

    @cached_property
    def _names_needed(self) -> set[str]:
        """The missing names that an exercise lacks, or a cell that was to define such a name."""
        needed: set[str] = set()
        while more := {name for name, wanted in self._names.wanted.items() if name not in needed and any(
                (each.master and self.loses(each)) or syntax.bound(each.cell.source) & needed for each in wanted)}:
            needed |= more
        return needed


def tests_nothing(source: str) -> bool:
    """Whether nothing in a test can fail: all that it tests is hidden until it is graded."""
    try:
        body = ast.parse(source).body
    except SyntaxError:  # a magic, perhaps
        return False
    return all(isinstance(line, ast.Import | ast.ImportFrom | ast.Pass)
               or (isinstance(line, ast.Expr) and isinstance(getattr(line.value, "value", None), str)) for line in body)


def _number(outcome: Outcome, most: float) -> float:
    """The number at the end of a plain test, as partial credit; full points if there is none."""
    results = [output["data"].get("text/plain", "") for output in outcome.outputs
               if output["output_type"] == "execute_result"]
    try:
        return min(max(float(results[-1]), 0.0), most)
    except (IndexError, ValueError):
        return most
