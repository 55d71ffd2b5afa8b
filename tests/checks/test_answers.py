"""Every answer of the bank gets what it deserves, whatever the seed, and is told nothing that is not true of it."""

import os
from collections.abc import Iterator

import pytest
from wcwidth import wcswidth

from d2l_ch3 import checks, get_language, set_language
from d2l_ch3.checks import catalogue
from d2l_ch3.checks.report import BRIEF_WIDTH, Report
from d2l_ch3.language import LANGUAGES
from tools.bank import Answer, answers

SEEDS = range(50) if os.environ.get("ALL_SEEDS") else (0, 7, 33)  # `make stress` takes all of them
NAMES = [one.name for one in catalogue.everything() if not one.written]
BANK = [answer for name in NAMES for answer in answers(name)]
OF_THE_CALL = {"wrong-argument", "not-defined", "stopped", "no-evidence"}  # what is said without looking at an answer


@pytest.mark.parametrize("answer", BANK, ids=str)
def test_answer_gets_its_points_and_is_told_what_is_listed_as_true_of_it(answer: Answer) -> None:
    """The bank lists every belief that may be named; one more is red, be it plausible or not."""
    check = getattr(checks, checks.exercise(answer.exercise).function)
    for seed in SEEDS:
        arguments = answer.arguments()
        report = check(*arguments, seed=seed)
        assert report.points == answer.points, f"seed {seed}\n{report}"
        assert set(report.misconceptions) == set(answer.misconceptions), f"seed {seed}\n{report}"
        assert answer.right == (report.points == report.max_points)
        assert not answer.right or set(report.advice) == {catalogue.habits()[name] for name in answer.advice}
    assert answer.keeps_state or check(*arguments, seed=SEEDS[0]).points == answer.points
    assert_fits_nbgraders_validator(report)


@pytest.fixture(autouse=True)
def language_put_back() -> Iterator[None]:
    before = get_language()
    yield
    set_language(before)


def assert_fits_nbgraders_validator(report: Report) -> None:
    for language in LANGUAGES:
        set_language(language)
        for text, width in ((str(report), 79), (report.brief, BRIEF_WIDTH)):
            lines = [line for line in text.splitlines() if not line.startswith("  https://")]  # a link stays whole
            assert all(wcswidth(line) <= width for line in lines), max(lines, key=wcswidth)


@pytest.mark.parametrize("answer", [answer for answer in BANK if answer.keeps_state], ids=str)
def test_points_change_from_check_to_check_for_answers_that_say_so(answer: Answer) -> None:
    check, arguments = getattr(checks, checks.exercise(answer.exercise).function), answer.arguments()
    assert {check(*arguments, seed=seed).points for seed in (0, 20311, 0)} != {answer.points}


@pytest.mark.parametrize("name", NAMES)
def test_bank_grows_with_the_points(name: str) -> None:
    points = checks.exercise(name).points
    right = [answer for answer in answers(name) if answer.right]
    assert len(right) >= min(6, points)
    assert len(answers(name)) - len(right) >= min(12, 2 * points)


@pytest.mark.parametrize("name", NAMES)
def test_every_belief_of_an_exercise_is_shown_by_an_answer(name: str) -> None:
    named = {key for answer in answers(name) for key in answer.misconceptions}
    assert set(catalogue.words(name).beliefs) <= named


def test_every_belief_of_everywhere_is_shown_by_an_answer() -> None:
    assert set(catalogue.common()) - OF_THE_CALL <= {key for answer in BANK for key in answer.misconceptions}


def test_every_habit_is_shown_by_a_right_answer() -> None:
    assert set(catalogue.habits()) == {habit for answer in BANK for habit in answer.advice}
