"""Whatever a student's process sends as evidence, the judge answers: with points that the exercise has, and a card."""

import copy
import json
import random
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import torch

from d2l_ch3 import checks
from d2l_ch3.checks.check import gather
from d2l_ch3.checks.report import MIME_TYPE
from d2l_ch3.grading.engine import Outcome, Probe
from d2l_ch3.grading.judging import Judged, judged
from d2l_ch3.grading.process import MALFORMED, Failure
from d2l_ch3.grading.wire import Malformed, pack
from d2l_ch3.notebooks.exercises import checked
from d2l_ch3.notebooks.master import MasterCell
from tools.bank import answers

EXERCISES = checked()
SEED = 12345
MUTATIONS = 150  # of each exercise's evidence
QUICKLY = 10.0  # seconds of processor time, generously, for what takes milliseconds
CARD = 1 << 20  # bytes

ODD: tuple[Callable[[], Any], ...] = (
    lambda: None, lambda: True, lambda: 0, lambda: -1, lambda: 10 ** 30, lambda: 1e308, lambda: float("nan"),
    lambda: float("inf"), lambda: "", lambda: "x" * 9000, lambda: "\ud800", lambda: "{0.__class__} {} %s `<script>`",
    lambda: [], lambda: {}, lambda: [[]], lambda: {"error": None}, lambda: {"not_plain": 3}, lambda: [None] * 300,
    lambda: torch.empty(0), lambda: torch.tensor(float("nan")), lambda: torch.ones(2, 3, dtype=torch.complex64),
    lambda: torch.ones(3, dtype=torch.bool), lambda: torch.ones(3, dtype=torch.int8),
    lambda: torch.ones(2, 2, dtype=torch.bfloat16), lambda: torch.zeros(0, 10 ** 6), lambda: torch.zeros(1, 1, 1, 1, 1),
    lambda: torch.tensor(5), lambda: torch.full((4, 4), float("inf"), dtype=torch.float64))
TENSORS: tuple[Callable[[torch.Tensor], torch.Tensor], ...] = (
    lambda value: value.double(), lambda value: value.to(torch.complex64),
    lambda value: value[..., :0] if value.ndim else value.new_empty(0),
    lambda value: value.flatten(), lambda value: value.unsqueeze(0), lambda value: value.bool(), lambda value: -value,
    lambda value: torch.full_like(value, 1).mul(float("nan")) if value.is_floating_point() else value,
    lambda value: value.expand(3, *value.shape).clone(), lambda value: value.long())

Place = tuple[Any, Any]
"""A container and the key or index of a thing in it."""


