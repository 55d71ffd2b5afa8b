"""`d2l-ch3 lab`: JupyterLab on the course."""

import argparse
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import add_edition, command
from d2l_ch3.language import Text

_HELP = Text("打开 JupyterLab 的课程首页", "open JupyterLab on the course's start page")
_DESCRIPTION = Text(
    "在课程的文件夹里打开 JupyterLab，停在首页。发下来的笔记本只复制一次，你写过的不会被覆盖；\n"
    "删掉一个文件，下次就有一份新的。不认识的选项交给 JupyterLab，值用等号连着写：--port=8890。",
    "Open JupyterLab in the folder of the course, on its start page. Notebooks are copied there once, and what you\n"
    "have written is never overwritten; delete a file to get a fresh copy. Options that it does not know go to\n"
    "JupyterLab, written with an equals sign: --port=8890.")
_EXAMPLES = """\
  d2l-ch3 lab
  d2l-ch3 lab Downloads/d2l_ch3-en --no-browser --port=8890"""
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 JupyterLab 关掉了；2 打不开，原因会说清楚",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 JupyterLab was shut down, 2 it cannot be opened (with the "
               "reason)")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "lab", _run, _HELP, _DESCRIPTION, _EPILOG, course=False)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(), metavar="FOLDER",
                        help=str(Text("老师发的文件夹（默认：当前文件夹）", "the folder that you were given (here)")))
    add_edition(parser)
    parser.set_defaults(further=[])


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.lab import jupyter
    from d2l_ch3.lab.folder import START_PAGE, NoCourse, work_folder
    from d2l_ch3.terminal import complain

    folder = asked.folder.resolve()
    if jupyter.refused(asked.further):
        return complain("lab", jupyter.AS_ROOT.format(option="--allow-root"))
    try:
        if is_checkout(folder):
            from d2l_ch3.handout.release import own_lab

            work, root = own_lab(folder, asked.edition), folder
        else:
            work = root = work_folder(folder)
    except (NoCourse, OSError) as error:
        return complain("lab", error)
    jupyter.start(root, work / START_PAGE, asked.further)
    return 0


def is_checkout(folder: Path) -> bool:
    """Whether a folder is the course as its authors have it, sources and all."""
    return all((folder / name).exists() for name in ("source", "notebooks", "nbgrader_config.py"))
