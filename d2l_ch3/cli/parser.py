"""What the subcommands' parsers have in common."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from d2l_ch3.language import LANGUAGES, Text

_COURSE = Text("nbgrader 课程的文件夹（默认：当前文件夹）", "the nbgrader course (here)")
_LANG = Text("用哪种语言（默认：系统的语言）", "the language to speak (the system's)")


def system_language() -> str:
    """The language that the system is set to: ``"zh"`` if that is Chinese, else ``"en"``."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if said.lower().startswith("zh") else "en"


def given_language(arguments: Sequence[str]) -> str:
    """The language that the command line asks for, read before all else: help is in that language too."""
    early = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    early.add_argument("--lang")
    try:
        asked = early.parse_known_args(list(arguments))[0].lang
    except argparse.ArgumentError:
        asked = None
    return asked if asked in LANGUAGES else system_language()


def command(commands: Any, name: str, run: Callable[[argparse.Namespace], int], help: Text, description: Text,
            epilog: Text, course: bool = True) -> argparse.ArgumentParser:
    """Add the subcommand `name`; ``run(asked)`` returns its exit status.

    `help` is its line in the list of commands, `description` what it does, `epilog` its examples and exit statuses.
    """
    parser: argparse.ArgumentParser = commands.add_parser(
        name, formatter_class=argparse.RawDescriptionHelpFormatter, help=str(help), description=str(description),
        epilog=str(epilog))
    if course:
        parser.add_argument("--course", type=Path, default=Path(), metavar="FOLDER", help=str(_COURSE))
    add_language(parser, argparse.SUPPRESS)
    parser.set_defaults(run=run)
    return parser


def add_language(parser: argparse.ArgumentParser, default: str | None) -> None:
    """Add ``--lang``: before the subcommand as well as after it. None stands for what the system is set to."""
    parser.add_argument("--lang", choices=LANGUAGES, default=default, help=str(_LANG))


def add_edition(parser: argparse.ArgumentParser) -> None:
    """Add ``--edition``: the language of what students read."""
    given = os.environ.get("EDITION")
    parser.add_argument("--edition", choices=LANGUAGES, default=given if given in LANGUAGES else "zh",
                        help=str(Text("哪种语言的笔记本（默认：zh）", "the language of the notebooks (zh)")))


def at_least_one(text: str) -> int:
    """A whole number from 1 on, as an argument's type."""
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(str(Text("至少为 1", "at least 1")))
    return number
