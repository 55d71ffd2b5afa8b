"""The engine under nbgrader's own commands and Python interface: same folders, same gradebook, same feedback."""

import os
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from nbgrader import api
from nbgrader.api import Gradebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import text

from d2l_ch3.grading import pools
from d2l_ch3.grading.gradebook import open_gradebook, save
from tools.bank import answers
from tools.build import ROOT
from tools.scratch import COURSE_ID, ScratchCourse

ASSIGNMENT = "ps3-layers"
RIGHT = {name: answers(name)[0].cell for name in ("weight-norm", "half-fourier")}
EARNED = {"test-weight-norm": 5.0, "test-half-fourier": 5.0, "test-constant-layer": 0.0, "test-tensor-reduction": 0.0}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """A class of four, graded by `nbgrader autograde`: right, tampered with, unreadable, and with a link beside it."""
    course = ScratchCourse(tmp_path_factory.mktemp("nbgrader") / "course").generate()
    course.hand_in("right", ASSIGNMENT, RIGHT)
    course.hand_in("tampered", ASSIGNMENT, RIGHT, remove_tests)
    course.hand_in("unreadable", ASSIGNMENT).write_text('{"cells": [')
    linked = course.hand_in("linked", ASSIGNMENT, RIGHT).parent
    (linked / "data.csv").symlink_to(course.folder / "gradebook.db")
    told = nbgrader(course, "autograde", ASSIGNMENT, status=1)
    assert "其余的都批改了；这些批改不了：unreadable: " in told.splitlines()[-1]
    nbgrader(course, "generate_feedback", ASSIGNMENT)
    return course


def nbgrader(course: ScratchCourse, *arguments: str, status: int = 0) -> str:
    result = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=course.folder, capture_output=True,
                            text=True, check=False)
    assert result.returncode == status, result.stderr[-3000:]
    return result.stderr


def remove_tests(notebook) -> None:
    notebook.cells = [cell for cell in notebook.cells
                      if not cell.metadata.get("nbgrader", {}).get("grade_id", "").startswith("test-")]


def graded(course: ScratchCourse, student: str) -> nbformat.NotebookNode:
    return nbformat.read(course.folder / "autograded" / student / ASSIGNMENT / "layers.ipynb", as_version=4)


def test_every_submission_has_the_scores_that_it_deserves(course: ScratchCourse) -> None:
    assert course.scores(ASSIGNMENT) == {"right": EARNED, "tampered": EARNED, "linked": EARNED,
                                         "unreadable": dict.fromkeys(EARNED, 0.0)}


def test_the_engine_did_it_behind_walls(course: ScratchCourse) -> None:
    record = graded(course, "tampered")["metadata"]["d2l_ch3"]
    assert record["isolated"] is True
    assert any("had been deleted" in english for _, english in record["repairs"])


def test_feedback_has_the_card_and_no_hidden_test(course: ScratchCourse) -> None:
    page = (course.folder / "feedback" / "right" / ASSIGNMENT / "layers.html").read_text("utf-8")
    assert "d2l-card" in page
    assert "seed=" not in page
    assert "HIDDEN TESTS" not in page


def test_what_cannot_be_read_has_a_page_that_says_why(course: ScratchCourse) -> None:
    page = (course.folder / "feedback" / "unreadable" / ASSIGNMENT / "layers.html").read_text("utf-8")
    assert "is not a whole notebook" in page
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        (notebook,) = gradebook.find_submission(ASSIGNMENT, "unreadable").notebooks
        assert notebook.flagged


def test_the_flag_goes_when_it_is_handed_in_again_and_a_persons_flag_stays(grader) -> None:
    path = grader.course.hand_in("again", ASSIGNMENT)
    good = path.read_text()

    def flagged(content: str = "", by_hand: bool = False) -> bool:
        """Hand that in and grade it; is it flagged then?"""
        path.write_text(content)
        with open_gradebook(grader.course.db_url, COURSE_ID) as gradebook:
            save(gradebook, [(grader.grade(path, ASSIGNMENT, "again"), "")], None, AssignLatePenalties())
            notebook = gradebook.find_submission_notebook("layers", ASSIGNMENT, "again")
            notebook.flagged = notebook.flagged or by_hand
            gradebook.db.commit()
            return bool(notebook.flagged)

    assert not flagged(good)
    assert flagged("broken")
    assert not flagged(good)
    assert flagged(good, by_hand=True)
    assert flagged(good)


@pytest.mark.parametrize("content", [b"yesterday, honestly", b"\xff\xfe", b""])
def test_a_timestamp_that_says_no_time_counts_as_none(course: ScratchCourse, content: bytes) -> None:
    path = course.folder / "submitted" / "right" / ASSIGNMENT / "timestamp.txt"
    path.write_bytes(content)
    try:
        for force in (False, True):  # not forced, nbgrader compares the times
            result = course.api().autograde(ASSIGNMENT, "right", force=force)
            assert result["success"], result
    finally:
        path.unlink()
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        assert gradebook.find_submission(ASSIGNMENT, "right").timestamp is None


ELSEWHERE = """
import shutil, sys, nbgrader.apps.autogradeapp, nbgrader.apps.nbgraderapp, nbgrader.preprocessors
from types import SimpleNamespace
shutil._winapi = SimpleNamespace(NeedCurrentDirectoryForExePath=lambda name: True)  # asked from Python 3.12 on
sys.platform = {system!r}
for name in {missing!r}:
    sys.modules[name] = None
import os
for name in {unknown!r}:
    delattr(os, name)
nbgrader.apps.nbgraderapp.main()
"""


