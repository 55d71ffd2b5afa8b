"""`d2l-ch3 grade`: grade every submission of an assignment."""

import argparse
import os
from collections.abc import Callable, Iterator
from typing import Any

from d2l_ch3.cli.parser import at_least_one, command
from d2l_ch3.cli.refusals import elsewhere, refusing
from d2l_ch3.language import Text

_HELP = Text("批改一次作业的全部提交", "grade every submission of an assignment")
_DESCRIPTION = Text(
    "并行批改一次作业的全部提交，每份都在围墙里运行。上次批改以后没有变化的，不再动它。",
    "Grade every submission of an assignment, in parallel and behind walls.\n"
    "What has not changed since it was graded is left alone.")
_EXAMPLES = """\
  d2l-ch3 grade ps1-blocks
  d2l-ch3 grade ps1-blocks --feedback --report
  d2l-ch3 grade ps1-blocks --student s01 --student s02 --force
  d2l-ch3 grade ps1-blocks --scheduler tcp://10.0.0.1:8786"""
_EPILOG = Text(
    f"例子:\n{_EXAMPLES}\n\n退出码: 0 批改完了；1 批改完了，但有的提交读不了；\n"
    "2 有东西要先修好，什么也没有批改；130 被中断",
    f"examples:\n{_EXAMPLES}\n\nexit status: 0 graded, 1 graded but some submissions could not be read,\n"
    "2 nothing was graded because something has to be fixed first, 130 interrupted")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "grade", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("assignment", help=str(Text("作业，例如 ps1-blocks", "for example ps1-blocks")))
    parser.add_argument("--student", action="append", default=[], metavar="ID",
                        help=str(Text("只批改这一位；可以写几次", "only this one; may be repeated")))
    parser.add_argument("--force", action="store_true",
                        help=str(Text("没有变化的也重新批改", "grade again what has not changed")))
    parser.add_argument("--jobs", type=at_least_one, default=os.cpu_count() or 1, metavar="N",
                        help=str(Text("用几个进程（默认：有几个核用几个）", "processes (as many as cores)")))
    parser.add_argument("--scheduler", metavar="ADDRESS",
                        help=str(Text("在这个 Dask 调度器的机器上批改", "grade on the workers of this Dask scheduler")))
    parser.add_argument("--dry-run", action="store_true",
                        help=str(Text("只说会批改哪些，不动手", "say what would be graded, and stop")))
    parser.add_argument("--feedback", action="store_true",
                        help=str(Text("接着做反馈页，同 `d2l-ch3 feedback`",
                                      "then make the pages, as `d2l-ch3 feedback`")))
    parser.add_argument("--report", action="store_true",
                        help=str(Text("接着做全班报告，同 `d2l-ch3 report`",
                                      "then report on the class, as `d2l-ch3 report`")))
    parser.add_argument("--diff", action="store_true",
                        help=str(Text("列出每个变了的分数：从多少到多少，为什么（不写时只列头几个）",
                                      "list all scores that changed: from what to what, and why (else the first few)")))
    parser.add_argument("--without-isolation", action="store_true",
                        help=str(Text("用你自己的权限运行学生的代码；成绩册里会有记录",
                                      "run students' code with your own rights; noted in the gradebook")))


def _run(asked: argparse.Namespace) -> int:
    if refused := elsewhere("grade"):
        return refused
    from d2l_ch3.grading.command import SOME_REJECTED, grade

    status = grade(asked)
    if status <= SOME_REJECTED and not asked.dry_run:
        for then in _afterwards(asked):
            status = max(status, refusing("grade", asked.course, then))
    return status


def _afterwards(asked: argparse.Namespace) -> Iterator[Callable[[], int]]:
    """What is to be done in the same process when all is graded."""
    if asked.feedback:
        from d2l_ch3.class_feedback.command import feedback

        due = argparse.Namespace(**{**vars(asked), "force": False})  # what was graded anew is due anyway
        yield lambda: feedback(due)
    if asked.report:
        from d2l_ch3.class_report.command import report

        yield lambda: report(argparse.Namespace(**vars(asked), output=None, anonymous=False))
