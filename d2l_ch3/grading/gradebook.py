"""Writing results into nbgrader's gradebook: one process, one transaction a submission.

Beside nbgrader's tables there is one of our own. It says what each submission was
graded from, so that what has not changed need not be graded again, and it is written in the same transaction.
"""

import datetime
import json
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import Boolean, Column, DateTime, Float, MetaData, String, Table, Text, delete, insert, select

from d2l_ch3.grading.tasks import Graded

GRADINGS = Table(
    "d2l_ch3_grading", MetaData(),
    Column("assignment", String(128), primary_key=True),
    Column("student", String(128), primary_key=True),
    Column("notebook", String(128), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("graded", DateTime(), nullable=False),
    Column("isolated", Boolean, nullable=False),
    Column("record", Text, nullable=False))
"""One row a graded notebook: what it was graded from, when, behind walls or not, and the grader's record as JSON."""

# nbgrader declares this column as FLOAT(0), which PostgreSQL refuses.
SubmittedNotebook.__table__.c.late_submission_penalty.type = Float()


@contextmanager
def opened(url: str, course: str) -> Iterator[Gradebook]:
    """The gradebook at a URL, with our table in it."""
    with Gradebook(url, course) as gradebook:
        GRADINGS.create(gradebook.engine, checkfirst=True)
        yield gradebook


def fingerprints(gradebook: Gradebook, assignment: str) -> dict[tuple[str, str], str]:
    """What the graded notebooks of an assignment were graded from, by student and notebook."""
    rows = gradebook.db.execute(select(GRADINGS.c.student, GRADINGS.c.notebook, GRADINGS.c.fingerprint)
                                .where(GRADINGS.c.assignment == assignment))
    return {(student, notebook): fingerprint for student, notebook, fingerprint in rows}


def save(gradebook: Gradebook, results: Iterable[tuple[Graded, str]], timestamp: datetime.datetime | None,
         late: AssignLatePenalties) -> None:
    """Write the graded notebooks of one submission, each with its fingerprint, in one transaction."""
    db = gradebook.db
    try:
        for graded, fingerprint in results:
            submission = _submission(db, graded, timestamp)
            notebook = next(each for each in submission.notebooks if each.notebook.id == graded.master.row)
            _save_scores(notebook, graded)
            _save_penalty(db, submission, notebook, late)
            _save_row(db, graded, fingerprint)
        db.commit()
    except BaseException:
        db.rollback()
        raise


def _submission(db: Any, graded: Graded, timestamp: datetime.datetime | None) -> SubmittedAssignment:
    """The row of the submission, with all that belongs to it; made if it is not there, as nbgrader makes it."""
    found = db.execute(
        select(SubmittedAssignment).join(Assignment)
        .where(Assignment.name == graded.master.assignment, SubmittedAssignment.student_id == graded.student)
    ).scalar_one_or_none()
    if found is None:
        if db.get(Student, graded.student) is None:
            db.add(Student(id=graded.student))
        assignment = db.execute(select(Assignment).where(Assignment.name == graded.master.assignment)).scalar_one()
        found = SubmittedAssignment(assignment=assignment, student_id=graded.student)
        for notebook in assignment.notebooks:
            _add_notebook(found, notebook)
        db.add(found)  # last: SQLAlchemy forgets what is added to it between
    if timestamp is not None:
        found.timestamp = timestamp
    return found


def _add_notebook(submission: SubmittedAssignment, notebook: Notebook) -> None:
    submitted = SubmittedNotebook(notebook=notebook, assignment=submission)
    for cell in (*notebook.grade_cells, *notebook.task_cells):
        Grade(cell_id=cell.id, notebook=submitted)
    for cell in (*notebook.solution_cells, *notebook.task_cells):
        Comment(cell_id=cell.id, notebook=submitted)


def _save_scores(notebook: SubmittedNotebook, graded: Graded) -> None:
    """Scores and "No response." as nbgrader's SaveAutoGrades sets them; a person's own scores stay."""
    names = {cell.row: cell.grade_id for cell in graded.master.cells}
    for grade in notebook.grades:
        name = names.get(grade.cell_id)
        if name in graded.scores:
            grade.auto_score = graded.scores[name]
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in notebook.comments:
        comment.auto_comment = "No response." if names.get(comment.cell_id) in graded.empty else None
    if graded.rejected:
        notebook.flagged = True


def _save_penalty(db: Any, submission: SubmittedAssignment, notebook: SubmittedNotebook,
                  late: AssignLatePenalties) -> None:
    """The penalty for lateness by nbgrader's plugin."""
    notebook.late_submission_penalty = None
    seconds = submission.total_seconds_late
    if seconds <= 0:
        return
    db.flush()
    db.refresh(notebook)
    late.init_plugin()
    penalty = late.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, seconds)
    if penalty is not None:
        notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)


def _save_row(db: Any, graded: Graded, fingerprint: str) -> None:
    key = {"assignment": graded.master.assignment, "student": graded.student, "notebook": graded.master.name}
    db.execute(delete(GRADINGS).where(*(GRADINGS.c[name] == value for name, value in key.items())))
    db.execute(insert(GRADINGS).values(
        **key, fingerprint=fingerprint, isolated=graded.record["isolated"],
        graded=datetime.datetime.now(datetime.UTC).replace(tzinfo=None), record=json.dumps(graded.record)))
