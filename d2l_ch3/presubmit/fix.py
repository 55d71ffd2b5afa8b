"""`--fix`: put back what the release holds, and keep everything that the student wrote."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode, from_dict
from nbformat.validator import NotebookValidationError

from d2l_ch3.files import write_whole
from d2l_ch3.notebooks.cells import source
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.presubmit.differences import setup_gone
from d2l_ch3.presubmit.notebook import Notebook


def mended(notebook: Notebook) -> NotebookNode:
    """The notebook with the release's cells, marks, kernel and format, and the student's answers and outputs."""
    cells = [_cell(notebook, placed) for placed in notebook.repaired.cells]
    first = next((index for index, cell in enumerate(cells) if cell["cell_type"] == "code"), len(cells))
    cells[first:first] = [{**cell, "source": source(cell)} for cell in setup_gone(notebook)]
    _name(cells)
    release = notebook.release.notebook
    written = from_dict({**release, "cells": cells})
    nbformat.validate(written)
    return written


def _cell(notebook: Notebook, placed: Placed) -> dict[str, Any]:
    """One cell: the release's marks where it has some, else the student's own tags; outputs where they still fit."""
    cell, number = placed.cell, notebook.number(placed)
    metadata = {name: value for name, value in cell.metadata.items() if name == "tags"}
    name = cell.id
    if placed.master:
        released = notebook.release.cell(placed.master.grade_id)
        metadata.update(released["metadata"])
        name = released.get("id", name)
    written: dict[str, Any] = {"cell_type": cell.cell_type, "id": name, "metadata": metadata, "source": cell.source}
    if cell.attachments and cell.cell_type != "code":
        written["attachments"] = cell.attachments
    if cell.cell_type == "code":
        before = notebook.objects[number - 1] if number else {}
        same = number > 0 and notebook.cells[number - 1].source == cell.source
        count = before.get("execution_count")
        written["outputs"] = [output for output in _list(before.get("outputs")) if _is_output(output)] if same else []
        written["execution_count"] = count if same and type(count) is int else None
    return written


def _list(found: Any) -> Iterable[Any]:
    return found if isinstance(found, list) else []


def _is_output(output: Any) -> bool:
    try:
        nbformat.validate(output, ref="output", version=4)
    except (NotebookValidationError, TypeError, AttributeError):
        return False
    return True


def _name(cells: Sequence[dict[str, Any]]) -> None:
    """Give an id to each cell that has none, none that is valid, or that of a cell before it."""
    taken = {cell["id"] for cell in cells if "nbgrader" in cell["metadata"]}
    for number, cell in enumerate(cells, 1):
        if "nbgrader" not in cell["metadata"] and (cell["id"] in taken or not _is_id(cell["id"])):
            cell["id"] = f"cell-{number}"
            while cell["id"] in taken:
                cell["id"] += "-"
        taken.add(cell["id"])


def _is_id(name: Any) -> bool:
    try:
        nbformat.validate(from_dict({"cell_type": "raw", "id": name, "metadata": {}, "source": ""}), ref="raw_cell",
                          version=4, version_minor=5)
    except NotebookValidationError:
        return False
    return True


def write(path: Path, notebook: NotebookNode) -> Path:
    """Write a notebook in place of the one at `path`, whole or not at all; returns where that one is kept.

    Raises OSError.
    """
    backup = _backup(path)
    try:
        write_whole(path, nbformat.writes(notebook), mode=path.stat().st_mode)
    except BaseException:
        backup.unlink()
        raise
    return backup


def _backup(path: Path) -> Path:
    """A copy of the file beside it, under a name that was free."""
    content = path.read_bytes()
    number = 1
    while True:
        backup = path.with_name(f"{path.stem}.before-fix{f'-{number}' if number > 1 else ''}.ipynb")
        try:
            with backup.open("xb") as file:
                file.write(content)
            return backup
        except FileExistsError:
            number += 1
