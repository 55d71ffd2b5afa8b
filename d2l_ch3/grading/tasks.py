"""What goes to a grading process and what comes back; light to import, since it needs no torch."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from d2l_ch3.grading.isolation import Request
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
