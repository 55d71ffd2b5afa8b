"""Cells of a notebook that we or nbgrader made, as JSON: their names and their sources.

What students hand in may have any form; `submission` reads that.
"""

from typing import Any

NO_RESPONSE = "No response."
"""The comment that nbgrader puts where nothing was answered; no person wrote it."""


def grade_id(cell: dict[str, Any]) -> str:
    """The name that nbgrader gave a cell, or ''."""
    return str(cell["metadata"].get("nbgrader", {}).get("grade_id", ""))


def source(cell: dict[str, Any]) -> str:
    """A cell's source, which a file may hold as a list of lines."""
    return "".join(cell["source"])
