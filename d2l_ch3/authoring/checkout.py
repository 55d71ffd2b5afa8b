"""A checkout of the course as an author sees it, read without importing it: what there is, and what is still to do."""

import re
import tomllib
from pathlib import Path
from typing import Any

from d2l_ch3.language import Text

TODO = "TODO"
NO_CHECKOUT = Text(
    "{folder} 不是这门课的源码目录（没有 text/、d2l_ch3/checks/exercises/ 和 tests/answers/）。"
    "到仓库的根目录里运行，或者用 --course 指出它。",
    "{folder} is no checkout of the course (there is no text/, d2l_ch3/checks/exercises/ and tests/answers/). Run this "
    "in the root of the repository, or name it with --course.")

_POINTS = re.compile(r"\bpoints\"?: (\d+)")
_TEXT_ID = re.compile(r"\b(?:solution|test|written)\"?: \"?([\w-]+)")
_DEFINED = re.compile(r"^\s*(?:class|def) (\w+)", re.MULTILINE)


class Refused(Exception):
    """It is not done; the message says why, in the language in use."""


class Checkout:
    """The files of a checkout that an exercise is made of. Raises Refused for any other folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "d2l_ch3"
        self.checks = self.package / "checks" / "exercises"
        if not (self.checks.is_dir() and (folder / "text").is_dir() and (folder / "tests" / "answers").is_dir()):
            raise Refused(NO_CHECKOUT.format(folder=folder.resolve()))

    def text(self, assignment: str) -> Path:
        """The text of a problem set."""
        return self.folder / "text" / f"{assignment}.md"

    def check(self, function: str) -> Path:
        """The module of an exercise."""
        return self.checks / f"{function}.py"

    def words(self, function: str) -> Path:
        """The words of an exercise."""
        return self.checks / f"{function}.toml"

    def answers(self, name: str) -> Path:
        """The folder of an exercise's answers."""
        return self.folder / "tests" / "answers" / name

    def exercises(self) -> dict[str, dict[str, int]]:
        """The autograded exercises of each problem set, in their order, and their points."""
        found: dict[str, dict[str, int]] = {}
        for name, words in self._said():
            if "criteria" in words and not words.get("bonus"):
                found.setdefault(words["problem_set"], {})[name] = sum(one["points"] for one in words["criteria"])
        return found

    def next_place(self, assignment: str) -> int:
        """The place behind the last exercise of a problem set."""
        return 1 + max(words["place"] for _, words in self._said()
                       if words["problem_set"] == assignment and not words.get("bonus"))

    def _said(self) -> list[tuple[str, dict[str, Any]]]:
        """Name and words of every exercise, in the order of the problem sets."""
        found = [(path.stem.replace("_", "-"), tomllib.loads(path.read_text(encoding="utf-8")))
                 for path in self.checks.glob("*.toml")]
        return sorted(found, key=lambda one: (one[1]["problem_set"], one[1]["place"]))

    def points(self, assignment: str) -> int:
        """What the exercises in a problem set's text are worth together, the written ones included."""
        return sum(map(int, _POINTS.findall(self.text(assignment).read_text(encoding="utf-8"))))

    def grade_ids(self) -> set[str]:
        """The names of all exercises in the texts, the written ones included."""
        return set().union(*(_TEXT_ID.findall(path.read_text(encoding="utf-8"))
                             for path in self.folder.glob("text/*.md")))

    def names_in_checks(self) -> set[str]:
        """What ``checks.NAME`` means something else for: modules of the checks and what they define for students."""
        checks = self.package / "checks"
        own = compile((checks / "__init__.py").read_text(encoding="utf-8"), "checks", "exec").co_names
        return {*own, *(path.stem for path in (*checks.glob("*.py"), *checks.glob("exercises/*.py")))}

    def answers_asked_for(self) -> set[str]:
        """The names that exercises ask a student to write."""
        return {answer for _, words in self._said() for answer in words.get("takes", {})}

    def names_in_package(self) -> set[str]:
        """Classes and functions that the package defines."""
        return set().union(*(_DEFINED.findall(path.read_text(encoding="utf-8")) for path in self.package.rglob("*.py")))

    def assignment_of(self, name: str) -> str | None:
        """The problem set of an exercise."""
        return next((words["problem_set"] for other, words in self._said() if other == name), None)

    def unfilled(self, name: str) -> list[str]:
        """The lines of an exercise, and of its problem set's text, that are still to be filled in."""
        assignment = self.assignment_of(name)
        function = name.replace("-", "_")
        files = [self.text(assignment or ""), self.check(function), self.words(function),
                 *sorted(self.answers(name).glob("*.py"))]
        return [f"{path.relative_to(self.folder).as_posix()}:{number}: {line.strip()}"
                for path in files
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if TODO in line]
