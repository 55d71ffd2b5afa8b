"""Runs the cells of one notebook, each question on its own: what dies takes nothing else with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from d2l_ch3.grading.isolation import Request
from d2l_ch3.grading.process import TIME_ALL, Died, Failure, Process
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.notebooks.replay import Down, replay


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

    @property
    def slow(self) -> bool:
        """Whether it was stopped because it took too long; what died is not run again."""
        return self.failure is not None


def run(steps: Sequence[Step], zygote: Zygote, request: Request) -> list[Outcome]:
    """Run all steps in order and return what became of each.

    What takes the process down takes no other step with it: `replay`. Probes and tests that are decided stay decided. A
    process that was killed, not by the grader, gets a second chance: it may have been somebody outside. Raises
    IsolationError.
    """
    second_chance = True

    def ask(process: Process, index: int, seconds: float, before: Outcome | None) -> Outcome:
        nonlocal second_chance
        step = steps[index]
        if before and isinstance(step, Probe):
            return before
        try:
            answer = process.ask(step.message(), seconds)
        except Died as death:
            if death.failure.name == "killed" and second_chance:
                second_chance = False
                raise Down(None) from None
            raise Down(Outcome(death.outputs, failure=death.failure)) from None
        if before and (before.slow or not isinstance(step, Run)):
            return before
        return Outcome(answer.outputs, answer.message, answer.block, answer.failure)

    outcomes = replay(len(steps), lambda: Process(zygote, request), ask, request.limits)
    never = Outcome(failure=Failure("notebook-time", TIME_ALL.format(limit=request.limits.notebook_time)))
    return [outcome or never for outcome in outcomes]
