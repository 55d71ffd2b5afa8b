"""What the checks said in this folder: of each exercise the latest result and the best points so far.

It is kept in a small file beside the notebook, and so outlives the kernel. It is a convenience: a file that makes no
sense counts as empty, a folder that cannot be written to is left as it is, and no check fails because of either.
"""

import contextlib
import json
import math
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from d2l_ch3.checks.catalogue import Diagnosis
from d2l_ch3.checks.report import Report
from d2l_ch3.files import write_whole
from d2l_ch3.language import Text

FILE = Path(".d2l_ch3", "progress.json")
GUESSES = FILE.with_name("guesses.json")
COUNTS = "counts"  # in the file of guesses, by chapter: questions, guesses, right ones
HERE = Path()


@dataclass(frozen=True)
class Record:
    """What is known of one exercise: points of the latest check, the most there ever were, what stood in the way."""

    points: float
    best: float
    diagnosis: Diagnosis | None


def read(folder: Path = HERE) -> dict[str, Record]:
    """The records kept in a folder by the exercise's name; the one checked last comes last."""
    try:
        kept = json.loads((folder / FILE).read_text(encoding="utf-8"))
        return {name: _record(**fields) for name, fields in kept.items()}
    except Exception:  # no file, no JSON, other fields: whatever it is, it is no reason to trouble a student
        return {}


def _record(points: float, best: float, diagnosis: dict[str, Any] | None) -> Record:
    """A record from the fields that `asdict` made of it."""
    if not 0 <= points <= best < math.inf:
        raise ValueError(f"no points: {points}, {best}")
    if diagnosis is None:
        return Record(points, best, None)
    title, words = (Text(*map(str, diagnosis[part])) for part in ("title", "text"))
    return Record(points, best, Diagnosis(str(diagnosis["key"]), title, words))


def guessed(chapter: str, folder: Path = HERE) -> tuple[int, int, int] | None:
    """How many questions a chapter asks, how many were guessed and how many rightly; None if nothing is kept."""
    try:
        total, made, right = json.loads((folder / GUESSES).read_text(encoding="utf-8"))[COUNTS][chapter]
        return (int(total), int(made), int(right)) if made else None
    except Exception:  # no file, no JSON, other fields, as above
        return None


def keep(report: Report) -> None:
    """Keep what a check said, in the folder of the notebook; nothing is kept where nobody is at the keyboard."""
    if not somebody_is_there():
        return
    records = read()
    before = records.pop(report.exercise.name, None)  # to come back at the end: it is the latest
    best = max(report.points, before.best) if before else report.points
    records[report.exercise.name] = Record(report.points, best, next(iter(report.diagnoses), None))
    with contextlib.suppress(OSError):
        write_whole(FILE, json.dumps({name: asdict(record) for name, record in records.items()}, indent=1))


def somebody_is_there() -> bool:
    """Whether a person runs the cell: a notebook's page lets its cells ask for input.

    What runs notebooks by itself (Validate, autograde, nbconvert, nbval) does not, and a terminal has no such messages.
    """
    if "IPython" not in sys.modules:
        return False
    request: dict[str, Any] = getattr(sys.modules["IPython"].get_ipython(), "get_parent", dict)()
    return bool(request.get("content", {}).get("allow_stdin"))
