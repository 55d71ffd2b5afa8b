"""What the checks of nets that feed X through blocks in order share: their cases, rules and trials."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import Case, New, move, named_parameters
from d2l_ch3.checks.catalogue import words
from d2l_ch3.checks.comparison import alike
from d2l_ch3.checks.definition import Exercise, Says, Verdict, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import KnownErrors
from d2l_ch3.checks.evidence import Evidence, Seen, plain
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.rules import Stage, Wrong, wrong
from d2l_ch3.checks.trials import CANNOT_TELL, Difference, Trial, attempted, differentiable, leading, one_sample, output

BlockList = Sequence[nn.Module]


class Blocks(Case):
    """Blocks and their input. `kinds` has a letter a block: l linear, t tanh, s an nn.Sequential, d dropout of all.

    `widths` are the numbers of features before and after each layer with weights; `places` puts the blocks into
    another order, in which they may stand more than once.
    """

    def __init__(self, dice: Dice, kinds: str, widths: Sequence[int] = (), batch: int = 5,
                 places: Sequence[int] = ()) -> None:
        sizes = list(widths or [4] * (len(kinds) + 1))
        self.X = dice.tensor(batch, sizes[0])
        self.distinct: list[nn.Module] = []
        for kind in kinds:
            layer = (dice.linear(sizes.pop(0), sizes[0]) if kind in "ls" else nn.Tanh() if kind == "t"
                     else nn.Dropout(1.0))
            self.distinct.append(nn.Sequential(layer, nn.Tanh()) if kind == "s" else layer)
        self.blocks = [self.distinct[place] for place in places or range(len(kinds))]

    def build(self, answer: Any) -> nn.Module:
        """The net of these blocks."""
        return answer(*self.blocks)

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The parameters of the blocks that were given."""
        return named_parameters({f"block {i}": block for i, block in enumerate(self.blocks)})

    def each(self, X: Tensor) -> list[Any]:
        """What every block makes of X by itself, or what it raises."""
        return [attempted(block, X) for block in self.blocks]

    def kept(self, net: nn.Module) -> list[nn.Module]:
        """Those of the very blocks given that the net, or its class, has."""
        held = {id(module) for module in (*_within(vars(net)), *_within(dict(vars(type(net)))))}
        return [block for block in self.blocks if id(block) in held]

    def number(self, net: nn.Module, item: Any, place: int) -> float | str:
        """Which block an item of the net is, that of `place` if it may be: a number drawn anew for each case.

        Whether the net keeps copies is asked elsewhere, so one of them will do if it keeps nothing else.
        """
        places = [place, *range(len(self.blocks))]
        found = [i for i in places if item is self.blocks[i]]
        if not found and not self.kept(net):
            given = self.each(self.X)
            found = [i for i in places if alike(attempted(item, self.X), given[i])]
        return float(self.X[0, 0]) + found[0] if found else NO_BLOCK


NO_BLOCK = "no block"


def _within(value: Any) -> Iterator[nn.Module]:
    """All modules in a container."""
    if isinstance(value, nn.Module):
        yield value
        value = value._modules
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list | tuple) else ():
        yield from _within(item)


SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "usual": {"kinds": "ltls"},
    "many": {"kinds": "lttstltttttl"},  # block 10 comes before block 2 where names are sorted
    "shapes": {"kinds": "ltls", "widths": (4, 3, 6, 2), "batch": 3},
    "one sample": {"kinds": "ltl", "widths": (4, 3, 1), "batch": 1},
    "one block": {"kinds": "l"},
    "none": {"kinds": ""},
    "repeats": {"kinds": "lltl", "places": (0, 1, 0, 2, 3, 3, 1)},
    "walked": {"kinds": "ldls"},
    "by hand": {"kinds": "ll", "widths": (2, 2, 2), "batch": 1},
}


# --- rules: which blocks run, and what each is given ---------------------------------------------------

def as_given(blocks: BlockList) -> BlockList:
    """All blocks in their order."""
    return blocks


