"""The report in a terminal: the same figures as tables."""

from collections.abc import Iterable

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from d2l_ch3.class_report import words
from d2l_ch3.class_report.figures import Figures
from d2l_ch3.language import Text
from d2l_ch3.terminal import say

MOST = 10  # rows of misconceptions and of students; the page has them all


def show(console: Console, found: Figures, anonymous: bool) -> None:
    """Print the figures in the language in use; `anonymous` leaves out all that is about single students."""
    say(console, _summary(found))
    if found.waiting:
        say(console, words.NOT_INCLUDED.format(names=", ".join(one.item.title for one in found.waiting),
                                                count=sum(one.waiting for one in found.waiting)))
    if found.ungraded:
        say(console, words.UNGRADED.format(students=words.students(len(found.ungraded)),
                                            assignment=found.assignment))
    console.print(_exercises(found))
    if found.beliefs:
        console.print(_table(words.BELIEFS, [words.STUDENTS, words.BELIEF, words.WHERE], [
            (len(one.holders), f"{one.title} ({words.SYMPTOM})" if one.symptom else str(one.title),
             ", ".join(sorted(one.exercises))) for one in found.beliefs[:MOST]], numbers=1))
    if found.enough:
        console.print(_table(words.SEPARATION, [words.CORRELATION, words.EXERCISE, words.MEANS], [
            ("–" if one.separates is None else f"{one.separates:.2f}", one.item.title, one.verdict)
            for one in found.items if not one.waiting], numbers=1))
    if found.words_needed and not anonymous:
        rows = [(student, str(words.SEMICOLON).join(map(str, reasons))) for student, reasons in found.words_needed]
        console.print(_table(words.TALK, [words.STUDENT, words.REASON], rows[:MOST]))
        if len(rows) > MOST:
            say(console, words.AND_MORE.format(students=words.students(len(rows) - MOST)))
    if found.rejected and not anonymous:
        console.print(_table(words.REJECTED_CAPTION, [words.STUDENT, words.REASON], found.rejected))
    console.print(_table(words.TO_LOOK_AT, [words.STUDENTS, words.KIND], [
        (len(students), word) for word, students in found.to_look_at], numbers=1))


def _summary(found: Figures) -> str:
    begin = words.SUMMARY.format(students=words.students(len(found.totals)), median=found.median,
                                 reachable=found.reachable)
    common = found.most_common
    if common is None:
        return f"{begin}{words.NO_BELIEF}"
    students = words.students(len(common.holders))
    return f"{begin}{words.MOST_COMMON}{common.title}{words.HAVE_IT.format(students=students)}"


def _exercises(found: Figures) -> Table:
    waiting = bool(found.waiting)
    titles = [words.EXERCISE, words.MAXIMUM, words.FULL, words.PARTIAL, words.NONE, words.NOT_TRIED,
              *[words.WAITING] * waiting, words.SHARE]
    rows = [(one.item.title, f"{one.item.points:g}", one.full, one.partial, one.none, one.not_tried,
             *[one.waiting] * waiting, "–" if one.share is None else f"{one.share:.0%}")
            for one in found.items]
    table = _table(words.EXERCISES, titles, rows)
    table.columns[0].no_wrap = True
    for column in table.columns[1:]:
        column.justify = "right"
    return table


def _table(title: Text, titles: Iterable[Text], rows: Iterable[Iterable[object]], numbers: int = 0) -> Table:
    """A table; the first `numbers` columns are numbers."""
    table = Table(title=str(title), title_justify="left")
    for place, heading in enumerate(titles):
        table.add_column(str(heading), justify="right" if place < numbers else "left")
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    return table
