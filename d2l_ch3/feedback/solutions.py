"""Model solutions on the page, where an instructor allows it: from the course's own source notebooks.

Beside them may stand one other right way, out of ``other_ways/<grade_id>.toml`` in the course's folder: `code`, and
sentences that compare the two, `zh` and `en`. Students never get that folder.
"""

import datetime
import json
import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import grade_id, source

OTHER_WAYS = "other_ways"

_DELIMITER = re.compile(r"^[^\S\n]*###[^\S\n]*(BEGIN|END) SOLUTION[^\n]*\n?", re.MULTILINE)
_BAD = Text("{file} 读不了：要有 code、zh、en（{why}）", "{file} cannot be used: it needs code, zh and en ({why})")


@dataclass(frozen=True)
class Solution:
    """The model solution of an exercise, and another right way with sentences that compare them, if there is one."""

    code: str
    other: str = ""
    comparison: Text | None = None


def may_be_shown(due: datetime.datetime | None) -> bool:
    """Whether nobody can hand in on time any more; `due` is in UTC, without a zone, as the gradebook has it."""
    return due is None or datetime.datetime.now(datetime.UTC).replace(tzinfo=None) >= due


def solutions(notebook: Path, other_ways: Path) -> dict[str, Solution]:
    """The solutions in a source notebook by grade_id. Raises ValueError, which names the file that cannot be used."""
    stamps = tuple(path.stat().st_mtime_ns for path in (notebook, *sorted(other_ways.glob("*.toml"))) if path.is_file())
    return _read(notebook, other_ways, stamps) if notebook.is_file() else {}


@lru_cache(maxsize=8)
def _read(notebook: Path, other_ways: Path, _: tuple[int, ...]) -> dict[str, Solution]:
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    answers = {grade_id(cell): _DELIMITER.sub("", source(cell)) for cell in cells if cell["cell_type"] == "code"
               and cell["metadata"].get("nbgrader", {}).get("solution")}
    return {name: Solution(code, *_other_way(other_ways / f"{name}.toml")) for name, code in answers.items() if name}


def _other_way(path: Path) -> tuple[str, Text | None]:
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
        return said["code"].strip(), Text(said["zh"], said["en"])
    except FileNotFoundError:
        return "", None
    except (OSError, ValueError, KeyError, AttributeError) as error:
        raise ValueError(str(_BAD.format(file=path, why=repr(error)))) from error
