"""Writing results into nbgrader's gradebook: one process, one transaction a submission.

Beside nbgrader's tables there is one of our own. It says what each submission was
graded from, so that what has not changed need not be graded again, and it is written in the same transaction.
"""

import datetime
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from nbgrader import api, dbutil
from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    MissingEntry,
    Notebook,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import (
    Boolean,
    Column,
    DateTime,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    delete,
    insert,
    inspect,
    select,
)
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError
from traitlets.config import Config

from d2l_ch3.grading.course import config
from d2l_ch3.grading.tasks import Graded
from d2l_ch3.language import Text as Texts
from d2l_ch3.notebooks.cells import NO_RESPONSE, grade_id
from d2l_ch3.notebooks.master import Master, MasterCell, given_cells
from d2l_ch3.notebooks.secrets import Secrets

# nbgrader opens its gradebook anew for every step of every submission. With one engine a database, the SQL that was
# compiled for one is there for the next; closing a gradebook still closes its connections.
api.create_engine = cache(create_engine)

# For the version of the tables in a new gradebook, nbgrader starts a program that imports all of nbgrader: 5 s of work,
# most of what making a release costs. Its folder of migrations says the same.

@cache
def _newest_version() -> str | None:
    from alembic.script import ScriptDirectory  # only for a new gradebook

    return ScriptDirectory(dbutil.ALEMBIC_DIR).get_current_head()


api.get_alembic_version = _newest_version

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


_UNKNOWN = Texts("成绩册里没有作业 {assignment}：先运行 `nbgrader generate_assignment {assignment}`",
                 "the gradebook does not know the assignment {assignment}: "
                 "run `nbgrader generate_assignment {assignment}` first")
_NO_GRADEBOOK = Texts("成绩册 {url} 打不开：{why}。`d2l-ch3 doctor` 会说怎么修",
                      "the gradebook {url} does not answer, or refuses: {why}. `d2l-ch3 doctor` says how to fix it")


class NoMaster(Exception):
    """The gradebook does not know the assignment."""


def no_gradebook(error: SQLAlchemyError, root: Path) -> Texts:
    """What an error of the course's gradebook means; its address is shown without the password."""
    url = make_url(CourseDirectory(config=config(root)).db_url)
    return _NO_GRADEBOOK.format(url=url.render_as_string(), why=first_line(error))


def first_line(error: Exception) -> str:
    """What a database said, without the statement that it said it of."""
    return next(iter(str(getattr(error, "orig", None) or error).strip().splitlines()), type(error).__name__)


def open_gradebook(url: str, course: str) -> Gradebook:
    """The gradebook at a URL, with our table in it; to be used as a context, or closed."""
    gradebook = Gradebook(url, course)
    GRADINGS.create(gradebook.engine, checkfirst=True)
    return gradebook


def masters(gradebook: Gradebook, assignment: str, source: Path, release: Path | None = None,
            settings: Config | None = None) -> dict[str, Master]:
    """The masters of an assignment's notebooks by name.

    The gradebook keeps neither the cells' order nor what nbgrader does not know: that is in the folders of the source
    and of what was released from it. Raises NoMaster if the assignment was not generated.
    """
    try:
        notebooks = gradebook.find_assignment(assignment).notebooks
    except MissingEntry:
        notebooks = []
    if not notebooks:
        raise NoMaster(_UNKNOWN.format(assignment=assignment))
    folders, secrets = [source, *([release] if release else [])], Secrets(settings)
    return {notebook.name: _master(notebook, assignment, [
        found for folder in folders if (found := _read(folder / f"{notebook.name}.ipynb"))], secrets)
        for notebook in notebooks}


def masters_of(gradebook: Gradebook, directory: CourseDirectory, assignment: str,
               settings: Config) -> dict[str, Master]:
    """The masters of an assignment's notebooks, from the folders of its course: `masters`."""
    source, release = (Path(directory.format_path(step, ".", assignment))
                       for step in (directory.source_directory, directory.release_directory))
    return masters(gradebook, assignment, source, release, settings)


