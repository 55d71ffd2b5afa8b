"""The library of trials: what can be done with an answer, and what to say where the outcome is not the one predicted.

A trial is run on the student's answer, and on the model that computes by the same rule; then evidence is compared
with evidence, entry by entry. So a trial is written once, says nothing of formulas, and suits every exercise.
Entries whose names begin with "note " are not compared; they help to explain what went wrong.
"""

import pickle
import random
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from copy import deepcopy
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import New, everything, move, weigh
from d2l_ch3.checks.comparison import alike
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.errors import KnownErrors
from d2l_ch3.checks.evidence import Seen, describe, plain
from d2l_ch3.checks.sources import global_values, keeps_nothing, kept_outside, put_back
from d2l_ch3.language import Text

NOTE = "note "
CANNOT_TELL = "cannot tell"  # an entry that shows nothing, since the answer fails already where another trial asks
LAST_DIGITS = 2.0 ** -30  # lost in float32, far from lost in float64


@dataclass(frozen=True)
class Difference:
    """Where an answer's evidence differs from its model's: in the entry `key` of a trial, of which both saw more."""

    key: str
    value: Any
    expected: Any
    seen: Mapping[str, Any]
    model: Mapping[str, Any]
    as_if: Callable[..., bool]
    """``as_if(norm=detached)``: whether the whole trial went as for a model with that knob turned."""


Tell = str | Callable[[Difference], Says | None]
"""A belief, or what finds one; None leaves it to the next, and at last to the usual words on shape and values."""

Tells = Mapping[str, Tell | tuple[Tell, ...]]
"""What to say where an entry differs whose name begins so; the longest beginning counts."""


def tells(*more: Tells, **entries: Tell) -> Tells:
    """What to say about entries (``grad_of`` for ``grad of ...``); for one entry, what stands first goes first."""
    found: dict[str, tuple[Tell, ...]] = {}
    for key, tell in [*((key.replace("_", " "), tell) for key, tell in entries.items()),
                      *(item for each in more for item in each.items())]:
        found[key] = (*found.get(key, ()), *(tell if isinstance(tell, tuple) else (tell,)))
    return found


@dataclass(frozen=True)
class Trial:
    """Something done with an answer: ``run(seen, answer, new)`` makes evidence, `tells` explains its entries.

    Where no rule is known, an entry is compared with the other entry that `pairs` names; entries that are `fixed` are
    the same whatever the rule; those that are `unsure` may say that they cannot tell. A `strict` trial looks at the
    dtype too, and at float64 with a tolerance of 1e-6 times `strict`. Entries that begin with `only` count;
    so trials of one name, which is run once, can cost several criteria.
    """

    criterion: str
    name: str
    run: Callable[[Seen, Any, New], None]
    tells: Tells = field(default_factory=dict)
    errors: KnownErrors = ()
    settings: tuple[str, ...] = ("usual",)
    pairs: Mapping[str, str] = field(default_factory=dict)
    unsure: tuple[str, ...] = ()
    only: str = ""
    fixed: tuple[str, ...] = ()
    strict: float = 0.0

    def telling(self, errors: KnownErrors = (), **entries: Tell) -> "Trial":
        """The same trial with more to say, which goes first."""
        return replace(self, tells=tells(self.tells, **entries), errors=(*errors, *self.errors))

    def at(self, *settings: str, criterion: str = "") -> "Trial":
        """The same trial in other settings, for another criterion if asked."""
        return replace(self, settings=settings, criterion=criterion or self.criterion)

    def part(self, criterion: str, only: str, *tell: Tell) -> "Trial":
        """The same trial, run once with this one, for the entries that begin with `only` and what to say of these."""
        return replace(self, criterion=criterion, only=only, tells=tells(self.tells, {only: tell}))


# --- what comes out ------------------------------------------------------------------------------

