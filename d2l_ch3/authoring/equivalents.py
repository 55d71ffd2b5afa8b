"""Mutants that are no mistakes: `tests/answers/<exercise>/equivalent.toml`, which an author edits.

    [[mutant]]
    was = "H = F.relu(self.hidden(X))"
    becomes = "H = F.relu_(self.hidden(X))"
    why = "the tensor that is changed in place is forward's own"

An entry holds for every mutant of the exercise's reference with these lines, wherever they stand.
"""

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

from d2l_ch3.authoring.mutants import Mutant
from d2l_ch3.authoring.solutions import AuthoringError
from d2l_ch3.language import Text

_UNREADABLE = Text("{path} 读不了：{why}", "{path} cannot be read: {why}")
_INCOMPLETE = Text("{path} 的第 {number} 条不完整：每条 [[mutant]] 都要有 was、becomes 和 why（理由不能空着）。",
                   "entry {number} of {path} is not complete: each [[mutant]] has was, becomes and why, and a reason "
                   "is not empty.")
_FIELDS = ("was", "becomes", "why")

Change = tuple[str, str]
"""What a mutant's lines were, and what they become."""


def path(course: Path, exercise: str) -> Path:
    """The file of an exercise."""
    return course / "tests" / "answers" / exercise / "equivalent.toml"


def listed(course: Path, exercise: str) -> dict[Change, str]:
    """The changes that are listed, with the reasons; empty if there is no file."""
    file = path(course, exercise)
    try:
        entries = tomllib.loads(file.read_text(encoding="utf-8")).get("mutant", []) if file.exists() else []
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise AuthoringError(_UNREADABLE.format(path=file, why=error)) from None
    for number, entry in enumerate(entries, 1):
        if set(entry) != set(_FIELDS) or not str(entry["why"]).strip():
            raise AuthoringError(_INCOMPLETE.format(path=file, number=number))
    return {(entry["was"], entry["becomes"]): entry["why"] for entry in entries}


def entries(mutants: Iterable[Mutant]) -> str:
    """Entries for these mutants to paste into the file, their reasons left to write."""
    return "\n\n".join("\n".join(["[[mutant]]", *(f"{field} = {json.dumps(value, ensure_ascii=False)}"
                                                  for field, value in zip(_FIELDS, values, strict=True))])
                       for values in ((mutant.was, mutant.becomes, "") for mutant in mutants))
