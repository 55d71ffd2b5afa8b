"""A student's folder: notebooks are copied there once, and what was written in them stays."""

from pathlib import Path

from d2l_ch3.files import write_whole
from d2l_ch3.language import Text

RELEASE, WORK, START_PAGE = "release", "work", "index.ipynb"
"""In a hand-out: the notebooks as they were given out, the student's own copies, and the page to begin with."""

_NO_COURSE = Text("{folder} 里没有这门课：要么是老师发的文件夹（里面有 {release}/{page}），要么里面有 {page}。",
                  "the course is not in {folder}: that is either the folder that you were given (with {release}/{page} "
                  "in it), or one with {page} in it.")


class NoCourse(Exception):
    """There is nothing to open."""


def work_folder(folder: Path) -> Path:
    """The folder to work in: of a hand-out its `work`, filled up; else the folder itself. Raises NoCourse, OSError."""
    if (folder / RELEASE / START_PAGE).is_file():
        fill(folder / WORK, folder / RELEASE)
        return folder / WORK
    if (folder / START_PAGE).is_file():
        return folder
    raise NoCourse(_NO_COURSE.format(folder=folder, release=RELEASE, page=START_PAGE))


def fill(work: Path, release: Path) -> None:
    """Copy what is not there yet. Delete a file to get a fresh copy. Raises OSError."""
    for path in sorted(release.rglob("*")):
        relative = path.relative_to(release)
        hidden = any(part.startswith(".") for part in relative.parts)
        if path.is_file() and not hidden and not (work / relative).exists():
            write_whole(work / relative, path.read_bytes())
