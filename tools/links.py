"""Links from a problem set to sections of the chapters: an author writes the heading, and its anchor is added here.

    [“How deep can blocks nest?”](../3.1-blocks.ipynb)    in text/ps1-blocks.md

The number of a section is left out, so that it may change.
"""

import re
from functools import cache
from pathlib import Path

from d2l_ch3.checks.catalogue import anchor
from tools.texts import TextError, language, read

_LINK = re.compile(r"\[“([^”]+)”\]\(\.\./([\w.-]+)\.ipynb\)")
_HEADING = re.compile(r"^#{2,3} ((?:[\d.]+ )?(.+))$", re.MULTILINE)


def anchored(source: str, spoken: str, text: Path, where: str) -> str:
    """`source` with the anchors of all sections that it names. Raises TextError if a chapter has no such section."""
    def link(found: re.Match[str]) -> str:
        words, chapter = found.groups()
        if not (text / f"{chapter}.md").exists():
            raise TextError(f"{where}: there is no chapter {chapter}")
        there = sections(text / f"{chapter}.md", spoken)
        if words not in there:
            raise TextError(f"{where}: {chapter} has no section “{words}”")
        return f"[“{words}”](../{chapter}.ipynb#{anchor(there[words])})"
    return _LINK.sub(link, source)


@cache
def sections(chapter: Path, spoken: str) -> dict[str, str]:
    """The headings of a chapter in one language, with their numbers, by what they are without."""
    prose = "\n".join(cell.source for cell in read(chapter).cells
                      if cell.cell_type == "markdown" and language(cell) == spoken)
    return {words: whole for whole, words in _HEADING.findall(prose)}
