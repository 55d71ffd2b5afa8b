"""A whole class at once: what a kill leaves behind, and what hostile and broken work among honest comes to."""

import sqlite3
from pathlib import Path

import pytest

from tools import broken, stress
from tools.attacks import attacks
from tools.crash import ASSIGNMENT, Undisturbed, copied, different, trial, unsound


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.measure(tmp_path_factory.mktemp("class"), students=12)


@pytest.mark.parametrize(("target", "graded"), [("grader", 4), ("zygote", 2), ("student", 6), ("Ctrl-C", 1)])
def test_a_crash_leaves_nothing_wrong_and_the_next_run_completes_it(
        undisturbed: Undisturbed, tmp_path: Path, target: str, graded: int) -> None:
    done = trial(undisturbed, tmp_path, target, graded, delay=0.02)
    assert done.problems == []
    assert done.hit
    assert graded - 1 <= done.saved <= 12  # a file is written before its scores


def test_what_is_wrong_after_a_crash_would_be_noticed(undisturbed: Undisturbed, tmp_path: Path) -> None:
    course = copied(undisturbed.course, tmp_path)
    course.command("grade", ASSIGNMENT)
    assert unsound(course, undisturbed) == different(course, undisturbed) == []
    with sqlite3.connect(course.folder / "gradebook.db") as database:
        database.execute("UPDATE grade SET auto_score = 1.5 WHERE auto_score = 5")
    notebook = course.folder / "autograded" / "s02-0" / ASSIGNMENT / "layers.ipynb"
    notebook.chmod(0o644)
    notebook.write_text(notebook.read_text()[:-100])
    assert any(line.startswith("s01-0 has") for line in unsound(course, undisturbed))
    assert f"half written: s02-0/{ASSIGNMENT}/layers.ipynb" in unsound(course, undisturbed)
    assert f"s02-0/{ASSIGNMENT}/layers.ipynb differs" in different(course, undisturbed)


def test_every_score_of_a_hostile_class_is_the_predicted_one(tmp_path: Path) -> None:
    course = stress.new_course(tmp_path / "course")
    hostile = [one for one in attacks() if one.name in ("forged/prints_full_points", "forged/patched_judge",
                                                        "denial/segfault", "left_behind/daemon")]
    spoiled = [one for one in broken.BROKEN if one.name in ("cut-off", "test-deleted", "all-metadata-stripped")]
    assert len(hostile) + len(spoiled) == 7
    expected = stress.hand_in_class(course, 17, hostile, spoiled)
    for assignment in {assignment for assignment, _ in expected}:
        use = stress.Use()
        assert stress.grade(course, assignment, expected, use) == []
        assert use.cpu > 0 and use.peak > use.largest > 0


def test_a_score_that_is_not_predicted_would_be_noticed(tmp_path: Path) -> None:
    course = stress.new_course(tmp_path / "course")
    expected = stress.hand_in_class(course, 1, [], [])
    ((assignment, student),) = expected
    expected[assignment, student] = stress.Expected("honest", {"parallel-block": 7.0})
    (line,) = stress.grade(course, assignment, expected, stress.Use())
    assert line == f"{assignment} {student} (honest): {{'parallel-block': 6.0}}, predicted {{'parallel-block': 7.0}}"
