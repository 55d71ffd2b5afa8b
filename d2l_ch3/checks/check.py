"""Running a check: look at the arguments, probe, judge, report."""

import contextlib
import sys
import warnings
from collections.abc import Callable, Collection, Iterator
from typing import Any

import torch

from d2l_ch3.checks.arguments import wrong_argument
from d2l_ch3.checks.catalogue import NOT_WRITTEN, Diagnosis, habits
from d2l_ch3.checks.definition import Exercise, Says, says
from d2l_ch3.checks.evidence import Evidence
from d2l_ch3.checks.report import Report


def run(exercise: Exercise, arguments: tuple[Any, ...], seed: int = 0,
        names_elsewhere: Callable[[], Collection[str]] = frozenset) -> Report:
    """Probe the student's objects and judge what was seen.

    ``names_elsewhere()`` gives the names that the exercises ask for.
    """
    gathered = gather(exercise, arguments, seed, names_elsewhere)
    return failed(exercise, gathered) if isinstance(gathered, Diagnosis) else judge(exercise, seed, gathered)


def is_right(exercise: Exercise, arguments: tuple[Any, ...], seed: int = 0) -> bool:
    """Whether an answer gets all points: as `run` finds, and sooner, since nobody asks what a wrong one believes."""
    gathered = gather(exercise, arguments, seed)
    with torch.enable_grad():
        return not isinstance(gathered, Diagnosis) and exercise.is_right(seed, gathered)


def gather(exercise: Exercise, arguments: tuple[Any, ...], seed: int,
           names_elsewhere: Callable[[], Collection[str]] = frozenset) -> Evidence | Diagnosis:
    """The evidence of the probe; or, if the check was called with the wrong things, what is wrong with them."""
    problem = wrong_argument(exercise, arguments, names_elsewhere)
    if problem is not None:
        return exercise.diagnosis(problem)
    with quiet(seed):
        return exercise.probe(seed, *arguments)


def failed(exercise: Exercise, why: Diagnosis | Says) -> Report:
    """No points, for one reason."""
    diagnosis = exercise.diagnosis(why) if isinstance(why, Says) else why
    return Report(exercise, {criterion.key: (diagnosis,) for criterion in exercise.criteria})


def judge(exercise: Exercise, seed: int, evidence: Evidence) -> Report:
    """Judge evidence, wherever it was gathered. Pure: equal evidence gives equal reports."""
    with torch.enable_grad():  # judges need gradients of their own, whatever the notebook has switched off
        report = Report(exercise, exercise.verdict(seed, evidence))
    if NOT_WRITTEN in report.misconceptions and not report.points:
        return failed(exercise, says(NOT_WRITTEN))
    if report.points < report.max_points:
        return report
    shown = evidence.get("habits", {}).get("found", [])
    return Report(exercise, report.verdict, tuple(advice for name, advice in habits().items()
                                                  if isinstance(shown, list) and name in shown))


@contextlib.contextmanager
def quiet(seed: int) -> Iterator[None]:
    """Run student code without a trace: global generator, dtype and grad mode are put back.

    Warnings are dropped and stderr goes to stdout, because nbgrader gives no points to a
    test cell that writes to stderr, were it only a harmless warning.
    """
    dtype = torch.get_default_dtype()
    with (torch.random.fork_rng(devices=[]), torch.enable_grad(), warnings.catch_warnings(),
          contextlib.redirect_stderr(sys.stdout)):
        warnings.simplefilter("ignore")
        torch.default_generator.manual_seed(seed)  # torch.manual_seed would leave word for devices that are not there
        torch.set_default_dtype(torch.float32)
        try:
            yield
        finally:
            torch.set_default_dtype(dtype)