def without_repeats(blocks: BlockList) -> BlockList:
    """Each block once, at its first place."""
    return list(dict.fromkeys(blocks))


def without_neighbours(blocks: BlockList) -> BlockList:
    """Without those that are the same as the one before."""
    return [block for i, block in enumerate(blocks) if i == 0 or block is not blocks[i - 1]]


def by_key(key: Callable[[nn.Module], Any]) -> Callable[[BlockList], BlockList]:
    """The blocks of a dict in which those with the same key replace one another."""
    return lambda blocks: list({key(block): block for block in blocks}.values())


def chained(blocks: BlockList, X: Tensor, after: Callable[[Tensor], Tensor]) -> Any:
    """Each block gets what the one before it gave."""
    for block in blocks:
        X = after(block(X))
    return X


def as_it_is(X: Tensor) -> Tensor:
    """X itself."""
    return X


def forward(blocks: BlockList, X: Tensor, order: Any = as_given, feed: Any = chained, after: Any = as_it_is,
            last: Any = as_it_is, repeats: Any = as_given) -> Any:
    """What a net of these blocks makes of X: the right thing, with a knob for every belief."""
    chosen = order(repeats(blocks))
    return last(feed(chosen, X, after)) if chosen else X


def order_of_blocks(**more: Any) -> Stage:
    """The beliefs on the order of blocks, and more, by their names with ``_`` for ``-``."""
    def costing(**options: Any) -> dict[Any, Wrong | None]:
        return {option: wrong(name.replace("_", "-"), "order") for name, many in options.items() for option in many}

    def adding(blocks: BlockList, X: Tensor, after: Any) -> Tensor:
        for block in blocks:
            X = X + block(X)
        return X
    activations = (torch.relu, torch.tanh, torch.sigmoid)
    return Stage("output", {
        "order": {as_given: None, **costing(
            reversed_order=[lambda blocks: blocks[::-1]],
            only_first_block=[lambda blocks: blocks[:1]],
            sorted_as_text=[lambda blocks: [blocks[i] for i in sorted(range(len(blocks)), key=str)]],
            first_left_out=[lambda blocks: blocks[1:]], last_left_out=[lambda blocks: blocks[:-1]],
            only_with_parameters=[lambda blocks: [block for block in blocks if list(block.parameters())],
                                  lambda blocks: [block for block in blocks if isinstance(block, nn.Linear)]],
            **more)},
        "feed": {chained: None, **costing(
            result_dropped=[lambda blocks, X, after: [block(X) for block in blocks] and X, lambda blocks, X, after: X],
            same_x=[lambda blocks, X, after: blocks[-1](X), lambda blocks, X, after: sum(block(X) for block in blocks),
                    lambda blocks, X, after: [block(X) for block in blocks]],
            input_added=[adding, lambda blocks, X, after: X + chained(blocks, X, after)],
            run_again=[lambda blocks, X, after: chained([*blocks, *blocks], X, after),
                       lambda blocks, X, after: chained([*blocks] * len(blocks), X, after),
                       lambda blocks, X, after: chained([each for block in blocks for each in (block, block)], X,
                                                        after)])},
        "after": {as_it_is: None, **costing(activation_added=activations)},
        "last": {as_it_is: None, **costing(activation_added=activations)},
    })


# --- trials ----------------------------------------------------------------------------------------------

CALLED: KnownErrors = (("'(?P<got>list|tuple|dict)' object is not callable", "container-called"),
                       (r"Module \[(?P<got>Module\w+)\] is missing the req", "container-called"))


def in_order(criterion: str) -> tuple[Trial, ...]:
    """Output for a few blocks, for many, for blocks of other shapes, for one and for none."""
    def more(different: Difference) -> Says | None:
        first = different.value[0] if isinstance(different.value, list) and different.value else None
        return says("returned-more") if alike(first, different.expected) else None
    return (output(criterion, "usual", "many", "shapes", output=more), output(criterion, "one block", name="one block"),
            output(criterion, "none", name="no blocks", output="no-blocks").telling(errors=((".", "no-blocks"),)),
            one_sample(criterion), leading(criterion).telling(errors=((r"^(Runtime|Index|Value)Error", "only-2-d"),)),
            _called(criterion))


