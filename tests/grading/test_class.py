"""A whole class at once: what a kill leaves behind, and what hostile and broken work among honest comes to."""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from d2l_ch3.grading import whole_class
from d2l_ch3.grading.tasks import Task
from tests.broken import submissions as broken
from tools import stress
from tools.attacks import attacks
from tools.crash import ASSIGNMENT, Undisturbed, copied, different, trial, unsound
from tools.scratch import ScratchCourse


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


class Fragile(Executor):
    """A pool of one process, this one, that breaks when it comes to certain students."""

    def __init__(self, deadly: set[str]) -> None:
        self.deadly, self.broken = deadly, False

    def submit(self, fn: Callable[..., Any], /, tasks: Sequence[Task], *args: Any) -> Future[Any]:  # type: ignore[override]
        future: Future[Any] = Future()
        self.broken |= tasks[0].student in self.deadly
        if self.broken:
            future.set_exception(BrokenProcessPool())
        else:
            future.set_result(fn(tasks, *args))
        return future


@contextmanager
def fragile(deadly: set[str]) -> Iterator[tuple[Executor, int]]:
    yield Fragile(deadly), 1


@pytest.fixture
def five(tmp_path: Path) -> ScratchCourse:
    course = ScratchCourse(tmp_path / "course").generate()
    for student in ("s1", "s2", "s3", "s4", "s5"):
        course.hand_in(student, ASSIGNMENT)
    return course


def test_a_submission_that_takes_the_pool_down_is_named_and_all_others_are_graded(five: ScratchCourse) -> None:
    summary = whole_class.run(whole_class.plan(five.folder, ASSIGNMENT), lambda: fragile({"s1", "s3"}))
    assert sorted(one.student for one in summary.rejected) == ["s1", "s3"]
    assert "memory" in summary.rejected[0].record["rejected"][1]
    assert sorted(one.student for one in summary.graded) == ["s1", "s2", "s3", "s4", "s5"]
    assert set(five.scores(ASSIGNMENT)) == {"s1", "s2", "s3", "s4", "s5"}
    assert "died" in (five.folder / "autograded" / "s3" / ASSIGNMENT / "layers.ipynb").read_text()


@pytest.mark.parametrize("students", [["s1"], ["s1", "s2", "s3", "s4", "s5"]])
def test_where_every_process_dies_nobody_is_blamed(five: ScratchCourse, students: list[str]) -> None:
    with pytest.raises(BrokenExecutor):
        whole_class.run(whole_class.plan(five.folder, ASSIGNMENT, students), lambda: fragile(set(students)))
    assert five.scores(ASSIGNMENT) == {}
