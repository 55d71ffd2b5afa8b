"""Every broken submission earns what its answers deserve, in a notebook that is whole again."""

import gc
import os
import resource
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import pytest
from nbformat.notebooknode import from_dict
from nbgrader.coursedir import CourseDirectory

from d2l_ch3.grading import course, handed_in
from d2l_ch3.grading.request import Request
from d2l_ch3.grading.tasks import RECORD, Graded
from d2l_ch3.grading.worker import dumps
from d2l_ch3.notebooks import submission
from d2l_ch3.notebooks.limits import Limits
from tests.broken.submissions import ASSIGNMENT, BROKEN, FORGED, Broken, hand_in

NOBODY = 65534


def grade(grader, folder: Path, student: str) -> Graded:
    """Grade what is in a folder as a whole class is graded: its notebook is looked for, and files stand beside it."""
    master = grader.master(ASSIGNMENT)
    path = submission.notebook_in(folder, master.name, [master.name])
    files = handed_in.files_of(folder, grader.course.folder / "source" / ASSIGNMENT, Request(Limits()))
    return grader.grade(path, ASSIGNMENT, student, files=files)


@pytest.mark.parametrize("broken", BROKEN, ids=str)
def test_it_earns_what_its_answers_deserve(grader, broken: Broken) -> None:
    graded = grade(grader, hand_in(grader.course, broken.name, broken), broken.name)
    scores = {name.removeprefix("test-"): score for name, score in graded.scores.items() if name.startswith("test-")}
    assert scores == broken.expected
    whole(graded)
    if broken.rejected:
        says_why(graded, broken)
    else:
        assert not graded.rejected
        assert graded.empty == broken.unanswered
        assert (graded.scores["list-sequential-why"] is None) == ("list-sequential-why" not in broken.unanswered)


def whole(graded: Graded) -> None:
    """The graded notebook is valid, can be written and read, and holds the master's cells and nothing forged."""
    text = dumps(graded).encode().decode()
    notebook = nbformat.reads(text, as_version=4)
    nbformat.validate(notebook)
    nbformat.writes(from_dict(graded.notebook)).encode()  # as nbgrader writes it
    ids = [cell["id"] for cell in graded.notebook["cells"]]
    assert len(set(ids)) == len(ids)
    assert FORGED not in text
    if graded.rejected:
        assert ids == ["rejected"]
        return
    found = {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells if "nbgrader" in cell.metadata}
    names = [cell.metadata.nbgrader.grade_id for cell in notebook.cells if "nbgrader" in cell.metadata]
    assert sorted(names) == sorted(cell.grade_id for cell in graded.master.cells)
    for master in graded.master.cells:
        cell = found[master.grade_id]
        assert (cell.cell_type, cell.id) == (master.cell_type, master.grade_id)
        assert {name: value for name, value in cell.metadata.items() if name != "tags"} == master.metadata
        if master.locked and not graded.rejected:
            assert cell.source == (master.released if master.is_test else master.source)
    for answer, test in zip(graded.master.cells, graded.master.cells[1:], strict=False):
        if test.is_test:
            assert names.index(answer.grade_id) < names.index(test.grade_id)


def says_why(graded: Graded, broken: Broken) -> None:
    """Everything is 0, and the notebook says why in both languages."""
    assert graded.rejected
    assert set(graded.scores.values()) == {0.0}
    zh, en = graded.record["rejected"]
    assert broken.rejected in en
    top = graded.notebook["cells"][0]["source"]
    assert zh in top and en in top
    assert graded.notebook["metadata"][RECORD]["rejected"] == [zh, en]


def test_there_are_enough_and_each_has_a_name() -> None:
    assert len(BROKEN) >= 35
    assert len({broken.name for broken in BROKEN}) == len(BROKEN)


# Unreadable in ways that only some users see.

