"""What went wrong when the notebook was run from a clean start, and what it costs."""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from d2l_ch3.checks.catalogue import NOT_WRITTEN
from d2l_ch3.checks.report import reports_in
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import MIB, Limits
from d2l_ch3.notebooks.master import MasterCell, check_call
from d2l_ch3.notebooks.repair import Placed
from d2l_ch3.presubmit import code, problems
from d2l_ch3.presubmit.notebook import Notebook
from d2l_ch3.presubmit.problems import Finding, Place, Problem
from d2l_ch3.presubmit.rehearse import Outcome

_NAME = re.compile(r"name '(\w+)' is not defined")
_COUNTS = Text("你运行的时候，那一个在先（[{first}]），这一个在后（[{second}]）。",
               " When you ran them, that one came first ([{first}]) and this one after it ([{second}]).")
_WORKED = Text("你运行它的时候（[{count}]）还有，后来删掉或改掉了。",
               " When you ran it ([{count}]) there was one: it was deleted or changed since.")


@dataclass(frozen=True)
class Score:
    """What an exercise gets: `points` is None where a person decides; `says` names what the check found."""

    name: str
    title: str
    points: float | None
    most: float
    says: tuple[str, ...] = ()

    @property
    def full(self) -> bool:
        """Whether nothing is lost, as far as is known."""
        return self.points is None or self.points >= self.most


