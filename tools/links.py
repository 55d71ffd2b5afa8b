"""Links from a problem set to sections of the chapters: an author writes the heading, and its address is added here.

    [“How deep can blocks nest?”](../3.1-blocks.ipynb)    in text/ps1-blocks.md

The number of a section is left out, so that it may change.
"""

import re
from functools import cache
from pathlib import Path

from d2l_ch3.checks.catalogue import Section, unnumbered
from d2l_ch3.language import LANGUAGES, Text
from tools.texts import TextError, heading, language, read

_LINK = re.compile(r"\[“([^”]+)”\]\(\.\./([\w.-]+)\.ipynb\)")


def anchored(source: str, spoken: str, text: Path, where: str) -> str:
    """`source` with the addresses of all sections that it names. Raises TextError if a chapter has no such section."""
    def link(found: re.Match[str]) -> str:
        words, chapter = found.groups()
        if not (text / f"{chapter}.md").exists():
            raise TextError(f"{where}: there is no chapter {chapter}")
        there = sections(text / f"{chapter}.md", spoken)
        if words not in there:
            raise TextError(f"{where}: {chapter} has no section “{words}”")
        return f"[“{words}”]({Section(chapter, there[words]).link})"
    return _LINK.sub(link, source)


@cache
def sections(chapter: Path, spoken: str) -> dict[str, Text]:
    """The headings of a chapter in both languages, with their numbers, by what they are in one of them without."""
    zh, en = ([words for cell in read(chapter).cells if language(cell) == one and (words := heading(cell))]
              for one in LANGUAGES)
    return {unnumbered(getattr(words, spoken)): words for words in map(Text, zh, en)}
