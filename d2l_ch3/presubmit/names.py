"""Names that were not there when they were needed, and why."""

import re
from collections.abc import Collection, Iterator, Sequence
from functools import cached_property
from typing import Any

from d2l_ch3.language import Text
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.presubmit import problems, syntax
from d2l_ch3.presubmit.problems import Place, Problem
from d2l_ch3.presubmit.rehearsal import Rehearsal, is_stub, report_of

_NAME = re.compile(r"name '(\w+)' is not defined")
_COUNTS = Text("你运行的时候，那一个在先（[{first}]），这一个在后（[{second}]）。",
               " When you ran them, that one came first ([{first}]) and this one after it ([{second}]).")
_WORKED = Text("你运行它的时候（[{count}]）还有，后来删掉或改掉了。",
               " When you ran it ([{count}]) there was one: it was deleted or changed since.")

Reason = tuple[Problem, dict[str, Any]]
"""Why a name is missing, and the details of it."""


def names_in(message: str) -> list[str]:
    """The names that a NameError says are not defined."""
    return _NAME.findall(message)


class Names:
    """The missing names of a rehearsal."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self._rehearsal, self._notebook = rehearsal, rehearsal.notebook

    @cached_property
    def wanted(self) -> dict[str, list[Placed]]:
        """The names that were not there, and the cells that wanted them; for a check that ran, the answer's cell."""
        found: dict[str, list[Placed]] = {}
        for placed, outcome in self._rehearsal.ran:
            report = report_of(outcome)
            told = [words[1] for words in report["words"]] if report else \
                [outcome.error[1]] if outcome.error and outcome.error[0] == "NameError" else []
            for name in dict.fromkeys(name for words in told for name in names_in(words)):
                found.setdefault(name, []).append(self._rehearsal.answer(placed) if report else placed)
        return found

    def reasons(self, known: Collection[str]) -> Iterator[tuple[str, Placed, Reason]]:
        """Each name, a cell that wanted it, and why it is missing; without those `known` and mere consequences."""
        for name, cells in self.wanted.items():
            for placed in cells if name not in known else []:
                if reason := self._reason(name, placed):
                    yield name, placed, reason

    def is_consequence(self, placed: Placed, explained: Collection[Place]) -> bool:
        """Whether a cell failed for want of a name that a cell above it was to define, and that one is explained."""
        lacking = [name for name, cells in self.wanted.items() if any(each is placed for each in cells)]
        above = [each for name in lacking for each in self._binding(name, placed)[0]]
        return any(self._notebook.place_of(each) in explained or self.is_consequence(each, explained)
                   for each in above)

    def _reason(self, name: str, wanted: Placed) -> Reason | None:
        """Why a cell did not find a name; None if the cell that was to define it failed, which is said there."""
        before, after = self._binding(name, wanted)
        if not all(map(self._rehearsal.succeeded, before)):
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
        cells = self._notebook.repaired.cells
        place = next(index for index, each in enumerate(cells) if each is wanted)

        def among(some: Sequence[Placed]) -> list[Placed]:
            return [each for each in some if each.cell.cell_type == "code" and name in syntax.bound(each.cell.source)]

        return among(cells[:place]), among(cells[place + 1:])

    def _answered(self, test: Placed) -> bool:
        """Whether its answer was written, and ran: then it lacks the name."""
        answer = self._rehearsal.answer(test)
        return bool(self._notebook.number(answer)) and not is_stub(answer) and self._rehearsal.succeeded(answer)

    def _number(self, placed: Placed) -> str:
        return str(self._notebook.number(placed) or "?")

    def _count(self, placed: Placed) -> int | None:
        """The execution count that was saved with a cell."""
        number = self._notebook.number(placed)
        count = self._notebook.objects[number - 1].get("execution_count") if number else None
        return count if type(count) is int else None

    def _order(self, cell: Placed, later: Placed) -> Text:
        """What the execution counts say of two cells that stand in the wrong order."""
        first, second = self._count(later), self._count(cell)
        if first is None or second is None or first > second:
            return problems.NOTHING
        return _COUNTS.format(first=first, second=second)

    def _deleted(self, cell: Placed) -> Text:
        """What the outputs saved with a cell say of a name that no cell binds."""
        count, number = self._count(cell), self._notebook.number(cell)
        outputs = self._notebook.objects[number - 1].get("outputs") if number else None
        failed = not isinstance(outputs, list) or any(isinstance(one, dict) and one.get("output_type") == "error"
                                                      for one in outputs)
        return problems.NOTHING if count is None or failed else _WORKED.format(count=count)
