"""The mutation check of a check: which mutants of an exercise's solution still get full points."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from d2l_ch3.authoring import equivalents
from d2l_ch3.authoring.mutants import Mutant, mutants
from d2l_ch3.authoring.solutions import AuthoringError, Solution
from d2l_ch3.authoring.trials import survivors
from d2l_ch3.language import Text

_WRONG_SOLUTION = Text("{solution} 的解答自己就拿不到满分，没法拿它变异。"
                       "先让 `pytest tests/checks/test_answers.py` 通过。",
                       "the solution of {solution} does not get full points itself, so there is nothing to mutate. "
                       "Make `pytest tests/checks/test_answers.py` pass first.")


@dataclass(frozen=True)
class Trials:
    """How mutants are tried: a survivor gets full points with each seed; who takes longer than `seconds` is none."""

    seeds: Sequence[int] = (0, 1, 2)
    jobs: int = 1
    seconds: float = 30


@dataclass(frozen=True)
class Findings:
    """What became of the mutants of a solution."""

    solution: Solution
    mutants: list[Mutant]
    survivors: list[Mutant]
    equivalent: list[Mutant]
    stale: list[equivalents.Listed]
    """Listed word by word as equivalent, but no mutant of the reference that gets full points is like that."""

    @property
    def killed(self) -> int:
        """How many do not get full points."""
        return len(self.mutants) - len(self.survivors) - len(self.equivalent)

    @property
    def good(self) -> bool:
        """Whether every survivor is listed, and nothing else."""
        return not self.survivors and not self.stale


def find(course: Path, solution: Solution, trials: Trials,
         advance: Callable[[], None] = lambda: None) -> Findings:
    """Try all mutants of the solution; `advance` is called after each. Raises AuthoringError."""
    listed = equivalents.listed(course, solution.exercise)
    made = mutants(solution.cell)
    right, *alive = survivors(solution, [solution.cell, *(mutant.source for mutant in made)], trials.seeds,
                              trials.jobs, trials.seconds, advance)
    if not right:
        raise AuthoringError(_WRONG_SOLUTION.format(solution=solution))
    full = [mutant for mutant, lives in zip(made, alive, strict=True) if lives]
    equivalent = [one for one in full if any(entry.covers(one) for entry in listed)]
    return Findings(solution, made, [one for one in full if one not in equivalent], equivalent,
                    [entry for entry in listed if entry.table == "mutant" and not solution.answer
                     and not any(map(entry.covers, full))])
