"""Putting a submission and its master together: the student's answers between the master's tests.

Cells that the master locks are taken from it, and stand where the student has them, or
after the answer that they test if they were moved before it, or where the master has them if they are gone.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from d2l_ch3.grading.master import Master, MasterCell
from d2l_ch3.grading.submission import Cell
from d2l_ch3.language import Text

_EDITED = Text("单元格 {name} 被改动过，已换回原来的", "cell {name} had been edited: the original was put back")
_DELETED = Text("单元格 {name} 被删掉了，已补上", "cell {name} had been deleted: it was put back")
_MOVED = Text("单元格 {name} 被挪到了答案前面，已移回", "cell {name} had been moved before its answer: it was moved back")
_DUPLICATED = Text("单元格 {name} 有好几份，答案以最后一份为准", "cell {name} stands there more than once: the last answer counts")
_TYPE = Text("单元格 {name} 的类型被改过，已改回", "cell {name} had become another type of cell: it was changed back")


@dataclass
class Placed:
    """One cell of the repaired notebook: the student's, the master's, or an answer, which is both."""

    cell: Cell
    master: MasterCell | None = None


@dataclass
class Repaired:
    """The notebook to grade, and what had to be mended."""

    cells: list[Placed]
    notes: list[Text] = field(default_factory=list)


def repair(cells: Sequence[Cell], master: Master) -> Repaired:
    """The student's cells with the master's put in their places."""
    known = {cell.grade_id: cell for cell in master.cells}
    notes: list[Text] = []
    placed = [Placed(cell, known.get(_name(cell, known, master))) for cell in cells]
    _keep_last(placed, notes)
    for each in placed:
        _restore(each, notes)
    for index, cell in enumerate(master.cells):
        _put_in_place(cell, master.cells[:index], master.cells[index + 1:], placed, notes)
    return Repaired(placed, notes)


def _name(cell: Cell, known: dict[str, MasterCell], master: Master) -> str:
    """Which of the master's cells this is: by its metadata, its id, or the source of a locked cell; or ''."""
    name = cell.nbgrader.get("grade_id")
    if isinstance(name, str) and name in known:
        return name
    if cell.id in known:
        return str(cell.id)
    source = cell.source.strip()
    return next((each.grade_id for each in master.cells
                 if each.locked and source and source in (each.source.strip(), each.released.strip())), "")


def _keep_last(placed: list[Placed], notes: list[Text]) -> None:
    """Of several cells of one name the last counts; a copy of an answer stays as a cell of the student's."""
    seen: set[str] = set()
    for each in reversed(list(placed)):
        if each.master is None:
            continue
        if each.master.grade_id not in seen:
            seen.add(each.master.grade_id)
            continue
        notes.append(_DUPLICATED.format(name=each.master.grade_id))
        if each.master.locked:
            placed[:] = [other for other in placed if other is not each]
        else:
            each.master = None
            each.cell.metadata.pop("nbgrader", None)
            each.cell.id = None


def _restore(placed: Placed, notes: list[Text]) -> None:
    """Give a cell of the master's its metadata, type and, if it is locked, its source."""
    cell, master = placed.cell, placed.master
    if master is None:
        cell.metadata.pop("nbgrader", None)
        return
    if cell.cell_type != master.cell_type:
        notes.append(_TYPE.format(name=master.grade_id))
        cell.cell_type = master.cell_type
    if master.locked:
        if cell.source.strip() not in (master.source.strip(), master.released.strip(), _released_prose(master)):
            notes.append(_EDITED.format(name=master.grade_id))
        cell.source = master.source
    cell.id, cell.metadata = master.grade_id, {**_tags(cell), **master.metadata}


def _released_prose(master: MasterCell) -> str:
    """A written question as students have it: without its mark scheme."""
    return master.source.split("=== BEGIN MARK SCHEME ===")[0].strip()


def _tags(cell: Cell) -> dict[str, object]:
    tags = cell.metadata.get("tags")
    return {"tags": tags} if isinstance(tags, list) and all(isinstance(tag, str) for tag in tags) else {}


def _put_in_place(cell: MasterCell, before: Sequence[MasterCell], after: Sequence[MasterCell],
                  placed: list[Placed], notes: list[Text]) -> None:
    """See that a cell of the master's is there, and a test after the answer that it is for."""
    at = _index(placed, cell)
    answer = next((each for each in reversed(before) if each.solution), None)
    answer_at = _index(placed, answer) if answer else None
    if at is None:
        notes.append(_DELETED.format(name=cell.grade_id))
        new = Placed(Cell(cell.cell_type, cell.source, dict(cell.metadata), cell.grade_id), cell)
        placed.insert(_place(before, after, placed), new)
    elif cell.is_test and answer_at is not None and at < answer_at:
        notes.append(_MOVED.format(name=cell.grade_id))
        moved = placed.pop(at)
        placed.insert(answer_at, moved)


def _place(before: Sequence[MasterCell], after: Sequence[MasterCell], placed: list[Placed]) -> int:
    """Where a missing cell goes: before the next cell that the master has after it, but after those before it.

    So what a student wrote between an answer and its lost test still runs before the test.
    """
    previous = max((index for index in (_index(placed, each) for each in before[-1:]) if index is not None), default=-1)
    following = [index for index in (_index(placed, each) for each in after) if index is not None and index > previous]
    place = min(following, default=len(placed))
    while following and place - 1 > previous and placed[place - 1].cell.cell_type == "markdown":
        place -= 1  # the text that introduces the next question
    return place


def _index(placed: list[Placed], cell: MasterCell) -> int | None:
    return next((index for index, each in enumerate(placed) if each.master is cell), None)
