"""The examination: read, compare, run, and say what would become of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.submission import Unreadable
from d2l_ch3.presubmit import problems
from d2l_ch3.presubmit.clean_run import rehearse
from d2l_ch3.presubmit.costs import Costs, Score
from d2l_ch3.presubmit.differences import differences, unanswered
from d2l_ch3.presubmit.findings import Findings
from d2l_ch3.presubmit.names import Names
from d2l_ch3.presubmit.notebook import Notebook
from d2l_ch3.presubmit.problems import Finding, Place
from d2l_ch3.presubmit.rehearsal import Rehearsal, tasks

Run = Callable[[list[str], Path, Limits], list]
"""Runs cells; `rehearse`, or the same with a progress bar."""


@dataclass(frozen=True)
class Checked:
    """What was found, and the points of each exercise."""

    findings: list[Finding]
    scores: list[Score] = field(default_factory=list)

    @property
    def loses(self) -> bool:
        """Whether points would be lost."""
        return any(finding.loses for finding in self.findings)


def examine(notebook: Notebook, run: Run = rehearse, limits: Limits | None = None) -> Checked:
    """Find everything that is wrong with a notebook; ``run`` runs it from a clean start."""
    limits = limits or Limits()
    found = [*differences(notebook), *unanswered(notebook)]
    planned = tasks(notebook)
    outcomes = run([source for _, source in planned], notebook.path.absolute().parent, limits)
    ran = [(placed, outcome) for (placed, _), outcome in zip(planned, outcomes, strict=True)]
    rehearsal = Rehearsal(notebook, ran, limits)
    names = Names(rehearsal)
    costs = Costs(rehearsal, names)
    findings = [*found, *Findings(rehearsal, names, costs).all(found)]
    return Checked(sorted(findings, key=lambda one: (not one.loses, one.place.number or _belongs(notebook, one.place))),
                   costs.scores)


def _belongs(notebook: Notebook, place: Place) -> int:
    """Where what is not there would be: after the last cell of its exercise that is."""
    return max((number for number in range(1, len(notebook.cells) + 1) if notebook.place(number).title == place.title),
               default=0)


def rejected(path: Path, reason: Unreadable) -> Checked:
    """What is to be said of a file that is no notebook."""
    line = _conflict(path)
    found = Finding(problems.CONFLICT, True, details={"line": line, "name": path.name}) if line else \
        Finding(problems.REJECTED, True, details={"reason": reason.reason})
    return Checked([found])


def _conflict(path: Path) -> int | None:
    """The line of the first mark of a merge conflict in a file."""
    try:
        lines = path.read_bytes().splitlines() if path.is_file() and path.stat().st_size < problems.READABLE else []
    except OSError:
        return None
    return next((number for number, line in enumerate(lines, 1) if line.startswith(b"<<<<<<< ")), None)
