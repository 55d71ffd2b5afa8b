"""nbgrader export plugins: the gradebook as CSV for Canvas, for Moodle and for spreadsheets, as JSON for Gradescope.

    nbgrader export --exporter d2l_ch3.exporting.Canvas
    d2l-ch3 export --format canvas

A score is written when it is final. Where written answers wait for a person, nothing was handed in, or what was could
not be graded and no person has given points for it, the cell is empty; a penalty for lateness is taken off. What
begins like a formula gets an apostrophe in front, since spreadsheets would run it (OWASP, "CSV Injection").
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

from nbgrader.api import Assignment, Grade, Gradebook, Notebook, Student, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import ExportPlugin
from sqlalchemy import Row, case, func, inspect, select
from traitlets import Bool, Enum

from d2l_ch3.checks.catalogue import named, words
from d2l_ch3.class_report.class_data import Item, NotThere, Work, read_items, read_works, require
from d2l_ch3.files import write_all, write_whole
from d2l_ch3.grading.gradebook import GRADINGS
from d2l_ch3.language import Text
from d2l_ch3.presubmit.results import FILE, outcome, results

_FORMULA = tuple("=+-@＝＋－＠")

_NOTHING = Text("还没有批改过的作业，没有什么可导出：先运行 `d2l-ch3 grade`",
                "nothing is graded yet, so there is nothing to export: run `d2l-ch3 grade` first")
_LEFT_EMPTY = Text(
    "{count} 份还要等人批改（文字题，或者程序批改不了的作业），分数留空了（{which}）。批完再导出一次；暂定的分数也要，"
    "就用 --provisional（nbgrader 里是 c.Export.provisional = True）。",
    "scores left empty: {count}, since written answers, or work that could not be graded by machine, wait for a person "
    "there ({which}). Grade them and export again; for scores so far, use --provisional (in nbgrader: "
    "c.Export.provisional = True).")
_SO_FAR = Text("{count} 份还要等人批改（文字题，或者程序批改不了的作业），分数只是暂定的（{which}）",
               "provisional scores: {count}, since written answers, or work that could not be graded by machine, wait "
               "for a person there ({which})")
_LATE = Text("迟交扣 {points} 分。", "Points taken off for lateness: {points}.")
_WAITS = Text("等老师批改。", "A person is still to read this.")
_NOT_WRITTEN = Text("没有作答。", "Not answered.")
_RIGHT = Text("全对。", "All right.")
SHOWN = 8  # names in a message


class Export(ExportPlugin):
    """What the formats have in common; each says in `lines` how it looks."""

    provisional = Bool(False, help="Also write scores to which written answers are still to be added.").tag(config=True)

    file = ""
    encoding = "utf-8"

    def export(self, gradebook: Gradebook) -> None:
        """Write the file. Raises NotThere if an assignment is not known or nothing is graded."""
        self.scores = Scores(gradebook, list(map(str, self.assignment)), list(map(str, self.student)), self.provisional)
        self.write(gradebook, Path(self.to or self.file))
        waiting = self.scores.waiting
        if waiting:
            which = ", ".join(waiting[:SHOWN]) + (", …" if len(waiting) > SHOWN else "")
            words = _SO_FAR if self.provisional else _LEFT_EMPTY
            self.log.warning(str(words.format(count=len(waiting), which=which)))

    def write(self, gradebook: Gradebook, path: Path) -> None:
        """Write the lines as CSV."""
        text = StringIO()
        csv.writer(text).writerows([harmless(cell) for cell in line] for line in self.lines())
        write_whole(path, text.getvalue(), self.encoding)

    def lines(self) -> Iterator[list[Any]]:
        """The lines of the file, as cells."""
        raise NotImplementedError


class Plain(Export):
    """nbgrader's own format, a line a student and assignment: quoted, and with a mark that Excel needs for Chinese.

    Unlike nbgrader.plugins.CsvExportPlugin it does not write 0 for what was not handed in.
    """

    file = "grades.csv"
    encoding = "utf-8-sig"

    def lines(self) -> Iterator[list[Any]]:
        """The columns of nbgrader's CsvExportPlugin."""
        yield ["assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email", "raw_score",
               "late_submission_penalty", "score", "max_score"]
        for assignment in self.scores.assignments:
            for student in self.scores.students:
                any_score = self.scores.found[assignment.name].get(student.id)
                score = self.scores.final(assignment, student)
                yield [assignment.name, assignment.duedate, any_score and any_score.timestamp, student.id,
                       student.last_name, student.first_name, student.email,
                       *((score.raw, score.penalty, score.points) if score else (None, None, None)),
                       assignment.max_score]


