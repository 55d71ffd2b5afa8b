"""Within the kernel that the doctor starts: the few things that are as in the grader, and telling what a check says."""

import sys
from typing import Any

from IPython.core.getipython import get_ipython
from IPython.display import display

from d2l_ch3.checks.report import MIME_TYPE, Report


def prepare() -> None:
    """``exit()`` ends the cell and not the kernel; files beside the notebook do not hide packages."""
    def ask_exit() -> None:
        raise SystemExit

    shell = get_ipython()
    shell.ask_exit = ask_exit  # type: ignore[union-attr]
    sys.path[:] = [*(each for each in sys.path if each), ""]


def tell(report: Report) -> Any:
    """Show a report as data, with the words of its diagnoses in both languages."""
    words = [list(diagnosis.text) for diagnosis in report.diagnoses]
    display({MIME_TYPE: {**report.as_json(), "words": words}}, raw=True)
