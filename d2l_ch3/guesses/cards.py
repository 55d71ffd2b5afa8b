"""What is shown of a guess, and of all of them: a card in a notebook, text elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.guesses.catalogue import CATALOGUE, belief
from d2l_ch3.guesses.records import read
from d2l_ch3.language import Text, get_language
from d2l_ch3.templates import template

FOLDER = Path(__file__).parent
WIDTH = 78

_ANSWER = Text("结果：{answer}", "Result: {answer}")
_RIGHT = Text("猜对了：{answer}", "Right: {answer}")
_WRONG = Text("你猜 {guessed}，结果是 {answer}", "You guessed {guessed}, and it is {answer}")
_UNREADABLE = Text("看不懂 {guessed}，这里要填：{wanted}。结果是 {answer}",
                   "Cannot read {guessed}: write {wanted} here. It is {answer}")
_SO_FAR = Text("这一章猜了 {guessed} / {total}，对 {right}",
               "this chapter: guessed {guessed} of {total}, right {right}")
_CHAPTERS = {"blocks": Text("3.1 层和块", "3.1 Layers and blocks"),
             "parameters": Text("3.2 参数管理", "3.2 Parameter management"),
             "layers": Text("3.3 自定义层", "3.3 Custom layers")}
_TALLY = Text("猜一猜", "Guesses")
_ROW = Text("猜了 {guessed} / {total}，对 {right}", "guessed {guessed} / {total}, right {right}")
_NOTHING = Text("还没有猜过：把 `guess(…)` 里的 `...` 换成你的猜测，再运行那一格。",
                "No guesses yet: put your guess in place of the `...` in a `guess(…)` line, then run the cell.")


@dataclass(frozen=True)
class Outcome:
    """A guess beside the answer; `right` is None without one, or if `wanted` says what should have been typed."""

    name: str
    chapter: str
    guessed: Any
    answer: Any
    right: bool | None = None
    wanted: Text | None = None

    @property
    def title(self) -> str:
        """Guess and answer in one line."""
        if self.right is None and self.wanted is None:
            text = _ANSWER
        else:
            text = _UNREADABLE if self.wanted else _RIGHT if self.right else _WRONG
        return str(text.format(answer=_said(self.answer), guessed=_said(self.guessed), wanted=self.wanted))

    @property
    def mark(self) -> str:
        """✓, ✗, or nothing where there is nothing to judge."""
        return "" if self.right is None else "✓" if self.right else "✗"

    @property
    def why(self) -> str:
        """The belief behind a wrong guess, in the language in use; empty if there is none."""
        return str(belief(self.name, self.guessed, self.answer) or "") if self.right is False else ""

    @property
    def so_far(self) -> str:
        """How many of the chapter's questions have been guessed; empty where nothing is kept."""
        count = Count.of(self.chapter)
        return str(_SO_FAR.format(**vars(count))) if count.guessed else ""

    def __repr__(self) -> str:
        return "\n".join([f"{self.mark} {self.title}".strip(), *(f"  {line}" for line in wrap(self.why, WIDTH - 2))])

    def _repr_html_(self) -> str | None:
        """A card; without a guess there is none, and the line of text is all."""
        if self.right is None and self.wanted is None:
            return None
        return template(FOLDER, "guess.html").render(outcome=self, language=get_language())


@dataclass(frozen=True)
class Count:
    """How it stands with a chapter: questions, guesses, guesses that were right."""

    total: int
    guessed: int
    right: int

    @classmethod
    def of(cls, chapter: str) -> "Count":
        """The count of what is kept in this folder."""
        kept = {name: right for name, right in read().items() if name in CATALOGUE[chapter]}
        return cls(len(CATALOGUE[chapter]), len(kept), sum(kept.values()))


@dataclass(frozen=True)
class Tally:
    """The counts of all chapters."""

    counts: Mapping[str, Count]

    @classmethod
    def of(cls, chapters: Mapping[str, object]) -> "Tally":
        """The tally of these chapters."""
        return cls({chapter: Count.of(chapter) for chapter in chapters})

    @property
    def title(self) -> str:
        """What this is."""
        return str(_TALLY)

    @property
    def rows(self) -> list[tuple[str, str, Count]]:
        """Of each chapter its name, its count in words, and its count."""
        return [(str(_CHAPTERS[chapter]), str(_ROW.format(**vars(count))), count)
                for chapter, count in self.counts.items()]

    @property
    def closing(self) -> str:
        """What to do where nothing was guessed; otherwise empty."""
        return "" if any(count.guessed for count in self.counts.values()) else str(_NOTHING)

    def __repr__(self) -> str:
        return "\n".join([self.title, *(f"  {name}: {words}" for name, words, _ in self.rows),
                          *wrap(self.closing, WIDTH)])

    def _repr_html_(self) -> str:
        return template(FOLDER, "guessed.html").render(tally=self, language=get_language())


def _said(value: Any) -> str:
    """A value as it would be typed; a float to three digits."""
    return f"{value:.3g}" if isinstance(value, float) else str(value)
