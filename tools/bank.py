"""The answers bank: right and wrong answers to every exercise, as students write them.

`tests/answers/<exercise>/right_*.py` and `wrong_*.py` hold what goes into the answer
cell. A docstring says what is right or wrong about it; that of a wrong answer ends with

    misconception: joined-on-batch
    points: 2

all the names that the check must give (`a, b` where it is two), no other, and the points that it must award, with
every seed; each name is one that is true of the answer. A right answer may have a line ``advice: data``, the habits
that the card must mention.
The line ``keeps: state`` marks an answer that remembers one check at the next, so that
its points change if it is checked again.
`prelude.py` beside them, where there is one, holds earlier answers that these build on.
"""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from d2l_ch3 import checks
from d2l_ch3.checks.report import Report

ANSWERS = Path(__file__).parents[1] / "tests" / "answers"

IMPORTS = "import torch\nfrom torch import Tensor, nn\nfrom torch.nn import functional as F\n"


@dataclass(frozen=True)
class Answer:
    """One answer: its exercise (grade_id), file, cell source, and what the check must say of it."""

    exercise: str
    path: Path
    cell: str
    points: int
    misconceptions: tuple[str, ...]
    keeps_state: bool
    advice: tuple[str, ...] = ()

    @property
    def right(self) -> bool:
        """Whether it deserves full points."""
        return not self.misconceptions

    def __str__(self) -> str:
        return f"{self.exercise}/{self.path.stem}"

    @property
    def prelude(self) -> str:
        """Earlier answers that this one builds on, as a cell's source; empty if there are none."""
        path = self.path.with_name("prelude.py")
        return path.read_text(encoding="utf-8") if path.exists() else ""

    def names(self) -> dict[str, Any]:
        """Run the answer as its notebook would, and return the names that it defines.

        What it raises ends the cell, as in a notebook; names bound before that stay.
        """
        namespace: dict[str, Any] = {"__name__": "__main__"}
        exec(IMPORTS + self.prelude, namespace)
        try:
            exec(compile(self.path.read_text(encoding="utf-8"), str(self.path), "exec"), namespace)
        except Exception as error:
            namespace["__raised__"] = error
        return namespace

    def arguments(self) -> list[Any]:
        """What the test cell hands to the check."""
        names = self.names()
        takes = checks.exercise(self.exercise).takes
        return [names[argument.name] for argument in takes if argument.name in names]

    def check(self, seed: int) -> Report:
        """The check's report on this answer."""
        check = getattr(checks, checks.exercise(self.exercise).function)
        return check(*self.arguments(), seed=seed)


def points_without_imports(given: Mapping[str, Answer]) -> dict[str, float]:
    """What answers earn one after another in a notebook whose set-up cell did not run.

    Each finds only the names that it and those before it bring; a check whose arguments are missing gives nothing.
    """
    namespace: dict[str, Any] = {"__name__": "__main__"}
    points = {}
    for name, answer in given.items():
        try:
            exec(compile(answer.prelude + "\n" + answer.cell, str(answer.path), "exec"), namespace)
        except Exception as error:
            namespace["__raised__"] = error
        exercise = checks.exercise(name)
        arguments = [namespace[argument.name] for argument in exercise.takes if argument.name in namespace]
        found = len(arguments) == len(exercise.takes)
        points[name] = float(getattr(checks, exercise.function)(*arguments, seed=0).points) if found else 0.0
    return points


def answers(exercise: str) -> list[Answer]:
    """All answers to an exercise, right ones first."""
    return [_read(exercise, path) for kind in ("right", "wrong")
            for path in sorted((ANSWERS / exercise).glob(f"{kind}_*.py"))]


@cache
def _read(exercise: str, path: Path) -> Answer:
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    docstring = ast.get_docstring(tree)
    if docstring is None:
        raise ValueError(f"{path}: an answer begins with a docstring that says what it is")
    cell = "\n".join(source.splitlines()[tree.body[0].end_lineno:]).strip() + "\n"
    fields = dict(line.split(": ", 1) for line in docstring.splitlines()
                  if line.startswith(("misconception: ", "points: ", "keeps: ", "advice: ")))
    keeps_state = fields.pop("keeps", None) == "state"
    advice = tuple(fields.pop("advice", "").replace(",", " ").split())
    if path.name.startswith("right_"):
        return Answer(exercise, path, cell, checks.exercise(exercise).points, (), keeps_state, advice)
    if set(fields) != {"misconception", "points"}:
        raise ValueError(f"{path}: the docstring of a wrong answer names its misconception and its points")
    return Answer(exercise, path, cell, int(fields["points"]),
                  tuple(fields["misconception"].replace(",", " ").split()), keeps_state)
