"""What differs from the release, found without running anything."""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from nbformat import from_dict
from nbformat.validator import iter_validate

from d2l_ch3.notebooks import repair
from d2l_ch3.notebooks.cells import as_given_out, source
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.notebooks.repair import Note
from d2l_ch3.notebooks.submission import Cell, notebook_in
from d2l_ch3.presubmit import problems, syntax
from d2l_ch3.presubmit.notebook import Notebook
from d2l_ch3.presubmit.problems import Finding, Place

_MARKS = ("nbgrader", "deletable", "editable")
_CONFLICT = re.compile(r"^(<{7}|>{7})( |$)", re.MULTILINE)


def differences(notebook: Notebook) -> list[Finding]:
    """Everything about the file, its place, and cells that came with the release."""
    return [*_place(notebook), *_kernel(notebook), *_format(notebook), *_setup(notebook), *_cells(notebook),
            *_marks(notebook), *_ids(notebook), *_code(notebook)]


def unanswered(notebook: Notebook) -> list[Finding]:
    """Answers that are as they were given out, or empty."""
    return [Finding(problem, True, notebook.place_of(placed))
            for placed in notebook.repaired.cells if (problem := _unanswered(notebook, placed))]


def _unanswered(notebook: Notebook, placed: Placed) -> problems.Problem | None:
    master, number = placed.master, notebook.number(placed)
    if master is None or not master.solution or notebook.release.master.is_bonus(master):
        return None
    stub = placed.cell.source.strip() in ("", master.source.strip())
    if not stub and not (number and _as_given_out(notebook.cells[number - 1])):
        return None
    if not number:
        return problems.ANSWER_DELETED
    return problems.STUB if master.cell_type == "code" else problems.UNWRITTEN


def _place(notebook: Notebook) -> Iterator[Finding]:
    path, master = notebook.path.absolute(), notebook.release.master
    expected = f"{master.name}.ipynb"
    if path.name != expected:
        others = sorted(each.name for each in path.parent.glob("*.ipynb") if each.name != path.name)
        names = [each.stem for each in notebook.release.path.parent.glob("*.ipynb")]
        yield Finding(problems.FILE_NAME, notebook_in(path.parent, master.name, names) != path, details={
            "name": path.name, "expected": expected, "others": ", ".join(others)})
    if path.parent.name != master.assignment:
        yield Finding(problems.FOLDER_NAME, False, details={"name": path.parent.name, "expected": master.assignment})


def _kernel(notebook: Notebook) -> Iterator[Finding]:
    expected = notebook.release.master.kernelspec.get("name")
    found = kernelspec(notebook.file).get("name")
    if expected and found != expected:
        yield Finding(problems.KERNEL, False, details={"name": found or "?", "expected": expected})


def kernelspec(file: dict[str, Any]) -> dict[str, Any]:
    """The kernel that a notebook file asks for, as far as it says so."""
    metadata = file.get("metadata")
    spec = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    return spec if isinstance(spec, dict) else {}


def _format(notebook: Notebook) -> Iterator[Finding]:
    error = next(iter_validate(from_dict(notebook.file)), None) if notebook.file.get("nbformat") == 4 else None
    if error or notebook.file.get("nbformat") != 4:
        why = error.message.partition("\n")[0][:80] if error else f"nbformat {notebook.file.get('nbformat', '?')}"
        yield Finding(problems.FORMAT, False, details={"why": why})


def setup_gone(notebook: Notebook) -> list[dict[str, Any]]:
    """The release's set-up cells that are neither there, edited or not, nor replaced by other cells."""
    there = {each.copy_of.source for each in notebook.repaired.cells if each.copy_of}
    return [cell for cell in notebook.release.setup if source(cell) not in there and _missing(notebook, cell)]


def _missing(notebook: Notebook, setup: dict[str, Any]) -> list[str]:
    """The names that a set-up cell would define, which the notebook uses and does not define."""
    sources = [each.cell.source for each in notebook.repaired.cells if each.cell.cell_type == "code"]
    used, bound = set[str]().union(*map(syntax.used, sources)), set[str]().union(*map(syntax.bound, sources))
    return sorted(syntax.bound(source(setup)) & used - bound)


def _setup(notebook: Notebook) -> Iterator[Finding]:
    for cell in setup_gone(notebook):
        yield Finding(problems.SETUP_GONE, True, details={"names": ", ".join(_missing(notebook, cell))})


def _cells(notebook: Notebook) -> Iterator[Finding]:
    """What had to be repaired; what only comes from another release is said once."""
    outdated = []
    for note in notebook.repaired.notes:
        placed = notebook.answer(note.name)
        if note.what == repair.OUTDATED:
            outdated.append(note.name)
        elif finding := _finding(notebook, note, placed):
            yield finding
    if outdated:
        yield Finding(problems.OTHER_RELEASE, False, notebook.place_of(notebook.answer(outdated[0])),
                      {"names": ", ".join(outdated)})


