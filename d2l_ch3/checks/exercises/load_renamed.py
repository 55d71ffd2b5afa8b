"""load-renamed: values from a net whose names differ, copied into the net's own tensors; all of them, or nothing."""

from collections.abc import Callable, Mapping
from typing import Any

import torch
from torch import Tensor, nn

from d2l_ch3.checks.cases import FunctionCase, New
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.dice import Dice
from d2l_ch3.checks.errors import kind_of
from d2l_ch3.checks.evidence import Seen, describe
from d2l_ch3.checks.experiment import Experiment
from d2l_ch3.checks.functions import dtypes_of, global_net, other_dtype
from d2l_ch3.checks.rules import Stage, wrong
from d2l_ch3.checks.trials import Difference, Trial
from d2l_ch3.language import Text

UNWANTED = ("old.steps", "old.aux.weight", "old.Ema.weight")


class Net(nn.Module):
    """A net with buffers, one of them not saved; its `last` shares the weight of `first`."""

    def __init__(self, dice: Dice) -> None:
        super().__init__()
        self.first, self.norm, self.last = dice.linear(3, 3), nn.BatchNorm1d(3), dice.linear(3, 3)
        self.last.weight = self.first.weight
        self.register_buffer("scale", dice.tensor(1, 3))
        self.register_buffer("scratch", torch.zeros(2), persistent=False)
        self.first.bias.requires_grad_(False)
        self.norm.eval()


class Case(FunctionCase):
    """A net; a state of other values in float32, under other names, in another order and with more in it."""

    def __init__(self, dice: Dice, dtype: torch.dtype = torch.float64) -> None:
        self.net = Net(dice).to(dtype)
        own = dict(self.net.state_dict(keep_vars=True))
        values = {name: dice.tensor(*tensor.shape) if tensor.is_floating_point() else torch.tensor(7 + len(own))
                  for name, tensor in own.items()}
        values["last.weight"] = values["first.weight"]
        self.before, self.start = own, {name: tensor.detach().clone() for name, tensor in own.items()}
        self.state = {theirs(name): value.clone() for name, value in reversed(values.items())}
        self.state[theirs("first.bias")].requires_grad_()
        for key in UNWANTED:
            self.state[key] = dice.tensor(2)

    def call(self, answer: Any) -> Any:
        """Load by the answer."""
        return answer(self.net, self.state, ours)

    def changed(self) -> list[str]:
        """The names of what is not as it was in the net."""
        now = self.net.state_dict()
        return [name for name, value in self.start.items()
                if value.dtype != now[name].dtype or not torch.equal(value, now[name])]


def theirs(name: str) -> str:
    """The key under which another net would have it."""
    return f"old.{name.upper()}"


def ours(key: str) -> str | None:
    """Our name for a key of the state; None for one that is not wanted."""
    return None if key in UNWANTED else key.removeprefix("old.").lower() if key.startswith("old.") else f"{key}?"


SETTINGS: Mapping[str, Mapping[str, Any]] = {"usual": {}, "float32": {"dtype": torch.float32}}


# --- the right answer, with a knob for every belief ---------------------------------------------------

def everything(net: nn.Module, names: list[str]) -> list[str]:
    """All names."""
    return names


def parameters(net: nn.Module, names: list[str]) -> list[str]:
    """The names of parameters."""
    return [name for name, _ in net.named_parameters(remove_duplicate=False)]


def in_order(unwanted: list[str], wanted: list[str]) -> Any:
    """The unwanted keys, sorted."""
    return sorted(unwanted)


def model(net: nn.Module, state: Mapping[str, Tensor], rename: Callable[[str], str | None], *,
          copies: Any = everything, back: Any = in_order) -> Any:
    """Copy values under their new names; the keys that were not wanted."""
    names = {key: rename(key) for key in state}
    given = {name: state[key] for key, name in names.items() if name is not None}
    own = net.state_dict()
    for name in {**given, **own}:
        if name not in own or name not in given:
            raise KeyError(name)
        if given[name].shape != own[name].shape:
            raise ValueError(name)
    with torch.no_grad():
        for name in copies(net, list(given)):
            own[name].copy_(given[name])
    return back([key for key, name in names.items() if name is None], list(given))


