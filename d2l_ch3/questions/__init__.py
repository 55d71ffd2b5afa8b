"""Questions to ask of any layer before it is trusted: `try_out`.

    d2l_ch3.try_out(lambda: MyLinear(5, 3), torch.randn(4, 5))

Nothing is known of what the layer should compute. What is asked is what every well-behaved layer can answer: which
shapes and types it takes, whether its gradients are right and reach everything, what it changes, what it remembers.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from torch import Tensor, nn

from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.language import Text, get_language
from d2l_ch3.questions.asked import QUESTIONS, Answer, Layers
from d2l_ch3.templates import template

__all__ = ["Answers", "try_out"]

WIDTH = 78
_MARKS = {True: "✓", False: "✗", None: "–"}
_NOT_A_LAYER = Text("try_out 要的是一个造层的函数，比如 lambda: MyLinear(5, 3)，而不是 {got}",
                    "try_out wants a function that makes a layer, such as lambda: MyLinear(5, 3), not {got}")
_CLOSING = Text("✗ 不一定是错：有的层本来就让样本互相影响，或者有意记着以前的输入。这里只把事实摆出来。",
                "A ✗ is not always a mistake: some layers mix samples, or remember inputs, on purpose.")


@dataclass(frozen=True)
class Answers:
    """What a layer answered; `answers` has one entry a question, by its name."""

    name: str
    answers: dict[str, Answer]

    @property
    def rows(self) -> list[tuple[str, str]]:
        """Of each answer its mark (✓, ✗, or – where the question does not apply) and its words."""
        return [(_MARKS[answer.holds], str(answer.words)) for answer in self.answers.values()]

    @property
    def closing(self) -> str:
        """A word on what ✗ means, where there is one."""
        return str(_CLOSING) if any(answer.holds is False for answer in self.answers.values()) else ""

    def __repr__(self) -> str:
        lines = [self.name]
        for mark, words in self.rows:
            first, *more = wrap(words, WIDTH - 4)
            lines += [f"  {mark} {first}", *(f"    {line}" for line in more)]
        return "\n".join([*lines, *wrap(self.closing, WIDTH)])

    def _repr_html_(self) -> str:
        return template(Path(__file__).parent, "answers.html").render(answers=self, language=get_language())


def try_out(make_layer: Callable[[], nn.Module], X: Tensor) -> Answers:
    """Ask a layer all questions, with the batch `X` (its first dimension counts samples). Returns a card.

    Where a call does not give a tensor, that is the only answer.

    `make_layer()` makes a new layer each time it is called; nothing that is asked is left behind in `X` or in the
    random state. Raises TypeError if it does not give a layer.
    """
    made = make_layer() if callable(make_layer) and not isinstance(make_layer, nn.Module) else make_layer
    if not isinstance(made, nn.Module) or made is make_layer:
        raise TypeError(str(_NOT_A_LAYER.format(got=type(made).__name__)))
    layers = Layers(make_layer, X)
    answers = {name: layers.ask(question) for name, question in QUESTIONS.items()}
    if not answers["shape"].holds:  # no output that could be asked about
        answers = {"shape": answers["shape"]}
    return Answers(type(made).__name__, answers)