def output(criterion: str, *settings: str, name: str = "output", **more: Tell) -> Trial:
    """Call the net with X. The first trial of an exercise: rules are told apart by it."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        X = case.X.clone()
        if seen.of_model or seen.explained:  # the rest is for explaining what went wrong
            seen["output"] = case.build(answer)(X)
            return
        seen["note global"] = global_in_place_of_the_argument(answer, new)
        seen["note global parameter"] = global_in_place_of_a_parameter(answer, new)
        seen["note global net"] = global_in_place_of_what_was_given(answer, new)
        net = case.build(answer)
        values = _values(case, net)
        try:
            seen["output"] = net(X)
        except Exception:
            with suppress(Exception):
                seen["note one vector"] = X.ndim == 2 and isinstance(net(case.X[0]), Tensor)
            raise
        finally:
            seen["note changed"] = not torch.equal(X, case.X)
        with counted_parameters() as made, suppress(Exception):
            before = generators()
            again = net(case.X.clone())  # the second call: a lazy layer makes its parameters in the first
            drew = generators() != before
            seen["note differs"] = not alike(plain(again), seen["output"])
        seen["note made"] = len(made)
        with suppress(Exception):
            seen["note random"] = (drew or seen["note differs"]) and (
                random_result(lambda: net(case.X.clone()))
                or (seen["note differs"] and by_chance(answer, lambda: case.build(answer)(case.X))))
        with suppress(Exception):
            seen["note rewritten"] = _changed(values, _values(case, net))
            seen["note ignored"] = _ignored(case, net)
        with suppress(Exception):
            other = plain(net(case.another()))
            seen["note stale"] = isinstance(other, Tensor) and torch.equal(other, seen["output"])
        with suppress(Exception):
            seen["note computed"] = _uses_what_was_computed(case, case.build(answer))
    return Trial(criterion, name, run, tells(**more), settings=settings or ("usual",))


def random_result(result: Callable[[], Any]) -> bool:
    """Whether a result hangs on a generator of random numbers: the same from equal seeds, and not from all seeds."""
    results = []
    for seed in (0, 0, 1, 2, 3):
        with _seeded(seed):
            results.append(plain(result()))
    return alike(results[1], results[0]) and not all(alike(other, results[0]) for other in results[2:])


def by_chance(answer: Any, result: Callable[[], Any]) -> bool:
    """Whether results, each made anew of equal things, differ and hang on a generator of the answer's own.

    So it is where they are alike as soon as a generator among the global variables is as it was, and where there is
    nothing outside that could hold anything from one to the next.
    """
    first = plain(result())
    if all(alike(plain(result()), first) for _ in range(4)):
        return False
    for namespace, name in global_values(answer, (np.random.Generator, np.random.RandomState, random.Random)):
        value, results = namespace[name], []
        try:
            for _ in range(2):
                namespace[name] = deepcopy(value)
                results.append(plain(result()))
        finally:
            namespace[name] = value
        if alike(*results):
            return True
    return keeps_nothing(answer)


def generators() -> bytes:
    """The states of the generators of torch, of Python and of NumPy: as they were where nothing was drawn."""
    return pickle.dumps((torch.default_generator.get_state().numpy(), random.getstate(), np.random.get_state()))


@contextmanager
def _seeded(seed: int) -> Iterator[None]:
    """The generators of torch, of Python and of NumPy as from this seed; the last two are put back."""
    own, its = random.getstate(), np.random.get_state()
    torch.default_generator.manual_seed(seed)
    random.seed(seed)
    np.random.seed(seed)
    try:
        yield
    finally:
        random.setstate(own)
        np.random.set_state(its)


def _values(case: Any, net: Any) -> dict[str, Tensor]:
    """The values of what learns, as they are now."""
    with suppress(LookupError):  # a parameter that is not there is for the trial on parameters
        return {name: tensor.detach().clone() for name, tensor in case.held(net).items()}
    return {}


def _changed(before: Mapping[str, Tensor], after: Mapping[str, Tensor]) -> str:
    """The name of the first that has other values now; empty if there is none."""
    return next((name for name, value in before.items() if name in after and not alike(after[name], value)), "")


def _ignored(case: Any, net: Any) -> str:
    """The name of the first that may change without any change of the output; empty if there is none."""
    before = net(case.X.clone())
    there = {*map(id, net.buffers()), *map(id, vars(net).values()), *(id(tensor) for _, tensor in everything(net))}
    held = {name: tensor for name, tensor in case.held(net).items() if id(tensor) in there}  # none that stands in
    for name, tensor in _without_gradient(before, held).items():
        value = tensor.detach().clone()
        with torch.no_grad():
            move([(0, tensor)])
            after = net(case.X.clone())
            tensor.copy_(value)
        if torch.equal(after, before):
            return name
    return ""


def _without_gradient(output: Tensor, tensors: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Those to which the output has no gradient, or one of zeros: any other tensor matters for sure."""
    learning = [tensor for tensor in tensors.values() if tensor.requires_grad]
    gradients: tuple[Tensor | None, ...] = ()
    if learning and output.requires_grad:  # of one number: for more torch imports what takes longer than all else here
        gradients = torch.autograd.grad(weigh(output), learning, allow_unused=True)
    matter = {id(tensor) for tensor, gradient in zip(learning, gradients, strict=False)
              if gradient is not None and gradient.any()}
    return {name: tensor for name, tensor in tensors.items() if id(tensor) not in matter}


