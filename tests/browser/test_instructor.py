"""The instructor's whole cycle on the formgrader page: from the source to what a student reads.

Three students hand in through an exchange in a folder: one all right, one with mistakes, one a broken file that is
handed in again. Screenshots: `.shots/instructor/`.
"""

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
import requests
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect
from requests.adapters import HTTPAdapter
from sqlalchemy import text
from urllib3 import Retry

from d2l_ch3 import checks
from d2l_ch3.grading.tasks import RECORD
from tests.browser.conftest import PATIENCE, jupyter_lab
from tests.browser.formgrader import press, row
from tools.sample_class import Submission, sample_class
from tools.scratch import COURSE_ID, ScratchCourse

ASSIGNMENT, NOTEBOOK, WRITTEN = "ps1-blocks", "blocks", "list-sequential-why"
ANSWER = "列表里的块没有登记，所以优化器拿不到参数。"
COMMENT = "原因说对了。再说说 `state_dict`：它为什么是空的？"
RIGHT, WRONG, BROKEN = (one for one in sample_class() if one.assignment == ASSIGNMENT and one.student in
                        ("s01", "s03", "s04"))
POINTS = sum(WRONG.predicted.values())

Shot = Callable[[Page, str], Path]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """A course of which nothing is generated yet, with an exchange beside it."""
    folder = tmp_path_factory.mktemp("instructor")
    course = ScratchCourse(folder / "course")
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write(f"c.Exchange.root = {str(folder / 'exchange')!r}\nc.Exchange.cache = {str(folder / 'cache')!r}\n"
                   "c.ExchangeCollect.check_owner = False\n")
    (folder / "exchange").mkdir(mode=0o777)
    (folder / "exchange").chmod(0o777)
    return course


@pytest.fixture(scope="module")
def server(course: ScratchCourse) -> Iterator[str]:
    """JupyterLab in the course's folder."""
    with jupyter_lab(course.folder) as address, requests.Session() as session:
        # The address is printed a moment before the server listens on it.
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=30, backoff_factor=0.1, backoff_max=1)))
        session.get(f"{address}/formgrader")
        yield address


@pytest.fixture
def alone(page: Page) -> Page:
    """A page that reaches this machine only."""
    expect.set_options(timeout=PATIENCE)
    page.route(lambda url: not url.startswith(("http://127.0.0.1", "file:")), lambda route: route.abort())
    return page


def hand_in(course: ScratchCourse, submission: Submission, when: str, content: str = "") -> None:
    """Put the work of a student where `nbgrader submit` puts it."""
    handed = course.folder.parent / "handed-in"
    submission.hand_in(course.folder / "release", handed)
    folder = handed / submission.student / ASSIGNMENT
    path = folder / f"{NOTEBOOK}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    next(cell for cell in notebook.cells if cell.id == WRITTEN).source = ANSWER
    nbformat.write(notebook, path)
    if content:
        path.write_text(content)
    (folder / "timestamp.txt").write_text(when)
    shutil.move(folder, course.folder.parent / "exchange" / COURSE_ID / "inbound" /
                f"{submission.student}+{ASSIGNMENT}+{when}")


def score(page: Page, student: str) -> str:
    """The score of a student's row, once it is graded."""
    cell = row(page, student).locator(".score")
    expect(cell).not_to_be_empty()
    return cell.inner_text()


def gradings(course: ScratchCourse) -> dict[str, Any]:
    """The engine's own table: by student, whether there were walls."""
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        rows = gradebook.db.execute(text("select student, isolated from d2l_ch3_grading"))
        return {student: bool(isolated) for student, isolated in rows}


