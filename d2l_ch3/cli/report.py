"""`d2l-ch3 report`: what a class did with an assignment, as a page and as tables."""

import argparse
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import command
from d2l_ch3.cli.refusals import refusing
from d2l_ch3.language import Text

_HELP = Text("一次作业的全班报告：分数、误解、该聊一聊的学生",
             "report on a class: points, misconceptions, who needs a word")
_DESCRIPTION = Text(
    "从成绩册做出一次作业的全班报告：一个不需要网络的网页（打印也清楚），和终端里的表格。",
    "Report on a class and an assignment from the gradebook: a page that needs no network and prints well, and tables "
    "here.")
_EXAMPLES = """\
  d2l-ch3 report ps1-blocks
  d2l-ch3 report ps1-blocks --lang en --output ~/ps1.html
  d2l-ch3 report ps1-blocks --anonymous"""
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 写好了；2 做不了，原因会说清楚",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 written, 2 it cannot be made; the reason is given")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "report", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("assignment", help=str(Text("作业，例如 ps1-blocks", "for example ps1-blocks")))
    parser.add_argument("--output", type=Path, metavar="FILE",
                        help=str(Text("网页写到哪里（默认：课程的 reports/ 里）",
                                      "where to write the page (in the course's reports/)")))
    parser.add_argument("--anonymous", action="store_true",
                        help=str(Text("不提任何一个学生，可以给全班看",
                                      "say nothing of single students, to show it to the class")))


def _run(asked: argparse.Namespace) -> int:
    def run() -> int:
        from d2l_ch3.class_report.command import report

        return report(asked)

    return refusing("report", asked.course, run)
