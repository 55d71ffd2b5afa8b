"""`d2l-ch3 report`, as a person sees it: a progress bar, tables, and a page."""

import argparse
from collections.abc import Iterable
from typing import Any

from rich.console import Console

from d2l_ch3.class_report import words
from d2l_ch3.class_report.class_data import read
from d2l_ch3.class_report.excerpts import pick
from d2l_ch3.class_report.figures import figures
from d2l_ch3.class_report.page import page
from d2l_ch3.class_report.tables import show
from d2l_ch3.files import write_whole
from d2l_ch3.language import Text, get_language
from d2l_ch3.terminal import bars, say

REPORTS = "reports"


def report(asked: argparse.Namespace) -> int:
    """Report as asked on the command line. Raises CourseError, NotThere, OSError and SQLAlchemyError."""
    console = Console()
    root = asked.course.resolve()
    with bars() as progress:
        def track(things: Iterable[Any], what: Text, total: int | None) -> Iterable[Any]:
            return progress.track(things, total=total, description=str(what))

        data = read(root, asked.assignment, track)
        found = figures(data)
        html = page(found, pick(data, found.beliefs, track), asked.anonymous)
    path = asked.output or root / REPORTS / _name(asked)
    write_whole(path, html)
    show(console, found, asked.anonymous)
    say(console, words.WRITTEN_TO.format(path=path))
    return 0


def _name(asked: argparse.Namespace) -> str:
    return f"{asked.assignment}-{get_language()}{'-anonymous' if asked.anonymous else ''}.html"