def places(value: Any) -> Iterator[Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in list(items):
        yield value, key
        yield from places(item)


def mutate(evidence: Any, dice: random.Random) -> None:
    """Change one thing in the evidence."""
    container, key = dice.choice(list(places(evidence)) or [(evidence, "new")])
    kind = dice.randrange(6)
    if kind == 0 and len(container):
        del container[key]
    elif kind == 1 and isinstance(container, dict):
        container[dice.choice(["error", "output", "new", "", "grads", "0"])] = dice.choice(ODD)()
    elif kind == 2 and isinstance(container.get(key) if isinstance(container, dict) else container[key], torch.Tensor):
        container[key] = dice.choice(TENSORS)(container[key])
    elif kind == 3:
        other, its_key = dice.choice(list(places(evidence)))
        container[key] = copy.deepcopy(other[its_key])
    elif kind == 4 and isinstance(container, list):
        container.extend(container[:50])
    else:
        container[key] = dice.choice(ODD)()


def own(value: Any) -> Any:
    """The same, no tensor standing there twice: `pack` refuses that."""
    if isinstance(value, dict):
        return {key: own(item) for key, item in value.items()}
    if isinstance(value, list):
        return [own(item) for item in value]
    return value.clone() if isinstance(value, torch.Tensor) else value


def honest(exercise: str) -> dict[str, Any]:
    found = gather(checks.exercise(exercise), tuple(answers(exercise)[0].arguments()), SEED)
    return {name: dict(seen) for name, seen in found.items()}


def judge(exercise: str, structure: Any, block: bytes = b"", kind: Any = "evidence") -> Judged:
    """The judgement, which is looked at as any must be."""
    most = float(checks.exercise(exercise).points)
    cell = MasterCell(f"test-{exercise}", "code", f"checks.{exercise}(X)", "", True, True, points=most)
    start = time.process_time()
    result = judged(cell, Probe(exercise, (), SEED), Outcome([], {"kind": kind, "evidence": structure}, block))
    assert time.process_time() - start < QUICKLY
    assert 0.0 <= result.points <= most
    card = result.outputs[-1]["data"]
    assert card[MIME_TYPE]["points"] == result.points == float(card["text/plain"])
    assert "<script>" not in card["text/html"]
    assert len(json.dumps(result.outputs)) < CARD
    return result


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exercise", EXERCISES)
def test_mutated_evidence(exercise):
    evidence = honest(exercise)
    most = checks.exercise(exercise).points
    assert judge(exercise, *pack(evidence)).points == most
    points = []
    for number in range(MUTATIONS):
        dice = random.Random(f"{exercise} {number}")
        mutated = copy.deepcopy(evidence)
        for _ in range(dice.choice([1, 1, 2, 5])):
            mutate(mutated, dice)
        points.append(judge(exercise, *pack(own(mutated))).points)
    assert min(points) < most


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("exercise", EXERCISES)
def test_mutated_bytes(exercise):
    """Blocks of tensors with bytes changed, cut and repeated; structures with references to what is not there."""
    structure, block = pack({**honest(exercise), "one more": {"output": torch.ones(2, 3)}})
    dice = random.Random(exercise)
    for _ in range(MUTATIONS):
        changed = bytearray(block)
        for _ in range(dice.choice([1, 3, 30])):
            changed[dice.randrange(min(len(changed), dice.choice([8, 300, len(changed)])))] = dice.randrange(256)
        judge(exercise, structure, bytes(changed[:dice.choice([len(changed), dice.randrange(len(changed))])]))


WRONG_FORMS: tuple[Any, ...] = (
    None, 0, "evidence", [], {}, {"dict": None}, {"dict": {"joined": 3}}, {"tensor": "0"}, {"complex": "0"},
    {"tensor": []}, {"tensor": {}}, {"dict": {"joined": {"dict": {"output": {"tensor": "9"}}}}},
    {"dict": {}, "tensor": "0"}, {"list": []},
    [[]] * 200_000, "x" * 100_000, {"dict": {str(number): {"dict": {}} for number in range(200_000)}})


@pytest.mark.parametrize("form", WRONG_FORMS, ids=lambda form: str(form)[:20])
def test_evidence_without_form_gives_no_points(form):
    for exercise in EXERCISES:
        assert judge(exercise, form).points == 0.0


@pytest.mark.parametrize("kind", [None, "done", "failed", "ready", 3, [], {}, "evidence "])
def test_another_answer_than_evidence_gives_no_points(kind):
    structure, block = pack(honest("parallel-block"))
    assert judge("parallel-block", structure, block, kind).points == 0.0


@pytest.mark.parametrize("answer", [
    {"kind": "unbound"}, {"kind": "unbound", "error": None}, {"kind": "unbound", "error": {"message": 3}},
    {"kind": "unbound", "error": {"message": "{reason} {0}"}}, {"kind": "refused"},
    {"kind": "refused", "zh": 1, "en": []},
    {"kind": "refused", "zh": "x" * 20_000, "en": ""}, {"kind": "evidence"}, {}], ids=str)
def test_an_answer_with_parts_missing_gives_no_points(answer):
    cell = MasterCell("test-parallel-block", "code", "checks.parallel_block(X)", "", True, True, points=6.0)
    result = judged(cell, Probe("parallel-block", (), SEED), Outcome([], answer))
    assert result.points == 0.0


def test_a_failure_gives_no_points_whatever_the_evidence():
    structure, block = pack(honest("parallel-block"))
    cell = MasterCell("test-parallel-block", "code", "checks.parallel_block(X)", "", True, True, points=6.0)
    failure = Failure("malformed", MALFORMED.format(code=Malformed("no form")))
    outcome = Outcome([], {"kind": "evidence", "evidence": structure}, block, failure)
    assert judged(cell, Probe("parallel-block", (), SEED), outcome).points == 0.0


@pytest.mark.parametrize("exercise", EXERCISES)
def test_evidence_of_another_seed_gives_less(exercise):
    """Recorded evidence is of no use: the seed is not known before."""
    right = tuple(answers(exercise)[0].arguments())
    recorded = gather(checks.exercise(exercise), right, SEED + 1)
    if exercise not in ("list-sequential-facts", "custom-init", "tiny-module", "fourier-matrix"):  # nothing is drawn
        assert judge(exercise, *pack({name: dict(seen) for name, seen in recorded.items()})).points < \
            checks.exercise(exercise).points


@pytest.mark.parametrize("exercise", EXERCISES)
def test_an_error_of_nothing_excuses_nothing(exercise):
    """Trials that claim to have failed without saying how must not hold for that."""
    evidence = {name: {"error": None} for name in honest(exercise)}
    assert judge(exercise, *pack(evidence)).points == 0.0
    for trial in honest(exercise):
        changed = {name: {"error": None} if name == trial else seen for name, seen in honest(exercise).items()}
        assert judge(exercise, *pack(changed)).points < checks.exercise(exercise).points, trial
