"""On Windows and macOS every command does its work but for grading, which says why it does not."""

from pathlib import Path

import pytest

from d2l_ch3.cli import COMMANDS
from tests import elsewhere
from tests.report.test_report import ASSIGNMENT, class_of_seven
from tools.build import ROOT
from tools.scratch import ScratchCourse


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
    "check": (["{out}/broken.ipynb"], 1, ""),  # one to run would need that system's kernels
    "new-exercise": (["x", "--course", "{out}"], 2, ""),
    "mutate": (["no-such-exercise"], 2, ""),
    "similar": ([ASSIGNMENT], 1, ""),  # one cannot be read
    "lab": (["{out}", "--allow-root"], 2, ""),
    "doctor": ([], 1, ""),
    "grade": ([ASSIGNMENT], 2, ""),
    "watch": ([ASSIGNMENT], 2, "")}


def test_every_command_is_tried() -> None:
    assert set(WORK) == {name.replace("_", "-") for name in COMMANDS}


@pytest.mark.parametrize("system", list(elsewhere.SYSTEMS))
def test_every_command_works_or_says_why_not(course: ScratchCourse, system: str, tmp_path: Path) -> None:
    commands = [[command, *(one.format(out=tmp_path) for one in arguments), "--lang", "en"]
                for command, (arguments, _, _) in WORK.items()]
    (tmp_path / "broken.ipynb").write_text("<<<<<<< mine")
    said = elsewhere.run(system, commands, course.folder)
    for (command, (_, status, written)), (told, complained) in zip(WORK.items(), said, strict=True):
        assert told.endswith(f"exit status {status}\n"), f"{command}\n{told}\n{complained}"
        assert not written or (tmp_path / written).exists(), command
        if command in ("grade", "watch"):
            name = {"darwin": "macOS", "win32": "Windows"}[system]
            assert complained.startswith(f"d2l-ch3 {command}: {name} has no namespaces")
