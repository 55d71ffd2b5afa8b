"""What an exercise is made of, as plain data: criteria, misconceptions, hints, a probe and a judge."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from d2l_ch3.checks.evidence import Evidence
from d2l_ch3.language import Text

_FIRST_WORD = re.compile(r"^[a-z]+(?![\w.(])")  # of a sentence; no name such as nn.Linear or net2


@dataclass(frozen=True)
class Criterion:
    """One thing that an answer must do, worth whole points, all or nothing."""

    key: str
    points: int
    title: Text


@dataclass(frozen=True)
class Misconception:
    """A named wrong belief and its explanation: what happened, why, what to try next.

    ``text`` may have ``{placeholders}``; ``misconception(got=3)`` fills them. A mere
    symptom is shown only where no cause was found.
    """

    key: str
    text: Text
    symptom: bool = False

    def __call__(self, **details: object) -> "Diagnosis":
        """The diagnosis with the placeholders of the text filled in."""
        zh, en = self.text.format(**details)
        return Diagnosis(self.key, Text(zh, _FIRST_WORD.sub(lambda found: found[0].capitalize(), en)), self.symptom)


@dataclass(frozen=True)
class Diagnosis:
    """A misconception found in an answer, its text filled in."""

    key: str
    text: Text
    symptom: bool = False


@dataclass(frozen=True)
class Argument:
    """A name that the check is called with, and what it must be bound to: class, function or dict."""

    name: str
    kind: str


Verdict = Mapping[str, Diagnosis | None]
"""For each criterion's key: None where it holds, otherwise what explains that it does not."""


@dataclass(frozen=True)
class Exercise:
    """One graded exercise.

    ``probe(seed, *arguments)`` runs the student's code and returns evidence;
    ``judge(seed, evidence)`` is pure and returns the verdict.
    """

    name: str
    takes: tuple[Argument, ...]
    criteria: tuple[Criterion, ...]
    hints: tuple[Text, Text, Text]
    probe: Callable[..., Evidence]
    judge: Callable[[int, Evidence], Verdict]
    misconceptions: tuple[Misconception, ...] = field(default=())

    @property
    def points(self) -> int:
        """The most points that an answer can get."""
        return sum(criterion.points for criterion in self.criteria)

    @property
    def function(self) -> str:
        """The name under which a student calls the check: ``parallel_block``."""
        return self.name.replace("-", "_")

    def verdict(self, seed: int, evidence: Evidence) -> dict[str, Any]:
        """The judge's verdict, complete: every criterion has its entry."""
        verdict = dict(self.judge(seed, evidence))
        keys = [criterion.key for criterion in self.criteria]
        if list(verdict) != keys:
            raise ValueError(f"judge of {self.name} returned {list(verdict)}, its criteria are {keys}")
        return verdict
