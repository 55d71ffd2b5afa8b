"""Putting a submission and its master together: the student's answers between the master's tests.

Cells that the master locks are taken from it, and stand where the student has them, or
after the answer that they test if they were moved before it, or where the master has them if they are gone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import as_given_out
from d2l_ch3.notebooks.master import Master, MasterCell
from d2l_ch3.notebooks.recognition import Original, Placed, Search, recognised, texts
from d2l_ch3.notebooks.submission import Cell

EDITED = Text("单元格 {name} 被改动过，已换回原来的", "cell {name} had been edited: the original was put back")
OUTDATED = Text("单元格 {name} 来自旧版的习题，已换成现在的",
                "cell {name} is from an earlier release: the present one was put in its place")
DELETED = Text("单元格 {name} 被删掉了，已补上", "cell {name} had been deleted: it was put back")
MOVED = Text("单元格 {name} 被挪到了答案前面，已移回",
             "cell {name} had been moved before its answer: it was moved back")
DUPLICATED = Text("单元格 {name} 有好几份，答案以最后一份为准",
                  "cell {name} stands there more than once: the last answer counts")
ELSEWHERE = Text("{name} 的答案写在别的单元格里，已从那里取来",
                 "the answer to {name} stood in another cell: it was taken from there")
TYPE = Text("单元格 {name} 的类型被改过，已改回", "cell {name} had become another type of cell: it was changed back")
_DEFINITION = re.compile(r"^(?:(?:async +)?(?:class|def) +(\w+)|(\w+) *(?::[^=\n]+)?=(?!=))", re.MULTILINE)


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
    placed = recognised(cells, master)
    _keep_last(placed, notes)
    _find_answers(placed, master, notes)
    names = {cell.grade_id for cell in master.cells}
    for each in placed:
        if each.master:
            _restore(each.cell, each.master, notes)
        else:
            each.cell.metadata = _tags(each.cell)
            each.cell.id = None if each.cell.id in names else each.cell.id
    for index, cell in enumerate(master.cells):
        _put_in_place(cell, master.cells[:index], master.layout, placed, notes)
    return Repaired(placed, list(dict.fromkeys(notes)))


def _keep_last(placed: list[Placed], notes: list[Note]) -> None:
    """Of several cells of one name the last counts, unless it is as it was given out.

    A copy of an answer stays as a cell of the student's: it may define what the last one uses.
    """
    seen: set[str] = set()
    gone: set[int] = set()
    for each in sorted(reversed(placed), key=_unanswered):
        if each.master is None:
            continue
        if each.master.grade_id not in seen:
            seen.add(each.master.grade_id)
            continue
        notes.append(Note(DUPLICATED, each.master.grade_id))
        if each.master.locked or _unanswered(each):
            gone.add(id(each))
        else:
            each.master = None
    placed[:] = [each for each in placed if id(each) not in gone]


def _unanswered(placed: Placed) -> bool:
    """Whether it is an answer's cell as it was given out."""
    master = placed.master
    return master is not None and master.solution and placed.cell.source.strip() == master.source.strip()


def _find_answers(placed: list[Placed], master: Master, notes: list[Note]) -> None:
    """Where an answer's own cell is lost or as it was given out: take the answer from a cell of the student's.

    Code is told by the names that it defines, near its place before anywhere else. Where none are asked for, and where
    a person reads the answer, it is told by its place alone: between the cells of the release around it.
    """
    search = Search(placed, master)
    for find in (_by_names_here, _by_names, _by_place):
        for cell in master.cells:
            own = _of(placed, cell)
            if cell.solution and (own is None or _unanswered(own)):
                found = find(cell, own, _near(cell, own, placed, search), placed)
                if found:
                    notes.append(Note(ELSEWHERE, cell.grade_id))
                    found.master, found.copy_of = cell, None
                    placed[:] = [each for each in placed if each is not own]


def _near(cell: MasterCell, own: Placed | None, placed: list[Placed], search: Search) -> list[Placed]:
    """What the student has where the release has an answer's cell, the cell itself apart: nothing that is known."""
    if own is None:
        return [each for each, gap in search.gaps() if search.place(cell) in gap]
    at = next(index for index, each in enumerate(placed) if each is own)
    return [*reversed(_unknown(reversed(placed[:at]))), *_unknown(placed[at + 1:])]


