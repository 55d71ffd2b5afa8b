"""find-weights: parameters found in a nested net by the names of its blocks."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

import torch
from torch import Tensor, nn
from torch.func import functional_call

from d2l_ch3.checks.comparison import alike, close, misfit
from d2l_ch3.checks.definition import Exercise, Says, Verdict, first, one, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import KnownErrors, raised
from d2l_ch3.checks.evidence import Evidence, Seen, Trial
from d2l_ch3.checks.functions import changed, global_net, shared_between_calls, state_of
from d2l_ch3.checks.habits import habits_of
from d2l_ch3.checks.sources import kept_outside, put_back
from d2l_ch3.language import Text

BLOCK_2, OUTER = "0.block 2.2.weight", "1.weight"
FUNCTIONS = {BLOCK_2: "block2_second_linear_weight", OUTER: "outer_linear_weight"}
ORDERS = {"usual": (0, 1, 2, 3), "other": (1, 3, 0, 2)}
FACTOR = 1.75

ERRORS: KnownErrors = (
    ("'ReLU' object has no attribute", "relu-counts-too"),
    ("'Sequential' object has no attribute '(weight|bias)'", "stopped-early"),
    ("^TypeError: 'str' object cannot be interpreted as an integer", "name-in-brackets"),
    ("^KeyError|'Sequential' object has no attribute|no attribute `", "wrong-path"),
    ("^IndexError: ", "out-of-range"),
    ("'generator' object is not subscriptable", "generator-in-brackets"),
    ("'(Linear|ReLU)' object is not subscriptable", "too-deep"),
)


class Case:
    """The chapter's net, its blocks in one order or in another and then in float64, and an input."""

    def __init__(self, seed: int, order: str = "usual") -> None:
        dice = Dice(seed, torch.float32 if order == "usual" else torch.float64)
        self.X, self.found = dice.tensor(3, 4).abs(), cast(Tensor | None, None)
        blocks = nn.Sequential()
        for i in ORDERS[order]:
            blocks.add_module(f"block {i}", nn.Sequential(dice.linear(4, 8), nn.ReLU(), dice.linear(8, 4), nn.ReLU()))
        self.net = nn.Sequential(blocks, dice.linear(4, 1))
        with torch.no_grad():
            for parameter in self.net.parameters():
                parameter.abs_()  # so that every ReLU lets through; none too small to be seen in the output
                parameter.add_(0.5) if parameter.ndim == 1 else parameter.div_(2)

    def after(self, name: str) -> tuple[Tensor, Tensor]:
        """The net's output once a parameter was multiplied by `FACTOR`, and the gradient of the output's sum in it."""
        parameter = (self.net.get_parameter(name) * FACTOR).detach().requires_grad_()
        output = functional_call(self.net, {name: parameter}, self.X)
        return output, torch.autograd.grad(output.sum(), parameter)[0]


def probe(seed: int, *functions: Callable[[nn.Module], Any]) -> Evidence:
    """What each function returns, and what the net computes once that was changed in place."""
    evidence = Evidence()
    for name, find in zip(FUNCTIONS, functions, strict=True):
        with put_back(find):
            usual = Case(seed)
            for order in ORDERS:
                case = Case(seed, order) if order != "usual" else usual
                with evidence.trial(f"{name}, {order}") as seen:
                    _look(seen, find(case.net), case)
                    seen["kept"] = case is not usual and any(
                        case.found is parameter for parameter in usual.net.parameters())
        with evidence.trial(f"{name}, habits") as seen:
            seen["kept"] = kept_outside(find)
            seen["global"] = global_net(find, Case(seed + 1).net, partial(_fresh, find, seed))
    with evidence.trial("habits") as seen:
        seen["found"] = [habit for find in functions for habit in habits_of(find)]
    return evidence


def _fresh(find: Callable[[nn.Module], Any], seed: int) -> Any:
    return find(Case(seed).net)


def _look(seen: Seen, found: Any, case: Case) -> None:
    seen["kind"] = "Module" if isinstance(found, nn.Module) else type(found).__name__
    seen["type"] = type(found).__name__
    seen["state"] = state_of(case.net)
    case.found = found = _tensor_in(found, case.net)
    seen["found"], seen["output"], seen["grad"] = found, None, None
    if isinstance(found, Tensor):
        with torch.no_grad():
            found.mul_(FACTOR)
        output = case.net(case.X)
        seen["output"] = output
        if output.requires_grad:
            output.sum().backward()
        seen["grad"] = found.grad


