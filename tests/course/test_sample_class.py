"""The sample class is what the demo says it is, and a wrong score does not go unnoticed."""

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from d2l_ch3 import checks
from tools import bank
from tools.bank import answers
from tools.build import ROOT
from tools.demo import new_course, unpredicted
from tools.sample_class import DOES_NOT_RUN, LATE, PERFECT, STUB, STUDENTS, Submission, large_class, sample_class


def test_there_are_twelve_of_the_kinds_promised() -> None:
    submissions = sample_class()
    assert len(STUDENTS) == 12
    assert [(one.assignment, one.student) for one in submissions] == [
        (assignment, student) for assignment in checks.EXERCISES for student in STUDENTS]
    for one in submissions:
        full = {name: checks.exercise(name).points for name in checks.EXERCISES[one.assignment]}
        assert (one.predicted == full) >= (one.student in PERFECT)
        assert (sum(one.predicted.values()) == 0) >= (one.student == STUB)
        assert (one.timestamp > "2026-09-01 12:00:00 UTC") == (one.student == LATE)
    mixed = [one for one in submissions if one.student not in (*PERFECT, STUB, DOES_NOT_RUN)]
    assert any(0 < sum(one.predicted.values()) < sum(checks.exercise(name).points for name in one.predicted)
               for one in mixed)


def test_without_the_imports_only_answers_that_need_none_earn_points() -> None:
    given = {name: next(one for one in answers(name) if one.path.stem == stem) for name, stem in (
        ("find-weights", "right_getattr"), ("shared-mlp", "right_loop"), ("train-shared", "right_data"))}
    predicted = Submission(DOES_NOT_RUN, "ps2-parameters", given).predicted
    assert predicted == {"find-weights": 4.0, "shared-mlp": 0.0, "train-shared": 5.0}  # the second subclasses nn.Module


def test_a_large_class_is_many_small_ones() -> None:
    small = sample_class()
    large = large_class(len(small) + 4)
    assert len({(one.student, one.assignment) for one in large}) == len(large)
    assert [replace(one, student=one.role) for one in large[:len(small)]] == small
    assert large[-1].student == "s04-1"


def test_the_class_is_the_same_every_time() -> None:
    assert sample_class() == sample_class()
    assert sample_class(seed=1) != sample_class()


def test_what_is_handed_in_is_the_release_with_the_answers(tmp_path: Path) -> None:
    one = next(one for one in sample_class() if one.student == LATE and one.assignment == "ps3-layers")
    one.hand_in(ROOT / "release", tmp_path)
    folder = tmp_path / LATE / "ps3-layers"
    cells = {cell.id: cell.source for cell in nbformat.read(folder / "layers.ipynb", as_version=4).cells}
    for name, answer in one.answers.items():
        assert answer.cell in cells[name]
    assert (folder / "timestamp.txt").read_text() == one.timestamp


def test_a_score_that_is_not_the_predicted_one_is_named() -> None:
    one = Submission("s01", "ps3-layers", {name: bank.answers(name)[0] for name in checks.EXERCISES["ps3-layers"]})
    scores = dict(one.predicted)
    assert unpredicted([one], {("s01", "ps3-layers"): scores}) == []
    scores["half-fourier"] = 4.0
    assert unpredicted([one], {("s01", "ps3-layers"): scores}) == [
        "s01 ps3-layers half-fourier: 4.0 points, predicted 5"]


def test_the_demo_does_not_delete_a_folder_that_it_did_not_make(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("precious")
    (tmp_path / "nbgrader_config.py").touch()  # a course, but an instructor's own
    with pytest.raises(SystemExit, match="in the way"):
        new_course(tmp_path)
    assert (tmp_path / "mine.txt").read_text() == "precious"


@pytest.mark.parametrize(("name", "text"), [
    ("right_x.py", "class HalfFourier: ...\n"),
    ("wrong_x.py", '"""Says nothing about points."""\n'),
    ("wrong_x.py", '"""Half.\n\nmisconception: swapped\n"""\n'),
])
def test_an_answer_that_does_not_say_what_it_is_names_the_file(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setattr(bank, "ANSWERS", tmp_path)
    (tmp_path / "half-fourier").mkdir()
    (tmp_path / "half-fourier" / name).write_text(text)
    with pytest.raises(ValueError, match=name):
        bank.answers("half-fourier")
