"""residual-net: a stem, stages of residual blocks and a head, in an nn.Sequential whose names are fixed.

What the student's own ResidualBlock gets wrong was judged in residual-block and costs nothing here: while the check
runs, `make_resnet` finds another one under that name.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks import cases
from d2l_ch3.checks.cases import New, makers
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import kind_of
from d2l_ch3.checks.evidence import Evidence, Seen
from d2l_ch3.checks.exercises.residual_block import Model as ResidualBlock
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.functions import standing_in
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import Difference, Trial, differentiable, follows_dtype, output, two_instances

NOISE = 61


class Case(cases.Case):
    """The sizes of a net, and X. Parameters get their values by their names, or by their places if those differ."""

    def __init__(self, dice: Dice, widths: Sequence[int], num_blocks: int = 2, kind: type = list) -> None:
        self.sizes = (2, kind(widths), num_blocks, 3)
        self.X, self.noise = dice.tensor(3, 2), dice.tensor(NOISE)
        self.names = names_of(widths, num_blocks)

    def build(self, answer: Any) -> nn.Module:
        """The net with the case's values in it."""
        net: nn.Module = answer(*self.sizes).to(self.X.dtype)
        there = dict(net.named_parameters(remove_duplicate=False))
        named = set(there) <= set(self.names)
        for place, (name, tensor) in enumerate(there.items()):
            start, count = 13 * (self.names.index(name) if named else place) % NOISE, tensor.numel()
            drawn = self.noise.repeat((start + count) // NOISE + 1)[start:start + count]
            tensor.data = (drawn / tensor.shape[-1] ** 0.5).reshape(tensor.shape)
        return net

    def held(self, net: nn.Module) -> Mapping[str, Tensor]:
        """The net's parameters, by the names that they should have where all are there."""
        there = dict(net.named_parameters())
        if set(there) == set(self.names) or len(there) != len(self.names):
            return there
        return dict(zip(self.names, there.values(), strict=True))


def names_of(widths: Sequence[int], num_blocks: int) -> list[str]:
    """The names of a net's parameters, in order."""
    names, before = ["stem.weight", "stem.bias"], widths[0]
    for stage, width in enumerate(widths):
        for block in range(num_blocks):
            own = ["body.0.weight", "body.0.bias", "body.2.weight", "body.2.bias"]
            names += [f"stage {stage}.block {block}.{name}" for name in (
                [*own, "shortcut.weight"] if before != width else own)]
            before = width
    return [*names, "head.weight", "head.bias"]


SETTINGS: Mapping[str, Mapping[str, Any]] = {
    "usual": {"widths": (4, 5)},
    "three stages": {"widths": (3, 5, 4), "num_blocks": 1},
    "small": {"widths": (2,), "num_blocks": 1},
    "a tuple": {"widths": (2, 3), "num_blocks": 1, "kind": tuple},
    "many": {"widths": (2, 2), "num_blocks": 3},
    "no blocks": {"widths": (3, 3), "num_blocks": 0},
    "one width, no blocks": {"widths": (4,), "num_blocks": 0},
}
REFUSED = {"no widths": ((), 2), "no widths and no blocks": ((), 0), "other widths and no blocks": ((3, 4), 0),
           "a width between and no blocks": ((3, 4, 3), 0)}


def model(num_inputs: int, widths: Sequence[int], num_blocks: int, num_outputs: int, *, activations: str = "",
          twice: str = "", more: int = 0, stages: Any = list, last: Any = None) -> nn.Sequential:
    """The right answer, with a knob for every belief."""
    if not widths or (not num_blocks and len(set(widths)) > 1):
        raise ValueError
    net = nn.Sequential()
    net.add_module("stem", nn.Linear(num_inputs, widths[0]))
    before = widths[0]
    for number, width in enumerate(stages(widths)):
        stage = nn.Sequential()
        same = ResidualBlock(width, width)
        for place in range(max(num_blocks + more, 0)):
            kept = twice and before == width and (place > 0 or twice == "all")
            stage.add_module(f"block {place}", same if kept else ResidualBlock(before, width))
            before = width
        net.add_module(f"stage {number}", stage)
    net.add_module("head", nn.Linear(before, num_outputs))
    if activations == "into the head":
        net.get_submodule("head").register_forward_pre_hook(lambda module, X: (X[0].relu(),))
    for name, module in net.named_modules():
        if any(spot and name.rpartition(".")[2].startswith(spot) for spot in activations.split(", ")):
            module.register_forward_hook(lambda module, X, output: output.relu())
    if last:
        net.register_forward_hook(lambda module, X, output: last(output))
    return net


def more(number: int) -> Any:
    """Other numbers of blocks than those asked for."""
    return wrong("wrong-number", "chain", got=2 + number, expected=2)


ACTIVATION, SAME = wrong("activation-between", "chain"), wrong("same-instance", "own", got="block 1")
LEFT_OUT = wrong("stage-left-out", "chain", got=1, expected=2)
STAGE = Stage("output", {
    "activations": {"": None, **{places: ACTIVATION for places in (
        "stem", "stage", "stem, stage", "block", "stem, block", "head", "into the head")}},
    "last": {None: None, (lambda Y: Y.softmax(-1)): ACTIVATION, torch.tanh: ACTIVATION, torch.sigmoid: ACTIVATION},
    "twice": {"": None, "rest": SAME, "all": SAME},
    "more": {0: None, 1: more(1), -1: more(-1)},
    "stages": {list: None, (lambda widths: widths[1:]): LEFT_OUT, (lambda widths: widths[:-1]): LEFT_OUT},
})


def of_another_kind(different: Difference) -> Says:
    """A part that is no nn.Sequential."""
    return says("not-sequential", got=different.value[0])


def number_of_stages(different: Difference) -> Says:
    """More or fewer stages than widths."""
    return says("stage-left-out", got=different.value, expected=different.expected)


def number_of_blocks(different: Difference) -> Says:
    """More or fewer blocks in a stage."""
    pairs = zip(different.value, different.expected, strict=False)
    got, expected = next((got, wanted) for got, wanted in pairs if got != wanted)
    return says("wrong-number", got=got, expected=expected)


def other_sizes(different: Difference) -> Says | None:
    """The first parameter of another shape."""
    got = different.value
    name = next((name for name, shape in different.expected.items() if got.get(name) != shape), "")
    return says("other-sizes", name=name, got=tuple(got[name]), expected=tuple(different.expected[name])) \
        if name in got else says("missing-parameter", name=name)


PARTS: dict[str, Callable[[Difference], Says | None]] = {
    "part kinds": of_another_kind, "part stages": number_of_stages, "part blocks": number_of_blocks,
    "part shapes": other_sizes}
"""What the parts of a net show, the first thing first."""


def children(criterion: str, *settings: str) -> Trial:
    """Look at what the net is made of: kinds, numbers and names of its children, and the shapes of its parameters."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = answer(*case.sizes)
        parts = {name: child for name, child in net._modules.items() if child is not None and (
            list(child.parameters()) or isinstance(child, nn.Sequential | nn.ModuleList))}
        stages = [child for name, child in parts.items() if name.startswith("stage")] or [
            child for child in parts.values() if not isinstance(child, nn.Linear)]
        blocks = [[name for name, block in stage.named_children() if list(block.parameters())] for stage in stages]
        seen["part kinds"] = [type(each).__name__ for each in (net, *stages) if not isinstance(each, nn.Sequential)]
        seen["part stages"], seen["part blocks"] = len(stages), [len(names) for names in blocks]
        state = net.state_dict()
        named = state if set(state) == set(case.names) else dict(zip(case.names, state.values(), strict=False))
        seen["part shapes"] = {name: named[name].shape for name in case.names if name in named}
        asked = ["stem", *(f"stage {number}" for number in range(len(stages))), "head"]
        wanted = [*zip(parts, asked, strict=False),
                  *((name, f"block {place}") for names in blocks for place, name in enumerate(names))]
        wanted += zip(*([name for name in names if not name.startswith("stage")] for names in (state, case.names)),
                      strict=False)
        seen["other names"] = [list(pair) for pair in wanted if pair[0] != pair[1]]
        owners: dict[int, list[str]] = {}
        for name, parameter in net.named_parameters(remove_duplicate=False):
            owners.setdefault(id(parameter), []).append(name.partition(".body")[0])
        seen["twice"] = [names[1] for names in owners.values() if len(names) > 1]

    def names(different: Difference) -> Says:
        return says("misnamed", got=different.value[0][0], expected=different.value[0][1])

    def twice(different: Difference) -> Says:
        return says("same-instance", got=different.value[0])
    return Trial(criterion, "children", run, {**PARTS, "other": names, "twice": twice}, settings=settings,
                 fixed=("",))


def edges(criterion: str) -> Trial:
    """No widths, and no blocks where widths differ: what is raised, and what comes back."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        for name, (widths, num_blocks) in REFUSED.items():
            try:
                seen[name] = f"returned {type(answer(2, list(widths), num_blocks, 3)).__name__}"
            except Exception as error:
                seen[name] = kind_of(error)

    def refused(different: Difference) -> Says:
        widths, num_blocks = REFUSED[different.key]
        call = f"make_resnet(2, {list(widths)}, {num_blocks}, 3)"
        got = str(different.value).removeprefix("returned ")
        if different.value == "NotImplementedError":
            return says("not-written")
        return says("not-refused" if got != different.value else "other-error", call=call, got=got)
    return Trial(criterion, "edges", run, {"": refused}, fixed=("",))


def widths_left(criterion: str) -> Trial:
    """Look at the widths after the call."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        answer(*case.sizes)
        seen["widths"] = list(case.sizes[1])
    return Trial(criterion, "widths", run, {"widths": "changes-widths"}, fixed=("widths",))


def made_otherwise(said: Says, evidence: Evidence) -> Says:
    """Where the net does not run, or no rule is found: what it is made of shows why."""
    if said.key in ("wrong-values", "shapes-do-not-fit", "parameter-ignored"):
        seen, expected = evidence["children, usual"], Seen()
        children("chain").run(expected, model, makers(Case, SETTINGS, 0)["usual"])
        for key, tell in PARTS.items():
            if type(seen.get(key)) is type(expected[key]) and seen[key] != expected[key]:
                return tell(Difference(key, seen[key], expected[key], seen, expected, lambda **knobs: False)) or said
    return said


MADE = children("chain", "usual").part("chain", "part")
EXPERIMENT = Experiment(
    "residual-net", Case, SETTINGS, model, stages=(STAGE,),
    trials=(
        output("chain", "usual", "three stages"), MADE,
        MADE.part("names", "other").at("usual", "many"),
        MADE.part("own", "twice").at("usual", "many"), two_instances("own"),
        edges("edges"), output("edges", "no blocks", "one width, no blocks", name="no blocks",
                               output="no-blocks").telling(errors=((".", "no-blocks"),)),
        MADE.at("no blocks", criterion="edges"),
        differentiable("tidy"), follows_dtype("tidy").at("small"), widths_left("tidy"),
        output("tidy", "a tuple", name="a tuple"),
    ),
    errors=(("'NoneType' object has no attribute 'to'", "returned-nothing"),
            ("'(?P<got>list|tuple|dict|OrderedDict)' object has no attribute 'to'", "not-sequential"),
            (r"Module \[(?P<got>Module\w+)\] is missing the req", "not-sequential"),
            (r"\b(list|tuple|dict|generator)>? is not a Module subclass", "container-given")),
    second_look=made_otherwise,
)


def probe(seed: int, make_resnet: Any) -> Evidence:
    """What the trials see where `make_resnet` builds on a ResidualBlock that is right, if it works with it at all."""
    with standing_in(make_resnet, ResidualBlock=ResidualBlock):
        evidence = EXPERIMENT.probe(seed, make_resnet)
    first = evidence["output, usual"]
    if "error" not in first or first["error"]["type"] == "NotImplementedError":
        return evidence
    with_their_own = EXPERIMENT.probe(seed, make_resnet)
    return evidence if "error" in with_their_own["output, usual"] else with_their_own


EXERCISE = replace(EXPERIMENT.exercise, probe=probe)
