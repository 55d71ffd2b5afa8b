"""`d2l-ch3 feedback`: nbgrader's pages to the byte, only those that are due, and nobody pays for another's notebook."""

import shutil
from datetime import datetime, timedelta
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook

from d2l_ch3.budget import Budget
from d2l_ch3.class_feedback import pages
from d2l_ch3.feedback.page import LONGEST, highlighted, markdown
from d2l_ch3.grading import course as course_module
from tools.bank import answers
from tools.scratch import COURSE_ID, ScratchCourse

ASSIGNMENT = "ps1-blocks"
STUDENTS = ("s1", "s2", "s3")


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """Three are graded; one handed in a file beside the notebook, and one has a comment."""
    course = ScratchCourse(tmp_path_factory.mktemp("pages") / "course").generate()
    for student, answer in zip(STUDENTS, answers("parallel-block"), strict=False):
        path = course.hand_in(student, ASSIGNMENT, {"parallel-block": answer.cell})
        path.with_name("timestamp.txt").write_text("2026-09-01 09:30:00 UTC")
    (course.folder / "submitted" / "s2" / ASSIGNMENT / "data.csv").write_text("1,2\n")
    told = course.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 0, told.stderr
    comment(course, "s1", "看看 $\\dim$ 那一维。")
    return course


@pytest.fixture
def course(graded: ScratchCourse, tmp_path: Path) -> ScratchCourse:
    """A copy of its own."""
    shutil.copytree(graded.folder, tmp_path / "course")
    made = ScratchCourse.__new__(ScratchCourse)
    made.folder = tmp_path / "course"
    return made


def comment(course: ScratchCourse, student: str, words: str) -> None:
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.find_comment("parallel-block", "blocks", ASSIGNMENT, student).manual_comment = words
        gradebook.db.commit()


def feedback(course: ScratchCourse, *arguments: str, status: int = 0) -> str:
    told = course.command("feedback", ASSIGNMENT, "--lang", "en", *arguments)
    assert told.returncode == status, told.stdout + told.stderr
    return told.stdout + told.stderr


def page(course: ScratchCourse, student: str) -> Path:
    return course.folder / "feedback" / student / ASSIGNMENT / "blocks.html"


def files(course: ScratchCourse) -> dict[str, tuple[bytes, int]]:
    folder = course.folder / "feedback"
    return {str(path.relative_to(folder)): (path.read_bytes(), path.stat().st_mode)
            for path in folder.rglob("*") if path.is_file()}


def test_the_pages_are_nbgraders_to_the_byte(course: ScratchCourse) -> None:
    result = course.api().generate_feedback(ASSIGNMENT)
    assert result["success"], result
    nbgraders = files(course)
    assert len(nbgraders) == 7
    for jobs in ("1", "3"):
        shutil.rmtree(course.folder / "feedback")
        assert feedback(course, "--jobs", jobs).startswith("3 pages made in ")
        assert files(course) == nbgraders


def test_only_what_changed_is_made_again(course: ScratchCourse) -> None:
    feedback(course)
    before = files(course)
    assert feedback(course).startswith("0 pages made") and files(course) == before
    comment(course, "s2", "Well done.")
    page(course, "s3").write_text("edited")
    told = feedback(course)
    assert told.startswith("2 pages made") and "; 1 unchanged" in told
    after = files(course)
    assert {name for name in before if before[name] != after[name]} == {f"s2/{ASSIGNMENT}/blocks.html"}
    assert "Well done." in page(course, "s2").read_text()
    page(course, "s1").unlink()
    assert feedback(course).startswith("1 pages made") and files(course) == after
    assert feedback(course, "--student", "s2", "--force").startswith("1 pages made")


def test_all_pages_may_be_asked_for_before_there_are_any(course: ScratchCourse) -> None:
    assert feedback(course, "--force").startswith("3 pages made")
    assert feedback(course).endswith("3 unchanged\n")


def test_when_solutions_may_be_shown_pages_are_made_again(course: ScratchCourse) -> None:
    feedback(course)
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write("\nc.FeedbackPage.solutions = True\n")
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime(2999, 1, 1)
        gradebook.db.commit()
    assert feedback(course).startswith("3 pages made") and "参考解答" not in page(course, "s1").read_text()
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.find_assignment(ASSIGNMENT).duedate = datetime(2020, 1, 1)
        gradebook.find_submission(ASSIGNMENT, "s2").extension = timedelta(days=365_000)
        gradebook.db.commit()
    feedback(course)
    assert "参考解答" in page(course, "s1").read_text() and "参考解答" not in page(course, "s2").read_text()
    assert feedback(course).startswith("0 pages made")
    (course.folder / "other_ways").mkdir()
    (course.folder / "other_ways" / "parallel-block.toml").write_text("code = 1")
    assert "parallel-block.toml" in feedback(course, status=2)


def test_a_bad_notebook_is_named_and_stops_nothing(course: ScratchCourse) -> None:
    path = course.folder / "autograded" / "s2" / ASSIGNMENT / "blocks.ipynb"
    path.chmod(0o644)
    path.write_text('{"cells": 3}')
    told = feedback(course, status=1)
    assert told.startswith("2 pages made")
    assert "✗ s2 blocks: Working on it failed" in told
    assert "could not be made" in page(course, "s2").read_text()
    assert "并行块" in page(course, "s3").read_text()
    assert "0 pages made" in feedback(course, status=1)  # it is tried again


def test_what_takes_too_long_is_given_up_by_name(course: ScratchCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    made = pages.Maker.make

    def endless(maker: pages.Maker, one: pages.Page) -> None:
        while one.student == "s1":
            pass
        made(maker, one)

    monkeypatch.setattr(pages.Maker, "make", endless)
    monkeypatch.setattr(pages, "BUDGET", Budget(cpu=2))
    maker = pages.Maker(course_module.config(course.folder), ASSIGNMENT)
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        due = maker.pages(gradebook.db)
    told = {one.student: overrun and overrun.reason.en
            for portion in pages.make(maker, due) for one, overrun in portion}
    assert told == {"s1": "Working on it took too long and was stopped.", "s2": None, "s3": None}
    assert "took too long" in page(course, "s1").read_text()


@pytest.mark.parametrize("set_", [lambda source: highlighted(source, "python"), markdown])
def test_what_nobody_writes_by_hand_is_shown_as_it_is(set_: Any) -> None:
    source = "<b>" + "x" * LONGEST
    made = set_(source)
    assert "<b>" not in made
    assert unescape(made.removesuffix("</div>")).removesuffix("</pre>").endswith(source)


@pytest.mark.parametrize(("arguments", "named"), [
    (["ps9"], "ps9"), ([ASSIGNMENT, "--student", "s9"], "s9"), (["ps2-parameters"], "d2l-ch3 grade ps2-parameters")])
def test_what_is_not_there_is_named(course: ScratchCourse, arguments: list[str], named: str) -> None:
    told = course.command("feedback", *arguments, "--lang", "en")
    assert told.returncode == 2 and named in told.stderr
    told = course.command("feedback", *arguments, "--lang", "zh")
    assert told.returncode == 2 and "：" in told.stderr