class Canvas(Export):
    """What Canvas's gradebook imports: a line a student, a column an assignment of the same name.

    Canvas finds a student by its own number, which it takes from nbgrader's `lms_user_id`, or else by the column that
    `student_is` names. An empty cell means no grade, also where Canvas has one; it shows all changes before it makes
    them. After canvas-lms, lib/gradebook_importer.rb.
    """

    student_is = Enum(["SIS Login ID", "SIS User ID"], "SIS Login ID",
                      help="What students' ids are in Canvas.").tag(config=True)

    file = "grades-canvas.csv"

    def lines(self) -> Iterator[list[Any]]:
        """Names and numbers, then the points, and above them the points possible."""
        assignments = self.scores.assignments
        yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *(one.name for one in assignments)]
        yield ["    Points Possible", "", "", "", "", *(f"{one.max_score:g}" for one in assignments)]
        for student in self.scores.students:
            number = student.lms_user_id or ""
            ids = [student.id if column == self.student_is else "" for column in ("SIS User ID", "SIS Login ID")]
            # Canvas would read a number at the beginning of anything else, and take somebody else for the student.
            yield [_name(student), number if number.isdecimal() else "", *ids, "", *self.scores.row(student)]


class Moodle(Export):
    """What Moodle imports: a line a student, a column an assignment; Moodle asks which column is what.

    The id stands in two columns, since it may be either there: map the one that it is, and leave out the other. After
    moodle, grade/import/csv/classes/load_data.php.
    """

    file = "grades-moodle.csv"

    def lines(self) -> Iterator[list[Any]]:
        """Who it is in all ways that Moodle knows, then the points."""
        yield ["First name", "Last name", "Username", "ID number", "Email address",
               *(one.name for one in self.scores.assignments)]
        for student in self.scores.students:
            yield [student.first_name, student.last_name, student.id, student.id, student.email,
                   *self.scores.row(student)]


class Gradescope(Export):
    """What an autograder of Gradescope gives back: a folder with `<assignment>/<student>/results.json`.

    Beside the score it has every exercise, what the check found, and what waits for a person.
    """

    file = "grades-gradescope"

    def write(self, gradebook: Gradebook, path: Path) -> None:
        """Write a file for each submission whose score may be written; take away what is there for the others."""
        directory = CourseDirectory(config=self.config)
        files, others = {}, []
        for assignment in self.scores.assignments:
            items = read_items(gradebook, directory, assignment.name)
            works, _ = read_works(gradebook, assignment.name, items)
            for student in self.scores.students:
                file = path / assignment.name / student.id / FILE
                if score := self.scores.final(assignment, student):
                    files[file] = _results(items, works[student.id], score)
                else:
                    others.append(file)
        write_all(files)
        for file in others:
            file.unlink(missing_ok=True)


def _results(items: list[Item], work: Work, score: "Score") -> str:
    """The file of one submission, in the language in use."""
    told = [str(_LATE.format(points=f"{score.penalty:g}"))] if score.penalty else []
    if work.rejected:
        told.append(str(work.rejected))
    tests = [outcome(_title(item), work.scores.get(item.row), item.points, _says(item, work)) for item in items]
    return results(tests, score.points, "\n".join(told))


def _says(item: Item, work: Work) -> str:
    """What was found in an exercise."""
    score = work.scores.get(item.row)
    if score is None:
        return str(_WAITS)
    if (item.notebook, item.name) in work.untouched:
        return str(_NOT_WRITTEN)
    if item.written:
        return ""
    found = [str(named(item.name, key).title) for key in work.findings.get(item.name, ())]
    return "\n".join(f"✗ {title}" for title in found) or str(_RIGHT if score >= item.points else "")


def _title(item: Item) -> str:
    """What an exercise is called; in other courses it has only its name."""
    try:
        return str(words(item.name).title)
    except FileNotFoundError:
        return item.title


FORMATS: dict[str, type[Export]] = {"canvas": Canvas, "moodle": Moodle, "plain": Plain, "gradescope": Gradescope}


@dataclass(frozen=True)
class Score:
    """What the gradebook has for a submission."""

    timestamp: datetime | None
    raw: float
    penalty: float
    waits: bool
    """Whether a written answer, or what could not be graded, waits for a person."""

    @property
    def points(self) -> float:
        """What counts, as nbgrader counts it."""
        return max(0.0, self.raw - self.penalty)


