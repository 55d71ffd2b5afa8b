"""The reader's language, set once, and texts that exist in both."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

LANGUAGES = ("zh", "en")

DEFAULT_LANGUAGE = "en" if os.environ.get("D2L_CH3_LANGUAGE") == "en" else "zh"

_current = DEFAULT_LANGUAGE


def set_language(language: str) -> None:
    """Choose the language of cards, hints and plot labels: ``"zh"`` or ``"en"``."""
    global _current
    if language not in LANGUAGES:
        raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {language!r}")
    _current = language


def get_language() -> str:
    """The language in use: ``"zh"`` or ``"en"``."""
    return _current


@contextmanager
def speaking(language: str) -> Iterator[None]:
    """Use a language for a while."""
    before = get_language()
    set_language(language)
    try:
        yield
    finally:
        set_language(before)


class Text(NamedTuple):
    """One text in both languages; ``str()`` gives the one in use."""

    zh: str
    en: str

    def __str__(self) -> str:
        return self.en if _current == "en" else self.zh

    def format(self, **details: object) -> "Text":
        """Fill the ``{placeholders}`` of both languages; a detail may be a Text itself."""
        return Text(*(
            words.format(**{key: value[index] if isinstance(value, Text) else value
                            for key, value in details.items()})
            for index, words in enumerate(self)))
