"""`d2l-ch3 mutate`, as an author sees it: a progress bar, the survivors, a summary, an exit status."""

import argparse
from collections.abc import Iterator

from rich.console import Console
from rich.syntax import Syntax
from rich.table import Table

from d2l_ch3 import checks
from d2l_ch3.authoring import equivalents
from d2l_ch3.authoring.findings import Findings, Trials, find
from d2l_ch3.authoring.mutants import mutants
from d2l_ch3.authoring.solutions import AuthoringError, Solution, reference, right_answers
from d2l_ch3.language import Text
from d2l_ch3.notebooks.exercises import names
from d2l_ch3.terminal import INTERRUPTED, bars, complain, say

NO_SURVIVORS, SURVIVORS = 0, 1

_SUMMARY = Text("{name}：{mutants} 个变体，抓出 {killed} 个，等价 {equivalent} 个，漏网 {survivors} 个（{rate}）",
                "{name}: {mutants} mutants, {killed} killed, {equivalent} equivalent, {survivors} survive ({rate})")
_LINE, _CHANGE = Text("行", "line"), Text("改动", "change")
_PASTE = Text("若确实不算错，把它加进 {path}，并写上理由：", "if it is no mistake, add it to {path}, with the reason:")
_STALE = Text("{path} 里这一条已经没有对应的满分变体，删掉它：",
              "no mutant with full points is like this entry of {path} any more; take it out:")
_COLUMNS = (Text("题目", "exercise"), Text("变体", "mutants"), Text("抓出", "killed"), Text("等价", "equivalent"),
            Text("漏网", "survive"), Text("漏网率", "rate"))
_TOTAL = Text("合计", "all")


def mutate(asked: argparse.Namespace) -> int:
    """Check as asked on the command line; returns the exit status."""
    console = Console()
    found: list[Findings] = []
    try:
        for solution in _solutions(asked):
            found.append(_find(console, asked, solution))
            _show(console, asked, found[-1])
    except KeyboardInterrupt:
        return INTERRUPTED
    except (ValueError, AuthoringError) as error:  # a ValueError: no exercise of that name
        return complain("mutate", error)
    if len(found) > 1:
        console.print(_table(found))
    return NO_SURVIVORS if all(one.good for one in found) else SURVIVORS


def _solutions(asked: argparse.Namespace) -> Iterator[Solution]:
    for name in [checks.exercise(name).name for name in asked.names] or names():
        yield from right_answers(asked.course, name) if asked.answers else [reference(asked.course, name)]


def _find(console: Console, asked: argparse.Namespace, solution: Solution) -> Findings:
    with bars(console) as progress:
        bar = progress.add_task(str(solution), total=1 + len(mutants(solution.cell)))
        return find(asked.course, solution, Trials(range(asked.seeds), asked.jobs, asked.seconds),
                    lambda: progress.advance(bar))


def _show(console: Console, asked: argparse.Namespace, found: Findings) -> None:
    """The summary, the survivors with entries to paste, the entries that stand for nothing."""
    say(console, _SUMMARY.format(
        name=found.solution, mutants=len(found.mutants), killed=found.killed, equivalent=len(found.equivalent),
        survivors=len(found.survivors), rate=_rate([found])))
    path = equivalents.path(asked.course, found.solution.exercise)
    if found.survivors:
        table = Table(str(_LINE), str(_CHANGE), show_lines=True)
        for mutant in found.survivors:
            table.add_row(str(mutant.line), Syntax(mutant.diff, "diff", word_wrap=True, background_color="default"))
        console.print(table)
        say(console, _PASTE.format(path=path))
        of = "answer" if found.solution.answer else "mutant"
        say(console, f"\n{equivalents.entries(found.survivors, of)}\n")
    for entry in found.stale:
        say(console, _STALE.format(path=path))
        say(console, f"  was = {entry.was!r}\n  becomes = {entry.becomes!r}")


def _rate(found: list[Findings]) -> str:
    return f"{sum(len(one.survivors) for one in found) / max(1, sum(len(one.mutants) for one in found)):.1%}"


def _table(found: list[Findings]) -> Table:
    table = Table(str(_COLUMNS[0]), show_footer=True)
    columns = ("mutants", "killed", "equivalent", "survivors")
    for title in _COLUMNS[1:]:
        table.add_column(str(title), justify="right")
    rows = [[one.killed if name == "killed" else len(getattr(one, name)) for name in columns] for one in found]
    for one, row in zip(found, rows, strict=True):
        table.add_row(str(one.solution), *map(str, row), _rate([one]))
    totals = [str(_TOTAL), *(str(sum(column)) for column in zip(*rows, strict=True)), _rate(found)]
    for column, total in zip(table.columns, totals, strict=True):
        column.footer = total
    return table