@pytest.mark.parametrize(("system", "name", "missing", "unknown"), [
    ("darwin", "macOS", [], ["O_PATH", "pidfd_open"]), ("win32", "Windows", ["fcntl", "resource"], ["O_PATH", "fork"])])
def test_on_another_system_it_says_so_and_leaves_everything_as_it_was(
        course: ScratchCourse, system: str, name: str, missing: list[str], unknown: list[str]) -> None:
    code, before = ELSEWHERE.format(system=system, missing=missing, unknown=unknown), graded(course, "right")
    told = subprocess.run([sys.executable, "-c", code, "autograde", ASSIGNMENT, "--force"], cwd=course.folder,
                          env={**os.environ, "D2L_CH3_LANGUAGE": "en"}, capture_output=True, text=True, check=False)
    assert told.returncode == 1
    assert told.stderr.splitlines()[-1].startswith(f"[AutogradeApp | ERROR] {name} has no namespaces")
    assert "Traceback" not in told.stderr
    assert graded(course, "right") == before


def test_what_a_link_points_to_goes_nowhere(course: ScratchCourse) -> None:
    for step in ("autograded", "feedback"):
        assert not (course.folder / step / "linked" / ASSIGNMENT / "data.csv").exists()


def test_pythons_interface_which_the_formgrader_uses_grades_alike(course: ScratchCourse) -> None:
    before = graded(course, "right")
    (course.folder / "autograded" / "right" / ASSIGNMENT / "layers.ipynb").unlink()
    result = course.api().autograde(ASSIGNMENT, "right")
    assert result["success"], result
    assert graded(course, "right") == before


def test_the_command_for_a_class_grades_alike(course: ScratchCourse) -> None:
    before, scores = graded(course, "tampered"), course.scores(ASSIGNMENT)
    result = course.command("grade", ASSIGNMENT, "--student", "tampered", "--force")
    assert result.returncode == 0, result.stderr
    assert graded(course, "tampered") == before
    assert course.scores(ASSIGNMENT) == scores


def test_what_nbgrader_graded_is_unchanged_for_the_command(course: ScratchCourse) -> None:
    assert "0 to grade, 4 unchanged" in course.command("grade", ASSIGNMENT, "--dry-run").stdout


@pytest.mark.parametrize("how", ["nbgrader", "d2l-ch3"])
def test_a_persons_score_and_the_penalty_for_lateness_are_nbgraders(tmp_path: Path, how: str) -> None:
    course = ScratchCourse(tmp_path / "course").generate()
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write('c.LateSubmissionPlugin.penalty_method = "zero"\n')
    folder = course.hand_in("late", ASSIGNMENT, RIGHT).parent
    (folder / "timestamp.txt").write_text("2026-09-02 08:15:00 UTC")
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-09-01 12:00:00 UTC")

    def grade() -> None:
        if how == "nbgrader":
            nbgrader(course, "autograde", ASSIGNMENT, "--force")
        else:
            assert course.command("grade", ASSIGNMENT, "--force").returncode == 0

    grade()
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        (notebook,) = gradebook.find_submission(ASSIGNMENT, "late").notebooks
        assert notebook.late_submission_penalty == notebook.score == 10.0
        grades = {grade.name: grade for grade in notebook.grades}
        assert not any(grade.needs_manual_grade for grade in grades.values())
        grades["test-constant-layer"].manual_score = 2.0
        gradebook.db.commit()
    grade()
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        grade_ = gradebook.find_grade("test-constant-layer", "layers", ASSIGNMENT, "late")
        assert (grade_.auto_score, grade_.manual_score, grade_.needs_manual_grade) == (0.0, 2.0, True)
        assert gradebook.find_submission(ASSIGNMENT, "late").notebooks[0].late_submission_penalty == 12.0


def test_a_zygote_that_was_killed_costs_one_try_and_no_restart_of_the_server(
        course: ScratchCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    started, start = [], pools.Zygote.start
    monkeypatch.setattr(pools.Zygote, "start", lambda *what: started.append(start(*what)) or started[-1])
    pools.let_go()
    api, scores = course.api(), course.scores(ASSIGNMENT)
    assert api.autograde(ASSIGNMENT, "right")["success"]
    (first,) = started
    first._process.kill()
    first._process.wait()
    assert not api.autograde(ASSIGNMENT, "right")["success"]
    assert api.autograde(ASSIGNMENT, "right")["success"]
    assert len(started) == 2
    assert course.scores(ASSIGNMENT) == scores


def test_a_new_gradebook_is_made_without_a_program_and_of_the_version_that_nbgrader_says(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ask = "import tools; from nbgrader.api import get_alembic_version; print(get_alembic_version())"
    said = subprocess.run([sys.executable, "-c", ask], cwd=ROOT, capture_output=True, text=True, check=True).stdout

    def forbidden(*_: object) -> None:
        raise AssertionError("a program was started")

    monkeypatch.setattr(api.sp, "check_output", forbidden)
    with open_gradebook(f"sqlite:///{tmp_path / 'new.db'}", COURSE_ID) as gradebook:
        assert gradebook.db.execute(text("SELECT version_num FROM alembic_version")).scalar() == said.strip()
