"""A checkout of the course as an author sees it, read without importing it: what there is, and what is still to do."""

import ast
import re
from pathlib import Path

from d2l_ch3.language import Text

TODO = "TODO"
NO_CHECKOUT = Text(
    "{folder} 不是这门课的源码目录（没有 text/、d2l_ch3/checks/exercises/ 和 tests/answers/）。"
    "到仓库的根目录里运行，或者用 --course 指出它。",
    "{folder} is no checkout of the course (there is no text/, d2l_ch3/checks/exercises/ and tests/answers/). Run this "
    "in the root of the repository, or name it with --course.")

_POINTS = re.compile(r"\bpoints\"?: (\d+)")
_TEXT_ID = re.compile(r"\b(?:solution|test|written)\"?: \"?([\w-]+)")
_ARGUMENT = re.compile(r"\bArgument\(\"(\w+)\"")
_DEFINED = re.compile(r"^\s*(?:class|def) (\w+)", re.MULTILINE)


class Refused(Exception):
    """It is not done; the message says why, in the language in use."""


class Checkout:
    """The files of a checkout that an exercise is made of. Raises Refused for any other folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.package = folder / "d2l_ch3"
        self.registry = self.package / "checks" / "exercises" / "__init__.py"
        if not (self.registry.is_file() and (folder / "text").is_dir() and (folder / "tests" / "answers").is_dir()):
            raise Refused(NO_CHECKOUT.format(folder=folder.resolve()))

    def text(self, assignment: str) -> Path:
        """The text of a problem set."""
        return self.folder / "text" / f"{assignment}.md"

    def check(self, function: str) -> Path:
        """The module of an exercise."""
        return self.registry.with_name(f"{function}.py")

    def answers(self, name: str) -> Path:
        """The folder of an exercise's answers."""
        return self.folder / "tests" / "answers" / name

    def exercises(self) -> dict[str, dict[str, int]]:
        """The exercises of each problem set and their points, as registered."""
        listed: dict[str, dict[str, int]] = ast.literal_eval(_listed(self.registry.read_text(encoding="utf-8")))
        return listed

    def registry_with(self, assignment: str, name: str, points: int) -> str:
        """The source of the registry with one exercise more, the last of its problem set."""
        source = self.registry.read_text(encoding="utf-8")
        sets = _listed(source)
        names = next(value for key, value in zip(sets.keys, sets.values, strict=True)
                     if isinstance(key, ast.Constant) and key.value == assignment and isinstance(value, ast.Dict))
        lines = source.splitlines(keepends=True)
        lines.insert(names.values[-1].end_lineno or 0, f'        "{name}": {points},\n')
        return "".join(lines)

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
        return set().union(*(_ARGUMENT.findall(path.read_text(encoding="utf-8"))
                             for path in self.registry.parent.glob("*.py")))

    def names_in_package(self) -> set[str]:
        """Classes and functions that the package defines."""
        return set().union(*(_DEFINED.findall(path.read_text(encoding="utf-8")) for path in self.package.rglob("*.py")))

    def assignment_of(self, name: str) -> str | None:
        """The problem set of an exercise."""
        return next((assignment for assignment, names in self.exercises().items() if name in names), None)

    def unfilled(self, name: str) -> list[str]:
        """The lines of an exercise, and of its problem set's text, that are still to be filled in."""
        assignment = self.assignment_of(name)
        files = [self.text(assignment or ""), self.check(name.replace("-", "_")),
                 *sorted(self.answers(name).glob("*.py"))]
        return [f"{path.relative_to(self.folder).as_posix()}:{number}: {line.strip()}"
                for path in files
                for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1) if TODO in line]


def _listed(source: str) -> ast.Dict:
    """The dict EXERCISES in the registry's source."""
    return next(node.value for node in ast.parse(source).body
                if isinstance(node, ast.Assign) and isinstance(node.value, ast.Dict))
