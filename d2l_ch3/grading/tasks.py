"""What goes to a grading process and what comes back; light to import, since it needs no torch."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from d2l_ch3.grading.request import Request
from d2l_ch3.language import Text
from d2l_ch3.notebooks.master import Master

RECORD = "d2l_ch3"
"""Where a graded notebook's metadata hold the grader's record of it."""


@dataclass(frozen=True)
class Task:
    """One notebook to grade. `key` is the course's secret, from which seeds are drawn."""

    student: str
    path: Path
    master: Master
    key: bytes
    request: Request


@dataclass(frozen=True)
class Submission:
    """What a student handed in: a task a notebook, the fingerprint of each, and where it goes when it is graded.

    `refused` says why it cannot be graded, if that showed when it was only looked at.
    """

    student: str
    folder: Path
    graded_folder: Path
    tasks: tuple[Task, ...]
    fingerprints: tuple[str, ...] = ()
    timestamp: str = ""
    refused: Text | None = None


@dataclass
class Graded:
    """A graded notebook. `scores` has None where a person decides; `empty` are the answers left as they were given."""

    student: str
    master: Master
    notebook: dict[str, Any]
    scores: dict[str, float | None]
    empty: set[str]
    record: dict[str, Any] = field(default_factory=dict)
    """Plain data for reports: what was mended, what was decided inside, what failed, whether there were walls."""

    @property
    def rejected(self) -> bool:
        """Whether the submission could not be read."""
        return bool(self.record["rejected"])
