"""From the shorthand of a problem set's text to nbgrader's cell metadata.

    solution: NAME            the answer cell of an autograded exercise
    test: NAME, points: N     its locked test cell, grade_id test-NAME; what a NameError means is said in its first line
    bonus: NAME               the locked cell that calls the check of an exercise without points
    prompt: NAME              a written question (one a language), locked because of its mark scheme
    written: NAME, points: N  the answer cell of a written question

What the catalogue says of an exercise is put where a reader looks for it: under its heading how hard it is and how long
it takes, and behind its test a cell that asks for a hint.
"""

import re
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from d2l_ch3.checks.catalogue import LEVELS, words
from d2l_ch3.language import Text
from d2l_ch3.notebooks.exercises import TEST
from d2l_ch3.notebooks.master import SCHEMA_VERSION
from tools.links import anchored
from tools.texts import LANGUAGES, TextError, language

_NEEDS_ID = (("### BEGIN SOLUTION", "solution or written"), ("### BEGIN HIDDEN TESTS", "test"),
             ("=== BEGIN MARK SCHEME", "prompt"))
NOT_RUN_YET = "# NameError? Run → Run All Above Selected Cell"  # JupyterLab's own words, in every language
ABOUT = Text("*{steps} {level}，约 {minutes} 分钟*", "*{steps} {level}, about {minutes} min*")
HINT = Text("# 卡住了？删掉下一行开头的 #，运行它；每运行一次，多给一条提示。",
            "# Stuck? Delete the # in front of the next line and run it; every run gives one more hint.")
_CALLS_A_CHECK = re.compile(r"^checks\.(?!hint\b)\w+\(", re.MULTILINE)


def expand(path: Path, notebook: NotebookNode) -> NotebookNode:
    """The notebook with nbgrader's metadata. Raises TextError on a missing or repeated grade_id."""
    first_use: dict[str, int] = {}
    notebook.cells = _with_what_is_said(notebook.cells)
    for cell in notebook.cells:
        line = cell.metadata.pop("line", 0)
        cell.metadata.pop("address", None)  # a source has both languages, and so the cell twice
        spoken = language(cell)
        if cell.cell_type == "markdown" and spoken:
            cell.source = anchored(cell.source, spoken, path.parent, f"{path.name}:{line}")
        metadata = _nbgrader(cell)
        if metadata is None:
            _check_needs_none(cell, f"{path.name}:{line}")
            continue
        grade_id = metadata["grade_id"]
        if not grade_id or grade_id == f"{TEST}None":
            raise TextError(f"{path.name}:{line}: a grade_id is empty")
        if grade_id in first_use:
            raise TextError(f"{path.name}:{line}: the grade_id {grade_id!r} is taken by line {first_use[grade_id]}")
        if metadata["grade"] and not isinstance(metadata.get("points"), int):
            raise TextError(f"{path.name}:{line}: the graded cell {grade_id!r} needs whole `points`")
        first_use[grade_id] = line
        cell.metadata.nbgrader = metadata
        cell.id = grade_id
    return notebook


def _with_what_is_said(cells: list[NotebookNode]) -> list[NotebookNode]:
    """The cells of a problem set with those things that the catalogue knows."""
    found: list[NotebookNode] = []
    headings: dict[str | None, NotebookNode] = {}
    for cell in cells:
        if cell.source.startswith("## "):
            headings[language(cell)] = cell
        answers = cell.metadata.get("solution") or cell.metadata.get("written")
        for spoken, heading in headings.items() if answers else ():
            first, _, rest = heading.source.partition("\n")
            about = _about(answers, spoken)
            heading.source = f"{first}\n\n{about}\n{rest}" if about else heading.source
        headings = {} if answers else headings
        found.append(cell)
        tested = cell.metadata.get("test") or cell.metadata.get("bonus")
        found += [_hint_cell(tested, spoken) for spoken in LANGUAGES] if tested else []
    return found


def _about(name: str, spoken: str | None) -> str:
    """How hard an exercise is and how long it takes; empty if the catalogue does not have it, as in a draft."""
    try:
        said = words(name)
    except FileNotFoundError:
        return ""
    about = ABOUT.format(steps="●" * said.level + "○" * (len(LEVELS) - said.level),
                         level=LEVELS[said.level - 1], minutes=said.minutes)
    return str(getattr(about, spoken or "zh"))


def _hint_cell(name: str, spoken: str) -> NotebookNode:
    """A cell that asks for a hint once its reader wants one: running the whole notebook must not give it away."""
    call = f"# checks.{name.replace('-', '_')}.hint()"
    return new_code_cell(f"{getattr(HINT, spoken)}\n{call}", id=f"hint-{name}-{spoken}",
                         metadata={"tags": [f"lang-{spoken}"]})


def _nbgrader(cell: NotebookNode) -> dict[str, Any] | None:
    """nbgrader's metadata for a cell, its shorthand taken away; None for an ordinary cell."""
    metadata = cell.metadata
    common = {"schema_version": SCHEMA_VERSION, "task": False, "cell_type": cell.cell_type}
    if "solution" in metadata:
        return {"grade_id": metadata.pop("solution"), "grade": False, "solution": True, "locked": False, **common}
    if "test" in metadata:
        cell.source = f"{NOT_RUN_YET}\n{cell.source}"
        return {"grade_id": TEST + str(metadata.pop("test")), "points": metadata.pop("points", None),
                "grade": True, "solution": False, "locked": True, **common}
    if "bonus" in metadata:
        cell.source = f"{NOT_RUN_YET}\n{cell.source}"
        return {"grade_id": TEST + str(metadata.pop("bonus")),
                "grade": False, "solution": False, "locked": True, **common}
    if "written" in metadata:
        return {"grade_id": metadata.pop("written"), "points": metadata.pop("points", None),
                "grade": True, "solution": True, "locked": False, **common}
    if "prompt" in metadata:
        return {"grade_id": f"{metadata.pop('prompt')}-prompt-{language(cell)}",
                "grade": False, "solution": False, "locked": True, **common}
    return None


def _check_needs_none(cell: NotebookNode, where: str) -> None:
    """An ordinary cell holds nothing that nbgrader would have to find or take out."""
    for marker, kind in _NEEDS_ID:
        if marker in cell.source:
            raise TextError(f"{where}: a cell with `{marker}` needs a grade_id ({kind}: NAME)")
    if cell.cell_type == "code" and _CALLS_A_CHECK.search(cell.source):
        raise TextError(f"{where}: a cell that calls a check needs a grade_id (test: NAME)")
