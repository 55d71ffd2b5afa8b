"""What the engine is asked for, which every system can say; only Linux can do it."""

from dataclasses import dataclass
from typing import Any

from d2l_ch3.language import DEFAULT_LANGUAGE
from d2l_ch3.notebooks.limits import Limits


class IsolationError(Exception):
    """The walls cannot be put up on this machine."""


@dataclass(frozen=True)
class Request:
    """What the zygote is asked for: a process for one notebook."""

    limits: Limits
    files: tuple[tuple[str, str], ...] = ()
    """Files of the scratch folder: where each is now, and its path there."""
    isolated: bool = True
    execute: bool = True
    """Whether anything is run at all; nbgrader's `--no-execute`."""
    skipped: str = "skip-execution"
    """The tag of cells that are not run, tests apart; nbgrader's `c.ExecutePreprocessor.skip_cells_with_tag`."""
    ignored: tuple[str, ...] = ()
    """Patterns of names that do not stand beside the notebook; nbgrader's `c.CourseDirectory.ignore`."""
    students_own: tuple[str, ...] = ()
    """Files of the assignment of which the student's count; nbgrader's `c.Autograde.exclude_overwriting`."""
    language: str = DEFAULT_LANGUAGE
    """The course's, for a notebook that chooses none; `c.FeedbackPage.edition`."""

    @classmethod
    def of(cls, fields: dict[str, Any]) -> "Request":
        """The request that was sent as plain data."""
        return cls(Limits(**fields["limits"]), tuple((path, name) for path, name in fields["files"]),
                   fields["isolated"], language=fields["language"])
