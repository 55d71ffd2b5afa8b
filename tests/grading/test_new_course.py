"""A course folder that `d2l-ch3 new-course` wrote, and a clone of this repository: who grades there, and with what."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

import d2l_ch3
from d2l_ch3.grading import course as settings
from d2l_ch3.handout.course import new_course
from tests.users import as_instructor
from tools import bank
from tools.build import ROOT
from tools.scratch import ScratchCourse

RIGHT = bank.answers("parallel-block")[0]
NBGRADER = Path(sys.executable).with_name("nbgrader")


def run(folder: Path, *command: str | Path, enter: Callable[[], None] | None = None, status: int = 0,
        **environment: str) -> str:
    """What a command says in a folder."""
    done = subprocess.run([*command], cwd=folder, preexec_fn=enter, capture_output=True, text=True, check=False,
                          env={**os.environ, "COLUMNS": "300", "LC_ALL": "C.UTF-8", **environment})
    said = done.stdout + done.stderr
    assert done.returncode == status, said
    return said


@pytest.mark.parametrize(("edition", "other"), [("zh", "en"), ("en", "zh")])
def test_it_is_the_configuration_and_the_sources_in_one_language(edition: str, other: str, tmp_path: Path) -> None:
    new_course(ROOT, tmp_path / "course", edition)
    files = {path.relative_to(tmp_path / "course").as_posix() for path in tmp_path.rglob("*") if path.is_file()}
    sources = {path.relative_to(ROOT).as_posix() for path in ROOT.glob("source/*/*.ipynb")}
    assert files == {"nbgrader_config.py", *sources}
    for name in sources:
        cells = nbformat.read(tmp_path / "course" / name, as_version=4).cells
        tags = [tag for cell in cells for tag in cell.metadata.get("tags", [])]
        assert f"lang-{edition}" in tags and f"lang-{other}" not in tags
        whole = nbformat.read(ROOT / name, as_version=4).cells
        assert cells == [cell for cell in whole if f"lang-{other}" not in cell.metadata.get("tags", [])]


def test_its_owner_generates_and_grades_there(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    run(ROOT, sys.executable, "-m", "d2l_ch3.cli", "new-course", folder, "--edition", "en", "--problem-sets",
        "ps1-blocks")
    enter, home = as_instructor(folder), {"HOME": str(folder), "XDG_CACHE_HOME": ""}
    run(folder, NBGRADER, "generate_assignment", "ps1-blocks", enter=enter, **home)
    course = ScratchCourse.__new__(ScratchCourse)
    course.folder = folder
    assert 'set_language(\\"en\\")' in course.hand_in("s01", "ps1-blocks", {"parallel-block": RIGHT.cell}).read_text()
    enter = as_instructor(folder)
    run(folder, sys.executable, "-m", "d2l_ch3.cli", "grade", "ps1-blocks", enter=enter, **home)
    assert course.scores("ps1-blocks")["s01"]["test-parallel-block"] == RIGHT.points


# What all users of a machine share comes first


@pytest.fixture
def shared(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A file of configuration for every course on the machine."""
    folder = tmp_path / "shared"
    folder.mkdir()
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(folder))
    return folder / "nbgrader_config.py"


@pytest.mark.parametrize("name", ["CourseDirectory", "Exchange"])
def test_the_machine_names_the_course(name: str, shared: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shared.write_text(f"c = get_config()\nc.{name}.course_id = 'dl101'\n")
    assert settings.origin("course_id", tmp_path) == shared
    assert settings.config(tmp_path).CourseDirectory.course_id == "dl101"
    said = run(tmp_path, sys.executable, "-m", "d2l_ch3.cli", "--lang", "en", "doctor")
    assert f"db_url is not set; course_id = 'dl101' is set by {shared}" in said


def test_a_course_has_a_name_of_its_own_where_the_machine_names_none(shared: Path, tmp_path: Path) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    shared.write_text("c = get_config()\nc.CourseDirectory.db_url = 'sqlite:////nonexistent/grades.db'\n")
    assert settings.config(tmp_path).CourseDirectory.course_id == "d2l_ch3"
    assert settings.origin("course_id", tmp_path) == tmp_path / "nbgrader_config.py"
    assert settings.origin("db_url", tmp_path) == shared


# A clone, where the package that is installed is another


@pytest.fixture
def clone(tmp_path: Path) -> ScratchCourse:
    """A course with a copy of the package in it, which is not the one that is installed, and something to grade."""
    course = ScratchCourse(tmp_path / "clone")
    shutil.rmtree(course.folder / "source")
    shutil.copytree(ROOT / "source" / "ps1-blocks", course.folder / "source" / "ps1-blocks")
    course.generate()
    shutil.copytree(Path(d2l_ch3.__file__).parent, course.folder / "d2l_ch3")
    course.hand_in("s01", "ps1-blocks", {"parallel-block": RIGHT.cell})
    return course


@pytest.mark.parametrize("how", [[NBGRADER], [sys.executable, "-m", "nbgrader"]])
def test_nbgrader_in_a_clone_uses_the_installed_package(clone: ScratchCourse, how: list[str | Path]) -> None:
    run(clone.folder, *how, "autograde", "ps1-blocks")
    assert clone.scores("ps1-blocks")["s01"]["test-parallel-block"] == RIGHT.points


def test_what_is_not_installed_is_refused_before_anything_is_touched(clone: ScratchCourse, tmp_path: Path) -> None:
    other = shutil.copytree(clone.folder / "d2l_ch3", tmp_path / "elsewhere" / "d2l_ch3")
    graded = clone.folder / "autograded" / "s01" / "ps1-blocks" / "blocks.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text("graded before")
    for command in ([NBGRADER, "autograde"], [sys.executable, "-m", "d2l_ch3.cli", "grade"]):
        said = run(clone.folder, *command, "ps1-blocks", PYTHONPATH=str(tmp_path / "elsewhere"),
                   status=1 if command[0] == NBGRADER else 2)
        assert f"{other if command[0] == NBGRADER else clone.folder / 'd2l_ch3'}/__init__.py" in said
        assert d2l_ch3.__file__ in said and "PYTHONPATH" in said
        assert graded.read_text() == "graded before"
