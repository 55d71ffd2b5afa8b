"""Kill the grader at any moment, and see that nothing is lost and nothing is wrong.

    python -m tools.crash [--trials 50] [--seed 0]

A trial copies a course with a class handed in, starts `d2l-ch3 grade`, and at a random moment
kills one of its processes with SIGKILL, or presses Ctrl-C. Whatever is then in the gradebook and the folder must be
whole and right, nothing may live on, and the same command must complete to what a run that nobody disturbs gives.
"""

import argparse
import copy
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil
from rich.console import Console
from rich.table import Table

from d2l_ch3.grading import linux
from d2l_ch3.grading.course import key
from d2l_ch3.grading.zygote import JUDGE
from tools.sample_class import large_class
from tools.scratch import ScratchCourse

ASSIGNMENT = "ps3-layers"
PATIENCE = 120  # seconds: much longer than a run takes
STUDENTS = 24
TARGETS = ("grader", "judge", "zygote", "guard", "student", "Ctrl-C")
WEIGHTS = (26, 6, 6, 4, 4, 4)
"""What is killed, and how often in 50 trials."""

Scores = dict[str, dict[str, float | None]]


@dataclass(frozen=True)
class Undisturbed:
    """A course with a class handed in, and what a run that nobody disturbs makes of it."""

    course: ScratchCourse
    scores: Scores
    notebooks: dict[str, bytes]
    start: float
    """Seconds until the first is graded."""

    @classmethod
    def measure(cls, folder: Path, students: int) -> "Undisturbed":
        """Hand in a class and grade a copy of it. Raises RuntimeError if that does not give what is predicted."""
        course = ScratchCourse(folder / "course").generate()
        size = 3 * students
        submissions = [one for one in large_class(size) if one.assignment == ASSIGNMENT]
        for one in submissions:
            one.hand_in(course.folder / "release", course.folder / "submitted")
        key(course.folder)  # the same seeds in every copy
        with grading(graded := copied(course, folder / "undisturbed"), ASSIGNMENT) as grader:
            begin = time.monotonic()
            wait_for(grader, lambda: notebooks_in(graded))
            start = time.monotonic() - begin
            status = grader.wait(PATIENCE)
        scores = graded.scores(ASSIGNMENT)
        for one in submissions:
            tests = {name: scores.get(one.student, {}).get(f"test-{name}") for name in one.predicted}
            if status or tests != one.predicted:
                raise RuntimeError(f"an undisturbed run (exit status {status}) gives {one.student} {tests}, "
                                   f"not {one.predicted}\n{log_of(graded)}")
        return cls(course, scores, notebooks_in(graded), start)


@dataclass(frozen=True)
class Trial:
    """What was done to a run, and what came of it; `problems` is empty if all is well."""

    target: str
    moment: str
    hit: bool
    status: int
    saved: int
    problems: list[str]


def trial(undisturbed: Undisturbed, folder: Path, target: str, number: int, delay: float) -> Trial:
    """Grade a copy of the class in `folder`, hit `target` `delay` seconds after `number` are graded; grade the rest."""
    course = copied(undisturbed.course, folder)
    with adopting() as others, grading(course, ASSIGNMENT) as grader:
        wait_for(grader, lambda: len(notebooks_in(course)) >= number)
        wait_for(grader, lambda: False, delay)
        hit = _hit(grader, target)
        status = grader.wait(PATIENCE)
        problems = living(others)
    saved = _saved(course)
    complete = len(saved) == len(undisturbed.scores)
    problems += unsound(course, undisturbed) + _untidy(course, target, status, complete)
    again = course.command("grade", ASSIGNMENT)
    if again.returncode or not saved.items() <= _saved(course).items():
        problems.append(f"the next run did not go on where this one stopped: {again.stdout}{again.stderr}")
    problems += different(course, undisturbed)
    moment = f"{number} graded + {1000 * delay:.0f} ms"
    return Trial(target, moment, hit, status, len(saved), problems)


