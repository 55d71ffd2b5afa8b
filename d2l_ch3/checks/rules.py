"""Rules: what an answer may compute, the right thing or what a wrong belief makes of it.

An exercise has a **model**: the right answer, with a knob (a keyword argument of its `forward`, or of the function)
for every question on which beliefs differ. The first option of a knob is right, each other one is a belief:

    class Model(nn.Module):
        def forward(self, X, count=half, part=whole_number): ...

    Stage("output", {
        "count": {half: None, full: wrong("all-coefficients", "coefficients")},
        "part": {whole_number: None, torch.real: wrong("real-part", "coefficients")}})

A stage finds the setting of its knobs that gives what the answer gave: all right, else one knob turned, else two. So
two mistakes at once are found as two, and 5 knobs of 4 options cost at most 16 + 90 tries and not 1024.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import combinations, product
from typing import Any

from torch import nn

from d2l_ch3.checks.definition import Says, says

Choices = Mapping[str, Any]
"""How the knobs stand: those that are not named stand right."""


@dataclass(frozen=True)
class Wrong:
    """An option of a knob that is a belief: what is said of it, and the criteria that it costs."""

    said: Says
    costs: tuple[str, ...]


def wrong(key: str, costs: str, /, **details: object) -> Wrong:
    """The belief of that name, and the criteria that it costs, ``"joined leading"``."""
    return Wrong(says(key, **details), tuple(costs.split()))


@dataclass(frozen=True)
class Stage:
    """Knobs that one piece of evidence tells apart: the entries of the first trial whose names begin with `shown`."""

    shown: str
    knobs: Mapping[str, Mapping[Any, Wrong | None]]
    pairs: bool = True

    def settings(self) -> Iterator[tuple[Choices, tuple[Wrong, ...]]]:
        """All settings of the knobs with at most two turned from what is right, the simplest first."""
        turned = {name: [(option, belief) for option, belief in options.items() if belief]
                  for name, options in self.knobs.items()}
        for count in range(3 if self.pairs else 2):
            for names in combinations(turned, count):
                for options in product(*(turned[name] for name in names)):
                    yield ({name: option for name, (option, _) in zip(names, options, strict=True)},
                           tuple(belief for _, belief in options))

    @property
    def right(self) -> "Stage":
        """The same stage with nothing to find but what is right."""
        return Stage(self.shown, {})


@dataclass(frozen=True)
class Rule:
    """How an answer computes, as far as it is known: the knobs, the beliefs behind them, stages that nothing fits."""

    choices: Choices = field(default_factory=dict)
    beliefs: tuple[Wrong, ...] = ()
    unknown: tuple[str, ...] = ()

    def costs(self, criterion: str) -> tuple[Says, ...]:
        """The beliefs that cost this criterion."""
        return tuple(belief.said for belief in self.beliefs if criterion in belief.costs)

    def turned(self, **choices: Any) -> "Rule":
        """The same rule with other knobs turned as well."""
        return Rule({**self.choices, **choices}, self.beliefs, self.unknown)

    def of(self, model: Any) -> Any:
        """The model as it computes by this rule: a subclass of a model that is a class, otherwise a function."""
        return with_knobs(model, self.choices)


def with_knobs(model: Any, choices: Choices) -> Any:
    """The model with some of its knobs turned."""
    if not choices:
        return model
    if not isinstance(model, type):
        return partial(model, **choices)

    def forward(self: nn.Module, X: Any) -> Any:
        return model.forward(self, X, **choices)  # type: ignore[attr-defined]
    return type(model.__name__, (model,), {"forward": forward})


def follow(stages: Sequence[Stage], explains: Callable[[str, Rule], bool]) -> Rule:
    """The rule by which an answer computes, found stage by stage; ``explains(shown, rule)`` compares."""
    found = Rule()
    for stage in stages:
        for choices, beliefs in stage.settings():
            rule = Rule({**found.choices, **choices}, (*found.beliefs, *beliefs), found.unknown)
            if explains(stage.shown, rule):
                found = rule
                break
        else:
            found = Rule(found.choices, found.beliefs, (*found.unknown, stage.shown))
    return found
