"""The autograded exercises by name: which there are, which problem set has one, which cell is whose."""

from d2l_ch3 import checks
from d2l_ch3.checks.catalogue import everything, words

TEST = "test-"
"""What the grade_id of a test begins with; the exercise's name follows, which is the grade_id of its answer."""


def names() -> list[str]:
    """All of them, in the order of the problem sets."""
    return [name for exercises in checks.EXERCISES.values() for name in exercises]


def checked() -> list[str]:
    """All that have a check, those that give no points too."""
    return [words.name for words in everything() if not words.written]


def assignment_of(exercise: str) -> str:
    """The problem set that an exercise belongs to, a bonus too. Raises ValueError for the name of none."""
    try:
        return words(exercise).problem_set
    except FileNotFoundError:
        raise ValueError(f"no exercise is called {exercise!r}") from None


def exercise_of(grade_id: str) -> str:
    """The exercise of a test cell, or of any other cell that gives points."""
    return grade_id.removeprefix(TEST)


def is_bonus(grade_id: str) -> bool:
    """Whether an exercise of this name counts nowhere in our problem sets; what no exercise is called is none."""
    try:
        return words(grade_id).bonus
    except FileNotFoundError:
        return False