def _uses_what_was_computed(case: Any, net: nn.Module) -> bool:
    """Whether what a new net gives depends on a tensor that was computed from parameters and stored."""
    stored = [value for module in net.modules() for value in vars(module).values()]
    before, places = net(case.X.clone()), {tensor.data_ptr() for tensor in net.state_dict().values()}
    for value in stored:
        if isinstance(value, Tensor) and value.grad_fn is not None and value.data_ptr() not in places:
            value.detach().add_(1)
            changes = not alike(plain(net(case.X.clone())), plain(before))
            value.detach().sub_(1)
            if changes:
                return True
    return False


def leading(criterion: str, *more_shapes: tuple[int, ...], **more: Tell) -> Trial:
    """Call the net with an X of 1, 3 and 4 dimensions, and with sizes of 1 in front."""
    shapes = ((), (2, 3), (3, 1, 2), (1,), (1, 1), *more_shapes)

    def run(seen: Seen, answer: Any, new: New) -> None:
        case, as_it_was = new(), put_back(answer)
        for shape in shapes:
            with as_it_was:  # and a new net each time: what one call leaves behind is for another trial
                seen[f"X of shape {(*shape, case.X.shape[-1])}"] = case.build(answer)(case.shaped(case.X, *shape))

    def lost(different: Difference) -> Says | None:
        value, expected = different.value, different.expected
        fewer = isinstance(value, Tensor) and value.ndim < expected.ndim
        if fewer and value.squeeze().shape == expected.squeeze().shape:
            return says("squeezed", expected=tuple(expected.shape), got=tuple(value.shape))
        return says("leading-lost") if isinstance(value, Tensor) and value.ndim != expected.ndim else says("only-2-d")
    return Trial(criterion, "leading", run, tells({"": lost}, **more), errors=(("be a matrix", "only-2-d"),))


def one_sample(criterion: str, *settings: str) -> Trial:
    """Call the net with a batch of one, and where sizes of an output are 1."""
    def squeezed(different: Difference) -> Says | None:
        value, expected = different.value, different.expected
        thinner = isinstance(value, Tensor) and value.ndim < expected.ndim
        return says("squeezed", expected=tuple(expected.shape), got=tuple(value.shape)) if thinner else None
    return output(criterion, *(settings or ("one sample",)), name="one sample", output=squeezed)


# --- gradients and registration ------------------------------------------------------------------

