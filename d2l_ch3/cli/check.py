"""`d2l-ch3 check`: say what would go wrong with a notebook on hand-in, before it is handed in."""

import argparse
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import command, system_language
from d2l_ch3.language import Text

_HELP = Text("交作业之前检查一份笔记本", "check a notebook before you hand it in")
_DESCRIPTION = Text(
    "像批改时那样从头运行一份笔记本，说出交上去会在哪里丢分、为什么、怎么办。\n"
    "在你自己的机器上、用全新的内核运行；笔记本不会被改动，除非用 --fix。\n"
    "用笔记本选的语言说话，除非用 --lang。",
    "Run a notebook from a clean start as the grader will, and say where it would lose points, why, and what to do.\n"
    "It runs on your own machine in a fresh kernel; the notebook is not changed, unless by --fix.\n"
    "It speaks the language that the notebook chose, unless told by --lang.")
_EXAMPLES = """\
  d2l-ch3 check ps1-blocks/blocks.ipynb
  d2l-ch3 check ps1-blocks/blocks.ipynb --fix
  d2l-ch3 check blocks.ipynb --release release/ps1-blocks/blocks.ipynb"""
_EPILOG = Text(
    f"例子:\n{_EXAMPLES}\n\n退出码: 0 没有发现会丢分的地方；1 会丢分；2 没法检查（没有这个文件，或找不到发下来的习题）",
    f"examples:\n{_EXAMPLES}\n\nexit status: 0 nothing was found that costs points, 1 points would be lost,\n"
    "2 it cannot be checked (no such file, no release to compare with)")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "check", _run, _HELP, _DESCRIPTION, _EPILOG, course=False)
    parser.add_argument("notebook", type=Path, help=str(Text("笔记本，例如 ps1-blocks/blocks.ipynb",
                                                             "for example ps1-blocks/blocks.ipynb")))
    parser.add_argument("--fix", action="store_true",
                        help=str(Text("恢复发下来的单元格、顺序、编号和内核，答案都留着；"
                                      "原来的文件存为 NAME.before-fix.ipynb",
                                      "restore the release's cells, their order, ids and kernel, and keep all answers; "
                                      "the file as it was is kept as NAME.before-fix.ipynb")))
    parser.add_argument("--release", type=Path, metavar="PATH",
                        help=str(Text("发下来的笔记本，或它所在的文件夹（默认：往上找 .release 和 release，"
                                      "再找 nbgrader 的 exchange）",
                                      "the notebook as it was given out, or its folder (looked for above the notebook, "
                                      "in .release, then release, then in nbgrader's exchange)")))
    parser.add_argument("--results", type=Path, metavar="FILE",
                        help=str(Text("把得分和说明也写成 JSON，用 Gradescope 的格式",
                                      "also write points and findings as JSON, in Gradescope's format")))


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.presubmit.command import check

    return check(asked.notebook, asked.release, asked.fix, asked.results, asked.lang, system_language())
