"""The first guess at each question, kept beside the notebook as the results of checks are."""

import contextlib
import json
from collections.abc import Collection, Mapping

from d2l_ch3.checks import records
from d2l_ch3.files import write_whole

FILE = records.GUESSES


def read() -> dict[str, bool]:
    """Whether the first guess was right, by the question's name; a file that makes no sense counts as empty."""
    try:
        kept = json.loads(FILE.read_text(encoding="utf-8"))
        return {str(name): bool(right) for name, right in kept.items() if name != records.COUNTS}
    except Exception:  # no file, no JSON, another shape: no reason to trouble a reader
        return {}


def keep(name: str, right: bool, chapters: Mapping[str, Collection[str]]) -> None:
    """Keep a first guess; nothing is kept where nobody is at the keyboard, or the folder cannot be written to.

    Beside the guesses stand the counts of the chapters, for `checks.progress()`, which knows nothing of the questions.
    """
    kept = read()
    if name not in kept and records.somebody_is_there():
        kept[name] = right
        counts = {chapter: [len(names), len(found := [kept[one] for one in names if one in kept]), sum(found)]
                  for chapter, names in chapters.items()}
        with contextlib.suppress(OSError):
            write_whole(FILE, json.dumps(kept | {records.COUNTS: counts}, indent=1))
