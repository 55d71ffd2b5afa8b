"""Mutants that are no mistakes: `tests/answers/<exercise>/equivalent.toml`, which an author edits.

    [[mutant]]
    was = "H = F.relu(self.hidden(X))"
    becomes = "H = F.relu_(self.hidden(X))"
    why = "the tensor that is changed in place is forward's own"

An entry holds for every mutant of the exercise with these lines, wherever they stand; where lines become several
things for one reason, ``becomes`` is a list. What is of the bank's right answers, and not of the reference, is an
``[[answer]]``. There are many of them; so a ``[[kind]]`` holds for every change whose lines match two patterns:

    [[kind]]
    was = "for name, block in .*"
    becomes = "for name, block in list.*"
    why = "the order of the rows is looked at nowhere"
"""

import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from d2l_ch3.authoring.mutants import Mutant
from d2l_ch3.authoring.solutions import AuthoringError
from d2l_ch3.language import Text

_UNREADABLE = Text("{path} 读不了：{why}", "{path} cannot be read: {why}")
_INCOMPLETE = Text("{path} 的第 {number} 条不完整：每条 [[mutant]]、[[answer]] 或 [[kind]] 都要有 was、becomes 和 why"
                   "（理由不能空着）。",
                   "entry {number} of {path} is not complete: each [[mutant]], [[answer]] or [[kind]] has was, becomes "
                   "and why, and a reason is not empty.")
_FIELDS = ("was", "becomes", "why")

_TABLES = ("mutant", "answer", "kind")


@dataclass(frozen=True)
class Listed:
    """An entry: what a mutant's lines were and become, word by word or, of a kind, as regular expressions."""

    was: str
    becomes: str
    table: str

    def covers(self, mutant: Mutant) -> bool:
        """Whether the entry holds for the mutant."""
        if self.table == "kind":
            return all(re.fullmatch(pattern, text, re.DOTALL)
                       for pattern, text in ((self.was, mutant.was), (self.becomes, mutant.becomes)))
        return (self.was, self.becomes) == (mutant.was, mutant.becomes)


def path(course: Path, exercise: str) -> Path:
    """The file of an exercise."""
    return course / "tests" / "answers" / exercise / "equivalent.toml"


def listed(course: Path, exercise: str) -> list[Listed]:
    """What is listed; empty if there is no file."""
    file = path(course, exercise)
    try:
        read = tomllib.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        given = [(table, entry) for table in _TABLES for entry in read.get(table, [])]
        for number, (_, entry) in enumerate(given, 1):
            if set(entry) != set(_FIELDS) or not str(entry["why"]).strip():
                raise AuthoringError(_INCOMPLETE.format(path=file, number=number))
        found = [Listed(entry["was"], becomes, table) for table, entry in given for becomes in _each(entry)]
        for one in (one for one in found if one.table == "kind"):
            re.compile(one.was), re.compile(one.becomes)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError, re.error) as error:
        raise AuthoringError(_UNREADABLE.format(path=file, why=error)) from None
    return found


def _each(entry: dict[str, Any]) -> list[str]:
    return entry["becomes"] if isinstance(entry["becomes"], list) else [entry["becomes"]]


def entries(mutants: Iterable[Mutant], table: str = "mutant") -> str:
    """Entries for these mutants to paste into the file, their reasons left to write."""
    return "\n\n".join("\n".join([f"[[{table}]]", *(f"{field} = {json.dumps(value, ensure_ascii=False)}"
                                                  for field, value in zip(_FIELDS, values, strict=True))])
                       for values in ((mutant.was, mutant.becomes, "") for mutant in mutants))
