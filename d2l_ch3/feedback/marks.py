"""Points and comments out of the gradebook, for a page or for a class's pages: a handful of queries either way."""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from nbgrader.api import (
    Assignment,
    BaseCell,
    Comment,
    Grade,
    GradeCell,
    Notebook,
    SubmittedAssignment,
    SubmittedNotebook,
    TaskCell,
)
from sqlalchemy import Select, func, select


@dataclass(frozen=True)
class Mark:
    """What a cell got, of how many points; `waits` if a person has still to say."""

    score: float
    points: float
    waits: bool


@dataclass
class Marks:
    """What a submitted notebook got: marks and comments by grade_id, and what lateness takes off."""

    late_penalty: float = 0.0
    due: datetime.datetime | None = None
    """Until when this student can hand in on time (UTC, without a zone); None if there is no such time."""
    marks: dict[str, Mark] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)

    @property
    def score(self) -> float:
        """The points, less the penalty."""
        return sum(mark.score for mark in self.marks.values()) - self.late_penalty

    @property
    def max_score(self) -> float:
        """The points that there are."""
        return sum(mark.points for mark in self.marks.values())


def read(db: Any, assignment: str, student: str | None = None) -> dict[tuple[str, str], Marks]:
    """What is known of each submitted notebook, by student and notebook: of one student, or of all.

    `db` is a gradebook's session or a connection to its database.
    """
    def asked(*columns: Any) -> Select[Any]:
        of_all = select(SubmittedAssignment.student_id, Notebook.name, *columns).select_from(SubmittedNotebook) \
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id) \
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id) \
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id).where(Assignment.name == assignment)
        return of_all if student is None else of_all.where(SubmittedAssignment.student_id == student)

    grades, tasks, cells = GradeCell.__table__, TaskCell.__table__, BaseCell.__table__
    found: dict[tuple[str, str], Marks] = defaultdict(Marks)
    for who, notebook, penalty, due, extra in db.execute(
            asked(SubmittedNotebook.late_submission_penalty, Assignment.duedate, SubmittedAssignment.extension)):
        found[who, notebook].late_penalty = penalty or 0.0
        found[who, notebook].due = due + extra if due and extra else due
    for who, notebook, name, score, points, auto, manual in db.execute(
            asked(cells.c.name, Grade.score, func.coalesce(grades.c.max_score, tasks.c.max_score, 0.0),
                  Grade.auto_score, Grade.manual_score)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id).join(cells, cells.c.id == Grade.cell_id)
            .outerjoin(grades, grades.c.id == cells.c.id).outerjoin(tasks, tasks.c.id == cells.c.id)
            .order_by(cells.c.name)):
        found[who, notebook].marks[name] = Mark(score, points, auto is None and manual is None)
    for who, notebook, name, comment in db.execute(
            asked(cells.c.name, Comment.comment).join(Comment, Comment.notebook_id == SubmittedNotebook.id)
            .join(cells, cells.c.id == Comment.cell_id)):
        found[who, notebook].comments[name] = comment
    return dict(found)
