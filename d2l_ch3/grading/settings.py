"""nbgrader's settings where the engine stands in for nbgrader's own steps: what it cannot keep, it refuses.

All of them, with what becomes of each, are in docs/nbgrader.md.
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute, OverwriteCells, SaveAutoGrades
from traitlets.config import Config

from d2l_ch3.language import Text
from d2l_ch3.notebooks.master import Master, check_call

_REFUSED = Text("这门课设置了 c.{owner}.{trait}，这里做不到：{why}",
                "the course sets c.{owner}.{trait}, which cannot be kept here: {why}")
_NO_KERNEL = Text("学生的代码不在 Jupyter 内核里运行，而在隔离的 Python 进程里",
                  "students' code does not run in a Jupyter kernel but in an isolated Python process")
_ALL_CELLS = Text("出错的单元格不会让整份作业失败，后面的照常运行",
                  "a cell that fails never makes the submission fail: the cells after it are run")
_FROM_MASTER = Text("测试和题目总是取自成绩册，分数总是写进成绩册",
                    "tests always come from the gradebook, and scores always go into it")
_AT_ONCE = Text("`d2l-ch3 grade` 同时批改许多份；要用这个钩子，就用 `nbgrader autograde`",
                "`d2l-ch3 grade` grades many submissions at once; for this hook use `nbgrader autograde`")
_OWN_STEPS = Text("`d2l-ch3 grade` 只有它自己的步骤；你加的步骤要用 `nbgrader autograde`",
                  "`d2l-ch3 grade` has its own steps only; for steps that you add use `nbgrader autograde`")
_LANGUAGE = Text("{notebook} 里的代码是 {language}，这里只能批改 Python，所以什么也没有运行。"
                 "nbgrader 自己的步骤能批改它：从 nbgrader_config.py 里删掉 c.Autograde 开头的三行。",
                 "the code of {notebook} is {language}, and only Python can be graded here, so nothing was run. "
                 "nbgrader's own steps can grade it: delete the three lines of c.Autograde from nbgrader_config.py.")


class Refused(NamedTuple):
    """A setting that has to stay as nbgrader has it, and why."""

    owner: type
    trait: str
    why: Text


REFUSED = (*(Refused(Execute, trait, _NO_KERNEL) for trait in (
                "extra_arguments", "timeout_func", "on_notebook_start", "on_notebook_complete",
                "on_notebook_error", "on_cell_start", "on_cell_execute", "on_cell_complete", "on_cell_error")),
           Refused(Execute, "force_raise_errors", _ALL_CELLS),
           Refused(OverwriteCells, "enabled", _FROM_MASTER), Refused(SaveAutoGrades, "enabled", _FROM_MASTER))
"""By both commands."""
REFUSED_FOR_A_CLASS = tuple(Refused(Autograde, trait, why) for trait, why in (
    ("pre_convert_hook", _AT_ONCE), ("post_convert_hook", _AT_ONCE),
    ("sanitize_preprocessors", _OWN_STEPS), ("autograde_preprocessors", _OWN_STEPS)))
"""By `d2l-ch3 grade` as well; nbgrader's command keeps them."""
_OURS = {"sanitize_preprocessors": [], "autograde_preprocessors": ["d2l_ch3.grading.nbgrader_plugin.Grade"]}


def refused(config: Config, settings: Iterable[Refused]) -> list[Text]:
    """What the configuration sets of some settings that have to stay as they are, each with the reason."""
    return [_REFUSED.format(owner=owner.__name__, trait=trait, why=why) for owner, trait, why in settings
            if (value := getattr(owner(config=config), trait)) != getattr(owner(), trait)
            and not (trait in _OURS and value == _OURS[trait])]


def other_languages(masters: dict[str, Master]) -> list[Text]:
    """The notebooks whose code is not Python, each with what can be done."""
    return [_LANGUAGE.format(notebook=f"{master.assignment}/{name}.ipynb", language=language)
            for name, master in masters.items() if (language := foreign_language(master.kernelspec))]


def foreign_language(kernelspec: dict[str, Any]) -> str | None:
    """The language of a kernel, if it is not Python; where nothing tells it is taken for Python."""
    language = str(kernelspec.get("language") or "python")
    return None if language.lower().startswith(("python", "ipython")) else language


def preload(config: Config, masters: Iterable[Master], many: bool = False) -> tuple[str, ...]:
    """What to have ready for the notebooks: c.Grade.preload, or the exercises that are checked.

    And for `many` submissions what the first optimizer of a process imports: it takes a second, as often as a student
    makes one.
    """
    calls = [check_call(cell.source) for master in masters for cell in master.cells if cell.is_check]
    usual = dict.fromkeys(call[0] for call in calls if call)
    return tuple(config.get("Grade", {}).get("preload", [*usual, *(["torch._dynamo"] if many and usual else [])]))


def converter(directory: CourseDirectory) -> Autograde:
    """nbgrader's own step as the course has set it up."""
    return Autograde(coursedir=directory, config=directory.config)