def _master(notebook: Notebook, assignment: str, files: list[dict[str, Any]], secrets: Secrets) -> Master:
    graded = {cell.name: cell for cell in (*notebook.grade_cells, *notebook.task_cells)}
    tasks, solutions = ({cell.name: cell for cell in cells} for cells in (notebook.task_cells, notebook.solution_cells))
    rows, answers = {**solutions, **graded}, {**tasks, **solutions}
    grades = {cell.name for cell in notebook.grade_cells}
    ids = {grade_id(cell): cell.get("id", "") for file in files for cell in file["cells"]}
    cells = [MasterCell(cell.name, cell.cell_type, cell.source or "", cell.checksum or "", bool(cell.locked),
                        cell.name in grades, cell.name in solutions, cell.name in tasks,
                        float(graded[cell.name].max_score) if cell.name in graded else 0.0,
                        rows[cell.name].id if cell.name in rows else "",
                        answers[cell.name].id if cell.name in answers else "", secrets.without(cell.source or ""),
                        ids.get(cell.name, "")) for cell in notebook.source_cells]
    order = {name: place for place, name in enumerate(map(grade_id, files[0]["cells"] if files else []))}
    cells.sort(key=lambda cell: order.get(cell.grade_id, len(order)))
    return Master(assignment, notebook.name, tuple(cells), _kernelspec(notebook, files), notebook.id,
                  given_cells(reversed(files), [cell.grade_id for cell in cells]))


def _kernelspec(notebook: Notebook, files: list[dict[str, Any]]) -> dict[str, Any]:
    """The kernel of a notebook, with the language of its code if anything says so."""
    spec = json.loads(notebook.kernelspec or "{}")
    said = [file.get("metadata", {}).get("language_info", {}).get("name") for file in files]
    language = next(filter(None, [spec.get("language"), *said]), None)
    return {**spec, "language": language} if language and spec else spec


def _read(path: Path) -> dict[str, Any] | None:
    """A notebook of the course's own; None if there is none."""
    try:
        found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        return None
    return found


def fingerprints(gradebook: Gradebook, assignment: str) -> dict[tuple[str, str], str]:
    """What the graded notebooks of an assignment were graded from, by student and notebook."""
    if not inspect(gradebook.engine).has_table(GRADINGS.name):
        return {}
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
            _save_flag(db, notebook, graded)
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
    answers = {cell.answer_row: cell.grade_id for cell in graded.master.cells}
    for grade in notebook.grades:
        name = names.get(grade.cell_id)
        if name in graded.scores:
            grade.auto_score = graded.scores[name]
            grade.needs_manual_grade = grade.manual_score is not None or grade.auto_score is None
    for comment in notebook.comments:
        comment.auto_comment = NO_RESPONSE if answers.get(comment.cell_id) in graded.empty else None


def _save_flag(db: Any, notebook: SubmittedNotebook, graded: Graded) -> None:
    """Flag what could not be read; take the flag back once it can. A person's own flags stay."""
    if graded.rejected:
        notebook.flagged = True
        return
    before = db.execute(select(GRADINGS.c.record).filter_by(**_key(graded))).scalar_one_or_none()
    if before and json.loads(before)["rejected"]:
        notebook.flagged = False


def _save_penalty(db: Any, submission: SubmittedAssignment, notebook: SubmittedNotebook,
                  late: AssignLatePenalties) -> None:
    """The penalty for lateness by nbgrader's plugin."""
    notebook.late_submission_penalty = None
    seconds = submission.total_seconds_late
    if seconds <= 0 or not late.enabled:
        return
    db.flush()
    db.refresh(notebook)
    late.init_plugin()
    penalty = late.plugin_inst.late_submission_penalty(submission.student_id, notebook.score, seconds)
    if penalty is not None:
        notebook.late_submission_penalty = late._check_late_penalty(notebook, penalty)


def _key(graded: Graded) -> dict[str, str]:
    """What tells its row in GRADINGS."""
    return {"assignment": graded.master.assignment, "student": graded.student, "notebook": graded.master.name}


def _save_row(db: Any, graded: Graded, fingerprint: str) -> None:
    key = _key(graded)
    db.execute(delete(GRADINGS).filter_by(**key))
    db.execute(insert(GRADINGS).values(
        **key, fingerprint=fingerprint, isolated=graded.record["isolated"],
        graded=datetime.datetime.now(datetime.UTC).replace(tzinfo=None), record=json.dumps(graded.record)))
