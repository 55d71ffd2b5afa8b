"""Grading one notebook: from the student's file to a graded notebook, scores and a record.

Nothing here touches the gradebook: the same function grades in this process, in a pool
or on another machine, and what it returns can be sent.
"""

import hashlib
import itertools
import re
from collections.abc import Sequence
from typing import Any

from d2l_ch3.grading import harmless
from d2l_ch3.grading.engine import Outcome, Run, Step, run
from d2l_ch3.grading.judging import Judged, error_of, judged, seed, step
from d2l_ch3.grading.outputs import Room
from d2l_ch3.grading.request import Request
from d2l_ch3.grading.tasks import RECORD, Graded, Task
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import LANGUAGES, Text, get_language, speaking
from d2l_ch3.notebooks.master import MasterCell
from d2l_ch3.notebooks.recognition import Placed
from d2l_ch3.notebooks.repair import OUTDATED, Note, Repaired, repair
from d2l_ch3.notebooks.submission import Cell, Unreadable, read

MAX_TEXT, MAX_CODE = 20_000, 200_000  # characters of one cell that are shown, since browsers and highlighters are slow
MAX_SHOWN = 1_000_000  # characters of all cells
_CUT = Text("……（太长，后面的不显示；运行的是全文）", "… (too long: the rest is not shown; all of it was run)")
_VALID_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_REJECTED = Text("**这份作业读不出来，所以没有批改。**\n\n{reason}",
                 "**This could not be read, so it was not graded.**\n\n{reason}")


def grade(task: Task, zygote: Zygote) -> Graded:
    """Grade a notebook; one that cannot be read comes back as rejected. Raises IsolationError."""
    try:
        cells = read(task.path)
        handed_in = hashlib.sha256(repr([(cell.cell_type, cell.source) for cell in cells]).encode()).hexdigest()
        return _grade_repaired(task, repair(cells, task.master), handed_in, zygote)
    except Unreadable as unreadable:
        return rejected(task, unreadable.reason)


def _grade_repaired(task: Task, repaired: Repaired, handed_in: str, zygote: Zygote) -> Graded:
    code = [placed for placed in repaired.cells if placed.cell.cell_type == "code" and _is_run(placed, task.request)]
    steps = [_step(task, placed.master, placed.cell.source, handed_in) for placed in code]
    outcomes = run(steps, zygote, task.request)
    tests: dict[str, Judged] = {}
    outputs: dict[int, list[dict[str, Any]]] = {}
    with speaking(_language(outcomes, task.request.language)):
        for placed, asked, outcome in zip(code, steps, outcomes, strict=True):
            if placed.master is None or isinstance(asked, Run):
                outputs[id(placed)] = [*outcome.outputs, *error_of(outcome.failure)]
                continue
            result = judged(placed.master, asked, outcome)
            outputs[id(placed)] = result.outputs
            if placed.master.is_test:
                tests[placed.master.grade_id] = result
        record = _record(task, repaired.notes, tests, code, outcomes)
    return _graded(task, repaired.cells, outputs, tests, record)


def _is_run(placed: Placed, request: Request) -> bool:
    """Whether a cell of code is run; a test is, whatever tags a student gave it."""
    is_test = placed.master is not None and placed.master.is_test
    return request.execute and (is_test or request.skipped not in placed.cell.metadata.get("tags", []))


def rejected(task: Task, reason: Text) -> Graded:
    """No points, and a notebook that says why."""
    words = _REJECTED.format(reason=reason)
    page = Placed(Cell("markdown", f"{words.zh}\n\n---\n\n{words.en}", id="rejected"))
    tests = {cell.grade_id: Judged(0.0, []) for cell in task.master.cells if cell.grade}
    return _graded(task, [page], {}, tests, {**_record(task, [], {}, [], []), "rejected": list(reason)})


def _step(task: Task, master: MasterCell | None, source: str, handed_in: str) -> Step:
    """How a cell is run; a check with one of its seeds."""
    if master is None or not (master.is_test or master.is_check):
        return Run(source)
    check = task.master.assignment, task.master.name, master.grade_id
    return step(master, seed(task.key, check, (task.student, handed_in)))


