"""The page that a student gets back has the cards, points and comments, and nothing that is not for them."""

import re
import sys
import tempfile
from dataclasses import dataclass
from html import unescape
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from nbgrader.api import Gradebook
from traitlets.config import Config

from d2l_ch3.checks import catalogue
from d2l_ch3.checks.report import reports_in
from d2l_ch3.feedback.cells import clean_outputs
from d2l_ch3.feedback.formulas import mathml
from d2l_ch3.feedback.page import FeedbackPage
from d2l_ch3.feedback.paths import without_paths
from tools.bank import answers
from tools.scratch import COURSE_ID, ScratchCourse

BLOCKS, PLAIN = "ps1-blocks", "plain"
WRONG = next(answer for answer in answers("parallel-block") if not answer.right)
WHY = "因为参数没有初始化。$x_i < \\frac12$"
TELLTALE = "import os, sys, tempfile\nprint(sys.prefix, torch.__file__, os.getcwd(), tempfile.gettempdir() + '/x')\n"
PLAIN_TEST = ('assert double(1) == 2\n### BEGIN HIDDEN TESTS\nassert double(21) == 42, "half of eighty-four"\n'
              "### END HIDDEN TESTS")
STUDENTS = {"s-wrong", "s-raises", "s-crashes", "s-broken", "s-english", "s-plain"}


@dataclass
class Pages:
    """The pages that a class gets, by student."""

    course: ScratchCourse

    def text(self, student: str) -> str:
        (path,) = (self.course.folder / "feedback" / student).glob("*/*.html")
        return path.read_text("utf-8")

    def words(self, student: str) -> str:
        """What a reader sees, in one line."""
        body = self.text(student).partition("<body>")[2]
        return " ".join(unescape(re.sub(r"<style>.*?</style>|<[^>]*>", " ", body, flags=re.DOTALL)).split())


@pytest.fixture(scope="module")
def pages(grader: Any) -> Pages:
    """Students with one thing each; an instructor has scored a written answer and commented twice."""
    course: ScratchCourse = grader.course
    add_plain_assignment(course)
    wrong = {"parallel-block": WRONG.cell, "list-sequential-why": WHY}
    course.hand_in("s-wrong", BLOCKS, wrong)
    course.hand_in("s-raises", BLOCKS, {**wrong, "parallel-block": TELLTALE + "nn.Linear(2, 3)(torch.ones(5))"})
    course.hand_in("s-crashes", BLOCKS, {**wrong, "block-factory": "import os\nos._exit(3)"})
    course.hand_in("s-english", BLOCKS, wrong, speak_english)
    course.hand_in("s-broken", BLOCKS).write_text('{"cells": [')
    course.hand_in("s-plain", PLAIN, {"double": "def double(x):\n    print('asked for', x)\n    return 2"})
    api = course.api()
    for student in sorted(STUDENTS):
        result = api.autograde(PLAIN if student == "s-plain" else BLOCKS, student)
        assert result["success"] == (student != "s-broken"), result
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.find_grade("list-sequential-why", "blocks", BLOCKS, "s-wrong").manual_score = 2.0
        for cell, words in (("list-sequential-why", "想想 `_modules`。"), ("parallel-block", "看看 $\\dim$ 那一维。")):
            gradebook.find_comment(cell, "blocks", BLOCKS, "s-wrong").manual_comment = words
        gradebook.db.commit()
    for assignment in (BLOCKS, PLAIN):
        result = api.generate_feedback(assignment)
        assert result["success"], result
    return Pages(course)


def add_plain_assignment(course: ScratchCourse) -> None:
    """An assignment whose one test is plain asserts, as an instructor may add it."""
    def mark(name: str, **kind: Any) -> dict[str, Any]:
        common = {"schema_version": 3, "task": False, "grade": False, "solution": False, "locked": False}
        return {"nbgrader": {**common, "grade_id": name, "cell_type": "code", **kind}}

    notebook = new_notebook(cells=[
        new_code_cell("### BEGIN SOLUTION\ndef double(x):\n    return 2 * x\n### END SOLUTION",
                      metadata=mark("double", solution=True)),
        new_code_cell(PLAIN_TEST, metadata=mark("test-double", grade=True, locked=True, points=3))])
    notebook.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path = course.folder / "source" / PLAIN / "plain.ipynb"
    path.parent.mkdir()
    nbformat.write(notebook, path)
    result = course.api().generate_assignment(PLAIN)
    assert result["success"], result


def speak_english(notebook: nbformat.NotebookNode) -> None:
    for cell in notebook.cells:
        cell.source = cell.source.replace('set_language("zh")', 'set_language("en")')


