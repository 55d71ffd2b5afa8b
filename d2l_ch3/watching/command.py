"""`d2l-ch3 watch`, as a person or a system's log sees it: a line for each submission, a clean end."""

import argparse
import signal
import time

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from traitlets.config import Config

from d2l_ch3.class_report.class_data import NotThere, require
from d2l_ch3.grading import course, readiness
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.language import Text
from d2l_ch3.terminal import complain, say
from d2l_ch3.watching.arrivals import Arrivals, Key
from d2l_ch3.watching.watch import Watch

ENDED = 0

_BEGUN = Text("看着 {assignments}；Ctrl-C 结束", "watching {assignments}; Ctrl-C ends it")
_ENDED = Text("结束了。批改完的都已保存；再启动时接着做没做完的",
              "ended. What was graded is saved; the next watch goes on with the rest")
_NONE = Text("成绩册里一次作业也没有：先运行 `nbgrader generate_assignment`",
             "the gradebook has no assignment: run `nbgrader generate_assignment` first")
_NO_EXCHANGE = Text("nbgrader 的交换目录 {folder} 用不了，所以没法用 --collect 和 --release：建好它，再运行一次",
                    "nbgrader's exchange {folder} cannot be used, which --collect and --release need: set it up first")
_CANNOT_ISOLATE = Text("学生的代码在这里关不起来：{why}\n`d2l-ch3 doctor` 会说缺什么、怎么修。",
                       "students' code cannot be isolated here: {why}\n`d2l-ch3 doctor` says what is missing and how "
                       "to fix it.")


def watch(asked: argparse.Namespace) -> int:
    """Watch as asked on the command line, until a signal comes. Raises CourseError, NoMaster, NotThere and OSError."""
    console = Console()
    config = course.config(asked.course.resolve())
    if asked.collect or asked.release:
        _require_exchange(config)
    assignments = _assignments(CourseDirectory(config=config), asked.assignments)

    def tell(key: Key, what: Text) -> None:
        say(console, " ".join(filter(None, [time.strftime("%H:%M:%S"), *key])) + f": {what}")

    watching = Watch(config, assignments, asked.jobs, Arrivals(apart=asked.apart), tell, asked.collect, asked.release)
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: watching.stop.set())
    try:
        readiness.require(watching.root, config.get("Grade", {}).get("isolated", True))
        watching.run(lambda: say(console, _BEGUN.format(assignments=", ".join(assignments))))
    except IsolationError as error:
        return complain("watch", _CANNOT_ISOLATE.format(why=error))
    say(console, _ENDED)
    return ENDED


def _require_exchange(config: Config) -> None:
    nbgrader = NbGraderAPI(config=config)
    if not nbgrader.exchange_is_functional:
        raise NotThere(_NO_EXCHANGE.format(folder=nbgrader.exchange_root))


def _assignments(directory: CourseDirectory, asked: list[str]) -> list[str]:
    """Those that were asked for, or all that were generated."""
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        require(gradebook, asked)
        found = asked or sorted(one.name for one in gradebook.assignments if one.notebooks)
    if not found:
        raise NotThere(_NONE)
    return found
