"""The first guess at each question, kept beside the notebook as the results of checks are."""

import contextlib
import json

from d2l_ch3.checks import records
from d2l_ch3.files import write_whole

FILE = records.FILE.with_name("guesses.json")


def read() -> dict[str, bool]:
    """Whether the first guess was right, by the question's name; a file that makes no sense counts as empty."""
    try:
        kept = json.loads(FILE.read_text(encoding="utf-8"))
        return {str(name): bool(right) for name, right in kept.items()}
    except Exception:  # no file, no JSON, another shape: no reason to trouble a reader
        return {}


def keep(name: str, right: bool) -> None:
    """Keep a first guess; nothing is kept where nobody is at the keyboard, or the folder cannot be written to."""
    kept = read()
    if name not in kept and records.somebody_is_there():
        with contextlib.suppress(OSError):
            write_whole(FILE, json.dumps(kept | {name: right}, indent=1))
