"""How long a text takes to read, section by section, by one rule for both languages.

Prose is read at 300 Chinese characters a minute (Chinese) or 200 words a minute (English), and a code cell takes 20
seconds, a guess included. Only characters of the Han script count for Chinese; a word is what stands between blanks
and has a letter or a digit in it.
"""

import re
from collections.abc import Iterable

from nbformat import NotebookNode

HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_ABOUT = {"zh": "*约 {minutes} 分钟*", "en": "*about {minutes} min*"}
_NUMBERED = re.compile(r"## \d")


def minutes(cells: Iterable[NotebookNode], language: str) -> float:
    """Minutes for the cells of an edition."""
    total = 0.0
    for cell in cells:
        if cell.cell_type == "code":
            total += 20 / 60
        elif language == "zh":
            total += len(re.findall(HAN, cell.source)) / 300
        else:
            total += sum(any(map(str.isalnum, word)) for word in cell.source.split()) / 200
    return total


def sections(cells: Iterable[NotebookNode]) -> list[list[NotebookNode]]:
    """The cells of each section with a number in its heading."""
    found: list[list[NotebookNode]] = []
    inside = False
    for cell in cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            inside = bool(_NUMBERED.match(cell.source))
            if inside:
                found.append([])
        if inside:
            found[-1].append(cell)
    return found


def say_minutes(cells: list[NotebookNode], language: str) -> None:
    """Under the heading of every numbered section write how long it takes."""
    for section in sections(cells):
        heading, _, rest = section[0].source.partition("\n")
        said = _ABOUT[language].format(minutes=max(1, round(minutes(section, language))))
        section[0].source = f"{heading}\n\n{said}\n{rest}"
