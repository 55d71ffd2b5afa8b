"""`d2l-ch3 doctor`: what protects this machine while it grades, what is missing, and how to mend it.

Each check is a small function that looks at one thing. What the kernel may refuse is tried in a child process, which
leaves no trace. What exists only on Linux, or may not be installed, is imported where it is used, so that the doctor
answers everywhere.
"""

from pathlib import Path

from d2l_ch3.grading.doctor import course, installed, kernel, trial
from d2l_ch3.grading.doctor.lines import State
from d2l_ch3.grading.doctor.table import show

CHECKS = [*installed.CHECKS, *kernel.CHECKS, *course.CHECKS, *trial.CHECKS]
"""All checks, in the order of the table."""


def doctor(folder: Path) -> int:
    """Look at everything and show it. Returns 0 if grading can go on, 1 if something has to be mended first."""
    root = folder.resolve()
    lines = [check(root) for check in CHECKS]
    show(lines)
    return int(any(line.state is State.OFF for line in lines))
