"""The command `d2l-ch3`, a module a subcommand. What each needs is imported when it is asked for.

A module of a subcommand has one public function, ``add(commands)``.
"""

import argparse
import gc
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from threading import Timer, get_ident

from d2l_ch3 import console, grammar
from d2l_ch3.cli.parser import add_language, given_language, system_language
from d2l_ch3.language import Text, speaking

COMMANDS = ("check", "lab", "doctor", "hand_out", "new_course", "grade", "feedback", "report", "watch", "similar",
            "export", "new_exercise", "mutate")
"""The modules of this package that hold a subcommand; students are given a package without those for instructors."""

_DESCRIPTION = Text("交作业之前检查，批改，看全班，写新题。",
                    "Check a notebook before you hand it in; grade a class and see what it did; write exercises.")
_EPILOG = Text("例子", "examples")
_UNKNOWN = Text("没有这样的选项或参数：{unknown}", "no such option or argument: {unknown}")


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    with speaking(console.spoken(given_language(sys.argv[1:] if arguments is None else arguments))):
        parser = _parser()
        asked, unknown = parser.parse_known_args(arguments)
        if unknown and not hasattr(asked, "further"):
            parser.error(str(_UNKNOWN.format(unknown=" ".join(unknown))))
        asked.further = unknown
    grammar.leave_out()
    gc.set_threshold(100_000)  # imports make much that lives on; looking through it so often takes a tenth of a start
    programs, path = str(Path(sys.executable).parent), os.environ.get("PATH", "")
    if programs not in path.split(os.pathsep):  # nbgrader starts `alembic` by name
        os.environ["PATH"] = os.pathsep.join([programs, path])
    try:
        with speaking(console.spoken(asked.lang or system_language())), _interrupts_kept():
            status: int = asked.run(asked)
    except KeyboardInterrupt:  # while what it needs was still being imported
        return 130
    return status


@contextmanager
def _interrupts_kept() -> Iterator[None]:
    """Send a Ctrl-C again that fell into a destructor or the callback of a weak reference, where Python drops it."""
    usual = sys.unraisablehook
    again = partial(signal.pthread_kill, get_ident()) if hasattr(signal, "pthread_kill") else signal.raise_signal

    def dropped(what: "sys.UnraisableHookArgs") -> None:
        if what.exc_type is KeyboardInterrupt:
            Timer(0.01, again, [signal.SIGINT]).start()  # when Python is out of there
        else:
            usual(what)

    sys.unraisablehook = dropped
    try:
        yield
    finally:
        sys.unraisablehook = usual


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="d2l-ch3", formatter_class=argparse.RawDescriptionHelpFormatter, description=str(_DESCRIPTION),
        epilog=f"{_EPILOG}:\n  d2l-ch3 lab\n  d2l-ch3 check ps1-blocks/blocks.ipynb\n  d2l-ch3 check --help")
    add_language(parser, None)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for name in COMMANDS:
        if find_spec(f"{__name__}.{name}"):
            import_module(f"{__name__}.{name}").add(commands)
    return parser
