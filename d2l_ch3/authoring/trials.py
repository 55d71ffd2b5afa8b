"""Whether a cell gets full points, found out in a process of its own: it may loop for ever, or eat all memory.

On Linux a process is forked from one that has torch already (10 ms); elsewhere it has to import torch first (2 s).
"""

import contextlib
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from typing import Any

import torch

from d2l_ch3 import checks
from d2l_ch3.authoring.solutions import Solution
from d2l_ch3.checks.check import is_right

MEMORY = 8 * 1024 ** 3
"""Of addresses, where the system can limit them; torch alone takes a good part of it."""

FULL, LESS = 42, 1
"""Exit statuses; a cell that exits by itself does not come upon the first."""


def full_points(setup: str, cell: str, exercise: str, seeds: Sequence[int]) -> bool:
    """Whether the cell, run after `setup`, gets all points with every seed."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    exec(setup, namespace)
    with contextlib.suppress(Exception):  # ends the cell, as in a notebook; names bound before that stay
        exec(compile(cell, "mutant", "exec"), namespace)
    asked = checks.exercise(exercise)
    arguments = tuple(namespace[argument.name] for argument in asked.takes if argument.name in namespace)
    return all(is_right(asked, arguments, seed) for seed in seeds)


def survivors(solution: Solution, cells: Sequence[str], seeds: Sequence[int], jobs: int, seconds: float,
              advance: Callable[[], None] = lambda: None) -> list[bool]:
    """For each cell whether it gets full points in place of the solution; what takes longer than `seconds` does not.

    `advance` is called after each.
    """
    context = _context()
    alive = [False] * len(cells)
    waiting = list(enumerate(cells))[::-1]
    running: dict[int, tuple[Any, float]] = {}
    while waiting or running:  # in one thread: starting a process polls the others too, which takes their status
        while waiting and len(running) < jobs:
            index, cell = waiting.pop()
            trial = context.Process(target=_trial, daemon=True,
                                    args=(solution.setup, cell, solution.exercise, tuple(seeds)))
            trial.start()
            running[index] = trial, time.monotonic() + seconds
        first_end = min(end for _, end in running.values())
        wait([trial.sentinel for trial, _ in running.values()], max(0, first_end - time.monotonic()))
        for index, (trial, end) in list(running.items()):
            if not trial.is_alive() or time.monotonic() >= end:
                trial.kill()
                trial.join()
                alive[index] = trial.exitcode == FULL
                del running[index]
                advance()
    return alive


def _context() -> Any:
    if sys.platform != "linux":
        return multiprocessing.get_context("spawn")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # what is forked from must have no threads
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["__main__", "d2l_ch3.authoring.preload"])
    return context


def _trial(setup: str, cell: str, exercise: str, seeds: Sequence[int]) -> None:
    """What the process does; its exit status is the answer."""
    _limit_memory()
    torch.set_num_threads(1)
    for stream in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream)
    sys.exit(FULL if full_points(setup, cell, exercise, seeds) else LESS)


def _limit_memory() -> None:
    if sys.platform != "win32":
        import resource

        with contextlib.suppress(ValueError, OSError):  # macOS does not have this limit
            resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
