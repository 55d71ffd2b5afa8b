"""Putting a submission and its master together: the student's answers between the master's tests.

Cells that the master locks are taken from it, and stand where the student has them, or
after the answer that they test if they were moved before it, or where the master has them if they are gone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from d2l_ch3.language import Text
from d2l_ch3.notebooks.master import Master, MasterCell
from d2l_ch3.notebooks.submission import Cell

EDITED = Text("单元格 {name} 被改动过，已换回原来的", "cell {name} had been edited: the original was put back")
DELETED = Text("单元格 {name} 被删掉了，已补上", "cell {name} had been deleted: it was put back")
MOVED = Text("单元格 {name} 被挪到了答案前面，已移回",
             "cell {name} had been moved before its answer: it was moved back")
DUPLICATED = Text("单元格 {name} 有好几份，答案以最后一份为准",
                  "cell {name} stands there more than once: the last answer counts")
ELSEWHERE = Text("{name} 的答案写在别的单元格里，已从那里取来",
                 "the answer to {name} stood in another cell: it was taken from there")
_DEFINITION = re.compile(r"^(?:(?:async +)?(?:class|def) +(\w+)|(\w+) *(?::[^=\n]+)?=(?!=))", re.MULTILINE)
TYPE = Text("单元格 {name} 的类型被改过，已改回", "cell {name} had become another type of cell: it was changed back")


@dataclass
class Placed:
    """One cell of the repaired notebook: the student's, the master's, or an answer, which is both."""

    cell: Cell
    master: MasterCell | None = None


@dataclass(frozen=True)
class Note:
    """Something that was mended: what, with a place for a cell's name, and that name."""

    what: Text
    name: str

    @property
    def text(self) -> Text:
        """What it says."""
        return self.what.format(name=self.name)


@dataclass
class Repaired:
    """The notebook to grade, and what had to be mended."""

    cells: list[Placed]
    notes: list[Note] = field(default_factory=list)


def repair(cells: Sequence[Cell], master: Master) -> Repaired:
    """The student's cells with the master's put in their places."""
    notes: list[Note] = []
    placed = _recognised(cells, master)
    _keep_last(placed, notes)
    for index, cell in enumerate(master.cells):
        if cell.solution:
            _find_answer(cell, master.cells[:index], placed, notes)
    names = {cell.grade_id for cell in master.cells}
    for each in placed:
        if each.master:
            _restore(each.cell, each.master, notes)
        else:
            each.cell.metadata = _tags(each.cell)
            each.cell.id = None if each.cell.id in names else each.cell.id
    for index, cell in enumerate(master.cells):
        _put_in_place(cell, master.cells[:index], master.cells[index + 1:], placed, notes)
    return Repaired(placed, notes)


def _locked_source(cell: Cell, master: MasterCell) -> bool:
    return master.locked and cell.source.strip() in _sources(master)


_RULES: tuple[Callable[[Cell, MasterCell], bool], ...] = (
    lambda cell, master: cell.nbgrader.get("grade_id") == master.grade_id,
    lambda cell, master: cell.id == master.grade_id,
    _locked_source)
"""How a cell of the master's is told, the surest first."""


def _recognised(cells: Sequence[Cell], master: Master) -> list[Placed]:
    """The cells, with the master's where they are some; each rule only looks for those that the rules before missed."""
    placed = [Placed(cell) for cell in cells]
    for rule in _RULES:
        missing = [cell for cell in master.cells if _index(placed, cell) is None]
        for each in placed:
            if each.master is None:
                each.master = next((cell for cell in missing if rule(each.cell, cell)), None)
    return placed


def _keep_last(placed: list[Placed], notes: list[Note]) -> None:
    """Of several cells of one name the last counts, unless it is as it was given out.

    A copy of an answer stays as a cell of the student's: it may define what the last one uses.
    """
    seen: set[str] = set()
    for each in sorted(reversed(placed), key=_unanswered):
        if each.master is None:
            continue
        if each.master.grade_id not in seen:
            seen.add(each.master.grade_id)
            continue
        notes.append(Note(DUPLICATED, each.master.grade_id))
        if each.master.locked or _unanswered(each):
            placed[:] = [other for other in placed if other is not each]
        else:
            each.master = None


