"""A sample class made from the answers bank: who hands in what, and what each must get.

Twelve students, s01 to s12: s01 and s02 are perfect, s10 hands in the release as it
is, the set-up cell of s11 does not run, s12 is late; the others are right here and
wrong there.
"""

import random
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from d2l_ch3 import checks
from d2l_ch3.notebooks.cells import grade_id
from tools.bank import Answer, answers, points_without_imports

STUDENTS = [f"s{number:02d}" for number in range(1, 13)]
PERFECT, STUB, DOES_NOT_RUN, LATE = ("s01", "s02"), "s10", "s11", "s12"
DUE = "2026-09-01 12:00:00 UTC"
IN_TIME, TOO_LATE = "2026-09-01 09:30:00 UTC", "2026-09-02 08:15:00 UTC"


@dataclass(frozen=True)
class Submission:
    """What a student hands in for an assignment: an answer an exercise, or none where it is the stub."""

    student: str
    assignment: str
    answers: dict[str, Answer]

    @property
    def role(self) -> str:
        """Which of the twelve it is, in a class of many twelves."""
        return self.student.partition("-")[0]

    @property
    def predicted(self) -> dict[str, float]:
        """The points that each exercise must get."""
        if self.role == DOES_NOT_RUN:
            return points_without_imports(self.answers)
        return {name: float(self.answers[name].points) if name in self.answers else 0.0
                for name in checks.EXERCISES[self.assignment]}

    @property
    def timestamp(self) -> str:
        """When it was handed in."""
        return TOO_LATE if self.role == LATE else IN_TIME

    def hand_in(self, release: Path, submitted: Path) -> None:
        """Write the student's notebook, made from the release, and its timestamp."""
        (path,) = (release / self.assignment).glob("*.ipynb")
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            self._answer(cell)
        folder = submitted / self.student / self.assignment
        folder.mkdir(parents=True)
        nbformat.write(notebook, folder / path.name)
        (folder / "timestamp.txt").write_text(self.timestamp)

    def _answer(self, cell: NotebookNode) -> None:
        name = grade_id(cell)
        if name in self.answers:
            answer = self.answers[name]
            cell.source = "\n\n".join(filter(None, [answer.prelude.strip(), answer.cell]))
        elif self.role == DOES_NOT_RUN and "\nimport torch\n" in cell.source:
            cell.source = cell.source.replace("import torch", "import torhc", 1)


def sample_class(seed: int = 0) -> list[Submission]:
    """The submissions of the whole class; the same for the same seed."""
    submissions = []
    for assignment in checks.EXERCISES:
        dice = random.Random(f"{seed} {assignment}")  # of its own: what is added to one set does not change the others
        choices = {name: _choices(name, dice) for name in checks.EXERCISES[assignment]}
        submissions += [Submission(student, assignment, _choose(student, choices, dice)) for student in STUDENTS]
    return submissions


def large_class(count: int, seed: int = 0) -> list[Submission]:
    """The first `count` submissions of as many sample classes as it takes, students called s01-0, s01-1 and so on."""
    size = len(sample_class())
    return [replace(one, student=f"{one.student}-{number}") for number in range(-(-count // size))
            for one in sample_class(seed + number)][:count]


def _choices(name: str, dice: random.Random) -> tuple[list[Answer], list[Answer]]:
    """What the class comes up with: the right answers, and three wrong ones, since classes share their mistakes.

    None that keeps state between checks: in a notebook the visible test and the hidden one both run it.
    """
    usable = [answer for answer in answers(name) if not answer.keeps_state]
    right = [answer for answer in usable if answer.right]
    return right, dice.sample([answer for answer in usable if not answer.right], 3)


def _choose(student: str, choices: dict[str, tuple[list[Answer], list[Answer]]],
            dice: random.Random) -> dict[str, Answer]:
    """An answer for each exercise: wrong ones half of the time, for those who are not perfect."""
    if student == STUB:
        return {}
    return {name: dice.choice(right if student in PERFECT or dice.random() < 0.5 else wrong)
            for name, (right, wrong) in choices.items()}
