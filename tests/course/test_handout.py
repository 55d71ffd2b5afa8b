"""What students get: all that they need and nothing that they must not see; and their whole way with it."""

import ast
import json
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import requests
import yaml
from nbformat.v4 import new_notebook
from packaging.requirements import Requirement

from d2l_ch3 import checks
from d2l_ch3.cli import main
from d2l_ch3.handout import packed
from d2l_ch3.handout.folder import hand_out
from d2l_ch3.handout.release import NotMade
from d2l_ch3.language import LANGUAGES
from tests.leaks import leaks, secrets, texts
from tests.student import Home, answer, answered
from tools.bank import answers
from tools.build import ROOT
from tools.scratch import ScratchCourse

EVERYTHING = ["3.1-blocks.ipynb", "3.2-parameters.ipynb", "3.3-layers.ipynb", "glossary.ipynb", "index.ipynb",
              *(path.relative_to(ROOT / "release").as_posix() for path in sorted(ROOT.glob("release/*/*.ipynb"))),
              "summary.ipynb"]


@pytest.fixture(scope="module", params=LANGUAGES)
def made(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[str, Path, Path]:
    """The edition, the folder and the zip of a hand-out of everything."""
    return (request.param, *hand_out(ROOT, request.param, tmp_path_factory.mktemp("hand-out")))


def test_it_holds_what_students_need(made: tuple[str, Path, Path]) -> None:
    edition, folder, archive = made
    assert sorted(path.relative_to(folder / "release").as_posix() for path in folder.rglob("*.ipynb")) == EVERYTHING
    assert sorted(path.name for path in folder.iterdir()) == sorted([
        "README.md", packed.WHEEL, "environment.yml", "release", "requirements.txt", "start.bat", "start.py",
        "start.sh"])
    with zipfile.ZipFile(archive) as opened:
        packed_files = {name.removeprefix(f"{folder.name}/"): opened.read(name) for name in opened.namelist()}
        assert opened.getinfo(f"{folder.name}/start.sh").external_attr >> 16 & 0o111
    assert packed_files == {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*")
                            if path.is_file()}
    assert ("开始" if edition == "zh" else "start here") in (folder / "README.md").read_text(encoding="utf-8")
    for path in folder.rglob("*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        assert not [cell for cell in cells if cell.get("outputs")]
        other = "en" if edition == "zh" else "zh"
        assert f'set_language("{other}")' not in "\n".join(cell.source for cell in cells)


def test_it_holds_nothing_that_students_must_not_see(made: tuple[str, Path, Path]) -> None:
    _, _, archive = made
    assert len(secrets()) > 40
    assert leaks(texts(archive.read_bytes())) == []


def test_a_leak_would_be_seen() -> None:
    hidden = next(secret for secret in secrets() if "seed=" in secret)
    for name, text in (("start.py", answers("half-fourier")[0].cell), ("README.md", f"So:\n\n  {hidden}\n"),
                       ("a.ipynb", "x = 1\n### BEGIN HIDDEN TESTS\n"), ("x.whl/d2l_ch3/grading/linux.py", ""),
                       ("x.whl/d2l_ch3/cli/mutate.py", ""), ("release/source/ps1-blocks/blocks.ipynb", "")):
        assert len(leaks({name: text})) == 1, name


def test_the_students_package_needs_nothing_that_it_leaves_out() -> None:
    files = texts(packed.wheel())
    left_out = {f"d2l_ch3.{part}" for part in packed.NOT_FOR_STUDENTS}
    for name, text in files.items():
        for node in ast.walk(ast.parse(text)) if name.endswith(".py") else ():
            if isinstance(node, ast.ImportFrom) and name not in MAY_ASK:
                assert not left_out & {".".join((node.module or "").split(".")[:2])}, name


MAY_ASK = ("d2l_ch3/cli/doctor.py", "d2l_ch3/cli/lab.py")
"""Modules that do without, where the package has no such part: the tests below run them."""


def test_it_is_the_same_to_the_byte(made: tuple[str, Path, Path], tmp_path: Path) -> None:
    edition, _, archive = made
    assert hand_out(ROOT, edition, tmp_path)[1].read_bytes() == archive.read_bytes()


def test_requirements_are_those_of_the_package_and_pinned(made: tuple[str, Path, Path]) -> None:
    _, folder, _ = made
    *lines, wheel = (folder / "requirements.txt").read_text().splitlines()
    assert wheel == f"./{packed.WHEEL}"
    pinned = {Requirement(line).name: str(Requirement(line).specifier) for line in lines}
    tested = {Requirement(line).name: str(Requirement(line).specifier)
              for line in (ROOT / "requirements.txt").read_text().splitlines() if "==" in line}
    assert pinned.items() <= tested.items()
    assert set(pinned) == {Requirement(line).name for line in packed.requirements()}
    assert not {"bleach", "distributed", "psycopg", "jupytext", "pytest", "nbval"} & set(pinned)
    environment = yaml.safe_load((folder / "environment.yml").read_text())
    assert environment["dependencies"][-1] == {"pip": ["-r requirements.txt"]}


def test_the_start_scripts_run_where_they_are_meant_to(made: tuple[str, Path, Path]) -> None:
    _, folder, _ = made
    subprocess.run(["sh", "-n", folder / "start.sh"], check=True)
    ast.parse((folder / "start.py").read_text(encoding="utf-8"), feature_version=(3, 7))


def test_the_script_for_windows_is_one_that_cmd_understands(made: tuple[str, Path, Path]) -> None:
    """Linux has no cmd.exe: no program runs without a look at how it ended, and every jump goes somewhere."""
    _, folder, _ = made
    batch = (folder / "start.bat").read_bytes()
    assert batch.count(b"\r\n") == batch.count(b"\n") and batch.isascii()
    lines = [line.strip() for line in batch.decode().splitlines()]
    ran = [number for number, line in enumerate(lines) if line.startswith(("call", "pushd"))]
    assert len(ran) == 3
    assert all("||" in lines[number] or "&&" in lines[number] or lines[number + 1].startswith("if %errorlevel%==0")
               for number in ran)
    assert set(re.findall(r"goto (\w+)", batch.decode())) == {line[1:] for line in lines if line.startswith(":")}
    others = {line.split()[0] for line in lines if line} - {"call", "pushd", ":start", ":failed"}
    assert others == {"@echo", "rem", "setlocal", "if", "echo", "goto", ")", "for", "pause", "exit"}


def test_all_start_scripts_look_for_the_same_pythons(made: tuple[str, Path, Path]) -> None:
    _, folder, _ = made
    found = {name: re.findall(r"(?:python| -)(3\.\d+)", (folder / name).read_text(encoding="utf-8"))
             for name in ("start.bat", "start.sh")}
    assert found["start.bat"] == found["start.sh"] == ["3.14", "3.13", "3.12", "3.11"]
    said = re.findall(r"Python (3\.\d+) (?:到|to) (3\.\d+)", (folder / "start.py").read_text(encoding="utf-8"))
    assert said == [("3.11", "3.14")] * 2


def test_a_newer_one_keeps_what_was_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def write_release(course: Path, edition: str, into: Path, names: list[str]) -> None:
        for name in names:
            (into / name).mkdir(parents=True)
            nbformat.write(new_notebook(), into / name / "a.ipynb")
        (into / "index.ipynb").write_text("{}")

    monkeypatch.setattr("d2l_ch3.handout.folder.write_release", write_release)
    folder, _ = hand_out(ROOT, "en", tmp_path, ["ps1", "ps2"])
    (folder / "work").mkdir()
    (folder / "work" / "mine.ipynb").write_text("mine")
    _, archive = hand_out(ROOT, "en", tmp_path, ["ps1"])
    assert (folder / "work" / "mine.ipynb").read_text() == "mine"
    assert [path.name for path in (folder / "release").glob("ps*")] == ["ps1"]
    assert not [name for name in zipfile.ZipFile(archive).namelist() if "mine" in name]
    (tmp_path / "other" / "d2l_ch3-en").mkdir(parents=True)
    (tmp_path / "other" / "d2l_ch3-en" / "thesis.txt").write_text("a")
    with pytest.raises(NotMade, match="没有动它"):
        hand_out(ROOT, "en", tmp_path / "other")
    assert [path.name for path in (tmp_path / "other").rglob("*.*")] == ["thesis.txt"]


@pytest.mark.parametrize(("arguments", "words"), [
    (["--problem-sets", "ps9-nothing"], "there is no problem set ps9-nothing. There are: ps1-blocks"),
    (["--course", "/"], "there is no /notebooks")])
def test_what_cannot_be_made_is_said(arguments: list[str], words: str, tmp_path: Path,
                                     monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.chdir(ROOT)
    assert main(["hand-out", "--edition", "en", "--to", str(tmp_path), *arguments, "--lang", "en"]) == 2
    told = capsys.readouterr()
    assert told.out == "" and words in told.err and len(told.err.splitlines()) == 1
    assert not list(tmp_path.iterdir())


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    _, archive = hand_out(ROOT, "en", tmp_path / "given", ["ps1-blocks"])
    home = Home(tmp_path / "home", archive)
    yield home


GUESS = """
import nbformat, nbclient
notebook = nbformat.read("3.1-blocks.ipynb", 4)
first = next(number for number, cell in enumerate(notebook.cells)
             if cell.cell_type == "code" and "guess(" in cell.source)
notebook.cells = [*notebook.cells[:first + 1], nbformat.v4.new_code_cell("d2l_ch3.guessed()")]
notebook.cells[first].source = notebook.cells[first].source.replace("...", "'a guess'", 1)
nbclient.NotebookClient(notebook, allow_errors=True).execute()
print(notebook.cells[first].outputs, notebook.cells[-1].outputs)
"""


@pytest.fixture
def course(tmp_path: Path) -> ScratchCourse:
    """The course of the teacher who made the hand-out."""
    course = ScratchCourse(tmp_path / "course")
    assert course.api().generate_assignment("ps1-blocks")["success"]
    return course


def test_the_whole_way_of_a_student(home: Home, course: ScratchCourse, session: requests.Session) -> None:
    process, address = home.start()
    try:
        work = home.folder / "work"
        listed = session.get(f"{address}/api/contents/", timeout=60).json()["content"]
        assert {one["name"] for one in listed} >= {"index.ipynb", "3.1-blocks.ipynb", "ps1-blocks"}
        assert str(home.folder) in home.run("python", "-c", "import d2l_ch3; print(d2l_ch3.__file__)")
        assert "Everything is ready." in home.run("python", "-c", "import d2l_ch3; d2l_ch3.set_language('en'); "
                                                  "d2l_ch3.check_installation()")
        assert "guess" in home.run("python", "-c", GUESS)

        bank = {name: answers(name)[0] for name in checks.EXERCISES["ps1-blocks"] if answers(name)}
        bank["list-sequential-facts"] = answer("list-sequential-facts", "right_literal")  # whatever the class is like
        bank["parallel-block"] = answer("parallel-block", "wrong_dim_1")
        path = work / "ps1-blocks" / "blocks.ipynb"
        answered(path, {name: answer.cell for name, answer in bank.items()})

        validated = session.post(f"{address}/assignments/validate", data={"path": "ps1-blocks/blocks.ipynb"},
                                  timeout=300).json()
        assert validated["success"], validated
        value = validated["value"]
        failed = [cell["source"] for cell in (json.loads(value) if isinstance(value, str) else value)["failed"]]
        assert any("checks.parallel_block" in source for source in failed), validated
        assert not any("checks.list_sequential(" in source for source in failed)

        checked = home.run("d2l-ch3", "check", "ps1-blocks/blocks.ipynb", "--lang", "en", status=1)
        assert f"{bank['parallel-block'].points:g}" in checked and "parallel" in checked.lower()
        handed_in = course.folder / "submitted" / "s01" / "ps1-blocks" / "blocks.ipynb"
        handed_in.parent.mkdir(parents=True)
        shutil.copy(path, handed_in)
        graded = course.command("grade", "ps1-blocks")
        assert graded.returncode == 0, graded.stderr
        scores = course.scores("ps1-blocks")["s01"]
        assert {name: scores[f"test-{name}"] for name in bank} == {name: answer.points for name, answer in bank.items()}
    finally:
        process.kill()
        process.wait()
