"""Points and findings for a machine to read, in the format of Gradescope's autograders.

After Gradescope, "Autograder Specifications", section "Output format".
"""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from d2l_ch3.files import write_whole
from d2l_ch3.presubmit.doctor import Checked
from d2l_ch3.presubmit.screen import says, where

FILE = "results.json"


def outcome(title: str, points: float | None, most: float, told: str) -> dict[str, Any]:
    """What became of an exercise; it has no score where a person decides."""
    known = {} if points is None else {"score": points, "status": "passed" if points >= most else "failed"}
    return {"name": title, **known, "max_score": most, "output": told, "visibility": "visible"}


def results(tests: Sequence[dict[str, Any]], score: float, told: str) -> str:
    """The file: the score of it all, what is to be said of it, and the outcome of each exercise."""
    made = {"score": score, "output": told, "visibility": "visible", "tests": tests}
    return json.dumps(made, ensure_ascii=False, indent=1) + "\n"


def write(path: Path, checked: Checked) -> None:
    """Write the results of an examination. Raises OSError."""
    tests = [outcome(score.title, score.points, score.most, says(score).plain) for score in checked.scores]
    told = [f"{where(one)}\n{one.what}\n{one.why}\n{one.mend}" for one in checked.findings if one.loses]
    write_whole(path, results(tests, sum(score.points or 0 for score in checked.scores), "\n\n".join(told)))
