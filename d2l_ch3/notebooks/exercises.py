"""The autograded exercises by name: which there are, which problem set has one, which cell is whose."""

from d2l_ch3 import checks

TEST = "test-"
"""What the grade_id of a test begins with; the exercise's name follows, which is the grade_id of its answer."""


def names() -> list[str]:
    """All of them, in the order of the problem sets."""
    return [name for exercises in checks.EXERCISES.values() for name in exercises]


def assignment_of(exercise: str) -> str:
    """The problem set that an exercise belongs to. Raises ValueError for the name of none."""
    for assignment, exercises in checks.EXERCISES.items():
        if exercise in exercises:
            return assignment
    raise ValueError(f"no exercise is called {exercise!r}")


def exercise_of(grade_id: str) -> str:
    """The exercise of a test cell, or of any other cell that gives points."""
    return grade_id.removeprefix(TEST)
