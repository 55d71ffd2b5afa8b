"""The checks: one function an exercise, called with what the student built.

    from d2l_ch3 import checks
    checks.parallel_block(ParallelBlock)     # a card: criteria, points, what went wrong
    checks.hint("parallel_block")            # a hint; run it again for the next one
    checks.progress()                        # what is done so far and what comes next

Every exercise is one module of ``exercises/`` with its probe and its judge; it is
imported when its check is first called.
"""

from importlib import import_module
from typing import Any

from d2l_ch3.checks.exercise import Exercise
from d2l_ch3.checks.exercises import EXERCISES
from d2l_ch3.checks.hints import Hint
from d2l_ch3.checks.progress import Card, Progress, problem_sets_here
from d2l_ch3.checks.records import keep
from d2l_ch3.checks.report import Report
from d2l_ch3.checks.running import DEFAULT_SEED, run

_NAMES = tuple(name.replace("-", "_") for names in EXERCISES.values() for name in names)

__all__ = ["EXERCISES", "exercise", "hint", "progress", *_NAMES]


def exercise(name: str) -> Exercise:
    """The exercise called `name`, as ``"parallel-block"`` or ``"parallel_block"``."""
    function = name.replace("-", "_") if isinstance(name, str) else ""
    if function not in _NAMES:
        raise ValueError(f"no exercise is called {name!r} / 没有这道题。有的是 / there are: {', '.join(_NAMES)}")
    return import_module(f"d2l_ch3.checks.exercises.{function}").EXERCISE


def hint(name: str) -> Hint:
    """The next of an exercise's three hints; each call goes one step further."""
    return Hint.next(exercise(name))


def progress(problem_set: str | None = None) -> Progress:
    """How far you have come in a problem set, ``"ps1-blocks"`` say; without a name, in the one that you are in."""
    if problem_set is not None and problem_set not in EXERCISES:
        raise ValueError(f"no problem set is called {problem_set!r} / 没有这套习题。有的是 / there are: "
                         f"{', '.join(EXERCISES)}")
    names = [problem_set] if problem_set else problem_sets_here(EXERCISES)
    return Progress(tuple(Card.of(name, [exercise(each) for each in EXERCISES[name]]) for name in names))


def __getattr__(name: str) -> Any:
    if name not in _NAMES:
        raise AttributeError(f"module 'd2l_ch3.checks' has no attribute {name!r}; its checks are: {', '.join(_NAMES)}")
    check = globals()[name] = _check(exercise(name))
    return check


def __dir__() -> list[str]:
    return sorted(__all__)


def _check(asked: Exercise) -> Any:
    """The function that a student calls."""
    def check(*arguments: Any, seed: int = DEFAULT_SEED) -> Report:
        report = run(asked, arguments, seed, names_asked_for)
        keep(report)
        return report
    check.__name__ = check.__qualname__ = asked.function
    check.__doc__ = f"Check {', '.join(argument.name for argument in asked.takes)}: at most {asked.points} points."
    return check


def names_asked_for() -> frozenset[str]:
    """The names of everything that the exercises ask a student to write."""
    return frozenset(argument.name for name in _NAMES for argument in exercise(name).takes)
