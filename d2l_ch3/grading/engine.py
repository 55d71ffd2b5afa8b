"""Runs the cells of one notebook, each question on its own: what dies takes nothing else with it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from d2l_ch3.grading.isolation import Request
from d2l_ch3.grading.process import TIME_ALL, Answer, Died, Failure, Process
from d2l_ch3.grading.zygote import Zygote


@dataclass(frozen=True)
class Run:
    """An ordinary cell."""

    source: str

    def message(self) -> dict[str, Any]:
        """What the student's process is told."""
        return {"kind": "run", "source": self.source}


@dataclass(frozen=True)
class Probe:
    """A test cell that calls a check: only its probe is run there, with this seed."""

    exercise: str
    arguments: tuple[str, ...]
    seed: int

    def message(self) -> dict[str, Any]:
        """What the student's process is told."""
        return {"kind": "probe", "exercise": self.exercise, "arguments": self.arguments, "seed": self.seed}


@dataclass(frozen=True)
class Test:
    """A test cell of another kind: decided where it runs."""

    source: str

    def message(self) -> dict[str, Any]:
        """What the student's process is told."""
        return {"kind": "test", "source": self.source}


Step = Run | Probe | Test
AGAIN = 10  # how many times shorter a step may run that was too slow in an earlier process


@dataclass(frozen=True)
class Outcome:
    """What became of a cell. `answer` is the student's process's word; `failure` is the grader's."""

    outputs: list[dict[str, Any]] = field(default_factory=list)
    answer: dict[str, Any] = field(default_factory=dict)
    block: bytes = b""
    failure: Failure | None = None


def run(steps: Sequence[Step], zygote: Zygote, request: Request) -> list[Outcome]:
    """Run all steps in order and return what became of each.

    When a step takes the process down, a new one runs the steps before it again, without it; probes and tests that
    are decided stay decided. A process that was killed, not by the grader, gets a second chance: it may have been
    somebody outside. Raises IsolationError.
    """
    end = time.monotonic() + request.limits.notebook_time
    outcomes: dict[int, Outcome] = {}
    fatal: set[int] = set()
    second_chance = True
    while time.monotonic() < end:
        try:
            _run_through(steps, zygote, request, outcomes, fatal, end)
            break
        except _Ended as ended:
            if ended.death.failure.name == "killed" and second_chance:
                second_chance = False
                continue
            fatal.add(ended.index)
            outcomes.setdefault(ended.index, Outcome(ended.death.outputs, failure=ended.death.failure))
    failure = Failure("notebook-time", TIME_ALL.format(limit=request.limits.notebook_time))
    return [outcomes.get(index, Outcome(failure=failure)) for index in range(len(steps))]


class _Ended(Exception):
    """A step took the process down."""

    def __init__(self, index: int, death: Died) -> None:
        super().__init__(index)
        self.index, self.death = index, death


def _run_through(steps: Sequence[Step], zygote: Zygote, request: Request, outcomes: dict[int, Outcome],
                 fatal: set[int], end: float) -> None:
    """Run the steps that are not fatal in one process and note what becomes of them, until the time is up."""
    with Process(zygote, request) as process:
        for index, step in enumerate(steps):
            before = outcomes.get(index)
            if index in fatal or (before and isinstance(step, Probe)):
                continue
            seconds = min(request.limits.cell_time, end - time.monotonic())
            if seconds <= 0:
                return
            if before and before.failure:  # too slow the last time; it runs again for what it defines before that
                seconds /= AGAIN
            try:
                answer = process.ask(step.message(), seconds)
            except Died as death:
                raise _Ended(index, death) from None
            if not before or (isinstance(step, Run) and not before.failure):
                outcomes[index] = _outcome(answer)


def _outcome(answer: Answer) -> Outcome:
    return Outcome(answer.outputs, answer.message, answer.block, answer.failure)
