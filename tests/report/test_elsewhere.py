"""On Windows and macOS every command does its work but for grading, which says why it does not."""

import sys
from pathlib import Path

import pytest

from d2l_ch3.cli import COMMANDS
from tests import elsewhere
from tests.report.test_report import ASSIGNMENT, class_of_seven
from tools.build import ROOT
from tools.scratch import ScratchCourse

systems = pytest.mark.parametrize("system", list(elsewhere.SYSTEMS))


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """A class that was graded on Linux."""
    course = ScratchCourse(tmp_path_factory.mktemp("elsewhere") / "course").generate()
    class_of_seven(course)
    return course


WORK = {
    "report": ([ASSIGNMENT, "--output", "{out}/report.html"], 0, "report.html"),
    "export": (["--format", "canvas", "--to", "{out}/grades.csv"], 1, "grades.csv"),
    "feedback": ([ASSIGNMENT], 0, ""),
    "hand-out": (["--course", str(ROOT), "--problem-sets", ASSIGNMENT, "--to", "{out}"], 0, "d2l_ch3-zh.zip"),
    "new-course": (["{out}/new", "--course", str(ROOT)], 0, "new"),
    "check": ([str(ROOT / "release" / ASSIGNMENT / "blocks.ipynb"), "--release", str(ROOT / "source")], 1, ""),
    "new-exercise": (["x", "--course", "{out}"], 2, ""),
    "mutate": (["no-such-exercise"], 2, ""),
    "lab": (["{out}", "--allow-root"], 2, ""),
    "doctor": ([], 1, ""),
    "grade": ([ASSIGNMENT], 2, ""),
    "watch": ([ASSIGNMENT], 2, "")}


def test_every_command_is_tried() -> None:
    assert set(WORK) == {name.replace("_", "-") for name in COMMANDS}


@systems
@pytest.mark.parametrize("command", WORK)
def test_it_works_or_says_why_not(course: ScratchCourse, system: str, command: str, tmp_path: Path) -> None:
    arguments, status, written = WORK[command]
    done = elsewhere.run(system, command, *(one.format(out=tmp_path) for one in arguments), "--lang", "en",
                         folder=course.folder)
    assert done.returncode == status, done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert not written or (tmp_path / written).exists()
    if command in ("grade", "watch"):
        assert done.stderr.startswith(f"d2l-ch3 {command}: {'macOS' if system == 'darwin' else 'Windows'} has no")
    assert sys.platform == "linux"
