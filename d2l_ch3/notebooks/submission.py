"""Reading what a student handed in, whatever became of it on the way.

Only the cells' types, sources, tags, pictures and nbgrader's marks are taken; outputs are dropped before
anything looks at them. A notebook of any format is read, with ids or without, valid or nearly so. What
is no notebook at all is Unreadable, and says why.
"""

import gc
import json
import os
import stat
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import MIB

MAX_SIZE = 1024 * MIB
MEMORY = 2048 * MIB  # for reading one notebook: a few bytes of JSON can stand for many of memory
MAX_CELLS = 5000
MAX_DEPTH = 32  # folders one in another
MAX_ENTRIES = 20_000  # files and folders that are looked at
SMALL_FILE = MIB // 2  # a file beside the notebook counts as at least so many bytes, since each costs time

_MISSING = Text("没有交 {name}。{there}", "{name} was not handed in. {there}")
_THERE = Text("交上来的是：{names}。", "What was handed in: {names}.")
_NOTHING_THERE = Text("文件夹是空的。", "The folder is empty.")
SHOWN = 8  # names in a message
MOST = 1000  # names that are looked at for it
_LINK = Text("{name} 是一个符号链接，评分时不跟随链接。请交文件本身。",
             "{name} is a symbolic link, and links are not followed. Hand in the file itself.")
_NO_FILE = Text("{name} 不是普通文件。", "{name} is not an ordinary file.")
_NOT_PERMITTED = Text("{name} 读不了：{why}。", "{name} cannot be read: {why}.")
_TOO_LARGE = Text("{name} 有 {size:.0f} MiB，超过了 {most:.0f} MiB。清除所有输出后再交。",
                  "{name} has {size:.0f} MiB; {most:.0f} MiB is the most. Clear all outputs and hand it in again.")
_TOO_HEAVY = Text("{name} 读起来要占太多内存。清除所有输出后再交。",
                  "{name} takes too much memory to read. Clear all outputs and hand it in again.")
_EMPTY = Text("{name} 是空文件。多半是没有传完，请再交一次。",
              "{name} is empty. The upload was probably cut off: hand it in again.")
_NOT_TEXT = Text("{name} 不是文本文件（也许是压缩包或 PDF），读不出笔记本。",
                 "{name} is not a text file (a zip archive or a PDF, perhaps), so there is no notebook in it.")
_NOT_JSON = Text("{name} 不是完整的笔记本：第 {line} 行起读不下去（{why}）。用 JupyterLab 打开它看看，再交一次。",
                 "{name} is not a whole notebook: it cannot be read from line {line} on ({why}). Open it in "
                 "JupyterLab, then hand it in again.")
_TOO_MANY = Text("{name} 有 {count} 个单元格，超过了 {most} 个。删掉多余的再交一次。",
                 "{name} has {count} cells; {most} is the most. Delete those that are not needed and hand it in again.")
_NOT_A_NOTEBOOK = Text("{name} 里没有单元格，它不是笔记本。", "{name} has no cells: it is not a notebook.")


class Unreadable(Exception):
    """There is nothing to grade; `reason` says why, for the student."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason


@dataclass
class Cell:
    """One cell as handed in."""

    cell_type: str
    source: str
    metadata: dict[str, Any] = field(default_factory=dict)
    id: str | None = None
    attachments: dict[str, Any] | None = None

    @property
    def nbgrader(self) -> dict[str, Any]:
        """nbgrader's metadata as the student's file has them; nothing in them is to be believed."""
        found = self.metadata.get("nbgrader")
        return found if isinstance(found, dict) else {}


def read(path: Path) -> list[Cell]:
    """The cells of a submitted notebook. Raises Unreadable."""
    try:
        with _at_most(MEMORY):
            return cells_in(load(path), path.name)
    except MemoryError:
        raise Unreadable(_TOO_HEAVY.format(name=path.name)) from None


def load(path: Path) -> Any:
    """A notebook file as JSON, of whatever form. Raises Unreadable."""
    return _parse(path.name, _content(path))


def cells_in(notebook: Any, name: str) -> list[Cell]:
    """The cells of a parsed notebook file, of any format. Raises Unreadable."""
    return [_cell(cell) for cell in objects_in(notebook, name)]


def objects_in(notebook: Any, name: str) -> list[dict[str, Any]]:
    """The JSON objects of its cells. Raises Unreadable."""
    found = notebook.get("cells") if isinstance(notebook, dict) else None
    sheets = notebook.get("worksheets") if isinstance(notebook, dict) else None
    if found is None and isinstance(sheets, list):  # formats 2 and 3
        found = [cell for sheet in sheets if isinstance(sheet, dict) and isinstance(sheet.get("cells"), list)
                 for cell in sheet["cells"]]
    if not isinstance(found, list):
        raise Unreadable(_NOT_A_NOTEBOOK.format(name=name))
    if len(found) > MAX_CELLS:
        raise Unreadable(_TOO_MANY.format(name=name, count=len(found), most=MAX_CELLS))
    return [cell for cell in found if isinstance(cell, dict)]


def contents(folder: Path) -> Path:
    """Where a submission's notebooks are: in its folder, or one level deeper if that is where all of them are."""
    if _notebooks_in(folder):
        return folder
    deeper = [one for one in _folders_in(folder) if not one.name.startswith(".") and _notebooks_in(one)]
    return deeper[0] if len(deeper) == 1 else folder


