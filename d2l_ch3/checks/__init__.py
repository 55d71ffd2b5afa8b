"""The checks: one function an exercise, called with what the student built.

    from d2l_ch3 import checks
    checks.parallel_block(ParallelBlock)     # a card: criteria, points, what went wrong
    checks.parallel_block.hint()             # a hint; run it again for the next one
    checks.progress()                        # what is done so far and what comes next

Every exercise is one module of ``exercises/`` with its probe and its judge, and a TOML file of its words; it is
imported when its check is first called, and torch with it.
"""

from functools import cache
from importlib import import_module
from typing import Any

from d2l_ch3.checks import catalogue
from d2l_ch3.checks.definition import Exercise
from d2l_ch3.checks.hints import Hint
from d2l_ch3.checks.progress_card import Card, Progress, problem_sets_here
from d2l_ch3.checks.records import keep
from d2l_ch3.checks.report import Report

EXERCISES: dict[str, dict[str, int]]
"""The autograded exercises of each problem set, in their order, and what each is worth: out of the catalogue.

A bonus is not among them: it has a check and a card, but gives no points.
"""


@cache
def _names() -> tuple[str, ...]:
    """The names of the checks, as students write them."""
    return tuple(words.name.replace("-", "_") for words in catalogue.everything() if not words.written)


@cache
def _exercises() -> dict[str, dict[str, int]]:
    found: dict[str, dict[str, int]] = {}
    for words in catalogue.everything():
        if not (words.written or words.bonus):
            found.setdefault(words.problem_set, {})[words.name] = words.points
    return found


def exercise(name: str) -> Exercise:
    """The exercise called `name`, as ``"parallel-block"`` or ``"parallel_block"``."""
    function = name.replace("-", "_") if isinstance(name, str) else ""
    if function not in _names():
        raise ValueError(f"no exercise is called {name!r} / 没有这道题。有的是 / there are: {', '.join(_names())}")
    return import_module(f"d2l_ch3.checks.exercises.{function}").EXERCISE


def hint(name: str) -> Hint:
    """The next of an exercise's three hints; each call goes one step further."""
    return Hint.next(exercise(name))


def progress(problem_set: str | None = None) -> Progress:
    """How far you have come in a problem set, ``"ps1-blocks"`` say; without a name, in the one that you are in."""
    if problem_set is not None and problem_set not in _exercises():
        raise ValueError(f"no problem set is called {problem_set!r} / 没有这套习题。有的是 / there are: "
                         f"{', '.join(_exercises())}")
    names = [problem_set] if problem_set else problem_sets_here(_exercises())
    return Progress(tuple(map(Card.of, names)))


class Check:
    """What a student calls, with what the exercise asks for; ``hint()`` gives the next hint."""

    def __init__(self, asked: Exercise) -> None:
        self._exercise = asked
        self.__name__ = self.__qualname__ = asked.function
        wanted = ", ".join(argument.name for argument in asked.takes)
        self.__doc__ = f"Check {wanted}: at most {asked.points} points."

    def __call__(self, *arguments: Any, seed: int = 0) -> Report:
        """The report on what was built; in a notebook it shows as a card."""
        from d2l_ch3.checks.check import run

        report = run(self._exercise, arguments, seed, names_asked_for)
        keep(report)
        return report

    def hint(self) -> Hint:
        """The next of three hints; each call goes one step further."""
        return Hint.next(self._exercise)

    def __repr__(self) -> str:
        return f"checks.{self.__name__}({', '.join(argument.name for argument in self._exercise.takes)})"


def __getattr__(name: str) -> Any:
    if name == "EXERCISES":
        return _exercises()
    if name.startswith("_") or name not in _names():
        raise AttributeError(f"module 'd2l_ch3.checks' has no attribute {name!r}; its checks are: {', '.join(_names())}"
                             if not name.startswith("_") else name)
    check = globals()[name] = Check(exercise(name))
    return check


def __dir__() -> list[str]:
    """What a student calls."""
    return sorted(["hint", "progress", *_names()])


@cache
def names_asked_for() -> frozenset[str]:
    """The names of everything that the exercises ask a student to write."""
    return frozenset(argument.name for words in catalogue.everything() for argument in words.takes)