def differentiable(criterion: str, *settings: str, **more: Tell) -> Trial:
    """Run backward: the gradient should arrive in X and in everything that learns."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        X = case.X.clone().requires_grad_()
        with counted_parameters() as made:
            output = net(X * 1)
        seen["note made"] = len(made)
        held = case.held(net)
        listed = set(map(id, net.parameters()))
        seen["note unlisted"] = [name for name, tensor in held.items() if not isinstance(tensor, nn.Parameter)]
        seen["note frozen"] = [name for name, tensor in held.items()
                               if id(tensor) in listed and not tensor.requires_grad]
        for tensor in held.values():
            if tensor.requires_grad and not tensor.is_leaf:  # no parameter, but gradients arrive
                tensor.retain_grad()
        weigh(output).backward()
        for name, tensor in held.items():
            seen[f"grad of {name}"] = None if tensor.grad is None else case.asked(name, tensor.grad)
        seen["grad of X"] = X.grad

    def cut(different: Difference) -> Says | None:
        name = different.key.removeprefix("grad of ")
        for note, belief in (("note unlisted", "not-a-parameter"), ("note frozen", "frozen-parameter")):
            if name in different.seen.get(note, ()):
                return says(belief, name=name)
        if different.value is None or not isinstance(different.value, Tensor) or not different.value.any():
            arrives = different.seen.get("grad of X") is not None and name != "X"
            return says("made-in-forward") if different.seen.get("note made") and arrives \
                else says("cut-gradient", name=name)
        return says("wrong-gradient", name=name)
    return Trial(criterion, "differentiable", run, tells({"grad of": cut}, **more),
                 errors=(("does not require grad|Trying to backward", "cut-graph"),), settings=settings or ("usual",))


def registered(criterion: str, *settings: str, **more: Tell) -> Trial:
    """Change what `parameters()` lists: the output should follow."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        _call(case, net)
        listed = {id(parameter) for parameter in net.parameters()}
        held = case.held(net).items()
        move((number, case.asked(name, tensor)) for number, (name, tensor) in enumerate(held) if id(tensor) in listed)
        seen["moved"] = net(case.X.clone())
    return Trial(criterion, "registered", run, tells({"moved": "plain-list"}, **more), settings=settings or ("usual",))


def follows_its_parameters(criterion: str, **more: Tell) -> Trial:
    """Change the tensors themselves after a call: nothing computed from them may have been kept."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        _call(case, net)
        move((number, case.asked(name, tensor)) for number, (name, tensor) in enumerate(case.held(net).items()))
        seen["moved"] = net(case.X.clone())
    return Trial(criterion, "follows", run, tells({"moved": "computed-once"}, **more))


def _call(case: Any, net: Any) -> None:
    """Call the net, and put back what that changes in its parameters: another trial asks for it."""
    values = _values(case, net)
    net(case.X.clone())
    with torch.no_grad():
        for name, tensor in case.held(net).items():
            if name in values:
                tensor.copy_(values[name])


def the_very_nets(criterion: str) -> Trial:
    """Change the blocks that were given: what the net computes should follow, since it keeps them and no copies."""
    return replace(follows_its_parameters(criterion, moved="copied-blocks"), name="the very nets")


def loaded(criterion: str) -> Trial:
    """Load one net's state into another: from then on they compute the same."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, another = new(), new(other=True)
        fresh, net = another.build(answer), case.build(answer)  # net last: where they share values, those are net's
        net(case.X.clone())
        fresh.load_state_dict(net.state_dict())
        seen["loaded"] = fresh(case.X.clone())
    return Trial(criterion, "loaded", run, tells({"loaded": "not-loaded"}))


