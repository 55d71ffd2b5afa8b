"""Hints in three steps, each further than the one before."""

from dataclasses import dataclass

from d2l_ch3.checks.definition import Exercise
from d2l_ch3.checks.markup import template
from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.language import Text, get_language

_TITLE = Text("提示 {step}/{last}", "Hint {step}/{last}")
_MORE = Text("再运行一次，看下一条。", "Run it again for the next one.")

_shown: dict[str, int] = {}


@dataclass(frozen=True)
class Hint:
    """The hints of an exercise up to a step: text in a terminal, a list in a notebook."""

    exercise: Exercise
    step: int

    @classmethod
    def next(cls, exercise: Exercise) -> "Hint":
        """One step further than the last time, to the last of them."""
        _shown[exercise.name] = min(_shown.get(exercise.name, 0) + 1, len(exercise.hints))
        return cls(exercise, _shown[exercise.name])

    @property
    def title(self) -> str:
        """Exercise and step."""
        return f"{self.exercise.name}: {_TITLE.format(step=self.step, last=len(self.exercise.hints))}"

    @property
    def lines(self) -> list[str]:
        """The hints so far, in the language in use."""
        return [str(hint) for hint in self.exercise.hints[:self.step]]

    @property
    def more(self) -> str:
        """How to get the next one; empty after the last."""
        return str(_MORE) if self.step < len(self.exercise.hints) else ""

    def __repr__(self) -> str:
        numbered = [f"{number}. {line}" for number, line in enumerate(self.lines, 1)]
        return "\n".join([self.title, *(line for text in numbered for line in wrap(text, 78)), self.more]).rstrip()

    def _repr_html_(self) -> str:
        return template("hint.html").render(hint=self, language=get_language())
