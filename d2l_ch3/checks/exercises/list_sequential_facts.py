"""list-sequential-facts: what nn.Module's methods make of blocks that stand in an ordinary list."""

from collections.abc import Mapping
from typing import Any

from d2l_ch3.checks.catalogue import NOT_WRITTEN
from d2l_ch3.checks.comparison import type_name
from d2l_ch3.checks.definition import Exercise, Says, Verdict, one, says
from d2l_ch3.checks.evidence import Evidence

FACTS: Mapping[str, int | bool] = {"parameters": 0, "state_dict_keys": 0, "moved_by_to": False,
                                   "reached_by_eval": False, "trainable_by_sgd": False}
"""What is so; `type` tells a count from a yes or no. A right answer of the bank builds the net and looks."""

IF_REGISTERED: Mapping[str, tuple[int | bool, str]] = {
    "parameters": (4, "expects-parameters"), "state_dict_keys": (4, "expects-state"),
    "moved_by_to": (True, "expects-to"), "reached_by_eval": (True, "expects-eval"),
    "trainable_by_sgd": (True, "expects-sgd")}
"""What each fact would be if the blocks were registered, and the belief behind one that says so."""

ONE_CAUSE = 3  # so many facts of a net whose blocks are registered have one cause

COUNTED = {20 * 256 + 256 + 256 * 10 + 10: "counted-elements", **dict.fromkeys((1, 2, 3), "counted-blocks")}
OPEN = {"NoneType": "None", "ellipsis": "...", "NotImplementedType": "NotImplemented"}
FUNCTIONS = ("method", "function", "builtin_function_or_method", "method-wrapper")
FOREIGN = ("Tensor", "Parameter", "bool_", "int64", "int32", "float64", "float32", "ndarray")
COLLECTIONS = ("list", "dict", "tuple", "set", "generator", "OrderedDict", "odict_keys", "dict_keys", "odict_items",
               "odict_values")


def probe(seed: int, facts: dict[str, Any]) -> Evidence:
    """The values given for the facts with their types, and the names of all that were given."""
    evidence = Evidence()
    with evidence.trial("facts") as seen:
        seen["values"] = {key: facts[key] for key in FACTS if key in facts}
        seen["types"] = {key: type(facts[key]).__name__ for key in FACTS if key in facts}
        seen["names"] = [str(key)[:40] for key in facts][:8]
    return evidence


def judge(seed: int, evidence: Evidence) -> Verdict:
    """The verdict on an answer's evidence; these facts are the same for every seed."""
    values, types, names = (evidence["facts"].get(name, {}) for name in ("values", "types", "names"))
    types = {key: types[key] if isinstance(types.get(key), str) else type_name(values[key]) for key in values}
    if not names or (len(values) == len(FACTS) and all(kind in OPEN for kind in types.values())):
        return {key: one(says(NOT_WRITTEN)) for key in FACTS}
    listed = ", ".join(f"`{name}`" for name in names)
    found = {key: _wrong(key, values[key], types[key]) if key in values else says("missing-fact", names=listed)
             for key in FACTS}
    registered = [key for key in FACTS if key in values and same(values[key], IF_REGISTERED[key][0])]
    if len(registered) >= ONE_CAUSE:
        counts = any(type(FACTS[key]) is int for key in registered)
        found |= dict.fromkeys(registered, says("as-if-registered" if counts else "other-way-round"))
    return {fact: one(said and _for_all(found, said.key)) for fact, said in found.items()}


def _for_all(found: Mapping[str, Says | None], key: str) -> Says:
    """A belief said once for all facts behind which it stands, with their names and details."""
    facts = {fact: said for fact, said in found.items() if said and said.key == key}
    names = dict.fromkeys(name for said in facts.values() for name in said.details)
    joined = {name: ", ".join(dict.fromkeys(str(said.details[name]) for said in facts.values())) for name in names}
    return says(key, **joined, keys=", ".join(f"`{fact}`" for fact in facts))


def same(value: Any, wanted: int | bool) -> bool:
    """Whether a value is the one wanted, and of its type: 0 is not False."""
    return type(value) is type(wanted) and value == wanted


def _wrong(key: str, value: Any, kind: str) -> Says | None:
    """What explains the value of a fact, if it is not right."""
    fact = FACTS[key]
    if same(value, fact):
        return None
    if type(value) is not type(fact):
        return _wrong_type(key, value, kind, type(fact))
    if same(value, IF_REGISTERED[key][0]):
        return says(IF_REGISTERED[key][1])
    return says(COUNTED.get(value, "other-count"), value=value)


def _wrong_type(key: str, value: Any, kind: str, wanted: type) -> Says:
    """What explains a value of another type than the one wanted, int or bool."""
    if kind in OPEN:
        return says("left-open", value=OPEN[kind])
    if type(value) is str:
        return says("text-not-value", value=repr(value[:40]))
    inside = list(value.values()) if isinstance(value, dict) else value if isinstance(value, list) else []
    if len(inside) == 1 and type(inside[0]) in (int, bool):
        return says("wrapped-up", got=kind, value=inside[0])
    if type(value) in (int, float, bool):
        count = "bool-for-count" if type(value) is bool else "float-for-count"
        return says("int-for-bool" if wanted is bool else count, value=value, type=kind)
    if kind in FUNCTIONS:
        return says("not-called", got=kind)
    if kind in FOREIGN or (kind == "bool" and type(value) is not bool):  # NumPy's bool has no other name
        return says("foreign-type", got=kind if kind in ("Tensor", "Parameter") else f"NumPy {kind}",
                    expected=wanted.__name__)
    if wanted is int and kind in COLLECTIONS:
        return says("thing-not-count", got=kind)
    return says("thing-not-verdict" if wanted is bool else "no-count", got=kind)


EXERCISE = Exercise("list-sequential-facts", probe, judge)
