"""`d2l-ch3 export`: the gradebook for Canvas, Moodle, Gradescope or a spreadsheet."""

import argparse
from pathlib import Path
from typing import Any

from d2l_ch3.cli.parser import command
from d2l_ch3.cli.refusals import refusing
from d2l_ch3.language import Text

SOME_EMPTY = 1

_HELP = Text("导出成绩册：给 Canvas、Moodle、Gradescope 或电子表格",
             "export the gradebook: Canvas, Moodle, Gradescope, a spreadsheet")
_DESCRIPTION = Text(
    "导出成绩册：gradescope 是 JSON，别的都是 CSV。只写定下来的分数：还有文字题等人批改、或者没有交的，\n"
    "那一格留空（gradescope 里没有那个文件）。迟交的扣分已经扣去。\n"
    "Canvas 里作业要和这里同名；空格会清掉 Canvas 里已有的分数，导入前它会让你确认。\n"
    "Moodle 导入时，把 Username、ID number 或 Email address 中的一列对应到学生，其余不管。\n"
    "plain 和 nbgrader 自己的格式一样，Excel 里能正常显示中文。\n"
    "gradescope 给每份提交写一个 results.json（<作业>/<学生>/），就是 Gradescope 的自动批改程序要交出的文件。",
    "Export the gradebook: as JSON for gradescope, else as CSV. Only final scores are written: where written answers\n"
    "wait for a person, or nothing was handed in, the cell is empty (gradescope: there is no file). Penalties for\n"
    "lateness are taken off.\n"
    "In Canvas the assignments must have the names that they have here; an empty cell clears a grade that is there,\n"
    "and Canvas asks before. In Moodle, map one of Username, ID number and Email address to the student.\n"
    "plain is nbgrader's own format. gradescope writes <assignment>/<student>/results.json, the file that an\n"
    "autograder of Gradescope gives back.")
_EXAMPLES = """\
  d2l-ch3 export --format canvas
  d2l-ch3 export --format gradescope --assignment ps1-blocks
  d2l-ch3 export --format moodle --assignment ps1-blocks --to ps1.csv
  nbgrader export --exporter d2l_ch3.exporting.Canvas"""
_EPILOG = Text(
    f"例子:\n{_EXAMPLES}\n\n退出码: 0 导出了；1 导出了，但有的分数还没定，留空了；2 做不了，原因会说清楚",
    f"examples:\n{_EXAMPLES}\n\nexit status: 0 exported, 1 exported but scores that are not final were left empty,\n"
    "2 it cannot be done; the reason is given")
_WRITTEN = Text("{students} 名学生，{assignments} 次作业：{path}",
                "students: {students}, assignments: {assignments}; {path}")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "export", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("--format", choices=("canvas", "moodle", "plain", "gradescope"), default="plain",
                        help=str(Text("给谁用（默认：plain）", "for whom (plain)")))
    parser.add_argument("--assignment", action="append", default=[], metavar="NAME",
                        help=str(Text("只要这一次作业；可以写几次", "only this one; may be repeated")))
    parser.add_argument("--to", type=Path, metavar="FILE",
                        help=str(Text("写到哪里（默认：课程文件夹里的 grades-canvas.csv 等；gradescope 是文件夹）",
                                      "where to (grades-canvas.csv and so on in the course's folder; "
                                      "gradescope: a folder)")))
    parser.add_argument("--provisional", action="store_true",
                        help=str(Text("没有批完的，也写上暂定的分数", "also write scores that are not final")))


def _run(asked: argparse.Namespace) -> int:
    return refusing("export", asked.course, lambda: _export(asked))


def _export(asked: argparse.Namespace) -> int:
    import logging

    from nbgrader.api import Gradebook
    from nbgrader.coursedir import CourseDirectory

    from d2l_ch3.exporting import FORMATS
    from d2l_ch3.grading.course import config

    root = asked.course.resolve()
    settings = config(root)
    logging.basicConfig(format="d2l-ch3 export: %(message)s", level=logging.WARNING)
    plugin = FORMATS[asked.format](config=settings, log=logging.getLogger("d2l-ch3"))
    plugin.to = str(asked.to or root / plugin.file)
    plugin.assignment = asked.assignment
    plugin.provisional |= asked.provisional
    directory = CourseDirectory(config=settings)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        plugin.export(gradebook)
        scores = plugin.scores
        print(_WRITTEN.format(students=len(scores.students), assignments=len(scores.assignments), path=plugin.to))
        return SOME_EMPTY if scores.waiting and not plugin.provisional else 0