def notebook_in(folder: Path, name: str, names: Collection[str]) -> Path:
    """The file of a notebook: of that name, or what it must be since no other can: one that begins with it, one in all.

    `names` are all that are asked for. The file need not be there.
    """
    path = folder / f"{name}.ipynb"
    if path.exists() or path.is_symlink():
        return path
    others = [one for one in _notebooks_in(folder) if one.stem not in names]
    alike = [one for one in others if one.stem.lower().startswith(name.lower())
             and not any(other != name and len(other) > len(name) and one.stem.lower().startswith(other.lower())
                         for other in names)]
    return next((found[0] for found in (alike, others if len(names) == 1 else []) if len(found) == 1), path)


def _notebooks_in(folder: Path) -> list[Path]:
    return sorted(folder.glob("*.ipynb"))


def _folders_in(folder: Path) -> list[Path]:
    try:
        return sorted(one for one in islice(folder.iterdir(), MOST) if one.is_dir() and not one.is_symlink())
    except OSError:
        return []


def _there(folder: Path) -> Text:
    """What there is instead, for a person."""
    try:
        names = sorted(_text(one.name) for one in islice(folder.iterdir(), MOST))
    except OSError:
        return _NOTHING_THERE
    more = ", …" if len(names) > SHOWN else ""
    return _THERE.format(names=", ".join(names[:SHOWN]) + more) if names else _NOTHING_THERE


def files_beside(folder: Path, most: int) -> Iterator[tuple[Path, str]]:
    """The ordinary files handed in beside notebooks, with their paths in the folder; no links, `most` bytes in all.

    What is over that is left out, and so is what nobody can read or name, what lies deeper than `MAX_DEPTH`, and what
    programs keep for themselves. No more than `MAX_ENTRIES` names are looked at.
    """
    waiting, left = [folder], MAX_ENTRIES
    while waiting and left > 0:
        parent = waiting.pop()
        names, folders = _listed(parent, left)
        left -= len(names) + len(folders)
        if len(parent.parts) - len(folder.parts) < MAX_DEPTH:
            waiting += [parent / name for name in sorted(folders, reverse=True)
                        if not name.startswith((".", "__pycache__")) and not name.endswith(".ipynb")]
        for name in sorted(names):
            path = parent / name
            if path.suffix == ".ipynb" or name == "timestamp.txt" or not _usable(path):
                continue
            size = max(path.lstat().st_size, SMALL_FILE)
            if size <= most:
                most -= size
                yield path, path.relative_to(folder).as_posix()


def _listed(folder: Path, most: int) -> tuple[list[str], list[str]]:
    """The names of the files and the folders in a folder, `most` of them; none if it cannot be looked into."""
    names: list[str] = []
    folders: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, most):
                (folders if entry.is_dir(follow_symlinks=False) else names).append(entry.name)
    except OSError:
        pass
    return names, folders


def _usable(path: Path) -> bool:
    """Whether it is an ordinary file that can be read, with a name that is text."""
    try:
        str(path).encode()
        effective = os.access in os.supports_effective_ids
        return stat.S_ISREG(path.lstat().st_mode) and os.access(path, os.R_OK, effective_ids=effective)
    except (OSError, UnicodeEncodeError):
        return False


