"""The judge outside: it says what it says in a notebook, and nobody gains by leaving something out."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from typing import Any

import pytest

from d2l_ch3 import checks
from d2l_ch3.checks import check
from d2l_ch3.checks.evidence import Evidence
from d2l_ch3.grading.engine import Outcome, Probe
from d2l_ch3.grading.judging import SEEDS, Judged, Told, judged, received, seed
from d2l_ch3.grading.wire import pack
from d2l_ch3.notebooks.exercises import checked
from d2l_ch3.notebooks.master import MasterCell, check_call
from tools.bank import Answer, answers

SEED = 3
NAMES = checked()
exercises = pytest.mark.parametrize("name", NAMES)


def outside(name: str, gathered: Any) -> Judged:
    """What the grader makes of evidence that came over the wire."""
    if isinstance(gathered, dict):
        structure, block = pack(gathered)
        answer = {"kind": "evidence", "evidence": json.loads(json.dumps(structure))}
    else:
        answer, block = {"kind": "refused", "zh": gathered.text.zh, "en": gathered.text.en}, b""
    cell = MasterCell(f"test-{name}", "code", "", "", locked=True, grade=True, points=checks.exercise(name).points)
    return judged(cell, Probe(name, (), SEED), Outcome(answer=answer, block=block))


def gathered(answer: Answer) -> Any:
    return check.gather(checks.exercise(answer.exercise), tuple(answer.arguments()), SEED, checks.names_asked_for)


def points(name: str, evidence: Evidence) -> float:
    """What evidence earns that has arrived; none where it is not of a form that the judge knows."""
    try:
        return check.judge(checks.exercise(name), SEED, evidence).points
    except Exception:
        return 0.0


@exercises
def test_every_answer_of_the_bank_is_judged_as_in_a_notebook(name: str) -> None:
    for answer in answers(name):
        there = outside(name, gathered(answer))
        assert there.points == answer.points, str(answer)
        assert there.report is not None
        assert set(there.report["misconceptions"]) == set(answer.misconceptions), str(answer)
        assert check.is_right(checks.exercise(name), tuple(answer.arguments()), SEED) == answer.right, str(answer)


@exercises
def test_leaving_something_out_of_the_evidence_earns_nothing(name: str) -> None:
    """A whole trial on its way over the wire, and any of its entries in what has arrived."""
    for answer in answers(name)[::1 if os.environ.get("ALL_SEEDS") else 8]:  # `make stress` takes every answer
        evidence = None if answer.right else gathered(answer)
        if not isinstance(evidence, dict):
            continue
        arrived = received(*pack(evidence))
        for trial in evidence:
            without = {other: seen for other, seen in evidence.items() if other != trial}
            assert outside(name, without).points <= answer.points, f"{answer} without {trial}"
            for left_out in evidence[trial]:
                lie = Told({key: value for key, value in arrived[trial].items() if key != left_out})
                earned = points(name, Evidence({**arrived, trial: lie}))
                assert earned <= answer.points, f"{answer} without {left_out} of {trial}"


def test_an_answer_that_is_not_there_is_told_so() -> None:
    cell = MasterCell("test-half-fourier", "code", "", "", locked=True, grade=True, points=5)
    message = "name 'HalfFourier' is not defined"
    told = judged(cell, Probe("half-fourier", ("HalfFourier",), SEED),
                  Outcome(answer={"kind": "unbound", "error": {"message": message}}))
    assert told.points == 0
    assert told.report is not None and told.report["misconceptions"] == ["not-defined"]
    assert message in json.dumps(told.outputs).replace("&#39;", "'")


def test_no_answer_at_all_is_no_evidence() -> None:
    cell = MasterCell("test-half-fourier", "code", "", "", locked=True, grade=True, points=5)
    told = judged(cell, Probe("half-fourier", ("HalfFourier",), SEED), Outcome(answer={"kind": "done", "ok": True}))
    assert told.points == 0
    assert told.report is not None and told.report["misconceptions"] == ["no-evidence"]


@pytest.mark.parametrize(("source", "call"), [
    ("checks.parallel_block(ParallelBlock)", ("parallel-block", ("ParallelBlock",))),
    ("checks.parallel_block(ParallelBlock)\n# hidden\nchecks.parallel_block(ParallelBlock, seed=7)",
     ("parallel-block", ("ParallelBlock",))),
    ("checks.list_sequential_facts({**facts, 'x': 1})", ("list-sequential-facts", ("{**facts, 'x': 1}",))),
    ("checks.parallel_block(A)\nchecks.parallel_block(B)", None),
    ("report = checks.parallel_block(A)\nassert report.points > 3", None),
    ("checks.hint('parallel_block')", None),
    ("checks.no_such_check(A)", None),
    ("assert True", None),
    ("checks.parallel_block(", None),
    ("", None),
])
def test_which_test_cells_only_call_a_check(source: str, call: Any) -> None:
    assert check_call(source) == call


CELL = ("ps1-blocks", "blocks", "test-parallel-block")


def test_the_seeds_of_a_check_are_few_and_those_of_another_are_others() -> None:
    """One that is told to somebody says nothing of other courses, assignments, notebooks and cells."""
    def all_of(key: bytes, check: Sequence[str]) -> set[int]:
        return {seed(key, check, (f"s{number}", "what was handed in")) for number in range(500)}
    pools = [all_of(b"key", CELL), all_of(b"another key", CELL),
             *(all_of(b"key", (*CELL[:place], "other", *CELL[place + 1:])) for place in range(len(CELL)))]
    assert [len(pool) for pool in pools] == [SEEDS] * len(pools)
    assert len(set.union(*pools)) == SEEDS * len(pools)
    assert all(0 <= each < 2 ** 31 for pool in pools for each in pool)


def test_a_submission_keeps_its_seed_and_another_has_another_as_often_as_not() -> None:
    """Who hands in something else, and somebody else who hands in the same, cannot tell which it is now."""
    assert seed(b"key", CELL, ("s1", "answer")) == seed(b"key", CELL, ("s1", "answer"))
    for others in ([("s1", f"answer {number}") for number in range(200)], [(f"s{n}", "answer") for n in range(200)]):
        counts = Counter(seed(b"key", CELL, each) for each in others)
        assert len(counts) == SEEDS and min(counts.values()) >= 10