def _called(criterion: str) -> Trial:
    """Note which blocks are called at all."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, called = new(), []
        for place, block in enumerate(case.blocks):
            block.register_forward_hook(lambda *_, place=place: called.append(place))
        if not seen.of_model:
            case.build(answer)(case.X.clone())
        seen["note called"] = called
    return Trial(criterion, "called", run)


def only_the_last(said: Says, evidence: Evidence) -> Says:
    """The last block alone computes what it also does where all get the same X: which it was, their calls show."""
    called = evidence["called, usual"].get("note called")
    last = len(SETTINGS["usual"]["kinds"]) - 1
    return says("only-last-block") if said.key == "same-x" and called == [last] else said


def repeated(criterion: str) -> Trial:
    """Output where blocks are given more than once."""
    def lost(different: Difference) -> Says | None:
        return says("duplicate-lost") if any(
            different.as_if(repeats=kept) for kept in (without_repeats, without_neighbours)) else None
    return output(criterion, "repeats", name="twice", output=lost)


def gradients(criterion: str) -> Trial:
    """Gradients arrive in X and in the blocks given; that a net keeps nothing but copies is asked elsewhere."""
    def cut(different: Difference) -> Says | None:
        name = different.key.removeprefix("grad of ")
        beliefs = {"made": "copied-in-forward", "unused": "parameter-ignored", "off": "frozen-parameter"}
        found = [belief for note, belief in beliefs.items() if different.seen.get(f"note {note}")]
        return says(found[-1], name=name) if found and different.value is None else None
    trial = differentiable(criterion, grad_of=cut)

    def run(seen: Seen, answer: Any, new: New) -> None:
        trial.run(seen, answer, new)
        if seen.of_model:
            return
        case = new()
        net = case.build(answer)
        held = case.held(net)
        seen["note off"] = not any(tensor.requires_grad for tensor in held.values())
        before = net(case.X.clone())
        move(enumerate(held.values()))
        seen["note unused"] = alike(plain(net(case.X.clone())), plain(before))
        if not case.kept(net):
            for name in held:
                seen[f"grad of {name}"] = CANNOT_TELL
    return replace(trial, run=run, unsure=("grad of block",))


def modes_kept(criterion: str) -> Trial:
    """Call the net with blocks that train and with blocks that do not, and look at their mode after it."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        for mode in (True, False):
            case = new()
            net = case.build(answer)
            for block in case.blocks:
                block.train(mode)
            net(case.X.clone())
            seen[f"mode {mode}"] = [block.training for block in case.blocks]
    return Trial(criterion, "modes", run, {"mode": "switches-mode"}, fixed=("mode",))


def torch_container(answer: type[nn.Module]) -> str | None:
    """The name of the torch container (Sequential, ModuleList, …) that the class is a subclass of, if any."""
    return next((base.__name__ for base in answer.__mro__ if base.__module__ == nn.Sequential.__module__), None)


def own_class(experiment: Experiment) -> Exercise:
    """The exercise, in which a subclass of one of torch's own containers is no answer."""
    def probe(seed: int, answer: type[nn.Module]) -> Evidence:
        evidence = experiment.probe(seed, answer)
        with evidence.trial("class") as seen:
            seen["container"] = torch_container(answer)
        return evidence

    def judge(seed: int, evidence: Evidence, search: bool = True) -> Verdict:
        container = evidence["class"].get("container", "")
        if container is None:
            return experiment.judge(seed, evidence, search)
        said = says("subclassed-container", got=container)
        return {criterion.key: (said,) for criterion in words(experiment.name).criteria}
    return replace(experiment.exercise, probe=probe, judge=judge, judge_right=partial(judge, search=False))
