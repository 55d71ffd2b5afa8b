"""Every answer of the bank gets what it deserves, whatever the seed."""

import pytest

from d2l_ch3 import checks
from tools.bank import Answer, answers

SEEDS = range(20)
NAMES = [name for names in checks.EXERCISES.values() for name in names]
BANK = [answer for name in NAMES for answer in answers(name)]


@pytest.mark.parametrize("answer", BANK, ids=str)
def test_answer_gets_its_points_and_its_misconception(answer: Answer) -> None:
    for seed in SEEDS:
        report = answer.check(seed)
        assert report.points == answer.points, f"seed {seed}\n{report}"
        if answer.right:
            assert report.misconceptions == []
        else:
            assert report.points < report.max_points
            assert answer.misconception in report.misconceptions, f"seed {seed}\n{report}"


@pytest.mark.parametrize("answer", BANK, ids=str)
def test_points_change_from_check_to_check_only_for_answers_that_say_so(answer: Answer) -> None:
    check, arguments = getattr(checks, checks.exercise(answer.exercise).function), answer.arguments()
    points = {check(*arguments, seed=seed).points for seed in (0, 20311, 5, 0)}
    assert (points != {answer.points}) == answer.keeps_state


@pytest.mark.parametrize("name", NAMES)
def test_bank_grows_with_the_points(name: str) -> None:
    points = checks.exercise(name).points
    right = [answer for answer in answers(name) if answer.right]
    assert len(right) >= min(6, points)
    assert len(answers(name)) - len(right) >= min(12, 2 * points)


@pytest.mark.parametrize("name", NAMES)
def test_every_misconception_of_an_exercise_is_shown_by_an_answer(name: str) -> None:
    own = {misconception.key for misconception in checks.exercise(name).misconceptions}
    assert own <= {answer.misconception for answer in answers(name)}
