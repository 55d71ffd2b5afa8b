"""What aims at the grader's own side stops nobody: each through `grade`, `autograde` and the feedback page."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest

from d2l_ch3.grading import harmless, pools
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.grading.worker import dumps
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.notebooks.limits import MIB
from tests.attacks.trusted_side.hostile import ASSIGNMENT, EXERCISE, HOSTILE, LINKS, NOTEBOOK, TEST, Hostile
from tests.grading.test_harmless import Page
from tools import fuzz
from tools.bank import answers
from tools.scratch import ScratchCourse

LIMITS = {"cell_time": 4, "notebook_time": 30, "memory": 512 * MIB, "scratch": 32 * MIB, "output": MIB // 2}
RIGHT, FULL = answers(EXERCISE)[0].cell, 6.0
HONEST = ("a-first", "z-last")
LARGEST = 64 * MIB  # bytes of a graded notebook or its page


@dataclass(frozen=True)
class Run:
    """A class as it was graded one way: exit statuses, what was said."""

    course: ScratchCourse
    status: int
    said: str
    pages_status: int


@pytest.fixture(scope="module")
def handed_in() -> Iterator[ScratchCourse]:
    """In a folder of its own, since pytest could not clear away what is in it."""
    folder = Path(tempfile.mkdtemp(prefix="hostile"))
    course = ScratchCourse(folder / "course").generate()
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.Grade.limits = {LIMITS!r}\n")
    for student in HONEST:
        course.hand_in(student, ASSIGNMENT, {EXERCISE: RIGHT})
    for one in HOSTILE:
        one.spoil(course.hand_in(one.name, ASSIGNMENT, {EXERCISE: RIGHT}))
    yield course
    subprocess.run(["rm", "-rf", str(folder)], check=True)


@pytest.fixture(scope="module", params=["grade", "autograde"])
def run(request: pytest.FixtureRequest, handed_in: ScratchCourse) -> Iterator[Run]:
    """The class, graded by one command, and its pages."""
    for left in ("autograded", "feedback"):
        subprocess.run(["rm", "-rf", str(handed_in.folder / left)], check=True)
    words = ["d2l_ch3.cli", "grade", "--force"] if request.param == "grade" else ["nbgrader", "autograde", "--force"]
    graded = _command(handed_in, *words, ASSIGNMENT)
    pages = _command(handed_in, "nbgrader", "generate_feedback", ASSIGNMENT)
    yield Run(handed_in, graded.returncode, graded.stdout + graded.stderr, pages.returncode)


def _command(course: ScratchCourse, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *words], cwd=course.folder, capture_output=True, text=True,
                          errors="replace", check=False)


def test_everyone_else_is_graded_and_the_exit_status_says_that_some_were_rejected(run: Run) -> None:
    scores = run.course.scores(ASSIGNMENT)
    assert {student: scores[student][TEST] for student in HONEST} == dict.fromkeys(HONEST, FULL)
    assert set(scores) == {*HONEST, *(one.name for one in HOSTILE)}
    assert run.status == 1
    assert run.pages_status == 0
    assert "isolat" not in run.said.replace("d2l-ch3", "")


@pytest.mark.parametrize("one", HOSTILE, ids=str)
def test_it_earns_what_its_answer_deserves_or_is_rejected_by_name(run: Run, one: Hostile) -> None:
    assert run.course.scores(ASSIGNMENT)[one.name][TEST] == (0.0 if one.rejected else FULL)
    graded = run.course.folder / "autograded" / one.name / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    assert graded.stat().st_size < LARGEST
    notebook = nbformat.read(graded, as_version=4)
    nbformat.validate(notebook)
    record = notebook.metadata.d2l_ch3
    page = run.course.folder / "feedback" / one.name / ASSIGNMENT / f"{NOTEBOOK}.html"
    assert page.stat().st_size < LARGEST
    if one.rejected:
        assert one.rejected in record.rejected[1]
        assert f"{one.name}: " in run.said
        assert one.rejected in page.read_text(encoding="utf-8")
    else:
        assert record.rejected is None
        assert f"{one.name}: " not in run.said
        assert EXERCISE.replace("-", "_") in page.read_text(encoding="utf-8")


def test_nothing_that_is_no_file_is_copied(run: Run) -> None:
    beside = {path.name for one in HOSTILE for path in (run.course.folder / "autograded" / one.name).rglob("*")}
    assert not {"zero.csv", "data.bin", "data.csv", "again"} & beside
    assert "x" * 251 in beside and "名" * 85 in beside


def test_no_link_of_any_form_runs_anything_on_the_pages(run: Run) -> None:
    from nbconvert.exporters import HTMLExporter

    graded = run.course.folder / "autograded" / "links-that-run" / ASSIGNMENT / f"{NOTEBOOK}.ipynb"
    feedback = run.course.folder / "feedback" / "links-that-run" / ASSIGNMENT / f"{NOTEBOOK}.html"
    classic, _ = HTMLExporter(template_name="classic").from_filename(str(graded))
    for body in (classic, feedback.read_text(encoding="utf-8")):
        page = Page()
        page.feed(body[body.index("<body"):])
        assert [address for address in page.addresses if not harmless.allowed(address)] == []
        assert "\\href" not in body
        assert "alert(1)" in body


def test_there_are_enough() -> None:
    assert len(HOSTILE) >= 20
    assert len({one.name for one in HOSTILE}) == len(HOSTILE)


@pytest.mark.parametrize("source", LINKS[:8] + LINKS[9:14])
def test_a_link_that_is_not_disarmed_would_be_noticed(source: str) -> None:
    """What is rendered of it as it stands leads somewhere, or is no link of Markdown at all."""
    from nbconvert.filters.markdown_mistune import markdown2html_mistune

    page = Page()
    page.feed(markdown2html_mistune(harmless.markdown(source)))
    assert all(map(harmless.allowed, page.addresses))


def test_of_the_links_some_would_run() -> None:
    assert sum(not all(map(harmless.allowed, harmless.addresses(source))) for source in LINKS) >= 10


# What keeps a notebook from being run is the student's, if others can be run.

def files(folder: Path, kind: str) -> tuple[tuple[str, str], ...]:
    path = folder / "file"
    path.touch()
    return {"vanishes": ((str(folder / "gone"), "gone"),),
            "many folders": tuple((str(path), f"{number}/" + "/".join("x" * 40) + "/f") for number in range(600)),
            "long request": tuple((str(path), f"{number}-{'x' * 200}") for number in range(100_000)),
            "one in the other": ((str(path), "a"), (str(path), "a/b"))}[kind]


@pytest.mark.parametrize("kind", ["vanishes", "many folders", "long request", "one in the other"])
def test_files_that_cannot_be_put_beside_the_notebook_are_no_missing_walls(
        grader: Any, tmp_path: Path, kind: str) -> None:
    path = grader.course.hand_in("beside", ASSIGNMENT, {EXERCISE: RIGHT})
    graded = grader.grade(path, ASSIGNMENT, files=files(tmp_path, kind))
    assert "cannot be put beside it" in graded.record["rejected"][1]
    assert "isolat" not in graded.record["rejected"][1]
    assert grader.grade(path, ASSIGNMENT).scores[TEST] == FULL


def test_where_there_are_no_walls_nobody_is_blamed(grader: Any, tmp_path: Path) -> None:
    path = grader.course.hand_in("beside", ASSIGNMENT, {EXERCISE: RIGHT})
    zygote = Zygote.start([grader.hidden])
    zygote._process.kill()
    zygote._process.wait()
    with pytest.raises(IsolationError):
        replace(grader, zygote=zygote).grade(path, ASSIGNMENT, files=files(tmp_path, "vanishes"))


# However a cell is stopped, what it did until then stays done.

ENDLESS = RIGHT + "\nwhile True:\n    print('x' * 1000)\n"


@pytest.mark.parametrize("flood", [MIB, 1 << 60])
def test_a_cell_stopped_for_its_output_earns_what_it_earns_stopped_by_the_clock(
        grader: Any, monkeypatch: pytest.MonkeyPatch, flood: int) -> None:
    from d2l_ch3.grading import process

    monkeypatch.setattr(process, "FLOOD", flood)
    path = grader.course.hand_in("endless", ASSIGNMENT, {EXERCISE: ENDLESS})
    graded = grader.grade(path, ASSIGNMENT, cell_time=2)
    assert graded.record["failures"] == {EXERCISE: "output" if flood == MIB else "time"}
    assert graded.scores[TEST] == FULL
    assert len(dumps(graded)) < 4 * MIB


def test_points_are_the_same_when_the_processors_are_busy(grader: Any) -> None:
    cells = {EXERCISE: ENDLESS, "block-factory": answers("block-factory")[0].cell + "\nwhile True: pass\n",
             "list-sequential": answers("list-sequential")[0].cell + "\nimport os\nos._exit(0)\n"}
    path = grader.course.hand_in("busy", ASSIGNMENT, cells)

    def points() -> dict[str, float]:
        return json.loads(json.dumps(grader.grade(path, ASSIGNMENT, cell_time=2, notebook_time=20).scores))

    idle = points()
    busy = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(8)]
    try:
        assert points() == idle
    finally:
        for one in busy:
            one.kill()
            one.wait()
    assert (idle[TEST], idle["test-block-factory"], idle["test-list-sequential"]) == (6.0, 5.0, 0.0)


# What nobody thought of.

def test_submissions_changed_at_random_hurt_nobody(tmp_path: Path) -> None:
    course = fuzz.new_course(tmp_path / "course")
    with pools.local(2, course.folder) as judges:
        assert fuzz.batch(course, lambda: nullcontext(judges), seed=0, number=0) == []


def test_what_a_random_submission_hurts_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    course = fuzz.new_course(tmp_path / "course")
    monkeypatch.setattr(fuzz, "RIGHT", {"parallel-block": "class ParallelBlock: pass"})
    with pools.local(1, course.folder) as judges:
        (line,) = fuzz.batch(course, lambda: nullcontext(judges), seed=0, number=0, size=1)
    assert line.startswith("seed 0, the honest one has")
