"""`d2l-ch3 feedback`, as a person sees it: a progress bar, a summary, an exit status."""

import argparse
import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from nbgrader.api import Gradebook
from rich.console import Console

from d2l_ch3.budget import Overrun
from d2l_ch3.class_feedback.pages import Maker, Page, make
from d2l_ch3.class_feedback.record import keep, make_table, unchanged
from d2l_ch3.class_report.class_data import NotThere, require
from d2l_ch3.grading import course
from d2l_ch3.language import Text
from d2l_ch3.terminal import bars, say

MADE, SOME_FAILED = 0, 1

_DONE = Text("做好了 {made} 页，用时 {seconds:.1f} 秒；{unchanged} 页没有变化",
             "{made} pages made in {seconds:.1f} s; {unchanged} unchanged")
_NOTHING = Text("{assignment} 还没有批改过：先运行 `d2l-ch3 grade {assignment}`",
                "nothing of {assignment} is graded yet: run `d2l-ch3 grade {assignment}` first")
_NOTHING_OF = Text("{students} 的 {assignment} 还没有批改过：先运行 `d2l-ch3 grade {assignment}`",
                   "nothing of {assignment} by {students} is graded yet: run `d2l-ch3 grade {assignment}` first")
_MAKING = Text("做反馈页", "making pages")


@dataclass
class Summary:
    """What a run did."""

    made: list[Page] = field(default_factory=list)
    unchanged: int = 0
    failed: list[tuple[Page, Overrun]] = field(default_factory=list)
    seconds: float = 0.0


def feedback(asked: argparse.Namespace) -> int:
    """Make the pages as asked on the command line. Raises CourseError, NotThere, OSError and SQLAlchemyError."""
    console = Console()
    maker = Maker(course.config(asked.course.resolve()), asked.assignment)
    summary = make_due(console, maker, asked.student, asked.force, asked.jobs)
    say(console, _DONE.format(made=len(summary.made), seconds=summary.seconds, unchanged=summary.unchanged))
    for page, overrun in summary.failed:
        say(console, f"{page.student} {page.notebook}: {overrun.reason}", "[bold red]✗[/] ")
    return SOME_FAILED if summary.failed else MADE


def make_due(console: Console, maker: Maker, students: Iterable[str] = (), force: bool = False,
             jobs: int = 1) -> Summary:
    """Make the pages that are due, of all or of some students. Raises NotThere and CourseError."""
    start, assignment, students = time.monotonic(), maker.assignment, list(students)
    with Gradebook(maker.directory.db_url, maker.directory.course_id) as gradebook:
        require(gradebook, [assignment])
        make_table(gradebook)
        try:
            pages = maker.pages(gradebook.db, students)
        except ValueError as error:  # of a solution that is to be shown
            raise course.CourseError(error) from error
        missing = sorted(set(students) - {page.student for page in pages})
        if missing or not pages:
            raise NotThere((_NOTHING_OF if missing else _NOTHING).format(
                assignment=assignment, students=", ".join(missing)))
        same = set() if force else {(page.student, page.notebook) for page in unchanged(gradebook, assignment, pages)}
        due = [page for page in pages if (page.student, page.notebook) not in same]
        summary = Summary(unchanged=len(pages) - len(due))
        if due:
            _make(console, maker, gradebook, due, jobs, summary)
    summary.seconds = time.monotonic() - start
    return summary


def _make(console: Console, maker: Maker, gradebook: Gradebook, due: list[Page], jobs: int, summary: Summary) -> None:
    maker.warm()
    with bars(console) as progress:
        bar = progress.add_task(str(_MAKING), total=len(due))
        for portion in make(maker, due, jobs):
            made = [page for page, overrun in portion if overrun is None]
            keep(gradebook, maker.assignment, made)
            summary.made += made
            summary.failed += [(page, overrun) for page, overrun in portion if overrun is not None]
            progress.advance(bar, len(portion))
