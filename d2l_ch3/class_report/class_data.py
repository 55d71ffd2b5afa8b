"""What the gradebook knows of a class and an assignment, read row by row: points, findings, the grader's records."""

import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from nbgrader.api import (
    Assignment,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
)
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import func, inspect, select

from d2l_ch3.checks.catalogue import NOT_WRITTEN
from d2l_ch3.grading import course
from d2l_ch3.grading.gradebook import GRADINGS, masters
from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import NO_RESPONSE
from d2l_ch3.notebooks.master import MasterCell

READING = Text("读成绩册", "reading the gradebook")

_UNKNOWN = Text("成绩册里没有作业 {name}。有的是：{known}", "the gradebook has no assignment {name}. It has: {known}")
_NONE = Text("一个也没有（先运行 `nbgrader generate_assignment`）",
             "none at all (run `nbgrader generate_assignment` first)")
_NOTHING_GRADED = Text("{assignment} 还没有批改过：先运行 `d2l-ch3 grade {assignment}`",
                       "nothing of {assignment} is graded yet: run `d2l-ch3 grade {assignment}` first")

_SCORE = func.coalesce(Grade.manual_score, Grade.auto_score)  # a person's goes first; NULL if it waits for one

Track = Callable[[Iterable[Any], Text, int | None], Iterable[Any]]
"""Goes through things and shows how far it is, given what this is and how many there are."""


class NotThere(Exception):
    """The gradebook has no such assignment, or nothing of it is graded."""


@dataclass(frozen=True)
class Item:
    """Something that gives points: an exercise, autograded or written."""

    row: str
    """Its key in the gradebook."""
    notebook: str
    name: str
    title: str
    """Its name for a reader: after its notebook's, where another notebook has something of that name."""
    points: float
    written: bool


@dataclass
class Work:
    """What became of one student's submission."""

    student: str
    late: bool
    scores: dict[str, float | None] = field(default_factory=dict)
    """By the item's row; None waits for a person. Extra credit and penalties are not in it."""
    untouched: set[tuple[str, str]] = field(default_factory=set)
    """The answers left as they were given: notebook and name."""
    findings: dict[str, list[str]] = field(default_factory=dict)
    """The keys of the misconceptions named, by exercise."""
    notebooks: dict[str, str] = field(default_factory=dict)
    """The notebook that an exercise was found in."""
    failures: int = 0
    repaired: bool = False
    inside: bool = False
    isolated: bool = True
    rejected: Text | None = None


@dataclass(frozen=True)
class ClassData:
    """A class and an assignment. `elsewhere` is what is known of the students from the course's other assignments."""

    assignment: str
    directory: CourseDirectory
    items: list[Item]
    works: list[Work]
    absent: list[str]
    """Known to the gradebook, but without a submission."""
    ungraded: list[str]
    """Handed in, but not graded."""
    shares: dict[str, float]
    """The share of the points that a student got elsewhere."""
    findings_elsewhere: dict[str, Counter[str]]
    """In how many exercises elsewhere a student met a misconception."""
    private: dict[str, list[str]]
    """What would tell who a student is: id, names, address."""
    vocabulary: str
    """The text of the cells that everybody was given."""


def read(root: Path, assignment: str, track: Track = lambda things, what, total: things) -> ClassData:
    """Read the gradebook of the course in `root`. Raises CourseError and NotThere."""
    directory = CourseDirectory(config=course.config(root))
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        require(gradebook, [assignment])
        cells, items = _cells(gradebook, directory, assignment)
        works, findings_elsewhere = read_works(gradebook, assignment, items, track)
        if not works:
            raise NotThere(_NOTHING_GRADED.format(assignment=assignment))
        people = gradebook.db.execute(select(Student.id, Student.first_name, Student.last_name, Student.email)).all()
        shares = _shares_elsewhere(gradebook, assignment)
    handed_in = course.submissions(directory, assignment)
    return ClassData(
        assignment, directory, items, sorted(works.values(), key=lambda work: work.student),
        absent=sorted(row.id for row in people if row.id not in works and row.id not in handed_in),
        ungraded=sorted(student for student in handed_in if student not in works),
        shares=shares, findings_elsewhere=findings_elsewhere,
        private={row.id: [word for word in row if word] for row in people},
        vocabulary="\n".join(cell.source for cell in cells))


def read_items(gradebook: Gradebook, directory: CourseDirectory, assignment: str) -> list[Item]:
    """What gives points in an assignment, in its order."""
    return _cells(gradebook, directory, assignment)[1]


def _cells(gradebook: Gradebook, directory: CourseDirectory,
           assignment: str) -> tuple[list[MasterCell], list[Item]]:
    source = Path(directory.format_path(directory.source_directory, ".", assignment))
    found = masters(gradebook, assignment, source)
    graded = {notebook: [cell for cell in master.cells if cell.grade or cell.task]
              for notebook, master in found.items()}
    count = Counter(name for cells in graded.values() for name in {cell.exercise for cell in cells})

    def item(notebook: str, cell: MasterCell) -> Item:
        title = cell.exercise if count[cell.exercise] == 1 else f"{notebook}/{cell.exercise}"
        return Item(cell.row, notebook, cell.exercise, title, cell.points, not cell.is_test)

    return ([cell for master in found.values() for cell in master.cells],
            [item(notebook, cell) for notebook, cells in graded.items() for cell in cells])


