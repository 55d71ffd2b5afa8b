"""What came in and is to be looked at: when it lies still, not while it is graded, and not too often."""

import stat
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

END = 64  # bytes at the end of a notebook that are looked at


class Key(NamedTuple):
    """Whose submission for which assignment."""

    student: str
    assignment: str


@dataclass
class Arrivals:
    """Times are seconds of a clock that the caller has; nothing here looks at one, or at files.

    `still` is how long files must lie unchanged, `partial` how long if they are not whole, and `apart` how far apart
    a student's submissions for an assignment are graded: of several in between, the last counts.
    """

    still: float = 0.2
    partial: float = 5.0
    apart: float = 10.0
    _touched: dict[Key, float] = field(default_factory=dict)
    _begun: dict[Key, float] = field(default_factory=dict)
    _busy: set[Key] = field(default_factory=set)

    def touch(self, key: Key, now: float) -> None:
        """Something of it changed."""
        self._touched[key] = now

    def ready(self, now: float) -> Iterator[tuple[Key, bool]]:
        """What may be begun, in the order it came; and whether it has lain still long enough if it is not whole."""
        for key, since in sorted(self._touched.items(), key=lambda one: one[1]):
            rested = key not in self._begun or now - self._begun[key] >= self.apart
            if key not in self._busy and now - since >= self.still and rested:
                yield key, now - since >= self.partial

    def begin(self, key: Key, now: float) -> float:
        """It is looked at from now on; what changes meanwhile counts for the next time. Returns when it came."""
        self._busy.add(key)
        self._begun[key] = now
        return self._touched.pop(key)

    def end(self, key: Key) -> None:
        """It was looked at."""
        self._busy.discard(key)


def state(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """What tells whether something in a student's folder changed, without opening a file."""
    found = []
    try:
        for path in folder.iterdir():
            seen = path.lstat()
            found.append((path.name, seen.st_size, seen.st_mtime_ns))
    except OSError:  # it comes, goes, or is no folder
        pass
    return tuple(sorted(found))


def whole(folder: Path) -> bool:
    """Whether each notebook there ends as one does; half of a copied file does not."""
    return all(_ends(path) for path in folder.glob("*.ipynb"))


def _ends(path: Path) -> bool:
    try:
        seen = path.lstat()
        if not stat.S_ISREG(seen.st_mode):
            return True  # grading says what is wrong with it
        with path.open("rb") as file:
            file.seek(max(0, seen.st_size - END))
            return file.read(END).rstrip().endswith(b"}")
    except OSError:
        return True