def test_the_whole_cycle(course: ScratchCourse, server: str, alone: Page, shot: Shot) -> None:
    page = alone
    page.goto(f"{server}/formgrader")
    expect(page.locator("tbody tr")).to_have_count(len(checks.EXERCISES))
    shot(page, "instructor/1-assignments")

    # generate, release, collect
    ours = page.locator("tbody tr").filter(has_text=ASSIGNMENT)
    assert "Successfully created" in press(page, ours.locator(".assign a"))
    assert "Successfully released" in press(page, ours.locator(".release a"))
    hand_in(course, RIGHT, "2026-08-31 09:00:00 UTC")
    hand_in(course, WRONG, "2026-08-31 10:00:00 UTC")
    hand_in(course, BROKEN, "2026-08-31 11:00:00 UTC", '{"cells": [')
    assert "Successfully collected" in press(page, ours.locator(".collect a"))
    expect(ours.locator(".num-submissions")).to_have_text("3")
    shot(page, "instructor/2-collected")

    # autograde, by the engine
    ours.locator(".num-submissions a").click()
    for one in (RIGHT, WRONG, WRONG):  # one of them twice
        assert "Successfully autograded" in press(page, row(page, one.student).locator(".autograde a"))
    assert "不是完整的笔记本" in press(page, row(page, "s04").locator(".autograde a"))
    shot(page, "instructor/3-autograded")
    assert gradings(course) == {"s01": True, "s03": True, "s04": True}
    graded = nbformat.read(course.folder / "autograded" / "s03" / ASSIGNMENT / "blocks.ipynb", as_version=4)
    assert graded.metadata[RECORD].isolated
    assert score(page, "s01") == "27 / 30"
    assert score(page, "s03") == f"{POINTS:g} / 30"
    assert score(page, "s04") == "0 / 30"

    # what could not be read says why; the mark scheme stands beside the answer
    by_hand = f"{server}/formgrader/gradebook/{ASSIGNMENT}/{NOTEBOOK}"
    page.get_by_role("link", name="Manual Grading").click()
    page.get_by_role("link", name=ASSIGNMENT).click()
    page.get_by_role("link", name=NOTEBOOK).click()
    open_notebook(page, "s04", shot, "instructor/4-by-hand")
    expect(page.get_by_text("is not a whole notebook")).to_be_visible()
    shot(page, "instructor/5-could-not-be-read")
    page.goto(by_hand)
    open_notebook(page, "s03")
    expect(page.get_by_text("=== BEGIN MARK SCHEME ===")).to_be_visible()
    expect(page.get_by_text(ANSWER)).to_be_visible()
    fill(page, WRITTEN, "2", "grade")
    fill(page, f"{WRITTEN}-comment", COMMENT, "comment")
    page.locator(f"#{WRITTEN}-comment").focus()
    page.wait_for_function("!jQuery(':animated').length")  # the page scrolls there
    shot(page, "instructor/6-graded-by-hand")

    # handed in again: the flag goes, and what a person gave stays
    page.goto(f"{server}/formgrader")
    hand_in(course, BROKEN, "2026-08-31 12:00:00 UTC")
    assert "Updating submission: s04" in press(page, ours.locator(".collect a"))
    page.goto(f"{server}/formgrader/manage_submissions/{ASSIGNMENT}")
    for one in (WRONG, BROKEN):
        press(page, row(page, one.student).locator(".autograde a"))
    assert score(page, "s03") == f"{sum(WRONG.predicted.values()) + 2:g} / 30"
    assert score(page, "s04") == f"{sum(BROKEN.predicted.values()):g} / 30"
    shot(page, "instructor/7-scores")
    page.goto(by_hand)
    expect(row(page, "s04")).to_have_count(1)
    expect(page.locator(".glyphicon-flag")).to_have_count(0)

    # feedback, as the student opens it
    page.goto(f"{server}/formgrader")
    assert "Successfully generated feedback" in press(page, ours.locator(".generate-feedback a"))
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    student_page = (course.folder / "feedback" / "s03" / ASSIGNMENT / f"{NOTEBOOK}.html").as_uri()
    page.goto(student_page)
    expect(page.get_by_role("row", name="4. 为什么会这样？")).to_contain_text("2 / 3")
    expect(page.get_by_role("row", name="合计")).to_contain_text(f"{POINTS + 2:g} / 30")
    expect(page.get_by_role("complementary")).to_contain_text("再说说 state_dict")
    cards = page.locator(".d2l-card")
    expect(cards).to_have_count(len(WRONG.predicted) + 1)  # the bonus has one too
    for name, answer in WRONG.answers.items():
        card = cards.filter(has=page.get_by_text(name.replace("-", "_"), exact=True))
        expect(card).to_contain_text(f"{WRONG.predicted[name]:g} / ")
        for diagnosis in answer.check(0).diagnoses:
            expect(card.locator(".d2l-why").filter(has_text=diagnosis.title.zh.replace("`", ""))).to_have_count(1)
    shot(page, "instructor/8-feedback")

    # by keyboard alone, on a telephone, in the dark
    page.emulate_media(color_scheme="dark")
    page.set_viewport_size({"width": 400, "height": 800})
    page.get_by_role("link", name="看评语").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary")).to_be_in_viewport()
    shot(page, "instructor/9-feedback-comment")
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    assert {url.partition("#")[0] for url in loaded} == {student_page}


def open_notebook(page: Page, student: str, shot: Shot | None = None, name: str = "") -> None:
    """Follow the link to a student's notebook from the list, which shows numbers for names until it is asked."""
    expect(page.get_by_role("link", name=re.compile("^Submission #"))).to_have_count(3)
    page.get_by_role("button", name="Show All Names").click()
    link = page.get_by_role("link", name=student, exact=True)
    expect(link).to_be_visible()
    if shot:
        shot(page, name)
    link.click()
    expect(page.get_by_text(re.compile(r"^Submission \d / 3$"))).to_be_visible()
    page.wait_for_function("formgrader.grades?.loaded && formgrader.comments?.loaded")


def fill(page: Page, name: str, words: str, kind: str) -> None:
    """Fill in a field of the page for grading by hand, and wait until it is saved."""
    field = page.locator(f"#{name}")
    field.fill(words)
    with page.expect_response(lambda response: f"/api/{kind}/" in response.url and response.request.method == "PUT"):
        field.press("Tab")