def copied(course: ScratchCourse, folder: Path) -> ScratchCourse:
    """A copy of a course, in a new folder below `folder`."""
    other = copy.copy(course)
    other.folder = folder / "course"
    shutil.copytree(course.folder, other.folder)
    return other


@contextmanager
def grading(course: ScratchCourse, assignment: str, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """A run of `d2l-ch3 grade` in a session of its own, as from a terminal of its own."""
    with course.folder.with_name("log").open("wb") as log:
        grader = subprocess.Popen([sys.executable, "-m", "d2l_ch3.cli", "grade", assignment, *arguments],
                                  cwd=course.folder, stdout=log, stderr=log, start_new_session=True,
                                  preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
    try:
        yield grader
    finally:
        grader.kill()
        grader.wait()


def log_of(course: ScratchCourse) -> str:
    """What the last run said."""
    return course.folder.with_name("log").read_text()


def wait_for(grader: subprocess.Popen[bytes], event: Callable[[], object], most: float = PATIENCE) -> None:
    """Return when the event has come, the grader has ended, or `most` seconds have passed."""
    end = time.monotonic() + most
    while not event() and grader.poll() is None and (left := end - time.monotonic()) > 0:
        time.sleep(min(0.002, left))


def _hit(grader: subprocess.Popen[bytes], target: str) -> bool:
    """Kill a process of that kind, as soon as there is one; False if the run ends before."""
    while grader.poll() is None:
        with suppress(psutil.NoSuchProcess, IndexError):  # it ended of itself, or there is none at the moment
            if target == "Ctrl-C":
                os.killpg(grader.pid, signal.SIGINT)
            else:
                _processes(grader.pid, target)[0].kill()
            return True
        time.sleep(0.002)
    return False


def _processes(grader: int, kind: str) -> list[psutil.Process]:
    """The processes of a run that are of one kind."""
    main = psutil.Process(grader)
    zygotes = [child for child in main.children() if "grading.zygote" in " ".join(_command(child))]
    judges: list[psutil.Process] = []
    guards: list[psutil.Process] = []
    for child in _children(zygotes):
        with suppress(psutil.NoSuchProcess):
            (judges if child.name() == JUDGE else guards).append(child)
    return {"grader": [main], "zygote": zygotes, "judge": judges, "guard": guards, "student": _children(guards)}[kind]


def _command(process: psutil.Process) -> list[str]:
    with suppress(psutil.Error):
        return process.cmdline()
    return []


def _children(parents: list[psutil.Process]) -> list[psutil.Process]:
    found = []
    for parent in parents:
        with suppress(psutil.NoSuchProcess):
            found += parent.children()
    return found


@contextmanager
def adopting() -> Iterator[set[psutil.Process]]:
    """A process that loses its parent becomes a child of this one, so that none is overlooked."""
    linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 1)
    try:
        yield set(psutil.Process().children(recursive=True))
    finally:
        linux.prctl(linux.PR_SET_CHILD_SUBREAPER, 0)


def living(others: set[psutil.Process]) -> list[str]:
    """Wait until all that the grader started has ended; a line for each that has not, which is then ended."""
    end = time.monotonic() + PATIENCE / 4
    while left := set(psutil.Process().children(recursive=True)) - others:
        _, alive = psutil.wait_procs(left, timeout=max(0, end - time.monotonic()))
        if alive:
            lines = [f"still alive: {process.pid} {' '.join(_command(process))}" for process in alive]
            for process in alive:
                process.kill()
            return lines
    return []


def unsound(course: ScratchCourse, undisturbed: Undisturbed) -> list[str]:
    """What is broken or wrong in the gradebook and the graded folder, complete or not."""
    problems = []
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        word, = database.execute("PRAGMA integrity_check").fetchone()
        if word != "ok":
            problems.append(f"the gradebook is corrupt: {word}")
    for student, scores in course.scores(ASSIGNMENT).items():
        if scores != undisturbed.scores.get(student):
            problems.append(f"{student} has {scores}, not {undisturbed.scores.get(student)}")
    for name, content in notebooks_in(course).items():
        try:
            json.loads(content)["cells"]
        except (ValueError, KeyError):
            problems.append(f"half written: {name}")
    return problems


def _untidy(course: ScratchCourse, target: str, status: int, complete: bool) -> list[str]:
    """What is wrong with how the run ended: it finishes, or says what stopped it."""
    if target == "Ctrl-C" and status == -signal.SIGINT and not _saved(course):
        return []  # while Python was still starting
    log = log_of(course)
    stopped = {"grader": -signal.SIGKILL, "Ctrl-C": 130}.get(target, 2)
    ended = [] if status == stopped or (complete and status == 0) else [f"exit status {status}:\n{log}"]
    return [*ended, *([f"a traceback:\n{log}"] if "Traceback" in log else [])]


def different(course: ScratchCourse, undisturbed: Undisturbed) -> list[str]:
    """What is not as after an undisturbed run."""
    scores, notebooks = course.scores(ASSIGNMENT), notebooks_in(course)
    problems = [f"{student}: {scores.get(student)} instead of {expected}"
                for student, expected in undisturbed.scores.items() if scores.get(student) != expected]
    problems += [f"{name} differs" for name in sorted(notebooks.keys() | undisturbed.notebooks.keys())
                 if notebooks.get(name) != undisturbed.notebooks.get(name)]
    return problems + [f"left over: {path}" for path in (course.folder / "autograded").rglob("*.new")]


def notebooks_in(course: ScratchCourse) -> dict[str, bytes]:
    """The graded notebooks by their place."""
    folder = course.folder / "autograded"
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.glob(f"*/{ASSIGNMENT}/*.ipynb")}


