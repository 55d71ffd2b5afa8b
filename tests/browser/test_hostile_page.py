"""A hostile notebook in the real formgrader, which has the instructor's session: nothing of it runs."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook
from playwright.sync_api import Page, expect

from d2l_ch3.grading import harmless
from tests.attacks.trusted_side.hostile import ASSIGNMENT, EXERCISE, HOSTILE, NOTEBOOK
from tests.browser.conftest import jupyter_lab
from tests.grading.test_harmless import HOSTILE as WRITTEN
from tools.bank import answers
from tools.scratch import COURSE_ID, ScratchCourse

STUDENT, CONTROL = "hostile", "as-it-stands"
RUNS = "[press](javascript\\:alert(1))"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """Two hostile submissions, graded; into what was made of one, something is put back as it was written."""
    course = ScratchCourse(tmp_path_factory.mktemp("page") / "course").generate()
    links = next(one for one in HOSTILE if one.name == "links-that-run")
    for student in (STUDENT, CONTROL):
        path = course.hand_in(student, ASSIGNMENT, {EXERCISE: answers(EXERCISE)[0].cell})
        links.spoil(path)
        notebook = json.loads(path.read_text())
        notebook["cells"] += [{"cell_type": "markdown", "metadata": {}, "source": each} for each in WRITTEN.values()]
        path.write_text(json.dumps(notebook))
    told = course.command("grade", ASSIGNMENT)
    assert told.returncode == 0, told.stderr
    graded = course.folder / "autograded" / CONTROL / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    made = json.loads(graded.read_text())
    made["cells"].append({"cell_type": "markdown", "metadata": {}, "source": RUNS, "id": "as-it-stands"})
    graded.chmod(0o644)
    graded.write_text(json.dumps(made))
    return course


@pytest.fixture(scope="module")
def server(course: ScratchCourse) -> Iterator[str]:
    with jupyter_lab(course.folder) as address:
        yield address


def opened(page: Page, server: str, course: ScratchCourse, student: str) -> tuple[list[str], list[str]]:
    """Open a submission and press its links that are not allowed: the addresses of those, and what came up."""
    came_up: list[str] = []
    page.on("dialog", lambda dialog: (came_up.append(dialog.message), dialog.dismiss()))
    page.route(lambda url: not url.startswith("http://127.0.0.1"), lambda route: route.abort())
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        (notebook,) = gradebook.find_submission(ASSIGNMENT, student).notebooks
        page.goto(f"{server}/formgrader/submissions/{notebook.id}")
    expect(page.locator("#notebook-container, .notebook, body").first).to_be_visible()
    expect(page.get_by_text("press").first).to_be_visible()
    links = page.locator("#notebook-container a, .cell a")
    bad = [link for link in links.all() if not harmless.allowed(link.get_attribute("href") or "")]
    found = [link.get_attribute("href") or "" for link in bad]
    for link in bad:
        with page.expect_event("dialog"):
            link.dispatch_event("click")
    return found, came_up


def test_nothing_of_a_hostile_notebook_runs_in_the_formgrader(
        page: Page, server: str, course: ScratchCourse, shot: object) -> None:
    assert opened(page, server, course, STUDENT) == ([], [])
    assert callable(shot)
    assert Path(shot(page, "hostile/formgrader")).exists()


def test_what_runs_there_would_be_noticed(page: Page, server: str, course: ScratchCourse) -> None:
    found, came_up = opened(page, server, course, CONTROL)
    assert [address.lower() for address in found] == ["javascript:alert(1)"]
    assert came_up == ["1"]
