"""The command `d2l-ch3`. What each part needs is imported when it is asked for."""

import argparse
import os
import sys
from pathlib import Path
from typing import Any


def main(arguments: list[str] | None = None) -> int:
    """Run the command and return its exit status."""
    asked = _parser().parse_args(arguments)
    os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    status: int = asked.run(asked)
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="d2l-ch3", description="Grade the course's problem sets, and look after it.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _grade(commands)
    _doctor(commands)
    return parser


def _command(commands: Any, name: str, run: Any, **texts: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, formatter_class=argparse.RawDescriptionHelpFormatter, **texts)
    parser.add_argument("--course", type=Path, default=Path(), metavar="FOLDER", help="the nbgrader course (here)")
    parser.set_defaults(run=run)
    return parser


def _grade(commands: Any) -> None:
    def run(asked: argparse.Namespace) -> int:
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
    parser.add_argument("--jobs", type=int, default=os.cpu_count(), metavar="N", help="processes (as many as cores)")
    parser.add_argument("--scheduler", metavar="ADDRESS", help="grade on the workers of this Dask scheduler")
    parser.add_argument("--dry-run", action="store_true", help="say what would be graded, and stop")
    parser.add_argument("--without-isolation", action="store_true",
                        help="run students' code with your own rights; noted in the gradebook")


def _doctor(commands: Any) -> None:
    def run(asked: argparse.Namespace) -> int:
        from d2l_ch3.grading.doctor import doctor

        return doctor(asked.course)

    _command(commands, "doctor", run, help="say what protects this machine while it grades",
             description="List each protection and requirement as on or off, with the reason and the mend.",
             epilog="example:\n  d2l-ch3 doctor\n\nexit status: 0 if grading can go on, 1 if something has to be mended")


if __name__ == "__main__":
    sys.exit(main())
