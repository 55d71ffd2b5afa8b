"""`d2l-ch3 grade`, as a person sees it: a progress bar, a summary, an exit status."""

import argparse
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from sqlalchemy.exc import SQLAlchemyError

from d2l_ch3.grading import pools, whole_class
from d2l_ch3.grading.course import CourseError
from d2l_ch3.grading.isolation import IsolationError
from d2l_ch3.grading.gradebook import NoMaster

GRADED, SOME_REJECTED, NOT_GRADED, INTERRUPTED = 0, 1, 2, 130


def grade(asked: argparse.Namespace) -> int:
    """Grade as asked on the command line; returns the exit status."""
    console, errors = Console(), Console(stderr=True)
    root = asked.course.resolve()
    try:
        what = whole_class.plan(root, asked.assignment, asked.student, asked.force, not asked.without_isolation)
        if asked.dry_run:
            for one in what.todo:
                console.print(f"would grade {one.student}")
            console.print(f"{len(what.todo)} to grade, {len(what.unchanged)} unchanged")
            return GRADED
        return _show(console, _run(console, what, asked, root), asked)
    except (CourseError, NoMaster) as error:
        errors.print(f"d2l-ch3 grade: {error}", highlight=False, markup=False)
    except IsolationError as error:
        errors.print(f"d2l-ch3 grade: students' code cannot be isolated here, so nothing of it was run: {error}\n"
                     "`d2l-ch3 doctor` says what is missing. `--without-isolation` grades with your own rights, in an "
                     "account or container that holds nothing else.", highlight=False, markup=False)
    except SQLAlchemyError as error:
        errors.print(f"d2l-ch3 grade: the gradebook does not answer, or refuses: {error}", highlight=False, markup=False)
    except BrokenExecutor:
        errors.print("d2l-ch3 grade: grading processes keep dying; is there memory enough? Fewer `--jobs` need less. "
                     "What is graded is saved.", highlight=False)
    except OSError as error:
        errors.print(f"d2l-ch3 grade: {error}", highlight=False, markup=False)
    except KeyboardInterrupt:
        errors.print("interrupted: what is graded is saved, and the same command goes on where it stopped")
        return INTERRUPTED
    return NOT_GRADED


def _run(console: Console, what: whole_class.Plan, asked: argparse.Namespace, root: Path) -> whole_class.Summary:
    def executors():  # type: ignore[no-untyped-def]
        return pools.dask(asked.scheduler) if asked.scheduler else pools.local(asked.jobs, root)

    with _progress(console, asked.assignment, len(what.todo)) as advance:
        return whole_class.run(what, executors, asked.jobs, lambda _: advance())


@contextmanager
def _progress(console: Console, name: str, total: int) -> Iterator[object]:
    columns = TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), \
        TimeRemainingColumn()
    with Progress(*columns, console=console) as progress:
        task = progress.add_task(name, total=total)
        yield lambda: progress.advance(task)


def _show(console: Console, summary: whole_class.Summary, asked: argparse.Namespace) -> int:
    """Say what was done."""
    graded = len(summary.graded)
    rate = f", {graded / summary.seconds:.1f} a second" if graded else ""
    console.print(f"{graded} graded in {summary.seconds:.1f} s{rate}; {len(summary.unchanged)} unchanged",
                  highlight=False)
    repaired = [one for one in summary.graded if one.record["repairs"]]
    failed = [one for one in summary.graded if one.record["failures"]]
    for count, words in ((len(repaired), "had cells changed that are not to be changed; they were put back"),
                         (len(failed), "had cells that crashed or took too long; the other cells were graded")):
        if count:
            console.print(f"{count} {words}", highlight=False)
    for one in summary.rejected:
        console.print(f"[bold red]✗[/] {one.student}: {one.record['rejected'][1]}", highlight=False)
    if asked.without_isolation:
        console.print("[bold yellow]![/] graded without isolation; this is noted in the gradebook")
    return SOME_REJECTED if summary.rejected else GRADED
