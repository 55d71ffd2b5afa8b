"""The command `d2l-ch3`. What each part needs is imported when it is asked for."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any

from d2l_ch3.language import LANGUAGES, speaking


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    asked = _parser().parse_args(arguments)
    sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]  # jsonschema's, for URLs: a second of start-up
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    try:
        with speaking(asked.lang):
            status: int = asked.run(asked)
    except KeyboardInterrupt:  # while what it needs was still being imported
        return 130
    return status


def system_language() -> str:
    """The language that the system is set to: ``"zh"`` if that is Chinese, else ``"en"``."""
    said = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return "zh" if said.lower().startswith("zh") else "en"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="d2l-ch3", formatter_class=argparse.RawDescriptionHelpFormatter,
        description="Grade the course's problem sets, and look after it.",
        epilog="examples:\n  d2l-ch3 doctor\n  d2l-ch3 grade ps1-blocks\n  d2l-ch3 grade --help")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _grade(commands)
    _doctor(commands)
    return parser


def _command(commands: Any, name: str, run: Any, **texts: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, formatter_class=argparse.RawDescriptionHelpFormatter, **texts)
    parser.add_argument("--course", type=Path, default=Path(), metavar="FOLDER", help="the nbgrader course (here)")
    parser.add_argument("--lang", choices=LANGUAGES, default=system_language(),
                        help="the language to speak (the system's)")
    parser.set_defaults(run=run)
    return parser


def _grade(commands: Any) -> None:
    def run(asked: argparse.Namespace) -> int:
        if sys.platform != "linux":  # the engine would not even import everywhere
            from d2l_ch3.grading.doctor import another_system

            _, reason, mend = another_system()
            print(f"d2l-ch3 grade: {reason}. {mend}", file=sys.stderr)
            return 2
        from d2l_ch3.grading.command import grade

        return grade(asked)

    parser = _command(
        commands, "grade", run, help="grade every submission of an assignment",
        description="Grade every submission of an assignment, in parallel and behind walls. What has not changed since "
                    "it was graded is left alone.",
        epilog="examples:\n  d2l-ch3 grade ps1-blocks\n  d2l-ch3 grade ps1-blocks --student s01 --student s02 --force\n"
               "  d2l-ch3 grade ps1-blocks --scheduler tcp://10.0.0.1:8786\n\nexit status: 0 graded, 1 graded but some "
               "submissions could not be read,\n2 nothing was graded because something has to be mended first, "
               "130 interrupted")
    parser.add_argument("assignment")
    parser.add_argument("--student", action="append", default=[], metavar="ID", help="only this one; may be repeated")
    parser.add_argument("--force", action="store_true", help="grade again what has not changed")
    parser.add_argument("--jobs", type=_at_least_one, default=os.cpu_count() or 1, metavar="N",
                        help="processes (as many as cores)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="grade on the workers of this Dask scheduler")
    parser.add_argument("--dry-run", action="store_true", help="say what would be graded, and stop")
    parser.add_argument("--without-isolation", action="store_true",
                        help="run students' code with your own rights; noted in the gradebook")


def _at_least_one(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError("at least 1")
    return number


def _doctor(commands: Any) -> None:
    def run(asked: argparse.Namespace) -> int:
        from d2l_ch3.grading.doctor import doctor

        return doctor(asked.course)

    _command(commands, "doctor", run, help="say what protects this machine while it grades",
             description="List each protection and requirement as on or off, with the reason and the mend.",
             epilog="examples:\n  d2l-ch3 doctor\n  d2l-ch3 doctor --lang zh\n\n"
                    "exit status: 0 if grading can go on, 1 if something has to be mended")


if __name__ == "__main__":
    sys.exit(main())