def _unknown(cells: Iterable[Placed]) -> list[Placed]:
    """The first of some cells, up to one that the release holds."""
    found = []
    for each in cells:
        if not each.is_unknown:
            break
        found.append(each)
    return found


def _by_names_here(cell: MasterCell, own: Placed | None, near: list[Placed], placed: list[Placed]) -> Placed | None:
    return _by_names(cell, own, near, near)


def _by_names(cell: MasterCell, own: Placed | None, near: list[Placed], placed: list[Placed]) -> Placed | None:
    """The last cell that defines what is asked for; what the release defined there already is not the student's."""
    asked = _defined(cell.source) if cell.cell_type == "code" else set()
    if not asked:
        return None
    return next((each for each in reversed(placed) if each.master is None and each.cell.cell_type == "code"
                 and asked <= _defined(each.cell.source)
                 - (_defined(each.copy_of.source) if each.copy_of else set())), None)


def _by_place(cell: MasterCell, own: Placed | None, near: list[Placed], placed: list[Placed]) -> Placed | None:
    """The first cell of the right type where the answer would stand."""
    if own is not None and not cell.grade:
        return None  # code that only has to run does so where it stands
    found = (each for each in near if each.cell.cell_type == cell.cell_type and each.cell.source.strip())
    if own is not None and cell.cell_type == "markdown":
        found = (each for each in found if not each.cell.source.startswith("#"))  # the heading of another edition
    return next(found, None)


def _defined(source: str) -> set[str]:
    """The names that code defines at its outermost level, whether or not it can be compiled."""
    return {one or other for one, other in _DEFINITION.findall(source)}


def _restore(cell: Cell, master: MasterCell, notes: list[Note]) -> None:
    """Give a cell of the master's its metadata, type and, if it is locked, its source."""
    its_own = as_given_out(cell.cell_type, cell.source, cell.nbgrader)
    cell.metadata = {**_tags(cell), **master.metadata}
    cell.id = master.grade_id
    if cell.cell_type != master.cell_type:
        notes.append(Note(TYPE, master.grade_id))
        cell.cell_type = master.cell_type
    if master.locked:
        if cell.source.strip() not in texts(master):
            notes.append(Note(OUTDATED if its_own else EDITED, master.grade_id))
        cell.source = master.source


def _tags(cell: Cell) -> dict[str, Any]:
    return {name: value for name, value in cell.metadata.items() if name == "tags"}


def _put_in_place(cell: MasterCell, before: Sequence[MasterCell], layout: Sequence[Original], placed: list[Placed],
                  notes: list[Note]) -> None:
    """See that a cell of the master's is there, and a test after the answer that it is for."""
    places = {id(each.original): place for place, each in reversed(list(enumerate(placed))) if each.original}
    at = places.get(id(cell))
    answer = next((each for each in reversed(before) if each.solution), None)
    answer_at = places.get(id(answer)) if answer else None
    if at is None:
        notes.append(Note(DELETED, cell.grade_id))
        new = Placed(Cell(cell.cell_type, cell.source, dict(cell.metadata), cell.grade_id), cell)
        placed.insert(_place(cell, layout, places, placed, -1 if answer_at is None else answer_at), new)
    elif cell.is_test and answer_at is not None and at < answer_at:
        notes.append(Note(MOVED, cell.grade_id))
        moved = placed.pop(at)
        placed.insert(answer_at, moved)


def _place(cell: MasterCell, layout: Sequence[Original], places: dict[int, int], placed: list[Placed],
           answer_at: int) -> int:
    """Where a missing cell goes: before the next cell that the release has after it, but after the one before it.

    So what a student wrote between an answer and its lost test still runs before the test.
    """
    at = next(index for index, each in enumerate(layout) if each is cell)
    previous = next((places[id(each)] for each in reversed(layout[:at]) if id(each) in places), -1)
    if not cell.solution:
        previous = max(previous, answer_at)
    following = [places[id(each)] for each in layout[at + 1:] if places.get(id(each), -1) > previous]
    place = min(following, default=len(placed))
    while following and place - 1 > previous and placed[place - 1].cell.cell_type == "markdown":
        place -= 1  # the text that introduces the next question
    return place


def _of(placed: list[Placed], cell: MasterCell) -> Placed | None:
    return next((each for each in placed if each.master is cell), None)