def parameters(criterion: str, extra: str = "extra-parameter") -> Trial:
    """Look at names, shapes and kind of the parameters that the exercise names; no others should be there."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        early = {name for name in case.values if getattr(case.make(answer), name, None) is not None}
        net = case.build(answer)
        with counted_parameters() as made:
            net(case.X.clone())
        seen["note made"] = len(made)
        asked: dict[str, Any] = {name: getattr(net, name, None) for name in case.values}  # a property will do
        listed = {id(parameter): name for name, parameter in net.named_parameters()}
        for name, value in asked.items():
            kind = "parameter" if id(value) in listed else "tensor" if isinstance(value, Tensor) else "missing"
            seen[f"kind of {name}"] = kind if name in early or kind == "missing" else "late"
            seen[f"shape of {name}"] = value.shape if kind == "parameter" else None
            seen[f"{name} trains"] = value.requires_grad if kind == "parameter" else None
        seen["others"] = [name for number, name in listed.items() if number not in map(id, asked.values())]

    def kind(different: Difference) -> Says | None:
        name = different.key.removeprefix("kind of ")
        if different.value == "tensor":
            return says("not-a-parameter", name=name)
        if different.value == "late":
            return says("made-in-forward" if different.seen.get("note made") else "made-late", name=name)
        others = [other for other in different.seen["others"] if other]
        fitting = next((other for other in others if other.endswith(name)), others[0] if others else None)
        return says("other-name", name=name, got=fitting) if fitting else says("missing-parameter", name=name)

    def shape(different: Difference) -> Says | None:
        name, got, expected = different.key.removeprefix("shape of "), different.value, different.expected
        same = isinstance(got, list) and sorted(got) == sorted(expected)
        spare = isinstance(got, list) and [one for one in got if one != 1] == [one for one in expected if one != 1]
        key = "dimensions-swapped" if same else "spare-dimension" if spare else "wrong-shape"
        return says(key, name=name, what=Text(f"`{name}` ", f"`{name}`"),
                    expected=tuple(expected), got=tuple(got) if isinstance(got, list) else got)

    def frozen(different: Difference) -> Says | None:
        return says("frozen-parameter", name=different.key.removesuffix(" trains"))

    def others(different: Difference) -> Says | None:
        return says(extra, names=", ".join(f"`{name}`" for name in different.value))
    return Trial(criterion, "parameters", run,
                 tells({"kind of": kind, "shape of": shape, "others": others, "": frozen}),
                 fixed=("",))


# --- what every class is asked ---------------------------------------------------------------------

def follows_dtype(criterion: str, rtol: float = 1e-2) -> Trial:
    """Call the net in float32 and in float64, with values that float32 does not have.

    Then change X and each parameter in a digit that float32 does not have either: the output must change in proportion.
    """
    def run(seen: Seen, answer: Any, new: New) -> None:
        for dtype in (torch.float32, torch.float64):
            case = new(dtype)
            net = case.build(answer)
            seen[str(dtype).removeprefix("torch.")] = before = net(case.X.clone())
        X = case.X.clone()
        with torch.no_grad():
            for name, tensor in {"X": X, **case.held(net)}.items():
                tensor = case.asked(name, tensor)
                value, steps = tensor.clone(), torch.arange(tensor.numel(), dtype=torch.float64)
                unequal = (1.5 + 0.5 * steps.cos()).reshape(tensor.shape)  # not only scaled: it may be normalised
                tensor.mul_(1 + unequal)
                plays_a_part = not alike(net(X.clone()), before)
                tensor.copy_(value * (1 + LAST_DIGITS * unequal))
                change = (net(X.clone()) - before) / LAST_DIGITS
                seen[f"digits of {name}"] = change if plays_a_part else CANNOT_TELL
                tensor.copy_(value)
    return Trial(criterion, "dtype", run, tells({"digits of": "float32-inside"}), strict=rtol,
                 pairs={"float64": "float32"},
                 unsure=("digits of",),
                 errors=((r"dtype|scalar type|data type|but found|but got.*(Double|Float)", "mixed-dtypes"),))


def two_inputs(criterion: str) -> Trial:
    """Call one net with X, with another input, and with X again."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        with counted_parameters() as made:
            seen["first"] = net(case.X.clone())
            seen["second"] = net(case.another())
            seen["again"] = net(case.X.clone())
        seen["note made"] = len(made)

    def kept(different: Difference) -> Says | None:
        first = different.seen.get("first")
        same = isinstance(first, Tensor) and isinstance(different.value, Tensor) and torch.equal(first, different.value)
        return says("keeps-first-output") if same else says("remembers-calls")
    return Trial(criterion, "two inputs", run, tells({"second": kept, "again": "remembers-calls"}),
                 pairs={"again": "first"})


