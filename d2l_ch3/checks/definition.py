"""What an exercise is made of: its words, a probe and a judge."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from d2l_ch3.checks.catalogue import Argument, Criterion, Diagnosis, Words, words
from d2l_ch3.language import Text

if TYPE_CHECKING:  # it brings torch, which who only reads the words can do without
    from d2l_ch3.checks.evidence import Evidence


class Says(NamedTuple):
    """A belief by its name in the catalogue, with the details of this answer."""

    key: str
    details: Mapping[str, object]


def says(key: str, /, **details: object) -> Says:
    """Name a belief."""
    return Says(key, details)


Verdict = Mapping[str, Sequence[Says]]
"""For each criterion's key what explains that it does not hold; nothing where it holds."""


@dataclass(frozen=True)
class Exercise:
    """One graded exercise.

    ``probe(seed, *arguments)`` runs the student's code and returns evidence;
    ``judge(seed, evidence)`` is pure and returns the verdict. Where there is a quicker way to find out only whether a
    verdict is empty, that is ``judge_right``, which may name other beliefs. Where the judge has a right answer of its
    own, that is ``model``.
    """

    name: str
    probe: Callable[..., "Evidence"]
    judge: Callable[[int, "Evidence"], Verdict]
    judge_right: Callable[[int, "Evidence"], Verdict] | None = None
    model: Any = None

    @property
    def words(self) -> Words:
        """What the catalogue says about it."""
        return words(self.name)

    @property
    def takes(self) -> tuple[Argument, ...]:
        """What the check is called with."""
        return self.words.takes

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """What an answer must do."""
        return self.words.criteria

    @property
    def hints(self) -> tuple[Text, ...]:
        """Three hints, each further than the one before."""
        return self.words.hints

    @property
    def points(self) -> int:
        """The most points that an answer can get."""
        return self.words.points

    @property
    def function(self) -> str:
        """The name under which a student calls the check: ``parallel_block``."""
        return self.name.replace("-", "_")

    def is_right(self, seed: int, evidence: "Evidence") -> bool:
        """Whether the verdict is empty, so that the answer gets all points."""
        return not any((self.judge_right or self.judge)(seed, evidence).values())

    def verdict(self, seed: int, evidence: "Evidence") -> dict[str, tuple[Diagnosis, ...]]:
        """The judge's verdict in words, complete: every criterion has its entry."""
        verdict = self.judge(seed, evidence)
        keys = [criterion.key for criterion in self.criteria]
        if list(verdict) != keys:
            raise ValueError(f"judge of {self.name} returned {list(verdict)}, its criteria are {keys}")
        return {key: tuple(map(self.diagnosis, found)) for key, found in verdict.items()}

    def diagnosis(self, said: Says) -> Diagnosis:
        """A named belief in words, its details filled in."""
        return self.words.belief(said.key).filled(**said.details)


def one(said: Says | None) -> tuple[Says, ...]:
    """The entry of a verdict for at most one belief."""
    return () if said is None else (said,)


def first(*found: Any) -> Any:
    """The first that is not None, or None."""
    return next((one for one in found if one is not None), None)