@dataclass(frozen=True)
class Rehearsal:
    """The code cells of the notebook that would be graded, each with what became of it."""

    notebook: Notebook
    ran: Sequence[tuple[Placed, Outcome]]
    limits: Limits

    @cached_property
    def scores(self) -> list[Score]:
        """What every exercise gets, in the order of the release."""
        outcomes = {placed.master.grade_id: outcome for placed, outcome in self.ran if placed.master}
        graded = [cell for cell in self.notebook.release.master.cells if cell.grade]
        return [self._score(cell, outcomes.get(cell.grade_id)) for cell in graded]

    def _score(self, cell: MasterCell, outcome: Outcome | None) -> Score:
        name, title = cell.grade_id.removeprefix("test-"), self.notebook.release.titles[cell.grade_id]
        if not cell.is_test or outcome is None:
            return Score(name, title, None, cell.points)
        if report := _report(outcome):
            return Score(name, title, float(report["points"]), cell.points, tuple(report["misconceptions"]))
        if outcome.end != "done" or outcome.error or check_call(cell.source):
            return Score(name, title, 0.0, cell.points)
        return Score(name, title, _number(outcome, cell.points), cell.points)

    @cached_property
    def _lost(self) -> set[str]:
        """The exercises that do not get full points."""
        return {score.name for score in self.scores if not score.full}

    @cached_property
    def _missing(self) -> dict[str, list[Placed]]:
        """The names that were not there, and the cells that wanted them; for a check that ran, the answer's cell."""
        found: dict[str, list[Placed]] = {}
        for placed, outcome in self.ran:
            report = _report(outcome)
            told = [words[1] for words in report["words"]] if report else \
                [outcome.error[1]] if outcome.error and outcome.error[0] == "NameError" else []
            for name in dict.fromkeys(match for words in told for match in _NAME.findall(words)):
                found.setdefault(name, []).append(self._answer(placed) if report else placed)
        return found

    def _answer(self, test: Placed) -> Placed:
        assert test.master
        return self.notebook.answer(test.master.grade_id.removeprefix("test-"))

    def findings(self, known: Sequence[Finding]) -> list[Finding]:
        """What is to be said of the run; `known` was found before it, and is not said again."""
        found = [*self._names(known), *(each for placed, outcome in self.ran for each in self._cell(placed, outcome))]
        explained = {finding.place for finding in (*known, *found) if finding.loses}
        return [*found, *self._wrong(explained, _setup_names(known))]

    def _loses(self, placed: Placed) -> bool:
        """Whether what goes wrong in a cell costs points: it is an answer, or was to define what one needs."""
        if placed.master:
            return placed.master.grade_id.removeprefix("test-") in self._lost
        return bool(code.bound(placed.cell.source) & self._costly)

    @cached_property
    def _costly(self) -> set[str]:
        """The missing names that an exercise lacks, or a cell that was to define such a name."""
        costly: set[str] = set()
        while more := {name for name, wanted in self._missing.items() if name not in costly and any(
                (each.master and self._loses(each)) or code.bound(each.cell.source) & costly for each in wanted)}:
            costly |= more
        return costly

    def _cell(self, placed: Placed, outcome: Outcome) -> Iterator[Finding]:
        """What went wrong in one cell, names that are missing apart."""
        if problem := self._ended(outcome):
            yield self._finding(problem, placed, outcome)
        elif outcome.seconds > self.limits.cell_time / 2:
            yield Finding(problems.SLOW, False, self.notebook.place_of(placed),
                          {"seconds": outcome.seconds, "limit": self.limits.cell_time})
        elif (problem := _raised(outcome)) and not (placed.master and placed.master.solution and self._is_stub(placed)):
            is_test = placed.master and placed.master.is_test
            yield self._finding(problems.TEST_FAILS if is_test else problem, placed, outcome)
        size = len(json.dumps(outcome.outputs))
        if size > self.limits.output:
            yield Finding(problems.MUCH_OUTPUT, False, self.notebook.place_of(placed),
                          {"size": size / MIB, "most": self.limits.output // MIB})
        if placed.master and placed.master.is_test and not placed.master.is_check and _writes_to_stderr(outcome):
            yield Finding(problems.STDERR, False, self.notebook.place_of(placed))

    def _ended(self, outcome: Outcome) -> Problem | None:
        """What kept a cell from running to its end; of those that were not run the first."""
        if outcome.end == "not-run":
            first = next(each for _, each in self.ran if each.end == "not-run")
            return problems.OUT_OF_TIME if outcome is first else None
        return {"slow": problems.TOO_SLOW, "died": problems.DIED}.get(outcome.end)

    def _finding(self, problem: Problem, placed: Placed, outcome: Outcome) -> Finding:
        name, message = outcome.error or ("", "")
        quoted = re.search(r"'(.+?)'", message)
        limit = self.limits.notebook_time if problem is problems.OUT_OF_TIME else self.limits.cell_time
        loses = self._loses(placed) or (problem is problems.OUT_OF_TIME and bool(self._lost))
        return Finding(problem, loses, self.notebook.place_of(placed), {
            "error": f"{name}: {_shortened(message)}" if message else name, "limit": limit,
            "name": quoted[1] if quoted else "?", "file": quoted[1] if quoted else message,
            "most": self.limits.scratch // MIB})

    def _is_stub(self, placed: Placed) -> bool:
        return placed.master is not None and placed.cell.source.strip() in ("", placed.master.source.strip())

    def _names(self, known: Sequence[Finding]) -> Iterator[Finding]:
        """Names that were not there when they were needed, and are not just the consequence of another error."""
        setup = _setup_names(known)
        for name, wanted in self._missing.items():
            for placed in wanted if name not in setup else []:
                if found := self._name(name, placed):
                    problem, details = found
                    place = self.notebook.place_of(placed)
                    yield Finding(problem, self._loses(placed), place, {"name": name, **details})

    def _name(self, name: str, wanted: Placed) -> tuple[Problem, dict[str, Any]] | None:
        """Why a cell did not find a name; None if the cell that was to define it failed, which is said there."""
        before, after = self._binding(name, wanted)
        if any(self._failed(each) for each in before):
            return None
        if before:
            return problems.FORGOTTEN, {"earlier": self._number(before[-1])}
        if after:
            return problems.OUT_OF_ORDER, {"later": self._number(after[0]), "evidence": self._order(wanted, after[0])}
        if not (wanted.master and wanted.master.is_test):
            return problems.NAME_GONE, {"evidence": self._deleted(wanted)}
        return (problems.NOT_DEFINED, {}) if self._answered(wanted) else None

    def _binding(self, name: str, wanted: Placed) -> tuple[list[Placed], list[Placed]]:
        """The cells that bind a name, before and after the one that wants it."""
        cells = self.notebook.repaired.cells
        place = next(index for index, each in enumerate(cells) if each is wanted)

        def among(some: Sequence[Placed]) -> list[Placed]:
            return [each for each in some if each.cell.cell_type == "code" and name in code.bound(each.cell.source)]

        return among(cells[:place]), among(cells[place + 1:])

    def _is_consequence(self, placed: Placed, explained: set[Place]) -> bool:
        """Whether a cell failed for want of a name that a cell above it was to define, and that one is explained."""
        lacking = [name for name, wanted in self._missing.items() if any(each is placed for each in wanted)]
        above = [each for name in lacking for each in self._binding(name, placed)[0]]
        return any(self.notebook.place_of(each) in explained or self._is_consequence(each, explained) for each in above)

    def _failed(self, placed: Placed) -> bool:
        outcome = next(outcome for each, outcome in self.ran if each is placed)
        return outcome.end != "done" or outcome.error is not None

    def _answered(self, test: Placed) -> bool:
        """Whether its answer was written, and ran: then it lacks the name."""
        answer = self._answer(test)
        ran = any(each is answer and outcome.end == "done" and not outcome.error for each, outcome in self.ran)
        return ran and bool(self.notebook.number(answer)) and not self._is_stub(answer)

    def _number(self, placed: Placed) -> str:
        return str(self.notebook.number(placed) or "?")

    def _count(self, placed: Placed) -> int | None:
        """The execution count that was saved with a cell."""
        number = self.notebook.number(placed)
        count = self.notebook.objects[number - 1].get("execution_count") if number else None
        return count if type(count) is int else None

    def _order(self, cell: Placed, later: Placed) -> Text:
        first, second = self._count(later), self._count(cell)
        if first is None or second is None or first > second:
            return problems.NOTHING
        return _COUNTS.format(first=first, second=second)

    def _deleted(self, cell: Placed) -> Text:
        count, number = self._count(cell), self.notebook.number(cell)
        outputs = self.notebook.objects[number - 1].get("outputs") if number else None
        failed = not isinstance(outputs, list) or any(isinstance(one, dict) and one.get("output_type") == "error"
                                                      for one in outputs)
        return problems.NOTHING if count is None or failed else _WORKED.format(count=count)

    def _wrong(self, explained: set[Place], setup: set[str]) -> Iterator[Finding]:
        """The exercises that lose points for what the check found in the answer, and for nothing said before."""
        for placed, outcome in self.ran:
            master = placed.master
            if not master or not master.is_test or master.grade_id.removeprefix("test-") not in self._lost:
                continue
            answer, report = self._answer(placed), _report(outcome)
            if {self.notebook.place_of(answer), self.notebook.place_of(placed)} & explained:
                continue
            if self._is_consequence(answer if report else placed, explained):
                continue
            if report and not setup.intersection(_NAME.findall(report["words"][0][1])):
                yield self._diagnosed(answer, master, report)
            elif not report and not setup and outcome.end != "not-run":
                yield self._finding(problems.TEST_FAILS, placed, outcome)

    def _diagnosed(self, answer: Placed, test: MasterCell, report: dict[str, Any]) -> Finding:
        """What the check says of an answer."""
        line = code.stub_line(answer.cell.source)
        partly = line and NOT_WRITTEN in report["misconceptions"]
        return Finding(problems.PART_STUB if partly else problems.WRONG, True, self.notebook.place_of(answer), {
            "points": report["points"], "most": test.points, "diagnosis": Text(*report["words"][0]), "line": line,
            "hint": test.grade_id.removeprefix("test-").replace("-", "_")})


_PROBLEMS: dict[str, Problem | None] = {
    "NameError": None, "FileNotFoundError": problems.FILE_MISSING,
    "ModuleNotFoundError": problems.PACKAGE_MISSING, "StdinNotImplementedError": problems.INPUT}
"""What an exception stands for; None if that is said elsewhere."""


def _raised(outcome: Outcome) -> Problem | None:
    return _PROBLEMS.get(outcome.error[0], problems.RAISES) if outcome.error else None


def tasks(notebook: Notebook) -> list[tuple[Placed, str]]:
    """The code cells of the notebook that would be graded, and the code that is run for each."""
    return [(placed, _telling(placed)) for placed in notebook.repaired.cells if placed.cell.cell_type == "code"]


def _telling(placed: Placed) -> str:
    """A cell's code; a check's test is run as the grader runs it, whatever `checks` may have become."""
    call = check_call(placed.cell.source) if placed.master and placed.master.is_test else None
    if call is None:
        return placed.cell.source
    name, arguments = call
    return (f"__import__('d2l_ch3.presubmit.kernel', fromlist=['tell']).tell("
            f"__import__('d2l_ch3.checks', fromlist=['checks']).{name.replace('-', '_')}({', '.join(arguments)}))")


def _setup_names(known: Sequence[Finding]) -> set[str]:
    """The names that are missing because the set-up cell is."""
    return {name for finding in known if finding.problem is problems.SETUP_GONE
            for name in str(finding.details["names"]).split(", ")}


def _report(outcome: Outcome) -> dict[str, Any] | None:
    found = [report for report in reports_in(outcome.outputs) if "words" in report]
    return found[-1] if found else None


def _number(outcome: Outcome, most: float) -> float:
    """The number at the end of a plain test, as partial credit; full points if there is none."""
    results = [output["data"].get("text/plain", "") for output in outcome.outputs
               if output["output_type"] == "execute_result"]
    try:
        return min(max(float(results[-1]), 0.0), most)
    except (IndexError, ValueError):
        return most


def _writes_to_stderr(outcome: Outcome) -> bool:
    return any(output["output_type"] == "stream" and output["name"] == "stderr" for output in outcome.outputs)


def _shortened(message: str, most: int = 120) -> str:
    line = message.strip().partition("\n")[0]
    return line if len(line) <= most else line[:most] + "…"