@contextmanager
def _at_most(most: int) -> Iterator[None]:
    """Let this process take no more than `most` bytes over what it has: then MemoryError is raised.

    No garbage is looked for meanwhile: JSON makes none, and among millions of objects it would take long. Only Linux
    is asked to; grading is done there.
    """
    if sys.platform != "linux":
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    limits = [limit for limit in (mapped + most, soft, hard) if limit != resource.RLIM_INFINITY]
    collecting = gc.isenabled()
    gc.disable()
    resource.setrlimit(resource.RLIMIT_AS, (min(limits), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))
        if collecting:
            gc.enable()


def _content(path: Path) -> bytes:
    name = path.name
    try:
        found = path.lstat()
        if stat.S_ISLNK(found.st_mode):
            raise Unreadable(_LINK.format(name=name))
        if not stat.S_ISREG(found.st_mode):
            raise Unreadable(_NO_FILE.format(name=name))
        if found.st_size > MAX_SIZE:
            raise Unreadable(_TOO_LARGE.format(name=name, size=found.st_size / MIB, most=MAX_SIZE / MIB))
        with open(path, "rb", opener=_without_following) as file:
            return file.read()
    except FileNotFoundError:
        raise Unreadable(_MISSING.format(name=name, there=_there(path.parent))) from None
    except OSError as error:
        raise Unreadable(_NOT_PERMITTED.format(name=name, why=error.strerror)) from None


def _without_following(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NOFOLLOW", 0))  # Windows has no such flag


def _parse(name: str, content: bytes) -> Any:
    if not content.strip():
        raise Unreadable(_EMPTY.format(name=name))
    try:
        return json.loads(_decoded(content), parse_int=lambda digits: int(digits[:20]))  # Python refuses thousands
    except UnicodeDecodeError:
        raise Unreadable(_NOT_TEXT.format(name=name)) from None
    except json.JSONDecodeError as error:
        raise Unreadable(_NOT_JSON.format(name=name, line=error.lineno, why=error.msg)) from None
    except RecursionError:
        raise Unreadable(_NOT_JSON.format(name=name, line=1, why="nested too deeply")) from None


def _decoded(content: bytes) -> str:
    """The file as text: UTF-8, or what Windows makes of it in its place. Raises UnicodeDecodeError."""
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if not content.lstrip().startswith(b"{"):
            raise
        if error.reason == "unexpected end of data":  # cut off within a character
            return content[:error.start].decode("utf-8-sig")
        return content.decode("gb18030")


def _cell(found: dict[str, Any]) -> Cell:
    """A cell, as much of it as can be made out."""
    source = _text(found.get("source", found.get("input"))).replace("\r\n", "\n").replace("\r", "\n")
    kind, level = found.get("cell_type"), found.get("level")
    if kind == "heading" and isinstance(level, int):  # format 3
        source = f"{'#' * min(max(level, 1), 6)} {source}"
    name = found.get("id")
    return Cell(_kind(found), source, _metadata(found.get("metadata")), name if isinstance(name, str) else None,
                _attachments(found.get("attachments")))


def _kind(found: dict[str, Any]) -> str:
    kind = found.get("cell_type")
    if kind in ("code", "markdown", "raw"):
        return str(kind)
    if kind in ("heading", "html"):
        return "markdown"
    return "code" if "outputs" in found else "raw"


def _text(found: Any) -> str:
    """Text that can be written, from a string or a list of its lines."""
    if isinstance(found, list):
        found = "".join(line for line in found if isinstance(line, str))
    return found.encode("utf-8", "replace").decode() if isinstance(found, str) else ""


def _metadata(found: Any) -> dict[str, Any]:
    """The tags, and what nbgrader wrote."""
    found = found if isinstance(found, dict) else {}
    tags = found.get("tags") if isinstance(found.get("tags"), list) else []
    tags = [_text(tag) for tag in tags if isinstance(tag, str) and tag and "," not in tag]
    return {**({"tags": list(dict.fromkeys(tags))} if tags else {}), "nbgrader": found.get("nbgrader")}


def _attachments(found: Any) -> dict[str, Any] | None:
    """Pictures within a text."""
    bundles = found if isinstance(found, dict) else {}
    return {_text(name): {_text(kind): _text(data) for kind, data in bundle.items()}
            for name, bundle in bundles.items() if isinstance(bundle, dict)} or None
