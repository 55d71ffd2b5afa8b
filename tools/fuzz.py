"""Hand in, at random, what no student would, and see that it hurts nobody: everyone else is graded, and the run ends.

    python -m tools.fuzz [--seconds 3600] [--seed 0]

A submission is the release with right answers, changed a few times: its structure, metadata, ids, sizes, names, links,
attachments, times. A batch of them, and one honest submission, are graded as a class is, and their pages are made.
What is printed for a problem, a seed and a number, makes the same submission again.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import read, validate
from rich.console import Console

from d2l_ch3.budget import Overrun, one
from d2l_ch3.grading import pools, whole_class
from tools.bank import answers
from tools.scratch import ScratchCourse

ASSIGNMENT, NOTEBOOK = "ps1-blocks", "blocks"
RIGHT = {name: answers(name)[0].cell for name in ("parallel-block", "block-factory")}
BATCH = 10
HONEST = "honest"
LIMITS = {"cell_time": 2, "notebook_time": 20, "scratch": 16 << 20}

Json = Any
Dice = random.Random

TEXTS = ["", "x", "\0", "\ud800", "名" * 50, "a" * 70_000, "[" * 3000, "<b>" * 3000, "\\" * 999, "$" * 999, "](",
         "javascript:alert(1)", "[x](javascript\\:alert(1))", "![x](attachment:x)", "../../etc/passwd", "/dev/zero",
         "### BEGIN HIDDEN TESTS", "=== BEGIN MARK SCHEME ===", "import os; os._exit(0)",
         "while True: print('x' * 9999)", "\r\n\v",
         "raise SystemExit", "class ParallelBlock: pass", "def f(" * 500, "x = " + "(" * 500, "'''", "%%bash\nyes"]
VALUES: list[Json] = [None, True, -1, 0, 1e308, 10 ** 400, [], {}, [[]] * 99, {"a": {"b": []}}, *TEXTS]
NAMES = ["data.csv", "x" * 251, "名" * 85, "a/b/c", "/".join("d" * 60), ".hidden", "blocks.ipynb.new", "timestamp.txt",
         "blocks-Copy1.ipynb", "line\nend", "-rf", "$(id)", "con", "torch.py", "\udcff\udcfe"]


def anything(dice: Dice) -> Json:
    """Some JSON."""
    return dice.choice(VALUES)


def changed(value: Json, dice: Dice) -> Json:
    """The JSON with something in it replaced, taken out, doubled or moved."""
    if isinstance(value, dict) and value and dice.random() < 0.9:
        key = dice.choice(list(value))
        match dice.randrange(8):
            case 0:
                return {each: value[each] for each in value if each != key}
            case 1:
                return {**value, dice.choice(TEXTS[:8]): anything(dice)}
            case 2:
                return {**value, dice.choice(list(value)): value[key]}
        return {**value, key: changed(value[key], dice)}
    if isinstance(value, list) and value and dice.random() < 0.9:
        at = dice.randrange(len(value))
        match dice.randrange(8):
            case 0:
                return value[:at] + value[at + 1:]
            case 1:
                return value + [value[at]] * dice.choice((1, 2, 300, 6000))
            case 2:
                return dice.sample(value, len(value))
            case 3:
                return [*value[:at], anything(dice), *value[at:]]
        return [*value[:at], changed(value[at], dice), *value[at + 1:]]
    return anything(dice)


def in_the_notebook(path: Path, dice: Dice) -> None:
    """Change the notebook's JSON in a few places."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for _ in range(dice.randint(1, 12)):
        notebook = changed(notebook, dice)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def in_a_cell(path: Path, dice: Dice) -> None:
    """Put something into a cell that students may write, or add one."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    source = "".join(dice.choices(TEXTS, k=dice.randint(1, 5)))
    cell = {"cell_type": dice.choice(["code", "markdown", "raw"]), "metadata": {}, "source": source,
            "attachments": {dice.choice(TEXTS): {dice.choice(["image/png", "text/html"]): anything(dice)}}}
    notebook["cells"].insert(dice.randrange(len(notebook["cells"])), cell)
    path.write_text(json.dumps(notebook), encoding="utf-8")


def in_the_bytes(path: Path, dice: Dice) -> None:
    """Cut it off, or overwrite, or repeat some bytes."""
    content = bytearray(path.read_bytes())
    at, length = dice.randrange(len(content)), dice.choice((1, 10, 1000))
    match dice.randrange(3):
        case 0:
            del content[at:]
        case 1:
            content[at:at + length] = dice.randbytes(length)
        case 2:
            content[at:at] = content[at:at + length] * dice.choice((2, 2000))
    path.write_bytes(content)


def in_the_folder(path: Path, dice: Dice) -> None:
    """Put something beside it."""
    beside = path.parent / dice.choice(NAMES)
    if os.path.lexists(beside):
        return
    beside.parent.mkdir(parents=True, exist_ok=True)
    match dice.randrange(6):
        case 0:
            beside.mkdir()
        case 1:
            os.mkfifo(beside)
        case 2:
            beside.symlink_to(dice.choice(["/dev/zero", "..", "/etc/passwd", beside.name, "gone"]))
        case 3:
            with beside.open("wb") as file:
                file.truncate(dice.choice((1 << 20, 1 << 40)))
        case _:
            beside.write_text(dice.choice(TEXTS), encoding="utf-8", errors="surrogateescape" if "\udcff" in beside.name
                              else "replace")


CHANGES: list[Callable[[Path, Dice], None]] = [in_the_notebook, in_the_notebook, in_a_cell, in_a_cell, in_the_folder,
                                               in_the_folder, in_the_bytes]


def spoil(path: Path, seed: str) -> None:
    """Change a submission, the same for the same seed."""
    dice = Dice(seed)
    for change in dice.sample(CHANGES, dice.randint(1, 4)):
        try:
            change(path, dice)
        except (ValueError, AttributeError, TypeError, KeyError, IndexError):  # an earlier change left no notebook
            continue


def batch(course: ScratchCourse, judges: whole_class.Judges, seed: int, number: int, size: int = BATCH) -> list[str]:
    """Grade a batch and make its pages; a line for everything that is not as it must be."""
    students = [f"{number}-{each}" for each in range(size)]
    for student in students:
        spoil(course.hand_in(student, ASSIGNMENT, RIGHT), f"{seed} {student}")
    course.hand_in(HONEST, ASSIGNMENT, RIGHT)
    found = []
    plan = whole_class.plan(course.folder, ASSIGNMENT, [*students, HONEST], force=True)
    summary = whole_class.run(plan, judges)
    scores = course.scores(ASSIGNMENT)
    if {one.student for one in summary.graded} != {*students, HONEST} or scores.keys() < {*students, HONEST}:
        found.append(f"not everyone was graded: {[one.student for one in summary.graded]}")
    if any(scores[HONEST][f"test-{name}"] != 6.0 for name in RIGHT if name == "parallel-block"):
        found.append(f"the honest one has {scores[HONEST]}")
    found += [f"{one.student}: {one.record['rejected'][1]}" for one in summary.rejected
              if "failed (" in one.record["rejected"][1]]
    for student in students:
        try:
            one_page(course.folder / "autograded" / student / ASSIGNMENT / f"{NOTEBOOK}.ipynb")
        except Overrun as error:
            found.append(f"{student}: no page: {error}")
    return [f"seed {seed}, {line}" for line in found]


def one_page(graded: Path) -> None:
    """Make a page of a graded notebook. Raises Overrun, whatever is wrong."""
    from d2l_ch3.feedback.cells import clean_outputs
    from d2l_ch3.feedback.page import FeedbackPage

    def make() -> None:
        notebook = read(graded, as_version=4)
        validate(notebook)
        clean_outputs(notebook, {})
        FeedbackPage().from_notebook_node(
            notebook, {"nbgrader": {"assignment": ASSIGNMENT, "student": "s", "notebook": NOTEBOOK, "score": 0,
                                    "max_score": 0, "late_penalty": 0, "graded": []}})

    one(make)


def main() -> None:
    """Fuzz for as long as asked; exit with 1 if anything was wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    console, end, number, found = Console(), time.monotonic() + asked.seconds, 0, 0
    with tempfile.TemporaryDirectory() as scratch:
        course = new_course(Path(scratch, "course"))
        while time.monotonic() < end:
            for line in batch(course, lambda: pools.local(2, course.folder), asked.seed, number):
                console.print(f"✗ {line}", highlight=False, markup=False)
                found += 1
            number += 1
    if found:
        sys.exit(f"{found} things are not as they must be")
    console.print(f"[bold green]✓[/] {number * BATCH} submissions, and nobody else was hurt")


def new_course(folder: Path) -> ScratchCourse:
    """A generated course with tight limits."""
    course = ScratchCourse(folder).generate()
    with (folder / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Grade.limits = {LIMITS!r}\n")
    return course


if __name__ == "__main__":
    main()
