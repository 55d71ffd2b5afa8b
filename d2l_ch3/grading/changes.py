"""What grading again changed: which scores, from what to what, and why."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from nbgrader.api import Assignment, BaseCell, Grade, Gradebook, Notebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.coursedir import CourseDirectory
from sqlalchemy import select

from d2l_ch3.grading import handed_in
from d2l_ch3.grading.gradebook import fingerprints
from d2l_ch3.grading.tasks import Graded
from d2l_ch3.language import Text
from d2l_ch3.notebooks.exercises import exercise_of

_UNREADABLE = Text("交来的文件读不了", "what was handed in could not be read")
_BY_ITSELF = Text("什么也没变：答案自己每次做的就不一样", "none of these: the answer itself differs from run to run")
_LINE = Text("{student} {exercise}: {before} → {after}，变的是{why}{stays}",
             "{student} {exercise}: {before} → {after}; what changed: {why}{stays}")
_STAYS = Text("（老师给的 {points:g} 分不变）", " (the {points:g} that a person gave stay)")
_WAITS = Text("等人批改", "waits for a person")


@dataclass(frozen=True)
class Known:
    """What the gradebook has: automatic and a person's score by student, notebook and cell; and the fingerprints."""

    scores: dict[tuple[str, str, str], tuple[float | None, float | None]]
    fingerprints: dict[tuple[str, str], str]


@dataclass(frozen=True)
class Change:
    """A score that is not what it was; None waits for a person."""

    student: str
    exercise: str
    before: float | None
    after: float | None
    manual: float | None
    why: list[Text]

    def __str__(self) -> str:
        why = Text("、".join(one.zh for one in self.why), ", ".join(one.en for one in self.why))
        stays = _STAYS.format(points=self.manual) if self.manual is not None else Text("", "")
        points = [f"{one:g}" if one is not None else _WAITS for one in (self.before, self.after)]
        return str(_LINE.format(student=self.student, exercise=self.exercise, before=points[0], after=points[1],
                                why=why, stays=stays))


def known(directory: CourseDirectory, assignment: str) -> Known:
    """What the gradebook has of an assignment."""
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        rows = gradebook.db.execute(
            select(SubmittedAssignment.student_id, Notebook.name, BaseCell.name, Grade.auto_score, Grade.manual_score)
            .select_from(Grade).join(BaseCell, BaseCell.id == Grade.cell_id)
            .join(SubmittedNotebook, SubmittedNotebook.id == Grade.notebook_id)
            .join(Notebook, Notebook.id == SubmittedNotebook.notebook_id)
            .join(SubmittedAssignment, SubmittedAssignment.id == SubmittedNotebook.assignment_id)
            .join(Assignment, Assignment.id == SubmittedAssignment.assignment_id).where(Assignment.name == assignment))
        return Known({(student, notebook, cell): (auto, manual) for student, notebook, cell, auto, manual in rows},
                     fingerprints(gradebook, assignment))


def changes(before: Known, after: Known, graded: Iterable[Graded]) -> Iterator[Change]:
    """The scores that changed of what was graded again."""
    unreadable = {(one.student, one.master.name) for one in graded if one.rejected}
    for (student, notebook, cell), (score, manual) in sorted(after.scores.items(), key=lambda one: one[0]):
        old = before.fingerprints.get((student, notebook))
        if old is None or (student, notebook, cell) not in before.scores:
            continue  # graded for the first time
        was, _ = before.scores[student, notebook, cell]
        if was != score:
            why = handed_in.changed(old, after.fingerprints[student, notebook]) or [_BY_ITSELF]
            yield Change(student, exercise_of(cell), was, score, manual,
                         [_UNREADABLE] if (student, notebook) in unreadable else why)
