"""Reading a text file: one MyST Markdown file with both languages, checked, as a notebook."""

import hashlib
import re
from collections import Counter
from pathlib import Path

import jupytext
from nbconvert.preprocessors import TagRemovePreprocessor
from nbformat import NotebookNode

from tools.reading_time import say_minutes

LANGUAGES = ("zh", "en")

_CELL = re.compile(r"^(\+\+\+|```\{code-cell\})")


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


def _with_stable_ids(notebook: NotebookNode) -> NotebookNode:
    """Cell ids that depend on a cell's content (and on how often it occurs), so that a rebuild gives the same."""
    seen: Counter[str] = Counter()
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type} {language(cell)} {cell.source}".encode()).hexdigest()[:12]
        seen[digest] += 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
    return notebook


def edition(notebook: NotebookNode, spoken: str) -> NotebookNode:
    """A copy of the notebook in one language; its numbered sections say how long they take."""
    made = NotebookNode(nbformat=notebook.nbformat, nbformat_minor=notebook.nbformat_minor,
                        metadata=notebook.metadata, cells=[_published(cell) for cell in notebook.cells])
    others = {f"lang-{name}" for name in LANGUAGES if name != spoken}
    made = TagRemovePreprocessor(enabled=True, remove_cell_tags=others).preprocess(made, {})[0]
    say_minutes(made.cells, spoken)
    return made


def _published(cell: NotebookNode) -> NotebookNode:
    """A copy of a cell without what only the builder needs."""
    made = NotebookNode({key: value for key, value in cell.items() if key != "metadata"})
    made.metadata = NotebookNode({key: value for key, value in cell.metadata.items() if key != "line"})
    return made