def _tensor_in(found: Any, net: nn.Module) -> Tensor | None:
    """The tensor that was found, also where a layer, a pair, a list of one, a name or plain numbers were returned."""
    if isinstance(found, Tensor):
        return found
    if isinstance(found, nn.Module):
        return getattr(found, "weight", None)
    if isinstance(found, str):
        return dict(net.named_parameters()).get(found)
    items = list(found.values() if isinstance(found, Mapping) else found) if hasattr(found, "__iter__") else []
    items = [item for part in items for item in (part if isinstance(part, tuple) else (part,))]
    tensors = [item for item in items if isinstance(item, Tensor)]
    if len(tensors) == 1:
        return tensors[0]
    try:
        return None if tensors or not items else torch.as_tensor(found)
    except Exception:  # not numbers either
        return None


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence."""
    usual, other = Case(seed), Case(seed, "other")
    seen = {name: evidence[f"{name}, usual"] for name in FUNCTIONS}
    again = {name: evidence[f"{name}, other"] for name in FUNCTIONS}
    got = {name: _name_of(seen[name].get("found"), usual.net) for name in FUNCTIONS}
    swapped = got == {BLOCK_2: OUTER, OUTER: BLOCK_2}
    found = {name: says("functions-swapped") if swapped else
             _found(name, got[name], seen[name], evidence[f"{name}, habits"], usual.net) for name in FUNCTIONS}
    found_again = {name: _found_again(name, got[name], again[name], evidence[f"{name}, habits"], other.net)
                   for name in FUNCTIONS}
    return {
        "block-2": one(found[BLOCK_2]),
        "by-name": one(found_again[BLOCK_2] if got[BLOCK_2] else found[BLOCK_2]),
        "outer": one(first(found[OUTER], found_again[OUTER])),
        "itself": one(first(*(_itself(got[name], seen[name], usual) for name in FUNCTIONS if got[name]), *(
            changed(state_of(other.net), again[name]["state"]) for name in FUNCTIONS if "state" in again[name]))
            if any(got.values()) else first(*found.values())),
    }


def _name_of(value: Any, net: nn.Module) -> str:
    """The name of the parameter that has these values, in whatever shape; empty if there is none."""
    def same(parameter: Tensor) -> bool:
        return isinstance(value, Tensor) and value.numel() == parameter.numel() and any(
            alike(turned.reshape(parameter.shape), parameter)
            for turned in (value, value.mT if value.ndim == 2 else value))
    return next((name for name, parameter in net.named_parameters() if same(parameter)), "")


def _found(asked: str, got: str, seen: Trial, habits: Trial, net: nn.Module) -> Says | None:
    """What is wrong with the choice of the parameter, told by its values; a copy is as good here."""
    if "found" not in seen:
        return raised(seen, ERRORS)
    if got == asked:
        return None
    if habits.get("global"):
        return says("uses-global-net", name=habits["global"])
    if not got:
        what = Text(f"`{FUNCTIONS[asked]}` ", f"`{FUNCTIONS[asked]}`")
        if seen["kind"] not in ("NoneType", "Tensor", "Parameter"):
            return says("returned-layer" if seen["kind"] == "Module" else "returned-other", got=seen["type"], what=what)
        return misfit(seen["found"], net.get_parameter(asked), what) or says("not-in-the-net", what=what)
    if got == asked.replace("weight", "bias"):
        return says("bias-not-weight")
    return _other_block(got, net) if asked == BLOCK_2 else says("wrong-parameter", got=got, asked=asked)


def _other_block(got: str, net: nn.Module) -> Says:
    """What explains that, in place of the second linear layer's weight in `block 2`, this was found."""
    block, _, inside = got.removeprefix("0.").partition(".")
    if block == "block 2" and inside == "0.weight":
        return says("first-linear")
    names = [name for name, _ in net.get_submodule("0").named_children()]
    if names[2] == "block 2" and block == "block 1":
        return says("counted-from-one")
    if names[2] == block != "block 2":
        return says("by-position")
    return says("one-of-four" if inside == "2.weight" else "wrong-parameter", got=got, asked=BLOCK_2)


def _found_again(asked: str, got: str, seen: Trial, habits: Trial, net: nn.Module) -> Says | None:
    """Whether the same parameter is found where the blocks stand in another order, in another net."""
    if seen.get("kept"):
        return shared_between_calls(habits.get("kept"))
    again = _name_of(seen.get("found"), net)
    if "found" in seen and again == got:
        return None
    said = _found(asked, again, seen, habits, net)
    if said and said.key == "one-of-four" and got.startswith("0.block 1."):  # by position, from the wrong end of it
        return says("by-position")
    return said or says("one-of-four", got=got)


def _itself(name: str, seen: Trial, case: Case) -> Says | None:
    """Whether what was found is the parameter: the net follows it, and the gradient arrives in it."""
    before, parameter, found = case.net(case.X), case.net.get_parameter(name), seen["found"]
    after, grad = case.after(name)
    if seen["kind"] == "Module":
        return says("returned-layer", got=seen["type"])
    if seen["kind"] not in ("Tensor", "Parameter"):
        numbers = seen["kind"] == "ndarray" or (close(seen.get("output"), before) and seen["kind"] == "list")
        return says("values-only" if numbers else "returned-name" if seen["kind"] == "str" else "returned-container",
                    got=seen["kind"])
    if found.shape != parameter.shape:
        return says("reshaped", got=tuple(found.shape), expected=tuple(parameter.shape))
    if close(seen.get("output"), before):
        return says("copied")
    altered = changed(state_of(case.net), seen["state"])
    if altered:
        return altered
    return None if close(seen.get("grad"), grad) and close(seen["output"], after) else says("detached")


EXERCISE = Exercise("find-weights", probe, judge)
