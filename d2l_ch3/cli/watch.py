"""`d2l-ch3 watch`: grade what is handed in as it comes."""

import argparse
import os
from typing import Any

from d2l_ch3.cli.parser import at_least_one, command
from d2l_ch3.cli.refusals import elsewhere, refusing
from d2l_ch3.language import Text

_HELP = Text("一交上来就批改", "grade what is handed in as it comes")
_DESCRIPTION = Text(
    "看着 submitted/，交来一份就批改一份，做好反馈页。没写完的文件等写完再看；又交了新的，算新的。\n"
    "随时可以停，断电也不丢：再启动时接着做没做完的。",
    "Watch submitted/, grade each submission as it comes, and make its page. Files that are still being written\n"
    "wait; a newer version takes the place of an older one. However it is stopped, nothing is lost: the next watch\n"
    "goes on with the rest.")
_EXAMPLES = """\
  d2l-ch3 watch ps1-blocks
  d2l-ch3 watch --collect --release --apart 60"""
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 由 Ctrl-C 或 SIGTERM 结束；2 有东西要先修好",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 ended by Ctrl-C or SIGTERM, 2 something has to be fixed "
               "first")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "watch", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("assignments", nargs="*", metavar="assignment",
                        help=str(Text("作业，例如 ps1-blocks（默认：全部）", "for example ps1-blocks (all of them)")))
    parser.add_argument("--collect", action="store_true",
                        help=str(Text("先从 nbgrader 的交换目录收作业",
                                      "fetch submissions from nbgrader's exchange first")))
    parser.add_argument("--release", action="store_true",
                        help=str(Text("做好的反馈页马上发出去，`nbgrader fetch_feedback` 就能取到",
                                      "release each page at once, for `nbgrader fetch_feedback`")))
    parser.add_argument("--apart", type=at_least_one, default=10, metavar="SECONDS",
                        help=str(Text("同一个学生的两次批改至少隔这么久（默认：10）",
                                      "a student's submissions are graded so far apart at least (10)")))
    parser.add_argument("--jobs", type=at_least_one, default=os.cpu_count() or 1, metavar="N",
                        help=str(Text("用几个进程（默认：有几个核用几个）", "processes (as many as cores)")))


def _run(asked: argparse.Namespace) -> int:
    if refused := elsewhere("watch"):
        return refused

    def run() -> int:
        from d2l_ch3.watching.command import watch

        return watch(asked)

    return refusing("watch", asked.course, run)
