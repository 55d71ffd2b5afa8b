"""What a class did with an assignment, counted. Nothing here reads files or knows how it is shown."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from math import ceil
from statistics import StatisticsError, correlation, mean, median

from d2l_ch3.checks.catalogue import named
from d2l_ch3.class_report import words
from d2l_ch3.class_report.class_data import ClassData, Item, Work
from d2l_ch3.language import Text

ENOUGH = 30
"""Students below which nothing is said about what an exercise separates; see `discrimination`."""
SEPARATES, SEPARATES_SOMEWHAT = 0.4, 0.2
BINS = 12
FEW_POINTS, MUCH_LESS, MANY, REPEATEDLY = 0.4, 0.3, 0.5, 3
"""Who needs a word: below this share of the points, this much below the share elsewhere, with this share of the
exercises not tried or without the names asked for, the same misconception in so many exercises of the course."""

_ALL_THE_SAME = Text("大家得分一样", "all got the same")
_CLEARLY = Text("区分得清楚", "separates clearly")
_SOMEWHAT = Text("有些区分", "separates somewhat")
_HARDLY = Text("几乎不区分", "hardly separates")
_REVERSED = Text("反过来了：别的题做得好的人，这题反而差", "the wrong way round: who is good elsewhere does worse here")

_ABSENT = Text("没有交", "handed in nothing")
_UNREADABLE = Text("交来的文件读不了", "what was handed in could not be read")
_ONLY = Text("只有 {points:g}/{reachable:g} 分", "only {points:g} of {reachable:g} points")
_LESS = Text("比别的作业差很多：这次 {here:.0%}，别的 {there:.0%}",
             "much less than in other sets: {here:.0%} here, {there:.0%} there")
_NOT_TRIED = Text("{count} 道题没有动", "exercises not tried: {count}")
_FAILED = Text("{count} 个单元格崩溃或超时", "cells that crashed or took too long: {count}")
_NOT_RUN = Text("{count} 道题要的名字没有定义：前面的单元格多半没跑通",
                "exercises that lack the name they ask for: {count}; an earlier cell did not run, most likely")
_REPEATED = Text("{count} 道题里都是“{title}”", "“{title}” in {count} exercises")


@dataclass(frozen=True)
class ItemFigures:
    """How one exercise went: numbers of students, the mean share of its points, its `discrimination`."""

    item: Item
    full: int
    partial: int
    none: int
    not_tried: int
    waiting: int
    share: float | None
    separates: float | None

    @property
    def verdict(self) -> Text:
        """What its discrimination means, in words that go with the number as it is shown."""
        if self.separates is None:
            return _ALL_THE_SAME
        limits = (SEPARATES, _CLEARLY), (SEPARATES_SOMEWHAT, _SOMEWHAT), (0.0, _HARDLY)
        return next((meaning for limit, meaning in limits if round(self.separates, 2) >= limit), _REVERSED)


@dataclass
class Belief:
    """A misconception: in which exercises it was named, and for whom (student to the first such exercise)."""

    key: str
    title: Text
    text: Text
    symptom: bool
    exercises: Counter[str] = field(default_factory=Counter)
    holders: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Figures:
    """All that is shown. Totals are of the exercises that wait for nobody, `reachable` points together."""

    assignment: str
    totals: dict[str, float]
    reachable: float
    enough: bool
    """Whether there are students enough to say what an exercise separates."""
    items: list[ItemFigures]
    beliefs: list[Belief]
    words_needed: list[tuple[str, list[Text]]]
    rejected: list[tuple[str, Text]]
    ungraded: list[str]
    to_look_at: list[tuple[Text, list[str]]]
    """What a submission may be, and whose are."""

    @property
    def median(self) -> float:
        """The median of the totals; 0 if there is none."""
        return median(self.totals.values()) if self.totals else 0.0

    @property
    def waiting(self) -> list[ItemFigures]:
        """The written questions that are not in the totals, since some answers wait for a person."""
        return [one for one in self.items if one.waiting]

    @property
    def most_common(self) -> Belief | None:
        """The misconception that most students have, mere symptoms apart."""
        return next((belief for belief in self.beliefs if not belief.symptom), None)

    @property
    def bins(self) -> list[tuple[float, float, int]]:
        """The distribution of the totals: from, up to (the last: up to and with), number of students."""
        width = max(1, ceil(self.reachable / BINS))
        count = max(1, ceil(self.reachable / width))
        places = Counter(min(int(total // width), count - 1) for total in self.totals.values())
        return [(place * width, (place + 1) * width, places[place]) for place in range(count)]


def figures(data: ClassData) -> Figures:
    """Count. Submissions that could not be read count as rejected and nowhere else."""
    works = [work for work in data.works if work.rejected is None]
    decided = [item for item in data.items if all(work.scores.get(item.row) is not None for work in works)]
    totals = {work.student: sum(work.scores[item.row] or 0.0 for item in decided) for work in works}
    reachable = sum(item.points for item in decided)
    beliefs = ranked(works)

    def who(holds: Callable[[Work], bool]) -> list[str]:
        return [work.student for work in data.works if holds(work)]

    return Figures(
        data.assignment, totals, reachable, enough=len(works) >= ENOUGH,
        items=[_item(item, works, totals if item in decided else None) for item in data.items],
        beliefs=beliefs, words_needed=_words_needed(data, totals, reachable),
        rejected=[(work.student, work.rejected) for work in data.works if work.rejected is not None],
        ungraded=data.ungraded, to_look_at=[
            (words.REJECTED, who(lambda work: work.rejected is not None)), (words.NOT_GRADED, data.ungraded),
            (words.LATE, who(lambda work: work.late)), (words.REPAIRED, who(lambda work: work.repaired)),
            (words.INSIDE, who(lambda work: work.inside)),
            (words.UNPROTECTED, who(lambda work: not work.isolated))])


def _item(item: Item, works: Sequence[Work], totals: dict[str, float] | None) -> ItemFigures:
    tried = [work for work in works if (item.notebook, item.name) not in work.untouched]
    scores = [score for work in tried if (score := work.scores.get(item.row)) is not None]
    full = sum(score >= item.points for score in scores)
    none = sum(score <= 0 for score in scores)
    not_tried, waiting = len(works) - len(tried), len(tried) - len(scores)
    shares = [score / item.points for work in works
              if item.points and (score := work.scores.get(item.row)) is not None]
    return ItemFigures(
        item, full, len(scores) - full - none, none, not_tried, waiting, mean(shares) if shares else None,
        _separates(item, works, totals))


def _separates(item: Item, works: Sequence[Work], totals: dict[str, float] | None) -> float | None:
    if not totals:
        return None
    own = [work.scores[item.row] or 0.0 for work in works]
    return discrimination(own, [totals[work.student] for work in works])


def discrimination(points: Sequence[float], totals: Sequence[float]) -> float | None:
    """The corrected item-total correlation: Pearson's, of an item's points with the points of all the other items.

    None where either does not vary. Taking the item out of the total keeps it from being correlated with itself: L.
    Crocker and J. Algina, Introduction to Classical and Modern Test Theory (1986), chapter 14. From 0.4 on an item is
    taken to separate well, below 0.2 poorly: R. L. Ebel and D. A. Frisbie, Essentials of Educational Measurement (5th
    edition, 1991), chapter 13. With fewer than about 30 students it is mostly chance (with 30, the standard error of a
    correlation of 0.3 is 0.17), hence `ENOUGH`.
    """
    rest = [total - own for own, total in zip(points, totals, strict=True)]
    try:
        return correlation(points, rest)
    except StatisticsError:
        return None


def ranked(works: Sequence[Work]) -> list[Belief]:
    """The misconceptions named, those of most students first. One name with two meanings counts as two."""
    beliefs: dict[tuple[str, Text], Belief] = {}
    for work in works:
        for exercise, keys in work.findings.items():
            for key in keys:
                known = named(exercise, key)
                belief = beliefs.setdefault((key, known.text), Belief(key, known.title, known.text, known.symptom))
                belief.exercises[exercise] += 1
                belief.holders.setdefault(work.student, exercise)
    return sorted(beliefs.values(), key=lambda one: (-len(one.holders), one.key, one.text))


def _words_needed(data: ClassData, totals: dict[str, float], reachable: float) -> list[tuple[str, list[Text]]]:
    """Students to talk to, and why; those with most reasons first."""
    found = {student: [_ABSENT] for student in data.absent}
    for work in data.works:
        reasons = _reasons(work, data, totals, reachable) if work.rejected is None else [_UNREADABLE]
        if reasons:
            found[work.student] = reasons
    return sorted(found.items(), key=lambda one: (-len(one[1]), one[0]))


def _reasons(work: Work, data: ClassData, totals: dict[str, float], reachable: float) -> list[Text]:
    points, there = totals[work.student], data.shares.get(work.student)
    here = points / reachable if reachable else 1.0
    exercises = len(data.items)
    not_tried = sum((item.notebook, item.name) in work.untouched for item in data.items)
    lacking = sum("not-defined" in keys for keys in work.findings.values())
    reasons = []
    if here < FEW_POINTS:
        reasons.append(_ONLY.format(points=points, reachable=reachable))
    if there is not None and here <= there - MUCH_LESS:
        reasons.append(_LESS.format(here=here, there=there))
    if not_tried >= MANY * exercises:
        reasons.append(_NOT_TRIED.format(count=not_tried))
    if work.failures:
        reasons.append(_FAILED.format(count=work.failures))
    if lacking >= MANY * exercises:
        reasons.append(_NOT_RUN.format(count=lacking))
    return [*reasons, *(_REPEATED.format(count=count, title=title) for title, count in _repeated(work, data))]


def _repeated(work: Work, data: ClassData) -> list[tuple[Text, int]]:
    """What a student believes here, by its title, and in how many exercises of the course, where these are many."""
    here = Counter(key for exercise, keys in work.findings.items() for key in keys
                   if not named(exercise, key).symptom)
    everywhere = {key: count + data.findings_elsewhere.get(work.student, Counter())[key]
                  for key, count in here.items()}
    titles = {key: named(exercise, key).title for exercise, keys in work.findings.items() for key in keys}
    return [(titles[key], count) for key, count in sorted(everywhere.items()) if count >= REPEATEDLY]
