"""`d2l-ch3 similar` on a class."""

from pathlib import Path

import pytest

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
    assert lines[0].startswith("! deep's was not compared") and lines[1].startswith("copy  s3  ")


def test_what_is_not_there_is_named(course: ScratchCourse, tmp_path: Path) -> None:
    for arguments, named in ((["ps9"], "ps9"), (["ps2-parameters"], "nobody handed in ps2-parameters"),
                             ([ASSIGNMENT, "--course", str(tmp_path)], "nbgrader_config.py")):
        told = course.command("similar", *arguments, "--lang", "en")
        assert told.returncode == 2 and named in told.stderr
