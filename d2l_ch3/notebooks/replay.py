"""Running the cells of a notebook in order, though one may take down the process that runs them.

What dies takes nothing else with it: a new process runs the cells before it again, without it, and goes on.
"""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from d2l_ch3.notebooks.limits import Limits

AGAIN = 10
"""How many times shorter a cell may run that was too slow in an earlier process."""


class _Outcome(Protocol):
    @property
    def slow(self) -> bool:
        """Whether the cell was interrupted because it took too long."""


Outcome = TypeVar("Outcome", bound=_Outcome)
Process = TypeVar("Process")


class Down(Exception):
    """A cell took the process down; `outcome` is what became of it, or None if it is not to blame and may try again."""

    def __init__(self, outcome: Any) -> None:
        super().__init__()
        self.outcome = outcome


def replay(count: int, start: Callable[[], AbstractContextManager[Process]],
           run: Callable[[Process, int, float, Outcome | None], Outcome], limits: Limits,
           clock: Callable[[], float] = time.monotonic) -> list[Outcome | None]:
    """What became of `count` cells; None where their turn never came within the time of the whole notebook.

    ``run(process, index, seconds, before)`` runs a cell for so many seconds at most, given what became of it in an
    earlier process, and returns what is to stand. It raises Down if the process is gone. `clock` tells the seconds that
    count.
    """
    end = clock() + limits.notebook_time
    outcomes: list[Outcome | None] = [None] * count
    fatal: set[int] = set()
    while clock() < end:
        with start() as process:
            for index in (each for each in range(count) if each not in fatal):
                before, left = outcomes[index], end - clock()
                if left <= 0:
                    return outcomes
                seconds = min(limits.cell_time, left) / (AGAIN if before and before.slow else 1)
                try:
                    outcomes[index] = run(process, index, seconds, before)
                except Down as down:
                    if down.outcome is not None:
                        fatal.add(index)
                        outcomes[index] = before or down.outcome
                    break
            else:
                return outcomes
    return outcomes
