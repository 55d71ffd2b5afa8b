"""Which cell of a submission is which cell of the release, whatever became of names, order and text.

What the release holds without nbgrader's metadata is not the student's for that: it is told by id, by text, and where
it was edited, by likeness. Where a text alone does not tell (two tests that look alike, a stub that defines nothing),
the place does: between which known cells it stands.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from d2l_ch3.notebooks.master import GivenCell, Master, MasterCell
from d2l_ch3.notebooks.submission import Cell

ALIKE = 80
"""Per cent of the text that an edited cell must have in common with the one that was given out."""
COMPARED = 500
"""Cells of a submission that are compared for likeness; no honest notebook has more that are unknown."""

Original = MasterCell | GivenCell


@dataclass
class Placed:
    """One cell of a notebook: the student's, the master's, or an answer, which is both.

    `copy_of` is the cell of the release that it is, or is a copy of, where the master does not take it.
    """

    cell: Cell
    master: MasterCell | None = None
    copy_of: Original | None = None

    @property
    def original(self) -> Original | None:
        """The cell of the release that it is."""
        return self.master or self.copy_of

    @property
    def is_unknown(self) -> bool:
        """Whether it is nothing that the release holds, as far as is known."""
        return self.original is None


def recognised(cells: Sequence[Cell], master: Master) -> list[Placed]:
    """The cells, each with what it is in the release, the surest ways to tell first."""
    placed = [Placed(cell) for cell in cells]
    search = Search(placed, master)
    names: dict[str, Original] = {cell.grade_id: cell for cell in master.cells}
    search.by_name(lambda cell: cell.nbgrader.get("grade_id"), names)
    search.by_name(lambda cell: cell.id, names | {cell.id: cell for cell in master.layout if cell.id})
    search.by_text(lambda gap, alike: alike[0] if len(alike) == 1 and not is_answer(alike[0]) else None)
    search.by_likeness()
    search.by_text(lambda gap, alike: next((one for one in alike if search.place(one) in gap), None), blank=True)
    search.by_text(lambda gap, alike: next((one for one in alike if not is_answer(one)), None))
    search.copies()
    return placed


class Search:
    """The cells of a submission, and what is left of the release to be found among them."""

    def __init__(self, placed: list[Placed], master: Master) -> None:
        self._placed, self._master = placed, master
        self._places = {id(cell): place for place, cell in enumerate(master.layout)}
        self._found: set[int] = set()
        self._texts: dict[str, list[Original]] = {}
        for cell in master.layout:
            for text in texts(cell):
                self._texts.setdefault(text, []).append(cell)

    def place(self, cell: Original) -> int:
        """Where a cell stands in the release."""
        return self._places[id(cell)]

    def gaps(self) -> Iterator[tuple[Placed, range]]:
        """Each unknown cell, and the places of the release between the known cells around it; what is found counts."""
        after, following = len(self._master.layout), []
        for each in reversed(self._placed):
            following.append(after)
            after = self.place(each.original) if each.original else after
        before = -1
        for each, end in zip(self._placed, reversed(following), strict=True):
            if each.original is None:
                yield each, range(before + 1, end)
            before = self.place(each.original) if each.original else before

    def take(self, each: Placed, cell: Original) -> None:
        """Say what a cell is."""
        self._found.add(id(cell))
        if isinstance(cell, MasterCell):
            each.master = cell
        else:
            each.copy_of = cell

    def by_name(self, name_of: Callable[[Cell], object], named: dict[str, Original]) -> None:
        """By a name that cells keep when they are edited. Several may have the same; which one counts is not said."""
        missing = {name: cell for name, cell in named.items() if id(cell) not in self._found}
        for each in self._placed:
            name = name_of(each.cell)
            if each.is_unknown and isinstance(name, str) and name in missing:
                self.take(each, missing[name])

    def by_text(self, choose: Callable[[range, list[Original]], Original | None], blank: bool = False) -> None:
        """By the text, where `choose` can tell which it is of the missing cells that look like that."""
        for each, gap in self.gaps():
            text = each.cell.source.strip()
            alike = [cell for cell in self._texts.get(text, ()) if id(cell) not in self._found
                     and (is_locked(cell) or cell.cell_type == each.cell.cell_type)] if text or blank else []
            if alike and (cell := choose(gap, alike)):
                self.take(each, cell)

    def by_likeness(self) -> None:
        """By a text that was edited a little: prose and code without metadata, which everybody may edit."""
        missing = [cell for cell in self._master.given if id(cell) not in self._found]
        unknown = [each for each in self._placed if each.is_unknown and each.cell.source.strip()] if missing else []
        for each in unknown[:COMPARED]:
            likeness = {number: fuzz.ratio(cell.source, each.cell.source, score_cutoff=ALIKE)
                        for number, cell in enumerate(missing) if cell.cell_type == each.cell.cell_type}
            best = max(likeness, key=lambda number: likeness[number], default=0)
            if likeness.get(best):
                self.take(each, missing.pop(best))

    def copies(self) -> None:
        """What is left and yet reads like the release's: copies."""
        for each in self._placed:
            if each.is_unknown and (text := each.cell.source.strip()):
                each.copy_of = next(iter(self._texts.get(text, ())), None)


def is_locked(cell: Original) -> bool:
    """Whether students are not to write there."""
    return isinstance(cell, MasterCell) and cell.locked


def is_answer(cell: Original) -> bool:
    """Whether students are to write there."""
    return isinstance(cell, MasterCell) and cell.solution


def texts(cell: Original) -> set[str]:
    """What a cell may read as students have it, or with what they do not get."""
    return {cell.source.strip()} | ({cell.released.strip()} if is_locked(cell) and isinstance(cell, MasterCell) else
                                    set())
