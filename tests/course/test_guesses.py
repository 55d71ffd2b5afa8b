"""A guess is read kindly, judged exactly, and kept once; nothing that a reader types stops a chapter."""

import json
import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup

from d2l_ch3 import checks, guesses
from d2l_ch3.guesses import cards, catalogue, fails, guess, guessed, values
from d2l_ch3.guesses.records import FILE, keep, read
from d2l_ch3.language import LANGUAGES, speaking

BELIEFS = {"one": {"1": {"zh": "你以为 `forward` 也算。", "en": "You thought that `forward` counts."},
                   "more": {"zh": "太多。", "en": "Too many."}},
           "two": {"other": {"zh": "不是。", "en": "No."}}, "three": {}}


@pytest.fixture(autouse=True)
def questions(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Three questions in place of the course's, a folder of one's own, and somebody at the keyboard."""
    monkeypatch.setattr(catalogue, "CATALOGUE", {"blocks": BELIEFS})
    monkeypatch.setattr(cards, "CATALOGUE", {"blocks": BELIEFS})
    monkeypatch.setattr(guesses, "CATALOGUE", {"blocks": BELIEFS})
    monkeypatch.setattr("d2l_ch3.checks.records.somebody_is_there", lambda: True)
    monkeypatch.chdir(tmp_path)
    catalogue.chapter_of.cache_clear()
    yield
    catalogue.chapter_of.cache_clear()


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[cards.Outcome]:
    """The outcomes that were shown."""
    outcomes: list[cards.Outcome] = []
    monkeypatch.setattr(guesses, "_show", outcomes.append)
    return outcomes


@pytest.mark.parametrize(("typed", "answer", "right"), [
    (True, True, True), ("yes", True, True), ("会", True, True), ("不会", True, False), (" No ", False, True),
    (3, 3, True), (3.0, 3, True), ("3", 3, True), (4, 3, False), (-3, 3, False), (0, 0, True), (1, 0, False),
    (0.3, 0.301, True), (0.3, 0.4, False), (0.3, 0.0, False),
    ((2, 3), (2, 3), True), ([2, 3], (2, 3), True), ("(2, 3)", (2, 3), True), (5, (5,), True), ((3, 2), (2, 3), False),
    ((), (), True)])
def test_a_guess_is_read_as_the_kind_of_thing_that_the_answer_is(typed: Any, answer: Any, right: bool) -> None:
    assert values.agree(values.read(typed, answer), answer) is right


@pytest.mark.parametrize(("typed", "answer"), [
    ("maybe", True), (1, True), (None, 3), ("many", 3), (True, 3), (math.nan, 3), (math.inf, 3), (2.5, (2, 3)),
    ("2 x 3", (2, 3)), ((2.0, 3), (2, 3)), ([None], (2, 3)), (print, 3), ({}, (2,))])
def test_what_is_no_such_thing_is_not_read(typed: Any, answer: Any) -> None:
    with pytest.raises(values.Unreadable):
        values.read(typed, answer)


def test_of_options_one_must_hold_and_a_guess_is_one_of_them() -> None:
    assert values.right_option({"sum": True, "mean": False}) == "sum"
    assert values.read(" Sum ", "sum", ("sum", "mean")) == "sum"
    for typed in ("both", 3, None):
        with pytest.raises(values.Unreadable):
            values.read(typed, "sum", ("sum", "mean"))
    for options in ({"sum": False, "mean": False}, {"sum": True, "mean": True}):
        with pytest.raises(ValueError, match="exactly one option"):
            values.right_option(options)


def test_a_factor_forgives_by_that_much_and_no_more() -> None:
    assert values.agree(2, 3.0, factor=1.5) and values.agree(4.5, 3.0, factor=1.5)
    assert not values.agree(1.9, 3.0, factor=1.5) and not values.agree(4.6, 3.0, factor=1.5)
    assert not values.agree(-3, 3.0, factor=1.5)


def test_without_a_guess_there_is_the_answer_and_no_card(shown: list[cards.Outcome], language: str) -> None:
    guess("one", ..., answer=0)
    (outcome,) = shown
    assert repr(outcome) == {"zh": "结果：0", "en": "Result: 0"}[language]
    assert outcome._repr_html_() is None
    assert not FILE.exists()


def test_a_wrong_guess_is_told_the_belief_behind_it(shown: list[cards.Outcome], language: str) -> None:
    guess("one", 1, answer=0)
    guess("one", 2, answer=0)
    guess("two", "no", answer=True)
    guess("three", 5, answer=4)
    assert [outcome.why for outcome in shown] == [
        *({"zh": "你以为 `forward` 也算。", "en": "You thought that `forward` counts."}[language],
          {"zh": "太多。", "en": "Too many."}[language], {"zh": "不是。", "en": "No."}[language]), ""]
    card = BeautifulSoup(shown[0]._repr_html_() or "", "html.parser")
    assert card.select_one(".d2l-no .d2l-mark").get_text() == "✗"  # type: ignore[union-attr]
    assert card.select_one(".d2l-why code").get_text() == "forward"  # type: ignore[union-attr]
    assert repr(shown[0]).splitlines()[0].startswith("✗ ")


def test_a_right_guess_is_told_so(shown: list[cards.Outcome]) -> None:
    guess("one", 0, answer=0)
    assert (shown[0].mark, shown[0].why) == ("✓", "")
    assert "d2l-yes" in (shown[0]._repr_html_() or "")


def test_what_cannot_be_read_is_no_guess_and_says_what_to_write(shown: list[cards.Outcome], language: str) -> None:
    guess("two", "<b>perhaps</b>", answer=True)
    html = shown[0]._repr_html_() or ""
    assert "True" in html and "&lt;b&gt;" in html and "<b>" not in html
    assert (shown[0].mark, read()) == ("", {})


def test_the_first_guess_is_kept_and_counted(shown: list[cards.Outcome], language: str) -> None:
    for typed in (1, 0):
        guess("one", typed, answer=0)
    guess("two", True, answer=True)
    assert read() == {"one": False, "two": True}
    assert {"zh": "2 / 3，对 1", "en": "2 of 3, right 1"}[language] in shown[-1].so_far
    assert {"zh": "猜了 2 / 3，对 1", "en": "guessed 2 / 3, right 1"}[language] in repr(guessed())
    assert 'value="2" max="3"' in guessed()._repr_html_()


def test_nothing_is_kept_where_nobody_is_at_the_keyboard(
        shown: list[cards.Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("d2l_ch3.checks.records.somebody_is_there", lambda: False)
    guess("one", 0, answer=0)
    assert shown[0].mark == "✓"
    assert not FILE.exists()


@pytest.mark.parametrize("kept", ["", "[1]", "{not json", "null"])
def test_a_file_that_makes_no_sense_counts_as_empty(kept: str, shown: list[cards.Outcome]) -> None:
    FILE.parent.mkdir()
    FILE.write_text(kept)
    guess("one", 0, answer=0)
    assert json.loads(FILE.read_text()) == {"one": True, "counts": {"blocks": [3, 1, 1]}}


def test_a_folder_that_cannot_be_written_to_stops_nothing(shown: list[cards.Outcome]) -> None:
    FILE.parent.write_text("a file where the folder should be")
    guess("one", 0, answer=0)
    assert shown[0].mark == "✓"


def test_a_question_that_is_not_in_the_catalogue_is_an_authors_mistake() -> None:
    with pytest.raises(ValueError, match=r"no question is called 'four'.*beliefs\.toml"):
        guess("four", ..., answer=0)


def test_before_any_guess_the_tally_says_how_to_make_one(language: str) -> None:
    assert "`...`" in repr(guessed())
    assert "<code>...</code>" in guessed()._repr_html_()


def test_fails_prints_what_was_raised(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(lambda: 1 / 0) is True
    assert capsys.readouterr().out == "ZeroDivisionError: division by zero\n"
    assert fails(lambda: 1) is False
    assert capsys.readouterr().out == ""


def test_the_progress_of_a_problem_set_counts_the_guesses_of_its_chapter(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str) -> None:
    folder = tmp_path / "ps1-blocks"
    folder.mkdir()
    monkeypatch.setattr("d2l_ch3.checks.records.somebody_is_there", lambda: True)
    for place in (folder, tmp_path):
        monkeypatch.chdir(place)
        assert not checks.progress("ps1-blocks").cards[0].guessed
    for name, guessed_right in zip(list(catalogue.CATALOGUE["blocks"])[:3], (True, False, True), strict=True):
        keep(name, guessed_right, catalogue.CATALOGUE)
    monkeypatch.chdir(folder)
    total = len(catalogue.CATALOGUE["blocks"])
    assert checks.progress("ps1-blocks").cards[0].guessed == [
        {"zh": f"正文里猜了 3 / {total}，对 2。", "en": f"In the chapter: guessed 3 of {total}, right 2."}[language]]
    assert not checks.progress("ps2-parameters").cards[0].guessed
