"""Grade a hostile class and see that every score is the predicted one.

    python -m tools.stress [--submissions 300] [--seed 0]

Nine in ten hand in honest work out of the answers bank; the others attack the grader, or hand in what is broken.
All of it is graded by `d2l-ch3 grade`, one run a problem set, and what that took is shown.
"""

import argparse
import random
import resource
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from d2l_ch3 import checks
from d2l_ch3.notebooks.limits import MIB
from tests.broken import submissions as broken
from tools.attacks import Attack, attacks
from tools.bank import answers
from tools.crash import adopting, grading, living, log_of
from tools.sample_class import large_class
from tools.scratch import ScratchCourse

LIMITS = {"cell_time": 4, "notebook_time": 30, "memory": 512 * MIB, "processes": 32, "scratch": 32 * MIB}
"""Tighter than usual, since attacks wait for them."""
SAMPLING = 0.25  # seconds between two looks at the memory
LONG = 3600  # seconds that no run takes


@dataclass(frozen=True)
class Expected:
    """What a submission must come to."""

    what: str
    points: dict[str, float]
    rejected: bool = False


Class = dict[tuple[str, str], Expected]
"""By problem set and student."""


@dataclass
class Use:
    """What a run took; memory in bytes, each page counted once (PSS)."""

    wall: float = 0.0
    cpu: float = 0.0
    peak: int = 0
    largest: int = 0

    def look(self, grader: int) -> None:
        """Note the memory of the grader and all that it started."""
        sizes = []
        with suppress(psutil.NoSuchProcess):
            main = psutil.Process(grader)
            for process in (main, *main.children(recursive=True)):
                with suppress(psutil.Error, OSError):
                    sizes.append(process.memory_full_info().pss)
        self.peak, self.largest = max(self.peak, sum(sizes)), max(self.largest, *sizes, 0)


def hand_in_class(course: ScratchCourse, honest: int, hostile: list[Attack], spoiled: list[broken.Broken]) -> Class:
    """Hand in the work of a class; returns what each must get."""
    expected: Class = {}
    for one in large_class(honest):
        one.hand_in(course.folder / "release", course.folder / "submitted")
        expected[one.assignment, one.student] = Expected("honest", one.predicted)
    for number, attack in enumerate(hostile):
        expected[attack.assignment, f"attack-{number}"] = _hand_in_attack(course, f"attack-{number}", attack)
    for number, how in enumerate(spoiled):
        broken.hand_in(course, f"broken-{number}", how)
        expected[broken.ASSIGNMENT, f"broken-{number}"] = Expected(how.name, how.expected, bool(how.rejected))
    return expected


def _hand_in_attack(course: ScratchCourse, student: str, attack: Attack) -> Expected:
    """The attack among right answers; or alone if it may spoil them."""
    others = [] if attack.poisons else [name for name in checks.EXERCISES[attack.assignment] if name != attack.exercise]
    given = {name: answers(name)[0] for name in others}
    cells = {name: answer.prelude + "\n" + answer.cell for name, answer in given.items()}
    course.hand_in(student, attack.assignment, cells | {attack.exercise: attack.cells[0]}, attack.add_cells)
    points = {name: float(given[name].points) if name in given else 0.0 for name in checks.EXERCISES[attack.assignment]}
    return Expected(attack.name, points | {attack.exercise: float(attack.points)})


def grade(course: ScratchCourse, assignment: str, expected: Class, use: Use) -> list[str]:
    """Grade a problem set by `d2l-ch3 grade`; a line for everything that is not as expected."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with adopting() as others, grading(course, assignment) as grader:
        with _watched(lambda: use.look(grader.pid)):
            status = grader.wait(LONG)
        problems = living(others)
    after, use.wall = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic() - start
    use.cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    here = {student: one for (its, student), one in expected.items() if its == assignment}
    scores = course.scores(assignment)
    for student, one in here.items():
        got = {name: scores.get(student, {}).get(f"test-{name}") for name in one.points}
        if got != one.points:
            problems.append(f"{assignment} {student} ({one.what}): {got}, predicted {one.points}")
    if status != any(one.rejected for one in here.values()):
        problems.append(f"{assignment}: exit status {status}\n{log_of(course)}")
    return problems


@contextmanager
def _watched(look: Callable[[], None]) -> Iterator[None]:
    """Look again and again, from a thread."""
    done = threading.Event()

    def watch() -> None:
        while not done.wait(SAMPLING):
            look()

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


def new_course(folder: Path) -> ScratchCourse:
    """A generated course with the tighter limits."""
    course = ScratchCourse(folder).generate()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Grade.limits = {LIMITS!r}\n")
    return course


def main() -> None:
    """Grade the class and show what it took; exit with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--submissions", type=int, default=300)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    console, dice = Console(), random.Random(asked.seed)
    bad = asked.submissions // 10
    hostile, spoiled = dice.sample(attacks(), bad // 2), dice.sample(broken.BROKEN, bad - bad // 2)
    table = Table("problem set", "submissions", "wall s", "CPU s", "a second", "peak MiB", "largest process MiB",
                  title=f"{asked.submissions} submissions, {bad} of them hostile or broken")
    problems = []
    with tempfile.TemporaryDirectory() as scratch, console.status("handing in"):
        course = new_course(Path(scratch, "course"))
        expected = hand_in_class(course, asked.submissions - bad, hostile, spoiled)
        for assignment in checks.EXERCISES:
            use, count = Use(), sum(its == assignment for its, _ in expected)
            problems += grade(course, assignment, expected, use)
            table.add_row(assignment, str(count), f"{use.wall:.1f}", f"{use.cpu:.1f}", f"{count / use.wall:.1f}",
                          f"{use.peak / MIB:.0f}", f"{use.largest / MIB:.0f}")
    console.print(table)
    for line in problems:
        console.print(f"[bold red]✗[/] {line}", highlight=False)
    if problems:
        sys.exit(f"{len(problems)} things are not as predicted")
    count = sum(len(one.points) for one in expected.values())
    console.print(f"[bold green]✓[/] all {count} scores are the predicted ones")


if __name__ == "__main__":
    main()
