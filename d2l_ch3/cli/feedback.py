"""`d2l-ch3 feedback`: make the pages that students get back."""

import argparse
import os
from typing import Any

from d2l_ch3.cli.parser import at_least_one, command
from d2l_ch3.cli.refusals import refusing
from d2l_ch3.language import Text

_HELP = Text("做出还给学生的反馈页", "make the pages that students get back")
_DESCRIPTION = Text(
    "做出一次作业的全部反馈页，同 `nbgrader generate_feedback` 做的一字不差，但快得多；没有变化的不再做。\n"
    "接着用 `nbgrader release_feedback` 发给学生。",
    "Make all feedback pages of an assignment: the same to the byte as by `nbgrader generate_feedback`, only faster,\n"
    "and what has not changed is left alone. `nbgrader release_feedback` then hands them out.")
_EXAMPLES = """\
  d2l-ch3 feedback ps1-blocks
  d2l-ch3 feedback ps1-blocks --student s01 --force"""
_EPILOG = Text(
    f"例子:\n{_EXAMPLES}\n\n退出码: 0 做好了；1 做好了，但有的页做不出来，那里有一页说明原因；\n"
    "2 有东西要先修好；130 被中断",
    f"examples:\n{_EXAMPLES}\n\nexit status: 0 made; 1 made, but some could not be, and a page there says why;\n"
    "2 something has to be fixed first; 130 interrupted")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "feedback", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("assignment", help=str(Text("作业，例如 ps1-blocks", "for example ps1-blocks")))
    parser.add_argument("--student", action="append", default=[], metavar="ID",
                        help=str(Text("只做这一位的；可以写几次", "only this one's; may be repeated")))
    parser.add_argument("--force", action="store_true",
                        help=str(Text("没有变化的也重新做", "make again what has not changed")))
    parser.add_argument("--jobs", type=at_least_one, default=os.cpu_count() or 1, metavar="N",
                        help=str(Text("用几个进程（默认：有几个核用几个）", "processes (as many as cores)")))


def _run(asked: argparse.Namespace) -> int:
    def run() -> int:
        from d2l_ch3.class_feedback.command import feedback

        return feedback(asked)

    return refusing("feedback", asked.course, run)
