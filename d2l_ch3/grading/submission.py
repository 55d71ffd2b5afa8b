"""Reading what a student handed in, whatever became of it on the way.

Only the cells' types, sources and metadata are taken; outputs are dropped before
anything looks at them. A notebook of any format that nbformat knows is read, with ids or without,
valid or nearly so. What is no notebook at all is Unreadable, and says why.
"""

import json
import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from d2l_ch3.grading.limits import MIB
from d2l_ch3.language import Text

MAX_SIZE = 1024 * MIB

_MISSING = Text("没有交 {name}。", "{name} was not handed in.")
_LINK = Text("{name} 是一个符号链接，评分时不跟随链接。请交文件本身。",
             "{name} is a symbolic link, and links are not followed. Hand in the file itself.")
_NO_FILE = Text("{name} 不是普通文件。", "{name} is not an ordinary file.")
_NOT_PERMITTED = Text("{name} 读不了：{why}。", "{name} cannot be read: {why}.")
_TOO_LARGE = Text("{name} 有 {size:.0f} MiB，超过了 {most:.0f} MiB。清除所有输出后再交。",
                  "{name} has {size:.0f} MiB; {most:.0f} MiB is the most. Clear all outputs and hand it in again.")
_EMPTY = Text("{name} 是空文件。多半是没有传完，请再交一次。",
              "{name} is empty. The upload was probably cut off: hand it in again.")
_NOT_TEXT = Text("{name} 不是文本文件（也许是压缩包或 PDF），读不出笔记本。",
                 "{name} is not a text file (a zip archive or a PDF, perhaps), so there is no notebook in it.")
_NOT_JSON = Text("{name} 不是完整的笔记本：第 {line} 行起读不下去（{why}）。用 JupyterLab 打开它看看，再交一次。",
                 "{name} is not a whole notebook: it cannot be read from line {line} on ({why}). Open it in JupyterLab, "
                 "then hand it in again.")
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
    return cells_in(_parse(path.name, _content(path)), path.name)


def cells_in(notebook: Any, name: str) -> list[Cell]:
    """The cells of a parsed notebook file, of any format. Raises Unreadable."""
    if isinstance(notebook, dict) and "cells" not in notebook and notebook.get("worksheets") is not None:
        notebook = _upgraded(notebook, name)
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable(_NOT_A_NOTEBOOK.format(name=name))
    return [cell for cell in map(_cell, cells) if cell is not None]


def files_beside(folder: Path, most: int) -> Iterator[tuple[Path, str]]:
    """The ordinary files handed in beside notebooks, with their paths in the folder; no links, `most` bytes in all."""
    for parent, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            found = path.lstat()
            if stat.S_ISREG(found.st_mode) and path.suffix != ".ipynb" and name != "timestamp.txt":
                most -= found.st_size
                if most < 0:
                    return
                yield path, path.relative_to(folder).as_posix()


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
        with open(os.open(path, os.O_RDONLY | os.O_NOFOLLOW), "rb") as file:
            return file.read()
    except FileNotFoundError:
        raise Unreadable(_MISSING.format(name=name)) from None
    except OSError as error:
        raise Unreadable(_NOT_PERMITTED.format(name=name, why=error.strerror)) from None


def _parse(name: str, content: bytes) -> Any:
    if not content.strip():
        raise Unreadable(_EMPTY.format(name=name))
    encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return json.loads(content.decode(encoding))
    except UnicodeDecodeError:
        raise Unreadable(_NOT_TEXT.format(name=name)) from None
    except json.JSONDecodeError as error:
        raise Unreadable(_NOT_JSON.format(name=name, line=error.lineno, why=error.msg)) from None
    except (RecursionError, ValueError):
        raise Unreadable(_NOT_JSON.format(name=name, line=1, why="nested too deeply")) from None


def _upgraded(notebook: dict[str, Any], name: str) -> Any:
    """A notebook of formats 1 to 3 in format 4."""
    import nbformat  # takes a second, and is seldom needed

    try:
        for sheet in notebook["worksheets"]:
            for cell in sheet["cells"]:
                cell.pop("outputs", None)
                if cell.get("cell_type") == "code":
                    cell["outputs"] = []
        return nbformat.convert(nbformat.from_dict(notebook), 4)
    except Exception:
        raise Unreadable(_NOT_A_NOTEBOOK.format(name=name)) from None


def _cell(found: Any) -> Cell | None:
    """A cell, if it can be made out; None if not."""
    if not isinstance(found, dict) or found.get("cell_type") not in ("code", "markdown", "raw"):
        return None
    source = found.get("source", "")
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    if not isinstance(source, str):
        return None
    source = source.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode()
    metadata, name, attachments = found.get("metadata"), found.get("id"), found.get("attachments")
    return Cell(found["cell_type"], source, dict(metadata) if isinstance(metadata, dict) else {},
                name if isinstance(name, str) else None, attachments if isinstance(attachments, dict) else None)
