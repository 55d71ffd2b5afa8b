"""Runs the cells of one notebook, each question on its own: what dies takes nothing else with it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from d2l_ch3.grading.outputs import Room
from d2l_ch3.grading.process import TIME_ALL, Clock, Died, Failure, Process
from d2l_ch3.grading.request import IsolationError, Request
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import Text
from d2l_ch3.notebooks.replay import Down, replay
from d2l_ch3.notebooks.submission import Unreadable

OUTPUTS = 8  # times the output of one cell that all cells together may keep, replays included
_UNUSABLE = Text("和笔记本一起交的文件没法放到它旁边（{why}）。只交作业要的文件，再交一次。",
                 "The files that came with the notebook cannot be put beside it ({why}). Hand in only the files that "
                 "the assignment asks for.")


class Unusable(Unreadable):
    """The files beside a notebook keep it from being run, though this machine can isolate others."""


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
        return {"kind": "probe", **vars(self)}

    def again(self) -> dict[str, Any]:
        """What another process is told when it is decided: that it stood there, without the seed."""
        return {"kind": "decided", "exercise": self.exercise, "arguments": self.arguments}


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
    IsolationError and Unusable.
    """
    second_chance = True

    def ask(process: Process, index: int, seconds: float, before: Outcome | None) -> Outcome:
        nonlocal second_chance
        step = steps[index]
        try:
            answer = process.ask(step.again() if before and isinstance(step, Probe) else step.message(), seconds)
        except Died as death:
            if death.failure.name == "killed" and second_chance:
                second_chance = False
                raise Down(None) from None
            raise Down(Outcome(death.outputs, failure=death.failure)) from None
        if before and (before.slow or not isinstance(step, Run)):
            return before
        return Outcome(answer.outputs, answer.message, answer.block, answer.failure)

    room = Room(OUTPUTS * request.limits.output)
    clock = Clock(request.limits.notebook_time)
    outcomes = replay(len(steps), lambda: started(zygote, request, room, clock), ask, request.limits, clock)
    never = Outcome(failure=Failure("notebook-time", TIME_ALL.format(limit=request.limits.notebook_time)))
    return [outcome or never for outcome in outcomes]


def started(zygote: Zygote, request: Request, room: Room, clock: Clock) -> Process:
    """A process for the notebook. Raises IsolationError if there are no walls here, and Unusable if there are.

    What was handed in must not look like a machine that cannot isolate: what fails with files is tried without any.
    """
    for last in (False, True):
        try:
            return Process(zygote, request, room, clock)
        except IsolationError as error:
            if not request.files:
                raise
            Process(zygote, replace(request, files=())).end()
            if last:
                raise Unusable(_UNUSABLE.format(why=error)) from error
    raise AssertionError
