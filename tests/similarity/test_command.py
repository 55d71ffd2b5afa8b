"""`d2l-ch3 similar` on a class."""

import shutil
from pathlib import Path

import pytest
from nbformat import NotebookNode

from tests.grading.courses import Course, answer, notebook
from tests.similarity.test_pairs import copied, right
from tools.scratch import ScratchCourse

ASSIGNMENT = "ps1-blocks"
EXERCISES = ("list-sequential", "registered-sequential", "parallel-block", "block-factory", "block-network")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """Eight students who worked alone."""
    course = ScratchCourse(tmp_path_factory.mktemp("similar") / "course").generate()
    for number in range(8):
        course.hand_in(f"s{number}", ASSIGNMENT, {name: right(name)[number + 2].cell for name in EXERCISES})
    return course


def similar(course: ScratchCourse, language: str = "en", status: int = 0) -> list[str]:
    told = course.command("similar", ASSIGNMENT, "--lang", language)
    assert told.returncode == status, told.stdout + told.stderr
    return told.stdout.splitlines()


def test_a_copy_is_listed_and_nobody_else(course: ScratchCourse) -> None:
    lines = similar(course)
    assert lines[0] == "of 8, no two are nearer than the exercises explain"
    assert "fewer than 30 pieces" in lines[1]
    course.hand_in("copy", ASSIGNMENT, {name: copied(right(name)[5].cell) for name in EXERCISES})
    lines = similar(course)
    assert lines[0].startswith("copy  s3  ") and "100%" in lines[0]
    assert lines[1].startswith("of 9, 1 pairs are worth a look. Being alike proves nothing")
    assert similar(course, "zh")[1].startswith("9 份里有 1 对值得看一看。相像不等于抄袭")
    course.hand_in("deep", ASSIGNMENT).write_text('{"cells": ' + "[" * 100_000)
    course.hand_in("none", ASSIGNMENT).write_text("[]")
    lines = similar(course, status=1)
    assert [line.split("compared")[0] for line in lines[:2]] == ["! deep's was not ", "! none's was not "]
    assert lines[2].startswith("copy  s3  ")


def test_a_copy_is_found_wherever_grading_finds_the_answer(tmp_path: Path) -> None:
    """In a renamed file, one folder deeper, without metadata; and cells of one name in two notebooks are two."""
    course = Course(tmp_path / "course", {name: notebook(answer("net", "### BEGIN SOLUTION\n### END SOLUTION"))
                                          for name in ("first", "second")}).make()
    theirs = [one.cell for one in right("registered-sequential")]

    def without_metadata(made: NotebookNode) -> None:
        for cell in made.cells:
            cell.metadata = {}

    course.hand_in("s1", {"first/net": theirs[2], "second/net": theirs[3]})
    course.hand_in("s2", {"first/net": theirs[4], "second/net": theirs[5]})
    folder = course.hand_in("copy", {"first/net": copied(theirs[2]), "second/net": theirs[6]}, without_metadata,
                            {"first": "first-Copy1"})
    shutil.move(folder, folder.with_name("aside"))
    shutil.move(folder.with_name("aside"), folder / "hw1")
    lines = course.run("d2l_ch3.cli", "similar", "hw1", "--lang", "en").stdout.splitlines()
    assert lines[0].startswith("copy  s1  first/net 100%") and lines[1].startswith("of 3, 1 pairs")


def test_what_is_not_there_is_named(course: ScratchCourse, tmp_path: Path) -> None:
    for arguments, named in ((["ps9"], "ps9"), (["ps2-parameters"], "nobody handed in ps2-parameters"),
                             ([ASSIGNMENT, "--course", str(tmp_path)], "nbgrader_config.py")):
        told = course.command("similar", *arguments, "--lang", "en")
        assert told.returncode == 2 and named in told.stderr