def read_works(gradebook: Gradebook, assignment: str, items: Iterable[Item], track: Track = lambda things, what, total:
               things) -> tuple[dict[str, Work], dict[str, Counter[str]]]:
    """What became of each submission, by student; and the findings in other assignments, by student."""
    works = _works(gradebook, assignment)
    _add_scores(gradebook, assignment, {item.row: item for item in items}, works)
    return works, _add_records(gradebook, assignment, works, track)


def require(gradebook: Gradebook, assignments: Iterable[str]) -> None:
    """Raise NotThere, naming those that there are, if the gradebook does not know one of the assignments."""
    known = sorted(assignment.name for assignment in gradebook.assignments)
    for name in assignments:
        if name not in known:
            raise NotThere(_UNKNOWN.format(name=name, known=", ".join(known) or _NONE))


def _works(gradebook: Gradebook, assignment: str) -> dict[str, Work]:
    rows = gradebook.db.execute(
        select(SubmittedAssignment.student_id, SubmittedAssignment.timestamp, SubmittedAssignment.extension,
               Assignment.duedate).join(Assignment).where(Assignment.name == assignment))
    return {student: Work(student, late=bool(handed_in and due and handed_in > (due + extra if extra else due)))
            for student, handed_in, extra, due in rows}


def _add_scores(gradebook: Gradebook, assignment: str, items: dict[str, Item], works: dict[str, Work]) -> None:
    for student, row, manual, auto in gradebook.db.execute(
            select(SubmittedAssignment.student_id, Grade.cell_id, Grade.manual_score, Grade.auto_score).join(Assignment)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Grade, Grade.notebook_id == SubmittedNotebook.id).where(Assignment.name == assignment)):
        works[student].scores[row] = auto if manual is None else manual
        if items[row].written and manual is None and auto == 0:  # a grader gives this to no other written answer
            works[student].untouched.add((items[row].notebook, items[row].name))
    for student, notebook, name in gradebook.db.execute(
            select(SubmittedAssignment.student_id, Notebook.name, SolutionCell.name)
            .select_from(SubmittedAssignment).join(Assignment)
            .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(Comment, Comment.notebook_id == SubmittedNotebook.id)
            .join(SolutionCell, SolutionCell.id == Comment.cell_id)
            .where(Assignment.name == assignment, Comment.auto_comment == NO_RESPONSE)):
        works[student].untouched.add((notebook, name))


def _add_records(gradebook: Gradebook, assignment: str, works: dict[str, Work],
                 track: Track) -> dict[str, Counter[str]]:
    """Add the grader's records to the works; returns the findings in other assignments."""
    elsewhere: dict[str, Counter[str]] = defaultdict(Counter)
    if not inspect(gradebook.engine).has_table(GRADINGS.name):
        return elsewhere
    total = gradebook.db.execute(select(func.count()).select_from(GRADINGS)).scalar_one()
    rows = gradebook.db.execute(
        select(GRADINGS.c.assignment, GRADINGS.c.student, GRADINGS.c.notebook, GRADINGS.c.record)
        .order_by(GRADINGS.c.student, GRADINGS.c.assignment, GRADINGS.c.notebook)
        .execution_options(yield_per=500))
    for where, student, notebook, text in track(rows, READING, total):
        record = json.loads(text)
        if where != assignment:
            elsewhere[student].update(key for report in record["reports"] for key in report["misconceptions"])
        elif student in works:
            _add_record(works[student], notebook, record)
    return elsewhere


def _add_record(work: Work, notebook: str, record: dict[str, Any]) -> None:
    work.failures += len(record["failures"])
    work.repaired |= bool(record["repairs"])
    work.inside |= bool(record["decided_inside"])
    work.isolated &= record["isolated"]
    work.rejected = work.rejected or (Text(*record["rejected"]) if record["rejected"] else None)
    for report in record["reports"]:
        exercise, found = report["exercise"], report["misconceptions"]
        if found == [NOT_WRITTEN] and not report["points"]:
            work.untouched.add((notebook, exercise))
        work.findings[exercise] = [key for key in found if key != NOT_WRITTEN]
        work.notebooks[exercise] = notebook


def _shares_elsewhere(gradebook: Gradebook, assignment: str) -> dict[str, float]:
    cells = GradeCell.__table__
    rows = gradebook.db.execute(
        select(SubmittedAssignment.student_id, func.sum(_SCORE), func.sum(cells.c.max_score)).join(Assignment)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id).join(cells, cells.c.id == Grade.cell_id)
        .where(Assignment.name != assignment, _SCORE.is_not(None)).group_by(SubmittedAssignment.student_id))
    return {student: points / reachable for student, points, reachable in rows if reachable}
