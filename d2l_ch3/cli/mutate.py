"""`d2l-ch3 mutate`: find wrong answers that a check lets pass."""

import argparse
import os
from typing import Any

from d2l_ch3.cli.parser import at_least_one, command
from d2l_ch3.language import Text

_HELP = Text("找出检查放过的错误答案", "find wrong answers that a check lets pass")
_DESCRIPTION = Text(
    "把一道题的参考解答一处一处改坏，列出仍然拿满分的变体。\n"
    "每一个，要么让检查更严，把它抓出来；要么写进 tests/answers/<题>/equivalent.toml，说明为什么它不算错。",
    "Change the reference solution of an exercise in one place after another, and list the mutants that still get\n"
    "full points. Each is either caught by a stronger check, or listed with a reason why it is no mistake in\n"
    "tests/answers/<exercise>/equivalent.toml.")
_EXAMPLES = "  d2l-ch3 mutate parallel-block\n  d2l-ch3 mutate weight-norm half-fourier --seeds 10\n  d2l-ch3 mutate"
_EPILOG = Text(
    f"例子:\n{_EXAMPLES}\n\n退出码: 0 拿满分的变体都列在文件里；1 有没列出的，或者列出的已经不存在；"
    "2 没法检查（比如没有这道题）；130 被中断",
    f"examples:\n{_EXAMPLES}\n\nexit status: 0 all mutants with full points are listed, 1 some are not, or one is "
    "listed that\nis no more, 2 it cannot be done (no exercise of that name, say), 130 interrupted")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "mutate", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("names", nargs="*", metavar="NAME",
                        help=str(Text("题目，例如 parallel-block（默认：全部）", "for example parallel-block (all)")))
    parser.add_argument("--seeds", type=at_least_one, default=3, metavar="N",
                        help=str(Text("用几个种子检查（默认：3）", "check with that many seeds (3)")))
    parser.add_argument("--seconds", type=at_least_one, default=30, metavar="N",
                        help=str(Text("一个变体最多运行几秒（默认：30）", "the most that a mutant may run (30)")))
    parser.add_argument("--jobs", type=at_least_one, default=os.cpu_count() or 1, metavar="N",
                        help=str(Text("用几个进程（默认：有几个核用几个）", "processes (as many as cores)")))
    parser.add_argument("--answers", action="store_true", help=str(Text(
        "变异的是 tests/answers/ 里的正确答案，不是参考解答", "mutate the right answers in tests/answers/ instead")))


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.authoring.mutate import mutate

    return mutate(asked)
