"""Judging a test cell outside of the student's process: from evidence to points and a card."""

import hashlib
import hmac
import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from d2l_ch3 import checks
from d2l_ch3.checks.catalogue import Diagnosis, common
from d2l_ch3.checks.definition import Exercise, says
from d2l_ch3.checks.evidence import Evidence
from d2l_ch3.checks.report import MIME_TYPE, Report
from d2l_ch3.grading.engine import Outcome, Probe, Step, Test
from d2l_ch3.grading.outputs import error
from d2l_ch3.grading.process import Failure
from d2l_ch3.grading.wire import MAX_TEXT, Malformed, unpack
from d2l_ch3.language import Text
from d2l_ch3.notebooks.master import MasterCell, check_call

MAX_WORDS = 1000  # characters of a diagnosis; names and messages of the student's stand in it


@dataclass(frozen=True)
class Judged:
    """What a test cell earned. `inside` means that it was decided in the student's process."""

    points: float
    outputs: list[dict[str, Any]]
    report: dict[str, Any] | None = None
    inside: bool = False


SEEDS = 8
"""How many seeds a check has in a course: few, so that a judge keeps what models give for each (docs/security.md)."""


def seed(key: bytes, check: Sequence[str], submission: Sequence[str]) -> int:
    """The secret seed of a probe, not to be guessed: one of those that the check has with this course's key.

    Which, follows from the submission, so that it is the same when that is graded again.
    """
    place = _secret(key, "place", *check, *submission) % SEEDS
    return _secret(key, "seed", *check, str(place))


def _secret(key: bytes, *names: str) -> int:
    """A number of 31 bits that only who has the key can tell."""
    digest = hmac.new(key, "\0".join(names).encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:4], "big") >> 1


def step(cell: MasterCell, its_seed: int) -> Step:
    """How a test cell is run: as a probe if all that it does is to call one check."""
    call = check_call(cell.source)
    return Probe(call[0], call[1], its_seed) if call else Test(cell.source)


def error_of(failure: Failure | None) -> list[dict[str, Any]]:
    """The output that tells of a failure, if there was one: named like an exception, ``NotebookTime``."""
    if failure is None:
        return []
    return [error("".join(word.capitalize() for word in failure.name.split("-")), str(failure.text))]


def judged(cell: MasterCell, asked: Step, outcome: Outcome) -> Judged:
    """The points of a test cell and what its reader sees."""
    if isinstance(asked, Probe):
        return _judged_probe(asked, outcome)
    return Judged(_points_inside(cell, outcome), [*outcome.outputs, *error_of(outcome.failure)], inside=True)


def _judged_probe(asked: Probe, outcome: Outcome) -> Judged:
    report = _shortened(_report(checks.exercise(asked.exercise), asked, outcome))
    shown = [output for output in outcome.outputs if output["output_type"] != "execute_result"]
    return Judged(report.points, [*shown, _card(report)], report.as_json())


def _report(exercise: Exercise, asked: Probe, outcome: Outcome) -> Report:
    """The judge's report; a report without points where there is nothing to judge."""
    from d2l_ch3.checks.check import failed, judge  # brings torch

    answer = outcome.answer
    if outcome.failure:
        return failed(exercise, says("stopped", reason=outcome.failure.text))
    try:
        if answer.get("kind") == "evidence":
            return judge(exercise, asked.seed, received(answer["evidence"], outcome.block))
        if answer.get("kind") == "unbound":
            return failed(exercise, says("not-defined", message=_text(answer["error"]["message"])))
        if answer.get("kind") == "refused":
            return failed(exercise, Diagnosis("wrong-argument", common()["wrong-argument"].title,
                                              Text(_text(answer["zh"]), _text(answer["en"]))))
    except Exception:  # evidence of a form that no probe gives
        pass
    return failed(exercise, says("no-evidence"))


def _shortened(report: Report) -> Report:
    """The report with no diagnosis longer than a person reads."""
    def short(words: str) -> str:
        return words if len(words) <= MAX_WORDS else words[:MAX_WORDS] + "…"

    return replace(report, verdict={key: tuple(replace(one, text=Text(*map(short, one.text)),
                                                       title=Text(*map(short, one.title))) for one in found)
                                    for key, found in report.verdict.items()})


class Told(dict[str, Any]):
    """What a student's process told of one trial. What an honest one tells is there, or the error that prevented it."""

    def __contains__(self, key: object) -> bool:
        """Whether it was told; raises KeyError for what is missing without an error."""
        told = self.keys()
        if key not in told and key != "error" and "error" not in told:
            raise KeyError(key)
        return key in told

    def get(self, key: str, default: Any = None) -> Any:
        """What was told, or the default if there was an error; raises KeyError if neither is there."""
        return super().get(key, default) if key in self else default


def received(structure: Any, block: bytes) -> Evidence:
    """The evidence that came over the wire. Raises Malformed if it is of a form that no probe gives."""
    evidence = unpack(structure, block)
    if not isinstance(evidence, dict) or not all(isinstance(trial, dict) for trial in evidence.values()):
        raise Malformed("evidence that has no trials")
    for trial in evidence.values():
        error = trial.get("error", _NO_ERROR)
        if not isinstance(error, dict) or {key: type(value) for key, value in error.items()} != _ERROR_FORM:
            raise Malformed("an error that says nothing")
    return Evidence((name, Told(trial)) for name, trial in evidence.items())


_NO_ERROR = {"type": "", "message": "", "line": 0, "code": ""}
_ERROR_FORM = {key: type(value) for key, value in _NO_ERROR.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > MAX_TEXT:
        raise Malformed("no text")
    return value


def _card(report: Report) -> dict[str, Any]:
    """The report as the result of its cell."""
    return {"output_type": "execute_result", "execution_count": None, "metadata": {},
            "data": {"text/plain": repr(report.points), "text/html": report._repr_html_(),
                     MIME_TYPE: report.as_json()}}


def _points_inside(cell: MasterCell, outcome: Outcome) -> float:
    """Full points if nothing was raised, or the number at the end of the cell, never less than 0 or more than full.

    An error that is only shown, as by what a cell magic runs, counts like one that is raised: as with nbgrader.
    """
    if outcome.failure or outcome.answer.get("ok") is not True or any(
            output["output_type"] == "error" for output in outcome.outputs):
        return 0.0
    points = outcome.answer.get("points")
    if not isinstance(points, float):
        return cell.points
    return min(max(points, 0.0), cell.points) if math.isfinite(points) else 0.0
