"""`d2l-ch3 hand-out`: make what students get."""

import argparse
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import add_edition, command
from d2l_ch3.language import Text

_HELP = Text("做出发给学生的文件夹和 zip", "make the folder, and a zip of it, that students get")
_DESCRIPTION = Text(
    "做出发给学生的文件夹和 zip：没有运行过的正文、nbgrader 生成的习题、软件包，还有各个系统的启动脚本。\n"
    "里面没有解答、隐藏的测试、评分标准，也没有教师的工具。学生解开新的 zip，覆盖旧的：他写的东西在 work/ 里，不会丢。",
    "Make the folder that students get, and a zip of it: the chapters before anybody ran them, the problem sets as\n"
    "nbgrader makes them, the package, and a start script for Windows, macOS and Linux. There is no solution, hidden\n"
    "test, mark scheme or instructor's tool in it. Students may unpack a newer zip over the old one: what they wrote\n"
    "is in work/, which no zip holds.")
_EXAMPLES = """\
  d2l-ch3 hand-out --edition en
  d2l-ch3 hand-out --problem-sets ps1-blocks ps2-parameters --to ~/Desktop"""
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 做好了；2 做不了，原因会说清楚",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 made, 2 it cannot be made; the reason is given")
_MADE = Text("给学生的是这个文件：{archive}（{size:.1f} MB）\n同样的内容，没有打包：{folder}",
             "Give your students this file: {archive} ({size:.1f} MB)\nThe same, unpacked: {folder}")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "hand-out", _run, _HELP, _DESCRIPTION, _EPILOG)
    add_edition(parser)
    parser.add_argument("--problem-sets", nargs="+", default=[], metavar="NAME",
                        help=str(Text("只发这几套习题（默认：全部）", "only these problem sets (all)")))
    parser.add_argument("--to", type=Path, metavar="FOLDER",
                        help=str(Text("写到哪里（默认：课程的 hand-out/ 里）", "where to (hand-out/ in the course)")))


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.handout.folder import hand_out
    from d2l_ch3.handout.release import NotMade
    from d2l_ch3.terminal import complain

    course = asked.course.resolve()
    try:
        folder, archive = hand_out(course, asked.edition, (asked.to or course / "hand-out").resolve(),
                                   asked.problem_sets)
    except (NotMade, OSError) as error:
        return complain("hand-out", error)
    print(_MADE.format(archive=archive, folder=folder, size=archive.stat().st_size / 1e6))
    return 0