def attempted(net: Any, X: Tensor) -> Any:
    """What the net gives for X, or what it raises, described: for entries that do not end the trial."""
    try:
        return net(X)
    except Exception as error:
        return describe(error)


def another_size(criterion: str, belief: str) -> Trial:
    """Call one net with two inputs of a size and then with one of another size: `belief` is that it keeps the first."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        net(case.X.clone())
        seen["same size"] = net(case.X * 1.5 + 0.25)
        seen["another size"] = attempted(net, case.another())
        seen["note kept"] = kept_outside(answer)
        seen["note unused net"] = attempted(case.build(answer), case.another())

    def keeps_the_first(different: Difference) -> Says | None:
        can = alike(different.seen.get("note unused net"), different.expected) or different.seen.get("note kept")
        return says(belief) if can else None
    return Trial(criterion, "another size", run,
                 tells({"same size": "remembers-calls", "another size": keeps_the_first}))


def two_instances(criterion: str) -> Trial:
    """Build and call another instance, then ask the first again."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, another = new(), new(other=True)
        net = case.build(answer)
        seen["before"] = net(case.X.clone())
        other = another.build(answer)
        seen["other"] = other(another.X.clone())
        move((number, another.asked(name, tensor)) for number, (name, tensor) in enumerate(another.held(other).items()))
        other(another.X.clone())
        seen["more parameters"] = len(list(other.parameters())) - len(list(net.parameters()))
        seen["after"] = attempted(net, case.X.clone())
        seen["note kept"] = kept_outside(answer)

    def shared(different: Difference) -> Says | None:
        if different.key == "before":
            return None
        kept = different.seen.get("note kept")
        return says("shared-between-instances", where=_KEPT.get(kept, _KEPT[""]) if isinstance(kept, str) else "")
    return Trial(criterion, "two instances", run, tells({"": shared}), pairs={"after": "before"},
                 fixed=("more parameters",))


_KEPT = {"class": Text("（看看写在类里、方法外面的变量）", " (look at what stands in the class outside its methods)"),
         "default": Text("（看看参数的默认值：它只建一次，所有调用共用）",
                         " (look at the default values of arguments: they are made once, for all calls)"),
         "global": Text("（看看类外面的变量）", " (look at variables outside of the class)"), "": Text("", "")}


def input_untouched(criterion: str) -> Trial:
    """Look at X after the call."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net, X = case.build(answer), case.X.clone()
        net(X)
        seen["X"] = X
        for shape in ((), (2, 3)):
            X = case.shaped(case.X, *shape)
            with suppress(Exception):  # whether these work at all is for the trial on leading dimensions
                net(X)
            seen[f"X of shape {(*shape, case.X.shape[-1])}"] = X
    return Trial(criterion, "input", run, tells({"X": "changes-input"}), fixed=("X",))


def parameters_untouched(criterion: str) -> Trial:
    """Look at the parameters after a call: to change them is for whoever trains the net."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        net(case.X.clone())
        for name, tensor in case.held(net).items():
            seen[f"value of {name}"] = case.asked(name, tensor)

    def changed(different: Difference) -> Says | None:
        return says("changes-parameters", name=different.key.removeprefix("value of "))
    return Trial(criterion, "parameters after a call", run, tells({"value of": changed}), fixed=("value of",))


