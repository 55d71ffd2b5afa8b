"""What an answer that is a function is asked, whatever it is to do with the nets it is given."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from inspect import signature
from itertools import permutations
from typing import Any

from torch import nn

from d2l_ch3.checks.comparison import alike, close
from d2l_ch3.checks.definition import Says, says
from d2l_ch3.checks.evidence import Evidence, describe, plain
from d2l_ch3.checks.sources import global_values
from d2l_ch3.checks.trials import Difference
from d2l_ch3.language import Text


def probed_in_order(probe: Callable[[Any], Evidence], function: Callable[..., Any], count: int, main: str) -> Evidence:
    """The evidence of a probe; if its trial `main` raised, that of the order of arguments in which it does not.

    The trial "arguments" holds that order and the arguments' names, so that it costs one criterion and not all.
    """
    evidence = probe(function)
    right, found = list(range(count)), list(range(count))
    for order in permutations(right) if "error" in evidence[main] else ():
        def reordered(*given: Any, order: tuple[int, ...] = order) -> Any:
            return function(*(given[place] for place in order))
        again = probe(reordered)
        if "error" not in again[main]:
            evidence, found = again, list(order)
            break
    with evidence.trial("arguments") as seen:
        seen["swapped"], seen["names"] = found != right, list(signature(function).parameters)
    return evidence


def global_net(function: Any, stand_in: nn.Module, outcome: Callable[[], Any]) -> str:
    """The name of a net of the notebook that a function works on in place of the one it is given; empty if none.

    Shown by trying it: with another net under that name, the outcome is another.
    """
    def outcome_or_error() -> Any:
        try:
            return plain(outcome())
        except Exception as error:
            return describe(error)
    for namespace, name in global_values(function, nn.Module):
        value, before = namespace[name], outcome_or_error()
        namespace[name] = stand_in
        try:
            if not alike(outcome_or_error(), before):
                return name
        finally:
            namespace[name] = value
    return ""


@contextmanager
def standing_in(function: Any, **names: Any) -> Iterator[None]:
    """While this lasts, `function` finds these under their names and not what the notebook has there.

    So an exercise that builds on an earlier one can be checked before that is solved.
    """
    namespace = getattr(function, "__globals__", {})
    before = {name: namespace[name] for name in names if name in namespace}
    namespace.update(names)
    try:
        yield
    finally:
        for name in names:
            namespace.pop(name, None)
        namespace.update(before)


def state_of(net: nn.Module) -> dict[str, Any]:
    """What a function that only looks at a net has to leave as it is."""
    return {"state_dict": dict(net.state_dict()), "named_modules": [name for name, _ in net.named_modules()],
            "requires_grad": [parameter.requires_grad for parameter in net.parameters()],
            "training": [module.training for module in net.modules()]}


def dtypes_of(net: nn.Module) -> dict[str, str]:
    """The dtypes of what is in a net's state_dict."""
    return {name: str(value.dtype) for name, value in net.state_dict().items()}


def other_dtype(different: Difference) -> Says:
    """The first of `dtypes_of` that is not as it was."""
    name = next((name for name, dtype in different.expected.items() if different.value.get(name) != dtype), "?")
    return says("dtype-changed", name=name, expected=different.expected.get(name), got=different.value.get(name))


def changed(before: Mapping[str, Any], after: Mapping[str, Any]) -> Says | None:
    """The first thing in which two states of a net differ."""
    values, found = before["state_dict"], after["state_dict"]
    if list(values) == list(found) and not all(close(found[name], values[name]) for name in values):
        return says("changes-net", what="state_dict()")
    differing = (what for what in ("named_modules", "requires_grad", "training") if before[what] != after[what])
    return next((says("changes-net", what=what) for what in differing), None)


def shared_between_calls(kept: object) -> Says:
    """A call that goes wrong by what an earlier one left behind, in what ``kept_outside`` found."""
    return says("shared-between-calls", where=_KEPT.get(kept, "") if isinstance(kept, str) else "")


_KEPT = {"default": Text("（看看参数的默认值：它只建一次，所有调用共用）",
                         " (look at the default values of its arguments: they are made once, for all calls)"),
         "global": Text("（看看函数外面的变量）", " (look at the variables outside of the function)")}
