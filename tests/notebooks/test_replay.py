"""What takes a process down takes nothing else with it: the loop that the grader and the pre-submit doctor share."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.replay import AGAIN, Down, replay


@dataclass(frozen=True)
class Outcome:
    process: int
    slow: bool = False


class Cells:
    """Cells whose numbers say what they do; notes which ran, where, and for how long they might."""

    def __init__(self, deadly: set[int] = frozenset(), slow: set[int] = frozenset(), innocent: int = 0) -> None:
        self.deadly, self.slow, self.innocent = deadly, slow, innocent
        self.processes = 0
        self.ran: list[tuple[int, int]] = []
        self.seconds: dict[tuple[int, int], float] = {}

    @contextmanager
    def start(self) -> Iterator[int]:
        self.processes += 1
        yield self.processes

    def run(self, process: int, index: int, seconds: float, before: Outcome | None) -> Outcome:
        self.ran.append((process, index))
        self.seconds[process, index] = seconds
        if index in self.deadly:
            if self.innocent:
                self.innocent -= 1
                raise Down(None)
            raise Down(Outcome(process))
        return before or Outcome(process, index in self.slow)

    def replay(self, count: int, clock: Callable[[], float] = time.monotonic,
               **limits: float) -> list[Outcome | None]:
        return replay(count, self.start, self.run, Limits(**limits), clock)


def test_where_nothing_dies_each_cell_runs_once() -> None:
    cells = Cells()
    assert cells.replay(3) == [Outcome(1)] * 3
    assert cells.ran == [(1, 0), (1, 1), (1, 2)]


def test_a_cell_that_dies_is_left_out_when_those_before_it_run_again() -> None:
    cells = Cells(deadly={1, 3})
    assert cells.replay(5) == [Outcome(1), Outcome(1), Outcome(2), Outcome(2), Outcome(3)]
    assert cells.ran == [(1, 0), (1, 1), (2, 0), (2, 2), (2, 3), (3, 0), (3, 2), (3, 4)]


def test_one_that_is_not_to_blame_tries_again() -> None:
    cells = Cells(deadly={1}, innocent=1)
    assert cells.replay(2) == [Outcome(1), Outcome(2)]
    assert cells.ran == [(1, 0), (1, 1), (2, 0), (2, 1), (3, 0)]


def test_what_was_too_slow_gets_less_time_the_next_time() -> None:
    cells = Cells(deadly={2}, slow={0})
    cells.replay(3, cell_time=20, notebook_time=1000)
    assert (cells.seconds[1, 0], cells.seconds[2, 0], cells.seconds[2, 1]) == (20, 20 / AGAIN, 20)


def test_when_the_notebooks_time_is_up_the_rest_does_not_run() -> None:
    cells, clock = Cells(), iter([0.0, 0.0, 0.0, 40.0, 70.0])
    assert cells.replay(4, lambda: next(clock), cell_time=30, notebook_time=60) == [Outcome(1), Outcome(1), None, None]
    assert cells.seconds == {(1, 0): 30, (1, 1): 20}