def back(key: str) -> Any:
    """Something else returned."""
    return wrong(key, "returned")


BUFFERS = wrong("buffers-left-out", "copied")
STAGES = (
    Stage("value", {"copies": {
        everything: None, parameters: BUFFERS,
        (lambda net, names: [name for name in names if "num_batches" not in name]): BUFFERS,
        (lambda net, names: []): wrong("nothing-copied", "copied"),
        (lambda net, names: [name for name, _ in net.named_buffers() if name in names]): wrong(
            "parameters-left-out", "copied")}}),
    Stage("returned", {"back": {
        in_order: None, (lambda unwanted, wanted: unwanted): back("not-sorted"),
        (lambda unwanted, wanted: sorted(unwanted, reverse=True)): back("not-sorted"),
        (lambda unwanted, wanted: sorted(unwanted, key=str.lower)): back("not-sorted"),
        (lambda unwanted, wanted: sorted(wanted)): back("wanted-returned"),
        (lambda unwanted, wanted: wanted): back("wanted-returned"),
        (lambda unwanted, wanted: sorted(map(theirs, wanted))): back("wanted-returned"),
        (lambda unwanted, wanted: [None] * len(unwanted)): back("names-returned"),
        (lambda unwanted, wanted: len(unwanted)): back("count-returned"),
        (lambda unwanted, wanted: []): back("nothing-unwanted")}}),
)


# --- trials ---------------------------------------------------------------------------------------------

def loaded(criterion: str) -> Trial:
    """Load, and look at all that is in the net's state_dict, and at what came back."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case, keys = new(), list(new().state)
        if not seen.of_model:
            seen["note global net"] = global_net(answer, new().net, lambda: _outcome(answer, new()))
        returned = case.call(answer)
        for name, value in case.net.state_dict().items():
            seen[f"value of {name}"] = value
        seen["returned"], seen["note type"] = returned, type(returned).__name__
        seen["is a list"] = isinstance(returned, list)
        seen["dtypes"] = dtypes_of(case.net)
        fresh = new().state
        seen["state"] = list(case.state) == keys and all(
            torch.equal(case.state[key], fresh[key]) for key in keys)
        seen["training"] = [module.training for module in case.net.modules()]
        parameters = case.net.named_parameters()
        seen["trains"] = {name: parameter.requires_grad and parameter.is_leaf for name, parameter in parameters}

    def trains(different: Difference) -> Says:
        name = next((name for name, is_so in different.expected.items() if different.value.get(name) != is_so), "?")
        return says("changes-training", name=name)

    def value(different: Difference) -> Says:
        return says("other-value", name=different.key.removeprefix("value of "))
    return Trial(criterion, "loaded", run, {
        "value": value, "dtypes": other_dtype, "trains": trains, "state": "changes-state", "training": "switches-mode"},
                 only="value", fixed=("is a", "dtypes", "state", "training", "trains"))


def _outcome(answer: Any, case: Case) -> Any:
    case.call(answer)
    return dict(case.net.state_dict())


def returned(different: Difference) -> Says | None:
    """What came back in place of a list."""
    kind = different.seen["note type"]
    if kind == "NoneType":
        return says("returned-nothing", what="`load_renamed` ")
    return says("not-a-list", got=kind) if kind != "list" else says("other-keys")


def same_tensors(criterion: str) -> Trial:
    """Load, then change the tensors that were in the net before, and then those of the state."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        case = new()
        case.call(answer)
        loaded = {name: value.clone() for name, value in case.net.state_dict().items()}
        with torch.no_grad():
            for tensor in {id(tensor): tensor for tensor in case.before.values()}.values():
                tensor.add_(1)
            for name, value in case.net.state_dict().items():
                seen[f"moved {name}"] = value.double() - loaded[name].double()
            for value in case.state.values():
                value.add_(5)
        for name, value in case.net.state_dict().items():
            seen[f"kept {name}"] = value.double() - loaded[name].double()

    def replaced(different: Difference) -> Says:
        return says("replaces-tensors", name=different.key.removeprefix("moved "))

    def shared(different: Difference) -> Says:
        return says("shares-memory", name=different.key.removeprefix("kept "))
    return Trial(criterion, "the same tensors", run, {"moved": replaced, "kept": shared}, fixed=("",),
                 settings=("float32", "usual"))


