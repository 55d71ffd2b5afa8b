"""Model solutions on the page: only where they are allowed, never while somebody can still hand in on time."""

import datetime
import re
import tomllib
from dataclasses import replace
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

from d2l_ch3.checks import catalogue
from d2l_ch3.feedback.marks import Mark, Marks
from d2l_ch3.feedback.page import FeedbackPage
from d2l_ch3.feedback.solutions import OTHER_WAYS, may_be_shown, solutions
from d2l_ch3.language import speaking
from tools.bank import answers
from tools.build import ROOT

WAYS = sorted((ROOT / OTHER_WAYS).glob("*.toml"))
IMPORTS = """import functools
import math
from collections import OrderedDict
from collections.abc import Callable
"""
HOUR = datetime.timedelta(hours=1)
NOW = datetime.datetime.now(datetime.UTC).replace(tzinfo=None)


@pytest.mark.parametrize("path", WAYS, ids=lambda path: path.stem)
def test_the_other_way_is_right_and_compared_in_two_sentences(path: Path, tmp_path: Path) -> None:
    said = tomllib.loads(path.read_text(encoding="utf-8"))
    answer = answers(path.stem)[0]
    file = tmp_path / "other_way.py"
    file.write_text(IMPORTS + answer.prelude + said["code"], encoding="utf-8")
    report = replace(answer, path=file).check(0)
    assert report.points == report.max_points, report
    assert [len(re.findall(ends, said[language].strip() + " ")) for language, ends in
            (("zh", "。"), ("en", r"\. "))] == [2, 2]


def test_every_exercise_of_code_has_another_way() -> None:
    assert {path.stem for path in WAYS} == {
        words.name for words in catalogue.everything() if not words.written and not words.bonus
        and words.name != "list-sequential-facts"}


def page(allowed: bool, due: datetime.datetime | None, root: Path = ROOT, language: str = "en") -> str:
    """The page of one who wrote nothing, as a text."""
    config = Config(FeedbackPage={"solutions": allowed}, CourseDirectory={"root": str(root)})
    converter: Any = GenerateFeedback(coursedir=CourseDirectory(config=config), config=config)
    exporter = FeedbackPage(parent=converter, config=converter.config)
    exporter.register_preprocessor("d2l_ch3.feedback.cells.Grades", enabled=True)
    mark = {"grade_id": "parallel-block", "schema_version": 3, "solution": True, "grade": False, "locked": False,
            "task": False}
    notebook = new_notebook(cells=[new_code_cell("mine = 1", metadata={"nbgrader": mark})])
    notebook.metadata.d2l_ch3 = {"language": language}
    marks = Marks(due=due, marks={"test-parallel-block": Mark(0, 6, False)}, comments={"parallel-block": None})
    html, _ = exporter.from_notebook_node(notebook, {"nbgrader": {
        "student": "s", "assignment": "ps1-blocks", "notebook": "blocks", "marks": marks}})
    return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]*>", "", html, flags=re.DOTALL)).split())


def test_they_are_shown_when_nobody_can_hand_in_any_more() -> None:
    for due in (None, NOW - HOUR):
        shown = page(True, due)
        assert "A model solution class ParallelBlock(nn.Module)" in shown
        assert "torch.cat((self.net1(X), self.net2(X)), dim=-1)" in shown and "SOLUTION" not in shown
        assert "Another right way class ParallelBlock" in shown and "With the nets in an nn.ModuleList" in shown
    assert "参考解答" in page(True, None, language="zh") and "另一种对的写法" in page(True, None, language="zh")


@pytest.mark.parametrize(("allowed", "due"), [(False, None), (False, NOW - HOUR), (True, NOW + HOUR)])
def test_they_are_not_shown(allowed: bool, due: datetime.datetime | None) -> None:
    shown = page(allowed, due)
    assert "mine = 1" in shown
    assert "net1" not in shown and "solution" not in shown


def test_the_time_is_up_at_the_time_that_was_set() -> None:
    assert may_be_shown(None) and may_be_shown(NOW) and not may_be_shown(NOW + HOUR)


def test_a_course_without_them_has_none(tmp_path: Path) -> None:
    assert solutions(tmp_path / "blocks.ipynb", tmp_path) == {}
    assert "solution" not in page(True, None, tmp_path)


def test_a_file_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    (tmp_path / "parallel-block.toml").write_text("code = 1")
    with speaking("en"), pytest.raises(ValueError, match=r"parallel-block\.toml.*needs code, zh and en"):
        solutions(ROOT / "source" / "ps1-blocks" / "blocks.ipynb", tmp_path)
