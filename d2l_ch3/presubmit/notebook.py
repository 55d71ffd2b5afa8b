"""A student's notebook beside its release, put together as the grader does it."""

import copy
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from d2l_ch3.language import LANGUAGES
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.notebooks.release import Release, headings, release_of
from d2l_ch3.notebooks.repair import Repaired, repair
from d2l_ch3.notebooks.submission import Cell, load, objects_in, read
from d2l_ch3.presubmit.problems import Place

_LANGUAGE = re.compile(rf"set_language\([\"']({'|'.join(LANGUAGES)})[\"']\)")


@dataclass(frozen=True)
class Notebook:
    """The file as JSON, its cells as JSON and as the grader reads them, and the notebook that it would grade.

    `repaired` holds the cells that `numbers` knows, by identity, and those that had to be put in.
    """

    path: Path
    release: Release
    file: dict[str, Any]
    objects: list[dict[str, Any]]
    cells: list[Cell]
    repaired: Repaired
    numbers: Mapping[int, int]

    def number(self, placed: Placed) -> int:
        """Its number in the student's file, from 1; 0 if it was put in."""
        return self.numbers.get(id(placed.cell), 0)

    def answer(self, name: str) -> Placed:
        """The cell of the release's in the notebook that would be graded."""
        return next(each for each in self.repaired.cells if each.master and each.master.grade_id == name)

    def place(self, number: int) -> Place:
        """Where a cell of the student's file is."""
        return Place(number, self._headings[number - 1])

    def place_of(self, placed: Placed) -> Place:
        """Where a cell is; if it had to be put in, where it belongs."""
        number = self.number(placed)
        title = self.release.titles[placed.master.grade_id] if placed.master else ""
        return Place(number, title) if title else self.place(number)

    @cached_property
    def _headings(self) -> list[str]:
        return headings((cell.cell_type, cell.source) for cell in self.cells)

    @property
    def language(self) -> str | None:
        """The language that it chooses for its checks."""
        said = [match for cell in self.cells if cell.cell_type == "code" for match in _LANGUAGE.findall(cell.source)]
        return said[-1] if said else None


def read_notebook(path: Path, given: Path | None = None) -> Notebook:
    """Read a notebook and find its release. Raises Unreadable and NoRelease."""
    cells = read(path)  # within limits of memory; what comes here is known to fit
    file = load(path)
    release = release_of(path, cells, given)
    changed = copy.deepcopy(cells)
    numbers = {id(cell): number for number, cell in enumerate(changed, 1)}
    return Notebook(path, release, file, objects_in(file, path.name), cells, repair(changed, release.master), numbers)
