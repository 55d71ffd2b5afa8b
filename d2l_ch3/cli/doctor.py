"""`d2l-ch3 doctor`: say what protects this machine while it grades."""

import argparse
from typing import Any

from d2l_ch3.cli.parser import command
from d2l_ch3.language import Text

_HELP = Text("说明批改时有什么保护着这台机器", "say what protects this machine while it grades")
_DESCRIPTION = Text("逐项列出各种保护和要求：开还是关，为什么，怎么修。",
                    "List each protection and requirement as on or off, with the reason and the mend.")
_EPILOG = Text(
    "例子:\n  d2l-ch3 doctor\n  d2l-ch3 doctor --lang en\n\n退出码: 0 可以批改；1 有东西要先修好",
    "examples:\n  d2l-ch3 doctor\n  d2l-ch3 doctor --lang zh\n\n"
    "exit status: 0 if grading can go on, 1 if something has to be mended")


def add(commands: Any) -> None:
    """Add the subcommand."""
    command(commands, "doctor", _run, _HELP, _DESCRIPTION, _EPILOG)


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.grading.doctor import doctor

    return doctor(asked.course)
