"""`d2l-ch3 similar`: submissions that are nearer to each other than the exercise explains."""

import argparse
from typing import Any

from d2l_ch3.cli.parser import command
from d2l_ch3.cli.refusals import refusing
from d2l_ch3.language import Text

_HELP = Text("哪些提交彼此太像", "submissions that are unusually near to each other")
_DESCRIPTION = Text(
    "列出比题目能解释的更像的提交，一对一对地列，供你去看；这不是判决。",
    "List pairs of submissions that are nearer to each other than the exercises explain: a list to look at, never a "
    "verdict.")
_EXAMPLES = "  d2l-ch3 similar ps1-blocks"
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 比较完了；1 比较完了，但有的读不了；2 有东西要先修好",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 compared, 1 compared but some could not be read,\n"
               "2 something has to be fixed first")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "similar", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("assignment", help=str(Text("作业，例如 ps1-blocks", "for example ps1-blocks")))


def _run(asked: argparse.Namespace) -> int:
    def run() -> int:
        from d2l_ch3.similarity.command import similar

        return similar(asked)

    return refusing("similar", asked.course, run)
