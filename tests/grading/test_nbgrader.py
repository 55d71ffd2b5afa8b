"""nbgrader's own commands, from a course's root, with no further flags."""

import csv
import os
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from tools.build import ROOT
from tools.sample_class import sample_class

ASSIGNMENT = "ps1-blocks"


def nbgrader(course: Path, *arguments: str, **environment: str) -> str:
    result = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=course, capture_output=True, text=True,
                            env={**os.environ, **environment}, check=False)
    assert result.returncode == 0, result.stderr[-3000:]
    return result.stdout + result.stderr


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what an instructor has after cloning."""
    folder = tmp_path_factory.mktemp("course")
    for place in ("source", "release"):
        shutil.copytree(ROOT / place, folder / place)
    shutil.copy(ROOT / "nbgrader_config.py", folder)
    nbgrader(folder, "generate_assignment", ASSIGNMENT)
    return folder


def test_generating_an_assignment_gives_the_committed_release(course: Path) -> None:
    made = Path("release", ASSIGNMENT, "blocks.ipynb")
    assert (course / made).read_bytes() == (ROOT / made).read_bytes()


def test_one_setting_gives_the_english_edition(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "source", tmp_path / "source")
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    nbgrader(tmp_path, "generate_assignment", "ps2-parameters", EDITION="en")
    notebook = nbformat.read(tmp_path / "release" / "ps2-parameters" / "parameters.ipynb", as_version=4)
    text = "\n".join(cell.source for cell in notebook.cells)
    assert 'd2l_ch3.set_language("en")' in text
    assert not any("\u4e00" <= character <= "\u9fff" for character in text)


def test_an_unknown_edition_is_refused(tmp_path: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    result = subprocess.run([sys.executable, "-m", "nbgrader", "list"], cwd=tmp_path, capture_output=True, text=True,
                            env={**os.environ, "EDITION": "de"}, check=False)
    assert "EDITION must be zh or en, not 'de'" in result.stderr


def test_validate_tells_the_student_what_the_card_says(course: Path, tmp_path: Path) -> None:
    late = next(one for one in sample_class() if one.student == "s12" and one.assignment == ASSIGNMENT)
    late.hand_in(course / "release", tmp_path)
    path = tmp_path / "s12" / ASSIGNMENT / "blocks.ipynb"
    told = nbgrader(course, "validate", str(path))
    wrong = [answer for answer in late.answers.values() if not answer.right]
    assert wrong
    assert "VALIDATION FAILED" in told
    for answer in wrong:
        report = answer.check(0)
        assert report.summary in told
        assert all(f"[{diagnosis.title}]" in told for diagnosis in report.diagnoses)
    assert "..." not in [line[-3:] for line in told.splitlines()]


def test_grading_feedback_and_export(course: Path, tmp_path: Path) -> None:
    submission = next(one for one in sample_class() if one.student == "s03" and one.assignment == ASSIGNMENT)
    submission.hand_in(course / "release", course / "submitted")
    nbgrader(course, "autograde", ASSIGNMENT)
    nbgrader(course, "generate_feedback", ASSIGNMENT)
    nbgrader(course, "export")
    assert "d2l-card" in (course / "feedback" / "s03" / ASSIGNMENT / "blocks.html").read_text(encoding="utf-8")
    with (course / "grades.csv").open(encoding="utf-8") as file:
        (row,) = csv.DictReader(file)
    assert (row["student_id"], float(row["score"])) == ("s03", sum(submission.predicted.values()))