def secrets(course: ScratchCourse) -> set[str]:
    """What stands only in hidden tests and mark schemes: their lines, in pieces between back-ticks."""
    def cells(step: str) -> list[str]:
        return [cell.source for path in (course.folder / step).glob("*/*.ipynb")
                for cell in nbformat.read(path, as_version=4).cells]

    given_out = "\n".join(cells("release"))
    regions = [region for source in cells("source") for _, region in re.findall(
        r"BEGIN (HIDDEN TESTS|MARK SCHEME).*?\n(.*?)\n[^\n]*END \1", source, re.DOTALL)]
    pieces = {piece for region in regions for piece in re.split(r"[`\n]", region) if len(piece) > 9}
    assert len(pieces) > 20
    return {"HIDDEN TESTS", "MARK SCHEME", "seed=", *(piece for piece in pieces if piece not in given_out)}


@pytest.mark.parametrize("student", sorted(STUDENTS))
def test_nothing_is_on_it_that_is_not_for_the_student(pages: Pages, student: str) -> None:
    page, words = pages.text(student), pages.words(student)
    for secret in secrets(pages.course):
        assert secret not in page
        assert secret not in words
    machine = {pages.course.folder, Path.home(), sys.prefix, Path(__file__).parents[2], f"{tempfile.gettempdir()}/"}
    for path in map(str, machine):
        assert path not in page
    assert "site-packages" not in page
    for other in STUDENTS - {student}:
        assert other not in page


def test_the_autograded_notebook_keeps_them_for_the_instructor(pages: Pages) -> None:
    def graded(student: str) -> str:
        (path,) = (pages.course.folder / "autograded" / student).glob("*/*.ipynb")
        return path.read_text("utf-8")

    assert "MARK SCHEME" in graded("s-wrong")
    assert "double(21) == 42" in graded("s-plain")


@pytest.mark.parametrize("student", sorted(STUDENTS))
def test_it_loads_nothing_and_runs_nothing(pages: Pages, student: str) -> None:
    page = pages.text(student)
    assert "default-src 'none'" in page
    assert not re.search(r'<(script|iframe|link|object)|src="(?!data:)|url\(|@import', page)
    assert not re.search(r'href="(?!#|https://)', page)  # a link that a person follows loads nothing by itself


def test_it_has_every_card_with_its_diagnosis(pages: Pages) -> None:
    words = pages.words("s-wrong")
    (path,) = (pages.course.folder / "autograded" / "s-wrong").glob("*/*.ipynb")
    reports = [report for cell in nbformat.read(path, as_version=4).cells
               for report in reports_in(cell.get("outputs", []))]
    assert len(reports) == 7  # a bonus has one, too
    for report in reports:
        title = catalogue.words(report["exercise"]).title.zh
        function = report["exercise"].replace("-", "_")
        assert f"{title} {function} {report['points']:g} / {report['max_points']:g} 分" in words
    assert str(WRONG.check(0).diagnoses[0].title) in words
    assert "这道题还没有写" in words


def test_the_table_names_the_exercises_with_points_and_leads_to_them(pages: Pages) -> None:
    page = pages.text("s-wrong")
    rows = dict(re.findall(r'<th scope="row"><a href="#([\w-]+)">(.*?)</a>', page))
    assert rows["test-parallel-block"] == "5. 并行块"
    assert rows["list-sequential-why"] == "4. 为什么会这样？"
    assert len(rows) == 7
    for name in rows:
        assert f'id="{name}"' in page
    total = WRONG.points + 2
    assert f"合计 {total} / 30" in pages.words("s-wrong")
    assert f"5. 并行块 {WRONG.points} / 6" in pages.words("s-wrong")


def test_it_has_the_instructors_words_and_points(pages: Pages) -> None:
    words = pages.words("s-wrong")
    assert "4. 为什么会这样？ 2 / 3 ◐ 部分得分 · 看评语" in words
    assert "老师的评语 想想 _modules 。" in words
    assert words.count("老师的评语") == 2  # nbgrader's own "No response." is no comment
    assert words.count("这道题没有作答。") == 5
    assert "等老师批改" not in words


def test_what_waits_for_the_instructor_is_not_shown_as_nothing(pages: Pages) -> None:
    words = pages.words("s-raises")
    assert "4. 为什么会这样？ … / 3 … 等老师批改" in words
    assert "总分还会变" in words


