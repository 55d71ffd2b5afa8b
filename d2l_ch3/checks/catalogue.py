"""The words of the checks: what a TOML file beside an exercise says of it, in both languages.

``exercises/<name>.toml`` holds the problem set and the place in it, how hard it is and how long it takes, criteria with
their points, hints, the beliefs that a check may name, and where things go on from here; ``beliefs.toml`` holds the
beliefs that turn up everywhere, ``habits.toml`` the advice that costs nothing. Nothing of this is said a
second time in Python.
"""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from d2l_ch3.language import Text

NOT_WRITTEN = "not-written"
"""The belief that stands for an answer that is still empty."""

LEVELS = (Text("基础", "basic"), Text("进阶", "intermediate"), Text("挑战", "challenging"))
"""The three steps of difficulty."""

_HERE = Path(__file__).parent
_FIRST_WORD = re.compile(r"^[a-z]+(?![\w.(])")  # of a sentence; no name such as nn.Linear or net2


@dataclass(frozen=True)
class Criterion:
    """One thing that an answer must do, worth whole points, all or nothing."""

    key: str
    points: int
    title: Text


@dataclass(frozen=True)
class Argument:
    """A name that the check is called with, and what it must be bound to: class, function or dict."""

    name: str
    kind: str


@dataclass(frozen=True)
class Met:
    """Where the idea of an exercise is met in real code."""

    text: Text
    link: str


@dataclass(frozen=True)
class Section:
    """A section of a chapter, ``3.1-blocks``, by its heading."""

    chapter: str
    title: Text

    @property
    def link(self) -> str:
        """Where it is, seen from the folder of a problem set."""
        return f"../{self.chapter}.ipynb#cell-id={heading_cell(self.title.en)}"


def heading_cell(heading: str) -> str:
    """The id of the cell that begins with an English heading, or with its translation: its words, without its number.

    Links name this cell and not the heading, for JupyterLab does not find a heading with Chinese in it.
    """
    return re.sub(r"\W+", "-", unnumbered(heading).lower(), flags=re.ASCII).strip("-")[:64]  # as nbformat allows


def unnumbered(heading: str) -> str:
    """A heading without its number."""
    return re.sub(r"^[\d.]+ ", "", heading)


@dataclass(frozen=True)
class Diagnosis:
    """A belief found in an answer: its name for machines, its title and its explanation for people, details filled in.

    A mere symptom says how a failure shows, not where it comes from; it is left out where a cause is known.
    """

    key: str
    title: Text
    text: Text
    symptom: bool = False


@dataclass(frozen=True)
class Belief:
    """A named wrong belief: a title, and what happened, why, what to try; ``{placeholders}`` are left open."""

    key: str
    title: Text
    text: Text
    symptom: bool = False

    def filled(self, **details: object) -> Diagnosis:
        """The diagnosis with the placeholders of title and text filled in."""
        def sentence(text: Text) -> Text:
            zh, en = text.format(**details)
            return Text(zh, _FIRST_WORD.sub(lambda found: found[0].capitalize(), en))

        return Diagnosis(self.key, sentence(self.title), sentence(self.text), self.symptom)


@dataclass(frozen=True)
class Words:
    """All that is said about one exercise; `level` is 1, 2 or 3, and a `bonus` gives no points in nbgrader."""

    name: str
    problem_set: str
    place: int
    points: int
    written: bool
    bonus: bool
    level: int
    minutes: int
    title: Text
    takes: tuple[Argument, ...] = ()
    criteria: tuple[Criterion, ...] = ()
    hints: tuple[Text, ...] = ()
    beliefs: Mapping[str, Belief] = ()  # type: ignore[assignment]
    properties: Mapping[str, Text] = ()  # type: ignore[assignment]
    met: Met | None = None
    onward: Section | None = None
    kin: str = ""
    """Another exercise of the same kind, whose beliefs turn up here too."""

    def belief(self, key: str) -> Belief:
        """The belief of that name: its own, its kin's, or one of everywhere. Raises KeyError if there is none."""
        if key in self.beliefs:
            return self.beliefs[key]
        return words(self.kin).belief(key) if self.kin else common()[key]


@cache
def words(name: str) -> Words:
    """What is said about the exercise of that name, ``"parallel-block"``."""
    said = _read(_HERE / "exercises" / f"{name.replace('-', '_')}.toml")
    criteria = tuple(Criterion(one["key"], one["points"], text(one)) for one in said.get("criteria", ()))
    return Words(name, said["problem_set"], said["place"],
                 said["points"] if "points" in said else sum(one.points for one in criteria),
                 not criteria, said.get("bonus", False), said["level"], said["minutes"], text(said["title"]),
                 tuple(Argument(*one) for one in said.get("takes", {}).items()), criteria,
                 tuple(map(text, said.get("hints", ()))), _beliefs(said.get("beliefs", {})),
                 {key: text(one) for key, one in said.get("properties", {}).items()},
                 Met(text(said["met"]), said["met"]["link"]) if "met" in said else None,
                 Section(said["onward"]["chapter"], text(said["onward"])) if "onward" in said else None,
                 said.get("kin", ""))


@cache
def everything() -> tuple[Words, ...]:
    """The words of all exercises, autograded and written, in the order of the problem sets; a bonus comes last."""
    found = [words(path.stem.replace("_", "-")) for path in (_HERE / "exercises").glob("*.toml")]
    return tuple(sorted(found, key=lambda one: (one.problem_set, one.bonus, one.place)))


@cache
def common() -> Mapping[str, Belief]:
    """The beliefs that turn up in many exercises."""
    return _beliefs(_read(_HERE / "beliefs.toml"))


@cache
def named(exercise: str, key: str) -> Belief:
    """The belief behind a name, details left open, for whoever has only the name; without words if it is not known.

    What says that something could not be checked is no wrong belief: a symptom.
    """
    try:
        found = words(exercise).belief(key)
    except (KeyError, FileNotFoundError):  # of another edition of the course
        return Belief(key, Text(key, key), Text("", ""))
    return Belief(key, _open(found.title), _open(found.text), found.symptom)


def _open(words: Text) -> Text:
    return Text(*(re.sub(r"\{\w+\}", "…", language) for language in words))


@cache
def habits() -> Mapping[str, Text]:
    """Advice after full points, by the name of the habit."""
    return {key: text(said) for key, said in _read(_HERE / "habits.toml").items()}


def text(said: Mapping[str, Any]) -> Text:
    """Both languages of one entry."""
    return Text(said["zh"], said["en"])


def _beliefs(said: Mapping[str, Any]) -> Mapping[str, Belief]:
    return {key: Belief(key, text(one["title"]), text(one), one.get("symptom", False)) for key, one in said.items()}


def _read(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