class Scores:
    """The scores of the assignments and students asked for, or of all that is graded."""

    def __init__(self, gradebook: Gradebook, assignments: list[str], students: list[str], provisional: bool) -> None:
        require(gradebook, assignments)
        self.provisional = provisional
        self.found = {assignment.name: _scores(gradebook, assignment) for assignment in gradebook.assignments
                      if not assignments or assignment.name in assignments}
        self.assignments: list[Assignment] = [one for one in gradebook.assignments if self.found.get(one.name)]
        if not self.assignments:
            raise NotThere(_NOTHING)
        everybody = gradebook.db.execute(
            select(Student.id, Student.first_name, Student.last_name, Student.email, Student.lms_user_id)
            .order_by(Student.last_name, Student.first_name, Student.id))
        self.students = [one for one in everybody if not students or one.id in students]

    @cached_property
    def waiting(self) -> list[str]:
        """The submissions that wait for a person, as student and assignment."""
        ours = {student.id for student in self.students}
        return [f"{student} {assignment}" for assignment, found in self.found.items()
                for student, score in sorted(found.items()) if score.waits and student in ours]

    def final(self, assignment: Assignment, student: Row[Any]) -> Score | None:
        """The score that may be written; None if there is none."""
        found = self.found[assignment.name].get(student.id)
        return found if found is not None and (self.provisional or not found.waits) else None

    def row(self, student: Row[Any]) -> list[str]:
        """A student's points in all assignments, with a decimal point and without needless zeros."""
        scores = [self.final(assignment, student) for assignment in self.assignments]
        return ["" if score is None else f"{score.points:g}" for score in scores]


def _scores(gradebook: Gradebook, assignment: Assignment) -> dict[str, Score]:
    """The scores of an assignment by student; nbgrader's own properties look through all grades for each of them."""
    ours = SubmittedAssignment.assignment_id == assignment.id
    of_notebook = SubmittedNotebook.assignment_id == SubmittedAssignment.id
    penalties = dict(gradebook.db.execute(
        select(SubmittedAssignment.id, func.coalesce(func.sum(SubmittedNotebook.late_submission_penalty), 0.0))
        .join(SubmittedNotebook, of_notebook).where(ours).group_by(SubmittedAssignment.id)).all())
    rows = gradebook.db.execute(
        select(SubmittedAssignment.id, SubmittedAssignment.student_id, SubmittedAssignment.timestamp,
               func.sum(Grade.score), func.sum(case((Grade.needs_manual_grade, 1), else_=0)))
        .join(SubmittedNotebook, of_notebook).join(Grade, Grade.notebook_id == SubmittedNotebook.id).where(ours)
        .group_by(SubmittedAssignment.id, SubmittedAssignment.student_id, SubmittedAssignment.timestamp))
    undecided = _undecided(gradebook, assignment)
    return {student: Score(timestamp, points, penalties[row], bool(waiting) or student in undecided)
            for row, student, timestamp, points, waiting in rows}


def _undecided(gradebook: Gradebook, assignment: Assignment) -> set[str]:
    """The students with a notebook that could not be graded, and for which no person has given points."""
    if not inspect(gradebook.engine).has_table(GRADINGS.name):
        return set()
    rejected = gradebook.db.execute(
        select(GRADINGS.c.student, GRADINGS.c.notebook)
        .where(GRADINGS.c.assignment == assignment.name, ~GRADINGS.c.record.contains('"rejected": null'))).all()
    decided = gradebook.db.execute(
        select(SubmittedAssignment.student_id, Notebook.name)
        .join(SubmittedNotebook, SubmittedNotebook.assignment_id == SubmittedAssignment.id)
        .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
        .join(Grade, Grade.notebook_id == SubmittedNotebook.id)
        .where(SubmittedAssignment.assignment_id == assignment.id, Grade.manual_score.is_not(None))).all()
    return {student for student, _ in {*map(tuple, rejected)} - {*map(tuple, decided)}}


def harmless(cell: Any) -> Any:
    """The cell; a text that a spreadsheet would take for a formula has an apostrophe in front."""
    if not isinstance(cell, str) or not (cell.lstrip().startswith(_FORMULA) or cell[:1] in ("\t", "\r", "\n")):
        return cell
    return f"'{cell}"


def _name(student: Row[Any]) -> str:
    """Last name, first name, as Canvas sorts; the id if there are no names."""
    return ", ".join(filter(None, [student.last_name, student.first_name])) or student.id
