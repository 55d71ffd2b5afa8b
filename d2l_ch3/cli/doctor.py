"""`d2l-ch3 doctor`: what a student needs, or what protects a machine that grades."""

import argparse
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import command
from d2l_ch3.language import Text

_HELP = Text("看看这台机器缺什么", "say what this machine has and lacks")
_DESCRIPTION = Text("在课程文件夹里（或用 --course 指明）：逐项列出批改时的各种保护和要求，开还是关，为什么，怎么修。\n"
                    "在别处：列出学生要用的东西，缺的怎么装。",
                    "In a course's folder (or with --course): list each protection and requirement of grading as on\n"
                    "or off, with the reason and the fix. Elsewhere: what a student needs, and how to get what is\n"
                    "missing.")
_EPILOG = Text(
    "例子:\n  d2l-ch3 doctor\n  d2l-ch3 doctor --course ~/courses/d2l_ch3\n\n退出码: 0 都好；1 有东西要先修好",
    "examples:\n  d2l-ch3 doctor\n  d2l-ch3 doctor --course ~/courses/d2l_ch3\n\n"
    "exit status: 0 all is well, 1 something has to be fixed")
_FOR_GRADING = Text("（批改的保护：到课程文件夹里来，或用 --course 指明。）",
                    "(For what protects grading, go to the course's folder or name it with --course.)")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "doctor", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.set_defaults(course=None)


def _run(asked: argparse.Namespace) -> int:
    grades = find_spec("d2l_ch3.grading") is not None  # students are given a package without it
    if grades and (asked.course or Path("nbgrader_config.py").is_file()):
        from d2l_ch3.grading.doctor import doctor

        return doctor(asked.course or Path())
    from d2l_ch3.installation import report

    ready = report()
    if grades:
        print(_FOR_GRADING)
    return int(not ready)