def called_as_a_module(criterion: str) -> Trial:
    """A hook on the call is obeyed, `forward` computes the same, as does evaluation mode, and modes are left alone."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        net = case.build(answer)
        modules = list(net.modules())
        seen["output"] = net(case.X.clone())
        seen["training"] = [module.training for module in modules].count(False)
        modules = list(net.eval().modules())  # what is made by the call starts in a mode of its own
        seen["evaluated"] = net(case.X.clone())
        seen["evaluating"] = [module.training for module in modules].count(True)
        net.train()
        handle = net.register_forward_hook(lambda module, arguments, output: output + output)
        seen["hooked"] = net(case.X.clone())
        handle.remove()
        seen["forward"] = net.forward(case.X.clone())

    return Trial(criterion, "module", run, tells({"forward": "overrides-call", "hooked": "overrides-call",
                                            "training": "switches-mode", "evaluating": "switches-mode",
                                            "evaluated": "goes-by-mode"}),
                 pairs={"forward": "output", "evaluated": "output"}, fixed=("training", "evaluating"))


def always(criterion: str, rtol: float = 1e-2) -> tuple[Trial, ...]:
    """What every class of a layer or block is asked; a trial added here is at once asked of them all."""
    return (called_as_a_module(criterion), input_untouched(criterion), parameters_untouched(criterion),
            two_inputs(criterion), two_instances(criterion), follows_dtype(criterion, rtol))


# --- looking over the answer's shoulder ------------------------------------------------------------

@contextmanager
def unwritten_is_nan() -> Iterator[None]:
    """Let memory that is asked for and not written hold NaN: what is there by chance would pass for values."""
    before = torch.get_deterministic_debug_mode()
    torch.set_deterministic_debug_mode("warn")
    try:
        yield
    finally:
        torch.set_deterministic_debug_mode(before)


@contextmanager
def counted_parameters() -> Iterator[list[None]]:
    """Gather an entry for every nn.Parameter that is made inside the block."""
    made: list[None] = []
    original = nn.Parameter.__new__

    def counting(cls: type, *arguments: Any, **named: Any) -> Any:
        made.append(None)
        return original(cls, *arguments, **named)
    nn.Parameter.__new__ = counting  # type: ignore[method-assign]
    try:
        yield made
    finally:
        nn.Parameter.__new__ = staticmethod(original)  # type: ignore[method-assign]


def global_in_place_of_the_argument(answer: Any, new: New) -> str:
    """The name of a global tensor that the answer computes with instead of its own argument; empty if there is none.

    Shown by trying it: the output stays the same for another X, and changes when the global does.
    """
    for namespace, name in global_values(answer):
        case = new()
        net, value = case.build(answer), namespace[name]
        try:
            namespace[name] = case.X.clone()  # the notebook's own may not have the shape of X
            before = net(case.X.clone())
            ignored = torch.equal(before, net(case.X + 1))
            namespace[name] = case.X + 1
            if ignored and not torch.equal(before, net(case.X.clone())):
                return name
        except Exception:  # told by the trial itself
            continue
        finally:
            namespace[name] = value
    return ""


def global_in_place_of_a_parameter(answer: Any, new: New) -> str:
    """The name of a global tensor that the answer computes with although its net has a tensor of that name.

    Shown by trying it: with the net's own tensor in place of the global, the output is another.
    """
    for namespace, name in global_values(answer):
        case = new()
        if name in case.values:
            net, value = case.build(answer), namespace[name]
            before = plain(attempted(net, case.X.clone()))
            try:
                namespace[name] = case.held(net)[name]
                if not alike(before, plain(net(case.X.clone()))):
                    return name
            except Exception:  # told by the trial itself
                continue
            finally:
                namespace[name] = value
    return ""


def global_in_place_of_what_was_given(answer: Any, new: New) -> str:
    """The name of a global net, or list of nets, that the answer computes with; empty if there is none.

    Shown by trying it: without the global there is a NameError.
    """
    for namespace, name in global_values(answer, (nn.Module, list, tuple)):
        value = namespace[name]
        nets = nn.ModuleList(one for one in (value if isinstance(value, list | tuple) else [value])
                             if isinstance(one, nn.Module))
        if next(nets.parameters(), None) is None:
            continue
        case = new()
        del namespace[name]
        try:
            case.build(answer)(case.X.clone())
        except NameError as error:
            if error.name == name:
                return name
        except Exception:  # told by the trial itself
            continue
        finally:
            namespace[name] = value
    return ""