def _finding(notebook: Notebook, note: Note, placed: Placed) -> Finding | None:
    master = placed.master
    assert master is not None
    if note.what == repair.DELETED and master.solution:
        return None  # it is unanswered too, and that says more
    problem = {repair.EDITED: problems.TEST_EDITED if master.is_test else problems.LOCKED_EDITED,
               repair.DELETED: problems.TEST_DELETED if master.is_test else problems.LOCKED_DELETED,
               repair.MOVED: problems.MOVED, repair.DUPLICATED: problems.DUPLICATED,
               repair.ELSEWHERE: problems.ELSEWHERE, repair.TYPE: problems.TYPE}[note.what]
    return Finding(problem, False, notebook.place_of(placed), {
        "name": note.name, "expected": master.cell_type, "cells": _numbers(_called(notebook, note.name))})


def _called(notebook: Notebook, name: str) -> list[int]:
    """The numbers of the cells that go by a name."""
    return [number for number, cell in enumerate(notebook.cells, 1) if name in (cell.id, cell.nbgrader.get("grade_id"))]


def _numbers(numbers: list[int]) -> str:
    return ", ".join(map(str, numbers))


def _as_given_out(cell: Cell) -> bool:
    """Whether a cell is as its own release had it."""
    return as_given_out(cell.cell_type, cell.source, cell.nbgrader)


def _marks(notebook: Notebook) -> Iterator[Finding]:
    known = [cell.grade_id for cell in notebook.release.master.cells]
    noted = {note.name for note in notebook.repaired.notes}
    changed, unknown = [], []
    for number, (cell, found) in enumerate(zip(notebook.cells, notebook.objects, strict=True), 1):
        name = cell.nbgrader.get("grade_id")
        if cell.nbgrader and name not in known:
            unknown.append(str(name))
        placed = next((each for each in notebook.repaired.cells if notebook.number(each) == number), None)
        master = placed.master if placed else None
        if master and master.grade_id not in noted and marks(found) != marks(notebook.release.cell(master.grade_id)):
            changed.append(number)
    if changed and not _is_other_release(notebook, changed):
        yield Finding(problems.MARKS, False, details={"cells": _numbers(changed)})
    if unknown:
        yield Finding(problems.UNKNOWN, False, details={"names": ", ".join(unknown)})


def _is_other_release(notebook: Notebook, numbers: list[int]) -> bool:
    """Whether nothing more is to be said of these marks than that the cells come from another release."""
    return all(_as_given_out(notebook.cells[number - 1]) for number in numbers)


def marks(cell: dict[str, Any]) -> dict[str, Any]:
    """What nbgrader, and Jupyter for it, note of a cell."""
    metadata = cell.get("metadata")
    return {name: metadata[name] for name in _MARKS if name in metadata} if isinstance(metadata, dict) else {}


def _ids(notebook: Notebook) -> Iterator[Finding]:
    times = Counter(cell.id for cell in notebook.cells if cell.id)
    for name, count in times.items():
        if count > 1:
            numbers = [number for number, cell in enumerate(notebook.cells, 1) if cell.id == name]
            yield Finding(problems.IDS, False, Place(numbers[-1]), {"cells": _numbers(numbers)})


def _code(notebook: Notebook) -> Iterator[Finding]:
    """What would be different on the grader's machine, and marks that git left."""
    folder = notebook.path.absolute().parent
    given = {name for cell in notebook.release.notebook["cells"] if cell["cell_type"] == "code"
             for name in syntax.foreign_packages(source(cell), folder)}
    for number, cell in enumerate(notebook.cells, 1):
        place = notebook.place(number)
        if mark := _CONFLICT.search(cell.source):
            yield Finding(problems.CONFLICT_IN_CELL, cell.cell_type == "code", place, {"mark": mark[1]})
        if cell.cell_type == "code":
            needed = _is_needed(notebook, number)
            for path in dict.fromkeys(syntax.own_paths(cell.source)):
                name = re.split(r"[/\\]", path.rstrip("/\\"))[-1]
                yield Finding(problems.OWN_PATH, needed, place, {"path": path, "name": name})
            for name in dict.fromkeys(syntax.foreign_packages(cell.source, folder)):
                if name in given:
                    continue
                yield Finding(problems.PACKAGE, needed, place, {"name": name})


def _is_needed(notebook: Notebook, number: int) -> bool:
    """Whether a cell is an answer, or another one uses what it defines."""
    is_answer = any(placed.master and placed.master.solution and notebook.number(placed) == number
                    for placed in notebook.repaired.cells)
    others = [cell.source for place, cell in enumerate(notebook.cells, 1)
              if cell.cell_type == "code" and place != number]
    used = set[str]().union(*map(syntax.used, others))
    return is_answer or bool(syntax.bound(notebook.cells[number - 1].source) & used)
