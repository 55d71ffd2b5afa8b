"""`d2l-ch3 grade`, as a person sees it: a progress bar, a summary, an exit status."""

import argparse
from concurrent.futures import BrokenExecutor
from contextlib import AbstractContextManager
from pathlib import Path

from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from d2l_ch3.grading import course, pools, readiness, whole_class
from d2l_ch3.grading.changes import Change, changes, known
from d2l_ch3.grading.gradebook import NoMaster, no_gradebook
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.grading.settings import preload
from d2l_ch3.language import Text
from d2l_ch3.terminal import INTERRUPTED, bars, complain, say

GRADED, SOME_REJECTED = 0, 1
SHOWN = 10  # changed scores, unless all are asked for
MANY = 20  # submissions, some of which make an optimizer: then what that imports is imported once, at the start

_WOULD = Text("要批改 {student}", "would grade {student}")
_PLAN = Text("{todo} 份要批改，{unchanged} 份没有变化", "{todo} to grade, {unchanged} unchanged")
_DONE = Text("批改了 {graded} 份，用时 {seconds:.1f} 秒{rate}；{unchanged} 份没有变化",
             "{graded} graded in {seconds:.1f} s{rate}; {unchanged} unchanged")
_RATE = Text("，每秒 {rate:.1f} 份", ", {rate:.1f} a second")
_REPAIRED = Text("{count} 份里有不该改的单元格被改过，已换回原来的",
                 "{count} had cells changed that are not to be changed; they were put back")
_OUTDATED = Text("{count} 份里有单元格来自旧版的习题，已按现在的批改",
                 "{count} had cells of an earlier release; they were graded by the present one")
_FAILED = Text("{count} 份里有单元格崩溃或超时，其余的单元格照常批改",
               "{count} had cells that crashed or took too long; the other cells were graded")
_CHANGED = Text("{count} 个分数变了（{students} 位学生）", "{count} scores changed (of {students} students)")
_MORE = Text("  还有 {count} 个：`--diff` 全部列出来", "  and {count} more: `--diff` lists them all")
_OPEN = Text("这次批改没有隔离，成绩册里有记录", "graded without isolation; this is noted in the gradebook")
_CANNOT_ISOLATE = Text(
    "学生的代码在这里关不起来，所以一行也没有运行：{why}\n`d2l-ch3 doctor` 会说缺什么、怎么修。"
    "`--without-isolation` 用你自己的权限运行它们，只该在没有别的东西的账户或容器里用。",
    "students' code cannot be isolated here, so nothing of it was run: {why}\n`d2l-ch3 doctor` says what is missing "
    "and how to fix it. `--without-isolation` grades with your own rights, in an account or container that holds "
    "nothing else.")
_KEEP_DYING = Text("批改的进程接连死掉，内存够吗？`--jobs` 少一些就省一些。批改完的都已保存。",
                   "grading processes keep dying; is there enough memory? Fewer `--jobs` need less. What is graded is "
                   "saved.")
_INTERRUPTED = Text("中断了：批改完的都已保存，再运行同一条命令就接着批改",
                    "interrupted: what is graded is saved, and the same command goes on where it stopped")


def grade(asked: argparse.Namespace) -> int:
    """Grade as asked on the command line; returns the exit status."""
    console = Console()
    root = asked.course.resolve()
    try:
        what = whole_class.plan(root, asked.assignment, asked.student, asked.force, not asked.without_isolation,
                                dry=asked.dry_run)
        if asked.dry_run:
            return _say_what(console, what)
        if what.todo and not asked.scheduler:
            readiness.require(root, any(task.request.isolated for one in what.todo for task in one.tasks))
        before = known(what.directory, asked.assignment)
        summary = _run(console, what, asked, root)
        status = _show(console, summary, asked)
        _show_changes(console, list(changes(before, known(what.directory, asked.assignment), summary.graded)), asked)
        return status
    except KeyboardInterrupt:
        complain("grade", _INTERRUPTED)
        return INTERRUPTED
    except (course.CourseError, NoMaster, OSError) as error:
        return complain("grade", error)
    except IsolationError as error:
        return complain("grade", _CANNOT_ISOLATE.format(why=error))
    except SQLAlchemyError as error:
        return complain("grade", no_gradebook(error, root))
    except BrokenExecutor:
        return complain("grade", _KEEP_DYING)


def _say_what(console: Console, what: whole_class.Plan) -> int:
    for one in what.todo:
        say(console, _WOULD.format(student=one.student))
    say(console, _PLAN.format(todo=len(what.todo), unchanged=len(what.unchanged)))
    return GRADED


def _run(console: Console, what: whole_class.Plan, asked: argparse.Namespace, root: Path) -> whole_class.Summary:
    ready = preload(what.directory.config, (task.master for one in what.todo[:1] for task in one.tasks),
                    many=len(what.todo) >= MANY)

    def judges() -> AbstractContextManager[tuple[pools.Submit, int]]:
        if asked.scheduler:
            return pools.dask(asked.scheduler, root, ready)
        return pools.local(asked.jobs, root, ready)

    with bars(console, stay=True) as progress:
        bar = progress.add_task(asked.assignment, total=len(what.todo))
        return whole_class.run(what, judges, lambda _: progress.advance(bar))


def _show_changes(console: Console, found: list[Change], asked: argparse.Namespace) -> None:
    """Say which scores changed: all if asked to, else the first."""
    shown = found if asked.diff else found[:SHOWN]
    if found or asked.diff:
        say(console, _CHANGED.format(count=len(found), students=len({one.student for one in found})))
    for change in shown:
        say(console, f"  {change}")
    if len(shown) < len(found):
        say(console, _MORE.format(count=len(found) - len(shown)))


def _show(console: Console, summary: whole_class.Summary, asked: argparse.Namespace) -> int:
    """Say what was done."""
    graded = len({one.student for one in summary.graded})
    rate = _RATE.format(rate=graded / summary.seconds) if graded else Text("", "")
    say(console, _DONE.format(graded=graded, seconds=summary.seconds, rate=rate, unchanged=len(summary.unchanged)))
    for words, what in ((_REPAIRED, "repairs"), (_OUTDATED, "outdated"), (_FAILED, "failures")):
        count = sum(bool(one.record[what]) for one in summary.graded)
        if count:
            say(console, words.format(count=count))
    for one in summary.rejected:
        say(console, f"{one.student}: {Text(*one.record['rejected'])}", "[bold red]✗[/] ")
    if not all(one.record["isolated"] for one in summary.graded):
        say(console, _OPEN, "[bold yellow]![/] ")
    return SOME_REJECTED if summary.rejected else GRADED