def _saved(course: ScratchCourse) -> dict[str, str]:
    """When the results were saved that are in the gradebook, by student."""
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'd2l_ch3_grading'").fetchone():
            return {}
        return dict(database.execute("SELECT student, graded FROM d2l_ch3_grading").fetchall())


def main() -> None:
    """Run the trials and show what came of them; exit with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trials", type=int, default=50)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--target", choices=TARGETS, help="hit only this")
    asked = parser.parse_args()
    console, dice = Console(), random.Random(asked.seed)
    table = Table("", "killed", "when", "exit status", "saved by then", "", title=f"{asked.trials} crashes")
    wrong = 0
    with tempfile.TemporaryDirectory() as scratch, console.status("an undisturbed run") as status:
        undisturbed = Undisturbed.measure(Path(scratch), STUDENTS)
        for number in range(asked.trials):
            target = asked.target or dice.choices(TARGETS, WEIGHTS)[0]
            graded = max(0, dice.randint(-6, STUDENTS))  # at the start every fifth time
            delay = dice.uniform(0, 0.1 if graded else undisturbed.start)
            status.update(f"crash {number + 1} of {asked.trials}: {target}")
            one = trial(undisturbed, Path(scratch, str(number)), target, graded, delay)
            wrong += bool(one.problems)
            table.add_row(str(number + 1), one.target if one.hit else f"{one.target}, too late", one.moment,
                          str(one.status), f"{one.saved} of {len(undisturbed.scores)}",
                          "[red]✗[/]" if one.problems else "[green]✓[/]")
            for line in one.problems:
                console.print(f"[bold red]✗[/] crash {number + 1} ({target}, {one.moment}): {line}", highlight=False)
    console.print(table)
    if wrong:
        sys.exit(f"{wrong} of {asked.trials} crashes left something wrong")
    console.print(f"[bold green]✓[/] after each of {asked.trials} crashes the gradebook was sound, and the next run "
                  "completed it")


if __name__ == "__main__":
    main()
