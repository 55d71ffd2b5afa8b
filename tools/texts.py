"""Reading a text file: one MyST Markdown file with both languages, checked, as a notebook."""

import hashlib
import re
from collections import Counter
from copy import deepcopy
from itertools import accumulate, pairwise
from pathlib import Path

import jupytext
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode

from d2l_ch3.checks.catalogue import heading_cell
from tools.reading_time import say_minutes

LANGUAGES = ("zh", "en")

_CELL = re.compile(r"^(\+\+\+|```\{code-cell\})")
_HEADING = re.compile(r"(#{1,3}) (.+)")


class TextError(Exception):
    """Something is wrong with a text; the message names file, line and reason."""


def read(path: Path) -> NotebookNode:
    """The notebook of a text file: both languages, every cell with its line in ``metadata.line``.

    Raises TextError where a file is missing, or a cell has no language or no translation.
    """
    if not path.exists():
        there = ", ".join(sorted(other.stem for other in path.parent.glob("*.md")))
        raise TextError(f"{path.name}: no such text; there are: {there}")
    source = path.read_text(encoding="utf-8")
    notebook = jupytext.reads(source, fmt="md:myst")
    lines = _cell_lines(source)
    if len(lines) != len(notebook.cells):
        raise TextError(f"{path.name}: {len(notebook.cells)} cells, but {len(lines)} markers; "
                        "every prose cell opens with a line `+++ {\"tags\": [\"lang-zh\"]}` of its own")
    for line, cell in zip(lines, notebook.cells, strict=True):
        cell.metadata.line = line
    _check_translations(path, notebook)
    notebook.cells = _divided(path, notebook.cells)
    notebook.metadata.pop("jupytext", None)
    return _with_stable_ids(notebook)


def _cell_lines(source: str) -> list[int]:
    """The line on which each cell begins."""
    return [number for number, line in enumerate(source.splitlines(), 1) if _CELL.match(line)]


def language(cell: NotebookNode) -> str | None:
    """The language of a cell: "zh", "en", or None where it stands for both."""
    return next((name for name in LANGUAGES if f"lang-{name}" in cell.metadata.get("tags", [])), None)


def _check_translations(path: Path, notebook: NotebookNode) -> None:
    """Every Chinese cell has its English one right behind it, of the same kind."""
    cells = iter(notebook.cells)
    for cell in cells:
        where = f"{path.name}:{cell.metadata.line}"
        spoken = language(cell)
        if spoken is None:
            if cell.cell_type == "markdown" and "written" not in cell.metadata:
                raise TextError(f"{where}: this prose has no language; tag it lang-zh or lang-en")
            continue
        other = next(cells, None) if spoken == "zh" else None
        if other is None or language(other) != "en" or other.cell_type != cell.cell_type:
            missing = "English translation (lang-en) right behind it" if spoken == "zh" else "Chinese cell before it"
            raise TextError(f"{where}: this {spoken} cell has no {missing}")


def heading(cell: NotebookNode) -> str:
    """The words of the heading that a prose cell begins with; empty if it begins with none."""
    found = _HEADING.match(cell.source) if cell.cell_type == "markdown" else None
    return found[2] if found else ""


def _divided(path: Path, cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells with every heading of the prose at the beginning of one, its id to be in `metadata.address`.

    Raises TextError where two languages differ in their headings, or two headings have the same address.
    """
    found: list[NotebookNode] = []
    taken: set[str] = set()
    left = iter(cells)
    for cell in left:
        if cell.cell_type != "markdown" or language(cell) is None:
            found.append(cell)
            continue
        zh, en = _parts(cell), _parts(next(left))
        if [_level(part) for part in zh] != [_level(part) for part in en]:
            raise TextError(f"{path.name}:{cell.metadata.line}: the headings of this cell and its translation differ")
        for pair in zip(zh, en, strict=True):
            found += pair
            if words := heading(pair[1]):
                address = heading_cell(words)
                if address in taken:
                    raise TextError(f"{path.name}:{pair[1].metadata.line}: there is another heading “{words}”")
                taken.add(address)
                for part in pair:
                    part.metadata.address = address
    return found


def _parts(cell: NotebookNode) -> list[NotebookNode]:
    """A prose cell, divided before each of its headings."""
    lines = cell.source.splitlines()
    fenced = accumulate(line.startswith("```") for line in lines)
    starts = [at for at, (line, fences) in enumerate(zip(lines, fenced, strict=True))
              if at and not fences % 2 and _HEADING.match(line)]
    parts = []
    for start, end in pairwise([0, *starts, len(lines)]):
        part = deepcopy(cell)
        part.source = "\n".join(lines[start:end]).strip("\n")
        part.metadata.line += start + 2 if start else 0  # below the marker and a blank line
        parts.append(part)
    return parts


def _level(cell: NotebookNode) -> int:
    """How deep the heading is that a cell begins with; 0 if it begins with none."""
    return len(cell.source) - len(cell.source.lstrip("#")) if heading(cell) else 0


def _with_stable_ids(notebook: NotebookNode) -> NotebookNode:
    """Cell ids that depend on a cell's content (and on how often it occurs), so that a rebuild gives the same."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type} {language(cell)} {cell.source}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return notebook


def edition(notebook: NotebookNode, spoken: str) -> NotebookNode:
    """A copy of the notebook in one language; a section has its address for an id, and says how long it takes."""
    made = NotebookNode(nbformat=notebook.nbformat, nbformat_minor=notebook.nbformat_minor,
                        metadata=notebook.metadata, cells=[_published(cell) for cell in notebook.cells])
    others = {f"lang-{name}" for name in LANGUAGES if name != spoken}
    made = TagRemovePreprocessor(enabled=True, remove_cell_tags=others).preprocess(made, {})[0]
    say_minutes(made.cells, spoken)
    return made


def _published(cell: NotebookNode) -> NotebookNode:
    """A copy of a cell without what only the builder needs."""
    made = NotebookNode({key: value for key, value in cell.items() if key != "metadata"})
    made.metadata = NotebookNode(cell.metadata)
    made.metadata.pop("line", None)
    made.id = made.metadata.pop("address", cell.id)
    return made
