"""The questions of each chapter, and the belief behind each usual wrong guess."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from d2l_ch3.language import Text

CATALOGUE: dict[str, dict[str, dict[str, dict[str, str]]]] = tomllib.loads(
    Path(__file__).with_name("beliefs.toml").read_text(encoding="utf-8"))
"""By chapter and question; a question maps guesses, as text, to words in both languages.

Besides a guess itself there may be ``more`` and ``less`` (of a number: guessed more, or less, than the answer) and
``other``, which any wrong guess falls back to.
"""


@cache
def chapter_of(name: str) -> str:
    """The chapter that asks a question. Raises ValueError if there is none of that name."""
    for chapter, questions in CATALOGUE.items():
        if name in questions:
            return chapter
    raise ValueError(f"no question is called {name!r}; they are listed in d2l_ch3/guesses/beliefs.toml")


def belief(name: str, guessed: Any, answer: Any) -> Text | None:
    """What somebody believes who guesses this, or None if nobody has said."""
    beliefs = CATALOGUE[chapter_of(name)][name]
    keys = [str(guessed)]
    if isinstance(guessed, int | float) and not isinstance(guessed, bool):
        keys.append("more" if guessed > answer else "less")
    words = next((beliefs[key] for key in [*keys, "other"] if key in beliefs), None)
    return Text(words["zh"], words["en"]) if words else None
