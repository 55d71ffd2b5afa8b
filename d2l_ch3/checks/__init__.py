"""The checks: one function an exercise, called with what the student built.

    from d2l_ch3 import checks
    checks.parallel_block(ParallelBlock)     # a card: criteria, points, what went wrong
    checks.hint("parallel_block")            # a hint; run it again for the next one

Every exercise is one module of ``exercises/`` with its probe and its judge; it is
imported when its check is first called.
"""

from importlib import import_module
from typing import Any

from d2l_ch3.checks.exercise import Exercise
from d2l_ch3.checks.hints import Hint
from d2l_ch3.checks.report import Report
from d2l_ch3.checks.running import DEFAULT_SEED, run

EXERCISES = {
    "ps1-blocks": ("list-sequential", "list-sequential-facts", "registered-sequential",
                   "parallel-block", "block-factory", "block-network"),
    "ps2-parameters": ("find-weights", "parameter-table", "custom-init", "shared-mlp", "train-shared"),
    "ps3-layers": ("weight-norm", "constant-layer", "tensor-reduction", "half-fourier"),
}
"""The autograded exercises of each problem set, in their order."""

_NAMES = tuple(name.replace("-", "_") for names in EXERCISES.values() for name in names)

__all__ = ["EXERCISES", "exercise", "hint", *_NAMES]


def exercise(name: str) -> Exercise:
    """The exercise called `name`, as ``"parallel-block"`` or ``"parallel_block"``."""
    function = name.replace("-", "_") if isinstance(name, str) else ""
    if function not in _NAMES:
        raise ValueError(f"no exercise is called {name!r} / 没有这道题。有的是 / there are: {', '.join(_NAMES)}")
    return import_module(f"d2l_ch3.checks.exercises.{function}").EXERCISE


def hint(name: str) -> Hint:
    """The next of an exercise's three hints; each call goes one step further."""
    return Hint.next(exercise(name))


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
        return run(asked, arguments, seed, names_asked_for)
    check.__name__ = check.__qualname__ = asked.function
    check.__doc__ = f"Check {', '.join(argument.name for argument in asked.takes)}: at most {asked.points} points."
    return check


def names_asked_for() -> frozenset[str]:
    """The names of everything that the exercises ask a student to write."""
    return frozenset(argument.name for name in _NAMES for argument in exercise(name).takes)