def _language(outcomes: Sequence[Outcome], usual: str) -> str:
    """The language that the notebook chose for its checks, or the course's."""
    said = [outcome.answer.get("language") for outcome in outcomes]
    return next((language for language in reversed(said) if language in LANGUAGES), usual)


def _record(task: Task, notes: Sequence[Note], tests: dict[str, Judged], code: Sequence[Placed],
            outcomes: Sequence[Outcome]) -> dict[str, Any]:
    failures = {placed.cell.id or f"cell {number}": outcome.failure.name
                for number, (placed, outcome) in enumerate(zip(code, outcomes, strict=True)) if outcome.failure}
    return {"isolated": task.request.isolated, "language": get_language(), "rejected": None,
            "repairs": [list(text) for text in dict.fromkeys(note.text for note in notes if note.what is not OUTDATED)],
            "failures": failures,
            "outdated": [note.name for note in notes if note.what is OUTDATED],
            "decided_inside": [name for name, test in tests.items() if test.inside],
            "reports": [test.report for test in tests.values() if test.report]}


def _graded(task: Task, cells: Sequence[Placed], outputs: dict[int, list[dict[str, Any]]], tests: dict[str, Judged],
            record: dict[str, Any]) -> Graded:
    scores: dict[str, float | None] = {cell.grade_id: None for cell in task.master.cells if cell.is_test}
    scores |= {name: test.points for name, test in tests.items()}
    empty = set()
    for placed in cells:
        if placed.master and placed.master.solution:
            untouched = placed.cell.source == placed.master.source  # the master of an answer is its stub
            if untouched and not task.master.is_bonus(placed.master):
                empty.add(placed.master.grade_id)
            if placed.master.grade:
                scores[placed.master.grade_id] = 0.0 if untouched else None
    taken, room = {placed.master.grade_id for placed in cells if placed.master}, Room(MAX_SHOWN)
    notebook = {
        "cells": [_written(placed, outputs.get(id(placed), []), number, taken, room)
                  for number, placed in enumerate(cells)],
        "metadata": {"kernelspec": task.master.kernelspec, "language_info": {"name": "python"}, RECORD: record},
        "nbformat": 4, "nbformat_minor": 5}
    return Graded(task.student, task.master, notebook, scores, empty, record)


def _written(placed: Placed, outputs: list[dict[str, Any]], number: int, taken: set[str],
             room: Room) -> dict[str, Any]:
    """A cell as it goes into the file; what a student wrote only if there is room for it."""
    cell = placed.cell
    name = cell.id if cell.id and _VALID_ID.fullmatch(cell.id) else f"cell-{number}"
    if name in taken and not placed.master:
        name = next(other for other in (_another(name, number, count) for count in itertools.count())
                    if other not in taken)
    taken.add(name)
    written = {"cell_type": cell.cell_type, "id": name, "metadata": cell.metadata, "source": _shown(placed, room)}
    if cell.cell_type == "code":
        return {**written, "execution_count": None, "outputs": outputs}
    return {**written, "attachments": harmless.attachments(cell.attachments)} if cell.attachments else written


def _another(name: str, number: int, count: int) -> str:
    """Another name for a cell; no notebook has room for many that are taken already."""
    return "cell-" + hashlib.sha256(f"{name} {number} {count}".encode()).hexdigest()[:16]


def _shown(placed: Placed, room: Room) -> str:
    """The source of a cell as it is shown: a check's test without its hidden lines, a student's text made harmless."""
    if placed.master and placed.master.is_check:
        return placed.master.released
    if placed.master and placed.master.locked:
        return placed.cell.source
    code = placed.cell.cell_type == "code"
    most = room.take(min(len(placed.cell.source), MAX_CODE if code else MAX_TEXT))
    source = placed.cell.source[:most]
    if not code:
        source = harmless.markdown(source, harmless.attachments(placed.cell.attachments or {}))
    return source + ("" if most == len(placed.cell.source) else f"\n\n# {_CUT}" if code else f"\n\n{_CUT}")
