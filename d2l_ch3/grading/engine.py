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
        with Process(zygote, request) as process:
            for index, step in enumerate(steps):
                decided = index in outcomes and not isinstance(step, Run)
                if index in fatal or (decided and isinstance(step, Probe)):
                    continue
                seconds = min(request.limits.cell_time, end - time.monotonic())
                try:
                    answer = process.ask(step.message(), max(seconds, 0.01))
                except Died as death:
                    if death.failure.name == "killed" and second_chance:
                        second_chance = False
                        break
                    fatal.add(index)
                    if not decided:
                        outcomes[index] = Outcome(death.outputs, failure=death.failure)
                    break
                if not decided:
                    outcomes[index] = _outcome(answer)
            else:
                break
    failure = Failure("notebook-time", TIME_ALL.format(limit=request.limits.notebook_time))
    return [outcomes.get(index, Outcome(failure=failure)) for index in range(len(steps))]


def _outcome(answer: Answer) -> Outcome:
    return Outcome(answer.outputs, answer.message, answer.block, answer.failure)
