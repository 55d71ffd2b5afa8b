"""Pairs of answers to one exercise that share what few have."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import Any

ENOUGH = 30
"""Pieces that must be left of both answers. What leaves fewer is short, or usual, and says nothing."""
NEAR = 0.85
"""The share of the pieces of the smaller answer that the other must have."""
USUAL, USUAL_SHARE = 3, 0.02
"""A piece that more students than these have, or than this share of them, is what the exercise leads to."""

Pieces = frozenset[Any]


@dataclass(frozen=True)
class Pair:
    """Two students' answers to an exercise: the share of the smaller that both have, and how many pieces that is."""

    students: tuple[str, str]
    exercise: str
    share: float
    pieces: int


def pairs(exercise: str, answers: Mapping[str, Pieces], explained: Collection[Any] = frozenset()) -> Iterator[Pair]:
    """The pairs that are near each other, by students' pieces; `explained` are those of release and solution."""
    held: dict[Any, list[str]] = defaultdict(list)
    for student in sorted(answers):
        for piece in answers[student]:
            if piece not in explained:
                held[piece].append(student)
    most = max(USUAL, USUAL_SHARE * len(answers))
    left: Counter[str] = Counter()
    shared: Counter[tuple[str, str]] = Counter()
    for students in held.values():
        if len(students) <= most:
            left.update(students)
            shared.update(combinations(students, 2))
    for (one, other), count in sorted(shared.items()):
        smaller = min(left[one], left[other])
        if smaller >= ENOUGH and count >= NEAR * smaller:
            yield Pair((one, other), exercise, count / smaller, count)
