"""Running a check: look at the arguments, probe, judge, report."""

import contextlib
import inspect
import sys
import warnings
from collections.abc import Callable, Collection, Iterator
from typing import Any

import torch
from torch import nn

from d2l_ch3.checks.common import NOT_WRITTEN, type_name
from d2l_ch3.checks.evidence import Evidence, plain
from d2l_ch3.checks.exercise import Argument, Diagnosis, Exercise, Misconception
from d2l_ch3.checks.report import Report
from d2l_ch3.language import Text

DEFAULT_SEED = 0

_KINDS = {
    "class": (Text("类（继承 nn.Module）", "a class (a subclass of nn.Module)"),
              lambda value: isinstance(value, type) and issubclass(value, nn.Module)),
    "function": (Text("函数", "a function"),
                 lambda value: callable(value) and not isinstance(value, type | nn.Module)),
    "dict": (Text("字典", "a dict"), lambda value: isinstance(value, dict)),
}

WRONG_ARGUMENT = Misconception("wrong-argument", Text(
    "这个检查要的是{kind} `{name}`，给它的却是{got}。这样调用：`{call}`。",
    "This check wants {kind} named `{name}`, but it was given{got}. Call it like this: `{call}`."))

_INSTANCE = Text(" {cls} 的一个实例（不要加括号去创建它）",
                 " an instance of {cls} (leave off the parentheses that make it)")
_NOTHING = Text("什么都没有", " nothing at all")
_EXTRA = Text("多了一个 {extra}", " one thing too many, of type {extra}")
_OTHER = Text(" {value}，那是另一道题的", " {value}, which belongs to another exercise")


def run(exercise: Exercise, arguments: tuple[Any, ...], seed: int = DEFAULT_SEED,
        names_elsewhere: Callable[[], Collection[str]] = frozenset) -> Report:
    """Probe the student's objects and judge what was seen.

    ``names_elsewhere()`` gives the names that the exercises ask for.
    """
    gathered = gather(exercise, arguments, seed, names_elsewhere)
    return failed(exercise, gathered) if isinstance(gathered, Diagnosis) else judge(exercise, seed, gathered)


def gather(exercise: Exercise, arguments: tuple[Any, ...], seed: int,
           names_elsewhere: Callable[[], Collection[str]] = frozenset) -> Evidence | Diagnosis:
    """The evidence of the probe; or, if the check was called with the wrong things, what is wrong with them."""
    problem = wrong_argument(exercise, arguments, names_elsewhere)
    if problem is not None:
        return problem
    with quiet(seed):
        return exercise.probe(seed, *arguments)


def failed(exercise: Exercise, diagnosis: Diagnosis) -> Report:
    """No points, for one reason."""
    return Report(exercise, {criterion.key: diagnosis for criterion in exercise.criteria})


def judge(exercise: Exercise, seed: int, evidence: Evidence) -> Report:
    """Judge evidence, wherever it was gathered. Pure: equal evidence gives equal reports."""
    with torch.enable_grad():  # some judges need gradients of their own, whatever the notebook has switched off
        report = Report(exercise, exercise.verdict(seed, evidence))
    if NOT_WRITTEN.key in report.misconceptions and not report.points:
        return failed(exercise, NOT_WRITTEN())
    return report


def wrong_argument(exercise: Exercise, arguments: tuple[Any, ...],
                   names_elsewhere: Callable[[], Collection[str]]) -> Diagnosis | None:
    """What is wrong with what the check was called with, if anything is."""
    call = f"checks.{exercise.function}({', '.join(argument.name for argument in exercise.takes)})"
    for index, argument in enumerate(exercise.takes):
        words, fits = _KINDS[argument.kind]
        if index >= len(arguments):
            return WRONG_ARGUMENT(kind=words, name=argument.name, got=_NOTHING, call=call)
        value = arguments[index]
        own_name = getattr(value, "__name__", "")
        if not fits(value):
            return WRONG_ARGUMENT(kind=words, name=argument.name, got=_named(value, argument), call=call)
        if own_name and own_name != argument.name and own_name in names_elsewhere():
            return WRONG_ARGUMENT(kind=words, name=argument.name, got=_OTHER.format(value=own_name), call=call)
    if len(arguments) > len(exercise.takes):
        extra = type_name(plain(arguments[len(exercise.takes)]))
        return WRONG_ARGUMENT(kind=words, name=argument.name, got=_EXTRA.format(extra=extra), call=call)
    return None


def _named(value: Any, argument: Argument) -> Text | str:
    if argument.kind == "class" and isinstance(value, nn.Module):
        return _INSTANCE.format(cls=type(value).__name__)
    if inspect.isclass(value):
        return f" class {value.__name__}"
    return f" {value[:40]!r}" if isinstance(value, str) else f" {type(value).__name__}"


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
