"""The problem sets as they were given out: finding the one that a notebook came from."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import grade_id, source
from d2l_ch3.notebooks.exchange import outbound
from d2l_ch3.notebooks.master import Master, MasterCell, given_cells
from d2l_ch3.notebooks.submission import Cell

FOLDERS = (".release", "release")
"""Where pristine copies stand, somewhere above the notebook; the first is what `make lab` keeps."""

_NONE = Text("找不到发下来的习题，没有东西可以对照：{folder} 和它上面都没有 .release 或 release 文件夹，"
             "nbgrader 的 exchange 里也没有 {name}。用 --release 指出它在哪里。",
             "there is no release to compare with: neither {folder} nor any folder above it holds .release or "
             "release, and nbgrader's exchange has no {name}. Say where it is with --release.")
_EMPTY = Text("{path} 里没有发下来的习题（<作业>/<笔记本>.ipynb）。",
              "{path} holds no problem sets (<assignment>/<notebook>.ipynb).")
_OTHER = Text("{name} 不是这些习题里的任何一份：{known}。正文的笔记本不用交。",
              "{name} is none of these problem sets: {known}. Chapters are not handed in.")
_HEADING = re.compile(r"^#+ +(.+?) *(?:[（(][^（()）]*[）)])?$", re.MULTILINE)


class NoRelease(Exception):
    """There is nothing to compare with."""


@dataclass(frozen=True)
class Release:
    """A notebook as it was given out."""

    path: Path
    notebook: dict[str, Any]
    master: Master

    @property
    def setup(self) -> list[dict[str, Any]]:
        """Code that came with it and is no answer: the imports."""
        return [cell for cell in self.notebook["cells"] if cell["cell_type"] == "code" and not grade_id(cell)]

    @property
    def titles(self) -> dict[str, str]:
        """The heading above each cell that nbgrader knows."""
        cells = self.notebook["cells"]
        above = headings((cell["cell_type"], source(cell)) for cell in cells)
        return {grade_id(cell): title for cell, title in zip(cells, above, strict=True) if grade_id(cell)}

    def cell(self, name: str) -> dict[str, Any]:
        """The cell of that grade_id."""
        return next(cell for cell in self.notebook["cells"] if grade_id(cell) == name)


def release_of(path: Path, cells: Sequence[Cell], given: Path | None = None) -> Release:
    """The release that a notebook came from: the one with which it shares the most. Raises NoRelease."""
    releases = [read(each) for each in _candidates(path, given)]
    if not releases:
        folder = path.absolute().parent
        raise NoRelease(_EMPTY.format(path=given) if given else _NONE.format(folder=folder, name=folder.name))

    def likeness(release: Release) -> tuple[int, bool, bool]:
        return (_shared(release.master, cells), release.master.assignment == path.parent.name,
                release.master.name == path.stem)

    best = max(releases, key=likeness)
    shared, same_folder, same_name = likeness(best)
    if not shared and not (same_folder and same_name):
        known = ", ".join(f"{each.master.assignment}/{each.master.name}.ipynb" for each in releases)
        raise NoRelease(_OTHER.format(name=path.name, known=known))
    return best


def read(path: Path) -> Release:
    """The release at a path."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    cells = tuple(_master_cell(cell) for cell in notebook["cells"] if grade_id(cell))
    kernel = notebook["metadata"].get("kernelspec", {})
    return Release(path, notebook, Master(path.parent.name, path.stem, cells, kernel,
                                          given=given_cells([notebook], [cell.grade_id for cell in cells])))


def headings(cells: Iterable[tuple[str, str]]) -> list[str]:
    """For each of some cells, given as type and source, the heading that it stands below, without the points in it."""
    found, last = [], ""
    for kind, text in cells:
        if kind == "markdown" and (match := _HEADING.match(text)):
            last = match[1]
        found.append(last)
    return found


def _candidates(path: Path, given: Path | None) -> list[Path]:
    """The notebooks that may be its release: those in the nearest folder of releases, or else in nbgrader's exchange.

    Never the notebook itself.
    """
    if given is not None:
        found = [given] if given.is_file() else sorted([*given.glob("*.ipynb"), *given.glob("*/*.ipynb")])
    else:
        folders = [parent / name for name in FOLDERS for parent in path.absolute().parents]
        found = next(filter(None, (sorted(folder.glob("*/*.ipynb")) for folder in folders)), [])
        found = found or outbound(path.absolute().parent.name)
    return [each for each in found if not each.samefile(path)]


def _shared(master: Master, cells: Sequence[Cell]) -> int:
    """How many of a release's cells are there, by name or by a source that students do not write."""
    names = {name for cell in cells for name in (cell.id, cell.nbgrader.get("grade_id")) if isinstance(name, str)}
    sources = {cell.source.strip() for cell in cells}
    return sum(cell.grade_id in names or (cell.locked and cell.source.strip() in sources) for cell in master.cells)


def _master_cell(cell: dict[str, Any]) -> MasterCell:
    marks = cell["metadata"]["nbgrader"]
    return MasterCell(marks["grade_id"], cell["cell_type"], source(cell), marks.get("checksum", ""), marks["locked"],
                      marks["grade"], marks["solution"], marks.get("task", False), float(marks.get("points", 0)),
                      id=cell.get("id", ""))