def broken(state: dict[str, Tensor]) -> Mapping[str, tuple[str, str, dict[str, Tensor]]]:
    """States with one thing wrong: what it is, the error it should raise, the name it should tell, and the state."""
    def without(name: str) -> dict[str, Tensor]:
        return {key: value for key, value in state.items() if key != theirs(name)}

    def shaped(name: str, *shape: int) -> dict[str, Tensor]:
        return {**without(name), theirs(name): torch.ones(shape)}
    return {"missing weight": ("KeyError", "last.bias", without("last.bias")),
            "missing tied": ("KeyError", "last.weight", without("last.weight")),
            "missing buffer": ("KeyError", "norm.running_var", without("norm.running_var")),
            "unknown": ("KeyError", "more.bias", {**state, theirs("more.bias"): torch.ones(3)}),
            "shape": ("ValueError", "last.bias", shaped("last.bias", 4)),
            "shape that broadcasts": ("ValueError", "first.bias", shaped("first.bias", 1)),
            "shape of as many": ("ValueError", "scale", shaped("scale", 3)),
            "shape of a buffer": ("ValueError", "norm.running_mean", shaped("norm.running_mean", 1, 3))}


def refused(criterion: str) -> Trial:
    """States with one thing wrong: what is raised, whether it tells the name, and what has changed in the net."""
    def run(seen: Seen, answer: Any, new: New) -> None:
        new().call(answer)  # an answer that loads nothing refuses nothing
        for what in broken({}):
            case = new()
            _, name, case.state = broken(case.state)[what]
            try:
                case.call(answer)
                seen[f"raised for {what}"] = "nothing"
            except Exception as error:
                seen[f"raised for {what}"] = kind_of(error)
                seen[f"named {what}"] = name if name in str(error) else describe(error)["message"]
            seen[f"changed by {what}"] = case.changed()

    def raised(different: Difference) -> Says:
        what = different.key.removeprefix("raised for ")
        error, name, _ = broken({})[what]
        if different.value == "nothing":
            return says("not-refused", what=_WHAT[what.partition(" ")[0]], name=name, error=error)
        return says("other-error", what=_WHAT[what.partition(" ")[0]], got=different.value, error=error)

    def named(different: Difference) -> Says:
        return says("not-named", name=different.expected, got=different.value)

    def changed(different: Difference) -> Says:
        return says("half-loaded", got=", ".join(f"`{name}`" for name in different.value[:3]),
                    what=_WHAT[different.key.removeprefix("changed by ").partition(" ")[0]])
    return Trial(criterion, "refused", run, {"raised": raised, "named": named, "changed": changed}, fixed=("",))


_WHAT = {"missing": Text("少了一项", "a name was missing"), "unknown": Text("多了一项", "there was one name too many"),
         "shape": Text("有一项的形状不对", "a shape was wrong")}

LOADED, REFUSED = loaded("copied"), refused("refused")

EXERCISE = Experiment(
    "load-renamed", Case, SETTINGS, model, STAGES,
    trials=(
        LOADED, LOADED.part("copied", "dtypes"), LOADED.part("copied", "state"),
        same_tensors("same"), LOADED.part("same", "tra"),
        LOADED.part("returned", "returned", returned), LOADED.part("returned", "is a list", returned),
        REFUSED.part("refused", "raised"), REFUSED.part("refused", "named"), REFUSED.part("nothing", "changed"),
    ),
    errors=(("'function' object is not subscriptable", "rename-not-called"),
            ("KeyError: .*scratch", "buffer-not-saved"), ("KeyError: .*last.weight", "tied-name-unknown"),
            (r"KeyError: .*old\.", "not-renamed"),
            (r"RuntimeError: .*(leaf Variable|leaf variable)", "leaf-in-place"),
            ("Missing key|Unexpected key", "strict-names")),
).exercise
