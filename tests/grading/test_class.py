"""A whole class at once: what a kill leaves behind, and what hostile and broken work among honest comes to."""

import itertools
import os
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import psutil
import pytest

from d2l_ch3.budget import Budget
from d2l_ch3.grading import whole_class
from d2l_ch3.grading.pools import Pool, Submit
from d2l_ch3.grading.process import Process
from d2l_ch3.grading.request import IsolationError, Request
from d2l_ch3.grading.tasks import Submission
from d2l_ch3.grading.worker import work
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.notebooks.limits import Limits
from tests.broken import submissions as broken
from tools import stress
from tools.attacks import attacks
from tools.crash import ASSIGNMENT, Undisturbed, copied, different, trial, unsound
from tools.scratch import ScratchCourse


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.measure(tmp_path_factory.mktemp("class"), students=12)


@pytest.mark.parametrize(("target", "graded"), [
    ("grader", 4), ("zygote", 2), ("judge", 3), ("student", 6), ("Ctrl-C", 1)])
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


BROKEN = {"dies": (os._exit, 1), "computes": (deque, itertools.count(), 0), "waits": (time.sleep, 1 << 20)}
"""What a judge may do that never comes to an end."""
SMALL = Budget(cpu=2, wall=8)


@contextmanager
def fragile(pool: Pool, students: set[str], how: str) -> Iterator[tuple[Submit, int]]:
    """A pool whose judges do that when they are to grade certain students."""
    def submit(do: Any, submission: Submission, *more: Any) -> Any:
        if do is work and submission.student in students:
            return pool._threads.submit(pool.ask, SMALL, *BROKEN[how])
        return pool.submit(do, submission, *more)

    yield submit, 1


@pytest.fixture(scope="module")
def pool(grader: Any) -> Iterator[Pool]:
    pool = Pool(grader.zygote, 2)
    yield pool
    pool.close()


@pytest.fixture
def five(grader: Any, tmp_path: Path) -> ScratchCourse:
    course = ScratchCourse(tmp_path / "course")
    for name in ("release", "gradebook.db"):
        made = grader.course.folder / name
        (shutil.copytree if made.is_dir() else shutil.copy)(made, course.folder / name)
    for student in ("s1", "s2", "s3", "s4", "s5"):
        course.hand_in(student, ASSIGNMENT)
    return course


@pytest.mark.parametrize(("how", "reason"), [("dies", "died"), ("computes", "too long"), ("waits", "too long")])
def test_a_submission_over_which_judges_die_or_hang_is_named_and_all_others_are_graded(
        five: ScratchCourse, pool: Pool, how: str, reason: str) -> None:
    summary = whole_class.run(whole_class.plan(five.folder, ASSIGNMENT), lambda: fragile(pool, {"s1", "s3"}, how))
    assert sorted(one.student for one in summary.rejected) == ["s1", "s3"]
    assert reason in summary.rejected[0].record["rejected"][1]
    assert sorted(one.student for one in summary.graded) == ["s1", "s2", "s3", "s4", "s5"]
    assert set(five.scores(ASSIGNMENT)) == {"s1", "s2", "s3", "s4", "s5"}
    assert reason in (five.folder / "autograded" / "s3" / ASSIGNMENT / "layers.ipynb").read_text()


def test_where_every_judge_dies_nobody_is_blamed(five: ScratchCourse, pool: Pool) -> None:
    students = {"s1", "s2", "s3", "s4", "s5"}
    with pytest.raises(BrokenExecutor):
        whole_class.run(whole_class.plan(five.folder, ASSIGNMENT), lambda: fragile(pool, students, "dies"))
    assert five.scores(ASSIGNMENT) == {}


def test_a_zygote_that_is_gone_is_no_students_fault(five: ScratchCourse, grader: Any) -> None:
    zygote = Zygote.start([five.folder])
    judges = Pool(zygote, 1)
    zygote._process.kill()
    zygote._process.wait()
    with pytest.raises(IsolationError, match="is gone"):
        whole_class.run(whole_class.plan(five.folder, ASSIGNMENT), lambda: nullcontext((judges.submit, 1)))
    judges.close()
    with pytest.raises(BrokenExecutor, match="is gone"):
        Pool(zygote, 1)
    assert five.scores(ASSIGNMENT) == {}


def test_a_judge_and_a_students_process_share_nothing_that_can_be_written(grader: Any, pool: Pool) -> None:
    """Neither memory nor a descriptor; the zygote's own three, to nothing and to the terminal, apart."""
    with Process(grader.zygote, Request(Limits())) as student:
        judge = next(iter(pool._judges))._pid
        seen = {pid: (shared_memory(pid), descriptors(pid)) for pid in (judge, student._pid)}
    assert seen[judge][0] & seen[student._pid][0] == set()
    assert seen[judge][1] & seen[student._pid][1] == set()


def shared_memory(pid: int) -> set[str]:
    """The mappings of a process that others can write to, by device and inode."""
    lines = [line.split() for line in Path(f"/proc/{pid}/maps").read_text().splitlines()]
    return {" ".join(line[3:5]) for line in lines if line[1][1] == "w" and line[1][3] == "s"}


def descriptors(pid: int) -> set[tuple[int, int]]:
    """The files, pipes and sockets that a process has open, by device and inode."""
    found = [os.stat(f"/proc/{pid}/fd/{number}") for number in os.listdir(f"/proc/{pid}/fd") if int(number) > 2]
    return {(one.st_dev, one.st_ino) for one in found}


ASKER = """
import collections, itertools, sys, threading
from pathlib import Path
from d2l_ch3.budget import Budget
from d2l_ch3.grading.pools import Pool
from d2l_ch3.grading.zygote import Zygote

pool = Pool(Zygote.start([Path("/nowhere")]), 1)
(judge,) = pool._judges
threading.Thread(target=pool.ask, args=(Budget(), collections.deque, itertools.count(), 0), daemon=True).start()
print(judge._pid, flush=True)
sys.stdin.read()
"""


def test_a_judge_ends_with_its_asker_whatever_it_is_at() -> None:
    """One that computes in C lets no other thread of its own have a turn."""
    with subprocess.Popen([sys.executable, "-c", ASKER], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as asker:
        assert asker.stdout is not None
        judge = psutil.Process(int(asker.stdout.readline()))
        asker.kill()
    judge.wait(timeout=60)
