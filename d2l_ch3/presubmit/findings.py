"""What is to be said of a rehearsal: what went wrong, where, and whether it costs points."""

import json
import re
from collections.abc import Collection, Iterator, Sequence
from typing import Any

from d2l_ch3.checks.catalogue import NOT_WRITTEN
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import MIB
from d2l_ch3.notebooks.master import MasterCell
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.presubmit import problems, syntax
from d2l_ch3.presubmit.clean_run import Outcome
from d2l_ch3.presubmit.costs import Costs
from d2l_ch3.presubmit.names import Names, names_in
from d2l_ch3.presubmit.problems import Finding, Place, Problem
from d2l_ch3.presubmit.rehearsal import Rehearsal, is_stub, report_of

_PROBLEMS: dict[str, Problem | None] = {
    "NameError": None, "FileNotFoundError": problems.FILE_MISSING,
    "ModuleNotFoundError": problems.PACKAGE_MISSING, "StdinNotImplementedError": problems.INPUT}
"""What an exception stands for; None if that is said elsewhere."""


class Findings:
    """The findings of a rehearsal."""

    def __init__(self, rehearsal: Rehearsal, names: Names, costs: Costs) -> None:
        self._rehearsal, self._names, self._costs = rehearsal, names, costs
        self._place_of = rehearsal.notebook.place_of

    def all(self, known: Sequence[Finding]) -> list[Finding]:
        """All of them; `known` was found before the run, and is not said again."""
        lacking = {name for finding in known if finding.problem is problems.SETUP_GONE
                   for name in str(finding.details["names"]).split(", ")}
        found = [*self._missing(lacking), *(each for placed, outcome in self._rehearsal.ran
                                            for each in self._cell(placed, outcome))]
        explained = {finding.place for finding in (*known, *found) if finding.loses}
        return [*found, *self._wrong(explained, lacking)]

    def _missing(self, lacking: Collection[str]) -> Iterator[Finding]:
        """Names that were not there, but for those that are `lacking` because the set-up cell is."""
        for name, placed, (problem, details) in self._names.reasons(lacking):
            yield Finding(problem, self._costs.loses(placed), self._place_of(placed), {"name": name, **details})

    def _cell(self, placed: Placed, outcome: Outcome) -> Iterator[Finding]:
        """What went wrong in one cell, names that are missing apart."""
        limits = self._rehearsal.limits
        if problem := self._ended(outcome):
            yield self._finding(problem, placed, outcome)
        elif outcome.seconds > limits.cell_time / 2:
            yield Finding(problems.SLOW, False, self._place_of(placed),
                          {"seconds": outcome.seconds, "limit": limits.cell_time})
        elif (problem := _raised(outcome)) and not (placed.master and placed.master.solution and is_stub(placed)):
            is_test = placed.master and placed.master.is_test
            yield self._finding(problems.TEST_FAILS if is_test else problem, placed, outcome)
        size = len(json.dumps(outcome.outputs))
        if size > limits.output:
            yield Finding(problems.MUCH_OUTPUT, False, self._place_of(placed),
                          {"size": size / MIB, "most": limits.output // MIB})
        if placed.master and placed.master.is_test and not placed.master.is_check and _writes_to_stderr(outcome):
            yield Finding(problems.STDERR, False, self._place_of(placed))

    def _ended(self, outcome: Outcome) -> Problem | None:
        """What kept a cell from running to its end; of those that were not run the first."""
        if outcome.end == "not-run":
            first = next(each for _, each in self._rehearsal.ran if each.end == "not-run")
            return problems.OUT_OF_TIME if outcome is first else None
        return {"slow": problems.TOO_SLOW, "died": problems.DIED}.get(outcome.end)

    def _finding(self, problem: Problem, placed: Placed, outcome: Outcome) -> Finding:
        limits = self._rehearsal.limits
        name, message = outcome.error or ("", "")
        quoted = re.search(r"'(.+?)'", message)
        limit = limits.notebook_time if problem is problems.OUT_OF_TIME else limits.cell_time
        loses = self._costs.loses(placed) or (problem is problems.OUT_OF_TIME and bool(self._costs.lost))
        return Finding(problem, loses, self._place_of(placed), {
            "error": f"{name}: {_shortened(message)}" if message else name, "limit": limit,
            "name": quoted[1] if quoted else "?", "file": quoted[1] if quoted else message,
            "most": limits.scratch // MIB})

    def _wrong(self, explained: Collection[Place], lacking: Collection[str]) -> Iterator[Finding]:
        """The exercises that lose points for what the check found in the answer, and for nothing said before."""
        for placed, outcome in self._rehearsal.ran:
            master = placed.master
            if not master or not master.is_test or master.exercise not in self._costs.lost:
                continue
            answer, report = self._rehearsal.answer(placed), report_of(outcome)
            if self._place_of(answer) in explained or self._place_of(placed) in explained:
                continue
            if self._names.is_consequence(answer if report else placed, explained):
                continue
            if report and not set(lacking).intersection(names_in(report["words"][0][1])):
                yield self._diagnosed(answer, master, report)
            elif not report and not lacking and outcome.end != "not-run":
                yield self._finding(problems.TEST_FAILS, placed, outcome)

    def _diagnosed(self, answer: Placed, test: MasterCell, report: dict[str, Any]) -> Finding:
        """What the check says of an answer."""
        line = syntax.stub_line(answer.cell.source)
        partly = line and NOT_WRITTEN in report["misconceptions"]
        return Finding(problems.PART_STUB if partly else problems.WRONG, True, self._place_of(answer), {
            "points": report["points"], "most": test.points, "diagnosis": Text(*report["words"][0]), "line": line,
            "hint": test.exercise.replace("-", "_")})


def _raised(outcome: Outcome) -> Problem | None:
    return _PROBLEMS.get(outcome.error[0], problems.RAISES) if outcome.error else None


def _writes_to_stderr(outcome: Outcome) -> bool:
    return any(output["output_type"] == "stream" and output["name"] == "stderr" for output in outcome.outputs)


def _shortened(message: str, most: int = 120) -> str:
    line = message.strip().partition("\n")[0]
    return line if len(line) <= most else line[:most] + "…"