def test_what_may_not_be_read_is_rejected_or_left_out() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        folder.chmod(0o755)
        for file in ("blocks.ipynb", "a.csv", "b.csv"):
            (folder / file).write_text("{}")
            (folder / file).chmod(0o644 if file == "b.csv" else 0)
        with nobody():
            with pytest.raises(submission.Unreadable, match="cannot be read: Permission denied"):
                submission.read(folder / "blocks.ipynb")
            assert [name for _, name in submission.files_beside(folder, 1 << 30)] == ["b.csv"]


@contextmanager
def nobody() -> Iterator[None]:
    """Without root's rights, for whom no file is unreadable."""
    user = os.geteuid()
    if user == 0:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(user)


def test_memory_and_the_collector_are_as_before_reading(tmp_path: Path) -> None:
    (tmp_path / "blocks.ipynb").write_text('{"cells": []}')
    before = resource.getrlimit(resource.RLIMIT_AS)
    assert submission.read(tmp_path / "blocks.ipynb") == []
    assert resource.getrlimit(resource.RLIMIT_AS) == before
    assert gc.isenabled()


# Whole folders.

CLASS = ("folder", "named-pipe", "no-notebook", "renamed", "link-to-another", "many-files", "names-of-files", "cut-off",
         "test-deleted", "large-file")


def test_a_whole_class_of_broken_folders_is_graded(grader) -> None:
    """None of them keeps the others from being graded and written."""
    chosen = {f"class-{broken.name}": broken for broken in BROKEN if broken.name in CLASS}
    assert len(chosen) == len(CLASS)
    for student, broken in chosen.items():
        hand_in(grader.course, student, broken)
    (grader.course.folder / "submitted" / "class-linked").symlink_to("class-test-deleted")
    root = grader.course.folder
    assert "class-linked" not in course.submissions(CourseDirectory(config=course.config(root)), ASSIGNMENT)
    said = grader.course.command("grade", ASSIGNMENT, *(word for student in chosen for word in ("--student", student)))
    assert said.returncode == 1, said.stderr  # graded, and some rejected
    for student, broken in chosen.items():
        assert (f"{student}: " in said.stdout) == bool(broken.rejected)
    written = grader.course.scores(ASSIGNMENT)
    for student, broken in chosen.items():
        assert {name: written[student][f"test-{name}"] for name in broken.expected} == broken.expected
        nbformat.read(root / "autograded" / student / ASSIGNMENT / "blocks.ipynb", as_version=4)


def test_a_pipe_in_place_of_the_timestamp_keeps_nobody_waiting(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "timestamp.txt")
    reader = threading.Thread(target=handed_in.timestamp, args=(tmp_path,))
    reader.start()
    reader.join(timeout=5)
    waiting = reader.is_alive()
    os.close(os.open(tmp_path / "timestamp.txt", os.O_RDWR))  # lets the thread go
    reader.join()
    assert not waiting


@pytest.mark.parametrize(("own", "shipped"), [("data", "data/a.csv"), ("data/a.csv", "data"), ("data", "data")])
def test_the_assignments_files_come_before_the_students_own(tmp_path: Path, own: str, shipped: str) -> None:
    for folder, name in (("submitted", own), ("source", shipped)):
        (tmp_path / folder / name).parent.mkdir(parents=True)
        (tmp_path / folder / name).write_text(folder)
    files = handed_in.files_of(tmp_path / "submitted", tmp_path / "source", Request(Limits()))
    assert files == ((str(tmp_path / "source" / shipped), shipped),)


@pytest.mark.parametrize(("before", "after"), [("data", "data/a.csv"), ("data/a.csv", "data")])
def test_what_is_handed_in_again_may_have_other_folders(tmp_path: Path, before: str, after: str) -> None:
    for name in (before, after):
        submitted = tmp_path / name.replace("/", "-")
        (submitted / name).parent.mkdir(parents=True)
        (submitted / name).write_text(name)
        handed_in.write("{}", "blocks", tmp_path / "autograded", ((str(submitted / name), name),), submitted)
    assert (tmp_path / "autograded" / after).read_text() == after
