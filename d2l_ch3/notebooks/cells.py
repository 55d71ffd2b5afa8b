"""Cells of a notebook that we or nbgrader made, as JSON: their names and their sources.

What students hand in may have any form; `submission` reads that.
"""

import hashlib
from typing import Any

NO_RESPONSE = "No response."
"""The comment that nbgrader puts where nothing was answered; no person wrote it."""


def grade_id(cell: dict[str, Any]) -> str:
    """The name that nbgrader gave a cell, or ''."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def source(cell: dict[str, Any]) -> str:
    """A cell's source, which a file may hold as a list of lines."""
    return "".join(cell["source"])


def checksum(cell_type: str, text: str, marks: dict[str, Any]) -> str:
    """What `nbgrader.utils.compute_checksum` makes of a cell, without the seconds that importing nbgrader takes.

    Raises KeyError, TypeError or ValueError if nbgrader's marks are of no valid form.
    """
    grade, solution = marks.get("grade", False), marks.get("solution", False)
    locked = False if solution else True if grade else marks.get("locked", False)
    parts = [text, cell_type, str(grade), str(solution), str(locked), marks["grade_id"]]
    if grade:
        parts.append(str(float(marks["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def as_given_out(cell_type: str, text: str, marks: Any) -> bool:
    """Whether a cell is as its own release had it, by the checksum that nbgrader left in its marks."""
    try:
        return bool(checksum(cell_type, text, marks) == marks["checksum"])
    except (AttributeError, KeyError, TypeError, ValueError):
        return False
