"""The rehearsal: the code cells of a notebook that would be graded, each with what became of it in a clean run.

What can be said of it is in three modules: `names` tells which names were missing and why, `costs` what each exercise
gets and which cells lose points, `findings` what the student is told. An example:

    1          width = len(open("width.txt").read())  raised FileNotFoundError
    2          layer = nn.Linear(width, 1)            raised NameError: name 'width' is not defined
    3  answer  class Net(nn.Module): … layer …        done
    4  test    checks.net(Net)                        0 of 4: name 'layer' is not defined

names     `width` was missing in 2, and `layer` in 3: a check that ran speaks of the answer, not of the test. Both have
          a cell before them that was to define them and failed, so there is nothing to explain about either.
costs     `net` gets 0 of 4, so 3 loses points. It lacks `layer`, so 2 loses them too, and with it 1, for `width`.
          If no exercise lacked `layer`, neither 1 nor 2 would cost anything.
findings  1: the file is not there, and that costs points. Nothing of 2, 3 and 4, which only follow from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from d2l_ch3.checks.report import reports_in
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.master import check_call
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.presubmit.clean_run import Outcome
from d2l_ch3.presubmit.notebook import Notebook


@dataclass(frozen=True)
class Rehearsal:
    """The code cells of the notebook that would be graded, in order, and the limits within which they ran."""

    notebook: Notebook
    ran: Sequence[tuple[Placed, Outcome]]
    limits: Limits

    def succeeded(self, placed: Placed) -> bool:
        """Whether a cell was run and came to its end."""
        return any(each is placed and outcome.end == "done" and not outcome.error for each, outcome in self.ran)

    def answer(self, test: Placed) -> Placed:
        """The answer that a test is for."""
        assert test.master
        return self.notebook.answer(test.master.exercise)


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


def report_of(outcome: Outcome) -> dict[str, Any] | None:
    """What a check reported, with its ``"words"`` in both languages."""
    found = [report for report in reports_in(outcome.outputs) if "words" in report]
    return found[-1] if found else None


def is_stub(placed: Placed) -> bool:
    """Whether an answer is empty, or as it was given out."""
    return placed.master is not None and placed.cell.source.strip() in ("", placed.master.source.strip())