def _unanswered(placed: Placed) -> bool:
    """Whether it is an answer's cell as it was given out."""
    master = placed.master
    return master is not None and master.solution and placed.cell.source.strip() == master.source.strip()


def _find_answer(cell: MasterCell, before: Sequence[MasterCell], placed: list[Placed], notes: list[Note]) -> None:
    """If an answer's own cell is lost or as it was given out: take the answer from a cell that the student added.

    Code is told by the names that it defines; a text by its place, after the question or the empty answer.
    """
    own = _index(placed, cell)
    if own is not None and not _unanswered(placed[own]):
        return
    if cell.cell_type == "code":
        asked = _defined(cell.source)
        found = [each for each in placed if each.master is None and each.cell.cell_type == "code"
                 and asked and asked <= _defined(each.cell.source)]
    else:
        question = own if own is not None else _index(placed, before[-1]) if before else None
        found = placed[question + 1:question + 2] if question is not None else []
        found = [each for each in found if each.master is None and each.cell.cell_type == "markdown"
                 and each.cell.source.strip() and not each.cell.source.startswith("#")]
    if not found:
        return
    notes.append(Note(ELSEWHERE, cell.grade_id))
    found[-1].master = cell
    if own is not None:
        del placed[own]


def _defined(source: str) -> set[str]:
    """The names that code defines at its outermost level, whether or not it can be compiled."""
    return {one or other for one, other in _DEFINITION.findall(source)}


def _restore(cell: Cell, master: MasterCell, notes: list[Note]) -> None:
    """Give a cell of the master's its metadata, type and, if it is locked, its source."""
    cell.metadata = {**_tags(cell), **master.metadata}
    cell.id = master.grade_id
    if cell.cell_type != master.cell_type:
        notes.append(Note(TYPE, master.grade_id))
        cell.cell_type = master.cell_type
    if master.locked:
        if cell.source.strip() not in _sources(master):
            notes.append(Note(EDITED, master.grade_id))
        cell.source = master.source


def _tags(cell: Cell) -> dict[str, Any]:
    return {name: value for name, value in cell.metadata.items() if name == "tags"}


def _sources(master: MasterCell) -> set[str]:
    """What a locked cell may hold: with or without its hidden tests or its mark scheme."""
    return {master.source.strip(), master.released.strip(),
            master.source.split("=== BEGIN MARK SCHEME ===")[0].strip()}


def _put_in_place(cell: MasterCell, before: Sequence[MasterCell], after: Sequence[MasterCell],
                  placed: list[Placed], notes: list[Note]) -> None:
    """See that a cell of the master's is there, and a test after the answer that it is for."""
    at = _index(placed, cell)
    answer = next((each for each in reversed(before) if each.solution), None)
    answer_at = _index(placed, answer) if answer else None
    if at is None:
        notes.append(Note(DELETED, cell.grade_id))
        new = Placed(Cell(cell.cell_type, cell.source, dict(cell.metadata), cell.grade_id), cell)
        placed.insert(_place(cell, before, after, placed), new)
    elif cell.is_test and answer_at is not None and at < answer_at:
        notes.append(Note(MOVED, cell.grade_id))
        moved = placed.pop(at)
        placed.insert(answer_at, moved)


def _place(cell: MasterCell, before: Sequence[MasterCell], after: Sequence[MasterCell], placed: list[Placed]) -> int:
    """Where a missing cell goes: before the next cell that the master has after it, but after those before it.

    So what a student wrote between an answer and its lost test still runs before the test. An answer's empty cell
    goes as far up as it may, so that nothing that the student wrote is undone by it.
    """
    previous = max((index for index in (_index(placed, each) for each in before[-1:]) if index is not None), default=-1)
    if cell.solution and previous >= 0:
        return previous + 1
    following = [index for index in (_index(placed, each) for each in after) if index is not None and index > previous]
    place = min(following, default=len(placed))
    while following and place - 1 > previous and placed[place - 1].cell.cell_type == "markdown":
        place -= 1  # the text that introduces the next question
    return place


def _index(placed: list[Placed], cell: MasterCell) -> int | None:
    return next((index for index, each in enumerate(placed) if each.master is cell), None)
