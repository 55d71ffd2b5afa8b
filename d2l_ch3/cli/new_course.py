"""`d2l-ch3 new-course`: write the folder that nbgrader needs, and nothing else."""

import argparse
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import add_edition, command
from d2l_ch3.language import Text

_HELP = Text("写出一门 nbgrader 课程的文件夹", "write the folder of an nbgrader course")
_DESCRIPTION = Text(
    "写出 nbgrader 要的课程文件夹，别的没有：nbgrader_config.py 和 source/，只含所选的语言。\n"
    "在课程的仓库里运行。文件夹里已有的东西不会覆盖。",
    "Write what nbgrader needs of a course, and no more: nbgrader_config.py and source/, in the language chosen.\n"
    "Run it in the course's repository. Nothing that is in the folder is overwritten.")
_EXAMPLES = """\
  d2l-ch3 new-course ~/courses/d2l_ch3
  d2l-ch3 new-course /srv/nbgrader/d2l_ch3 --edition en --problem-sets ps1-blocks"""
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 写好了；2 写不了，什么也没有改",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 written, 2 it cannot be written and nothing has changed")
_WRITTEN = Text("课程在 {folder}。接下来，在那里运行：\n  nbgrader generate_assignment {name}",
                "The course is in {folder}. Next, in there:\n  nbgrader generate_assignment {name}")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "new-course", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("folder", type=Path, metavar="FOLDER",
                        help=str(Text("写到哪里：空的，或者还没有", "where to: an empty folder, or none yet")))
    add_edition(parser)
    parser.add_argument("--problem-sets", nargs="+", default=[], metavar="NAME",
                        help=str(Text("只要这几套习题（默认：全部）", "only these problem sets (all)")))


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.handout.course import new_course
    from d2l_ch3.handout.release import NotMade
    from d2l_ch3.terminal import complain

    try:
        names = new_course(asked.course.resolve(), asked.folder.resolve(), asked.edition, asked.problem_sets)
    except (NotMade, OSError) as error:
        return complain("new-course", error)
    print(_WRITTEN.format(folder=asked.folder.resolve(), name=names[0]))
    return 0
