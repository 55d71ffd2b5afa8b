"""How far a student has come in a problem set: what is done, what was tried, what is in the way, what comes next."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from wcwidth import wcswidth

from d2l_ch3.checks.catalogue import NOT_WRITTEN, everything
from d2l_ch3.checks.markup import template
from d2l_ch3.checks.records import HERE, Record, guessed, read
from d2l_ch3.checks.report import WIDTH
from d2l_ch3.checks.wrapping import first_sentence, wrap
from d2l_ch3.language import Text, get_language

BAR = 20

_POINTS = Text("分", "points")
_HAD = Text("你拿到过 {best:g} 分，最近一次是 {points:g} 分。", "You had {best:g}; the last run gave {points:g}.")
_BESIDES = Text("（另有文字题 {points} 分）", " (and {points} in words)")
_NOTHING = Text("这里还没有检查的记录：在笔记本里运行一次检查，就会记下来。",
                "Nothing recorded here yet: run a check in the notebook first.")
_NEXT = Text("接下来：`{name}`。提示：`checks.{name}.hint()`", "Next: `{name}`. Hint: `checks.{name}.hint()`")
_BONUS = Text("选做", "bonus")
_ALL_PASSED = Text("检查全部通过。", "Every check is passed.")
_WORDS_TOO = Text("文字题也写好了吗？", "Have you answered the written question too?")
_GUESSED = Text("正文里猜了 {made} / {total}，对 {right}。",
                "In the chapter: guessed {made} of {total}, right {right}.")
_HAND_IN = Text("交之前按一下 Validate，它会从头再运行一遍。",
                "Before you hand in, press Validate: it runs everything from the start.")


class State(NamedTuple):
    """How it stands with a question: a sign, and the same in words."""

    mark: str
    words: Text


DONE = State("✓", Text("完成", "done"))
TRIED = State("◐", Text("试过", "tried"))
NOT_STARTED = State("○", Text("还没写", "not started"))
READ_BY_A_PERSON = State("✎", Text("由老师评阅", "read by a person"))


@dataclass(frozen=True)
class Row:
    """One question of a problem set and what is known of it."""

    number: int
    name: str
    max_points: int
    in_words: bool
    bonus: bool
    record: Record | None

    @property
    def state(self) -> State:
        """Done, tried or not started; an answer in words is none of these, no check reads it."""
        if self.in_words:
            return READ_BY_A_PERSON
        if self.record is None or (not self.record.points and self._misconception == NOT_WRITTEN):
            return NOT_STARTED
        return DONE if self.points >= self.max_points else TRIED

    @property
    def points(self) -> float:
        """Points of the latest check."""
        return min(self.record.points, self.max_points) if self.record else 0

    @property
    def earned(self) -> str:
        """Points so far and how many there are."""
        if self.bonus:
            return str(_BONUS)
        return f"{'–' if self.in_words else f'{self.points:g}'}/{self.max_points}"

    @property
    def _misconception(self) -> str:
        return self.record.diagnosis.key if self.record and self.record.diagnosis else ""

    @property
    def obstacle(self) -> tuple[str, str] | None:
        """Title of the misconception in the way and the first sentence about it, if the answer was tried."""
        if self.state is not TRIED or self.record is None or self.record.diagnosis is None:
            return None
        return str(self.record.diagnosis.title), first_sentence(str(self.record.diagnosis.text))

    @property
    def better_before(self) -> str:
        """A word about points that were lost again; empty if none were."""
        if self.record is None or self.record.best <= self.record.points:
            return ""
        return str(_HAD.format(best=self.record.best, points=self.record.points))


@dataclass(frozen=True)
class Card:
    """The progress in one problem set."""

    problem_set: str
    rows: tuple[Row, ...]

    @classmethod
    def of(cls, problem_set: str) -> "Card":
        """The card of a problem set, with what is kept of it."""
        questions = [words for words in everything() if words.problem_set == problem_set]
        records = _records_of(problem_set, {words.name for words in questions if not words.written})
        return cls(problem_set, tuple(
            Row(number, words.name.replace("-", "_"), words.points, words.written, words.bonus,
                records.get(words.name))
            for number, words in enumerate(questions, 1)))

    @property
    def checked(self) -> list[Row]:
        """The questions that have a check and count."""
        return [row for row in self.rows if not (row.in_words or row.bonus)]

    @property
    def points(self) -> float:
        """Points so far, of the latest checks."""
        return sum(row.points for row in self.checked)

    @property
    def max_points(self) -> int:
        """Points that the checks can give."""
        return sum(row.max_points for row in self.checked)

    @property
    def total(self) -> str:
        """Points so far and how many the checks can give; beside them, those of answers in words."""
        besides = sum(row.max_points for row in self.rows if row.in_words)
        return f"{self.points:g} / {self.max_points} {_POINTS}{_BESIDES.format(points=besides) if besides else ''}"

    @property
    def closing(self) -> list[str]:
        """How the guesses in the chapter went, and what to do next."""
        return [*self.guessed, *self._next]

    @property
    def guessed(self) -> list[str]:
        """How many questions of the chapter were guessed: kept here, or beside the folder of the problem set."""
        chapter = self.problem_set.partition("-")[2]
        found = [counts for folder in (HERE, Path("..")) if (counts := guessed(chapter, folder))]
        return [str(_GUESSED.format(total=total, made=made, right=right)) for total, made, right in found[:1]]

    @property
    def _next(self) -> list[str]:
        """What to do next."""
        open_ = next((row for row in self.checked if row.state is not DONE), None)
        if open_ is None:
            in_words = any(row.in_words for row in self.rows)
            return [str(line) for line in (_ALL_PASSED, *([_WORDS_TOO] if in_words else []), _HAND_IN)]
        nothing = all(row.record is None for row in self.rows)
        return [*([str(_NOTHING)] if nothing else []), str(_NEXT.format(name=open_.name))]

    def __str__(self) -> str:
        filled = round(BAR * self.points / self.max_points)
        lines = [f"{self.problem_set}  {self.total}  {'█' * filled}{'░' * (BAR - filled)}"]
        name_width = max(len(row.name) for row in self.rows)
        state_width = max(wcswidth(str(row.state.words)) for row in self.rows)
        for row in self.rows:
            words = str(row.state.words)
            lines.append(f"  {row.state.mark} {row.number}. {row.name:{name_width}}  "
                         f"{words}{' ' * (state_width - wcswidth(words))}  {row.earned}")
            told = [f"[{row.obstacle[0]}] {row.obstacle[1]}"] if row.obstacle else []
            told += [row.better_before] if row.better_before else []
            lines += [f"       {line}" for text in told for line in wrap(text, WIDTH - 7)]
        return "\n".join([*lines, "", *(f"  {line}" for text in self.closing for line in wrap(text, WIDTH - 2))])


@dataclass(frozen=True)
class Progress:
    """The cards of one or more problem sets; text in a terminal."""

    cards: tuple[Card, ...]

    def __repr__(self) -> str:
        return "\n\n".join(map(str, self.cards))

    def _repr_html_(self) -> str:
        return template("progress.html").render(cards=self.cards, language=get_language())


def problem_sets_here(exercises: Mapping[str, Collection[str]]) -> list[str]:
    """The problem set that the student is in: the one checked last in this folder, or else the folder's namesake.

    Where neither is there to tell, as beside the chapters, all of them.
    """
    for name in reversed(read()):
        for problem_set, names in exercises.items():
            if name in names:
                return [problem_set]
    folder = HERE.absolute().name
    return [folder] if folder in exercises else list(exercises)


def _records_of(problem_set: str, exercises: Collection[str]) -> dict[str, Record]:
    """The records of a problem set: kept here, in its folder below, or in its folder beside this one."""
    for folder in (HERE, Path(problem_set), Path("..", problem_set)):
        found = {name: record for name, record in read(folder).items() if name in exercises}
        if found:
            return found
    return {}