def test_an_error_is_shown_with_the_librarys_files_named_from_the_package_on(pages: Pages) -> None:
    words = pages.words("s-raises")
    assert "✗ 出错" in words
    assert "mat1 and mat2 shapes cannot be multiplied" in words
    assert "File torch/nn/modules/linear.py:" in words
    assert "torch/__init__.py …/work …/x" in words


def test_a_crash_leaves_the_other_cards(pages: Pages) -> None:
    words = pages.words("s-crashes")
    assert f"并行块 parallel_block {WRONG.points} / 6 分" in words
    assert "块工厂 block_factory 0 / 5 分" in words


def test_what_could_not_be_read_has_its_page(pages: Pages) -> None:
    words = pages.words("s-broken")
    assert "0 / 30 分" in words
    assert "blocks.ipynb 不是完整的笔记本" in words
    assert "blocks.ipynb is not a whole notebook" in words


def test_of_a_plain_test_with_hidden_lines_only_the_visible_ones_are_shown(pages: Pages) -> None:
    words = pages.words("s-plain")
    assert "assert double ( 1 ) == 2" in words
    assert "✗ 没有得分 0 / 3 分" in words
    assert "asked for 21" not in words
    assert "这里还有没给出的测试" in words


def test_it_speaks_the_students_language(pages: Pages) -> None:
    page, words = pages.text("s-english"), pages.words("s-english")
    assert '<html lang="en">' in page
    assert f"Parallel block parallel_block {WRONG.points} / 6 points" in words
    assert "Points by exercise" in words
    assert '<html lang="zh-CN">' in pages.text("s-wrong")


def test_where_the_notebook_does_not_tell_it_speaks_the_editions_language() -> None:
    drawn = new_output("display_data", {"image/png": "iVBORw0KGgo="})
    notebook = new_notebook(cells=[new_markdown_cell("why"), new_code_cell("plot()", outputs=[drawn])])
    notebook.metadata.d2l_ch3 = {"language": "zh", "rejected": ["为什么", "why"], "repairs": []}
    own = {"student": "s", "assignment": "a", "notebook": "n", "score": 0, "max_score": 1, "late_penalty": 0,
           "graded": []}
    exporter = FeedbackPage(config=Config(FeedbackPage={"edition": "en"}))
    exporter.register_preprocessor(clean_outputs)
    page, _ = exporter.from_notebook_node(notebook, {"nbgrader": own})
    assert "Feedback" in page
    assert 'alt="What this cell drew"' in page
    assert "批改结果" not in page


def test_formulas_are_mathml(pages: Pages) -> None:
    page = pages.text("s-wrong")
    assert page.count("<math") == 2
    assert "<mfrac><mn>1</mn><mn>2</mn></mfrac>" in page
    assert "\\frac" not in page


@pytest.mark.parametrize("latex", [
    r"\text{<script>alert(1)</script>}", r"\text{&lt;img src=x onerror=alert(1)&gt;}", r"\href{javascript:alert(1)}{x}",
    r"\style{background:url(http://x)}{b}", r"\class{d2l-card}{b}", r"\frac{1", r"\begin{cases}", "}", "x < y & z"])
def test_a_formula_can_do_nothing(latex: str) -> None:
    made = mathml(latex, "inline")
    assert set(re.findall(r"<(\w+)", made)) <= {"math", "mrow", "mi", "mo", "mn", "mtext", "mfrac", "mtable", "code"}
    assert not re.search(r"<[^>]*\b(href|style|class|on\w+)=", made)


@pytest.mark.parametrize(("text", "clean"), [
    ("File /opt/venv/lib/python3.11/site-packages/torch/nn/x.py:12, in f", "File torch/nn/x.py:12, in f"),
    ("File ~/venv/lib/python3.11/site-packages/torch/nn/x.py:12", "File torch/nn/x.py:12"),
    ("/usr/lib/python3.11/ast.py", "ast.py"),
    ("PATH=/usr/local/bin:/home/who/bin", "PATH=…/bin:…/bin"),
    ("no '/home/who/course/data.csv'", "no '…/data.csv'"),
    (f"{Path.home()} and {Path.home()}/x", "… and …/x"),
    (f"{sys.prefix}/lib/python3.11/site-packages/torch/x.py", "torch/x.py"),
    ("1/2/3, a/b/c, ./a/b, x / y / z, </td></tr>", None),
    ("https://pytorch.org/docs/stable/nn.html", None),
    ('<img src="data:image/png;base64,/9j/4AAQ/abc+/def/gh=">', None)])
def test_paths_of_the_machine_are_taken_out(text: str, clean: str | None) -> None:
    assert without_paths(text) == (text if clean is None else clean)
