"""`make lab` and `d2l-ch3 lab`: the course in a folder of one's own, in a JupyterLab with nbgrader's extensions."""

import copy
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import requests
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from d2l_ch3.cli import main
from d2l_ch3.handout import release
from d2l_ch3.language import LANGUAGES
from tools.build import ROOT

PAGES = ["3.1-blocks.ipynb", "3.2-parameters.ipynb", "3.3-layers.ipynb", "glossary.ipynb", "index.ipynb",
         "summary.ipynb"]
PROBLEM_SETS = [path.relative_to(ROOT / "release").as_posix() for path in sorted(ROOT.glob("release/*/*.ipynb"))]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The parts of the course that a lab is made of, in a folder of their own."""
    for part in ("source/ps1-blocks", "notebooks/en"):
        shutil.copytree(ROOT / part, tmp_path / part)
    shutil.copy(ROOT / "nbgrader_config.py", tmp_path)
    return tmp_path


def test_the_folder_holds_the_edition_and_keeps_what_was_written(checkout: Path) -> None:
    folder = release.own_lab(checkout, "en")
    course = sorted([*PAGES, "ps1-blocks/blocks.ipynb"])
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.ipynb")) == [
        *(f".release/{name}" for name in course), *course]
    problem_set, given = folder / "ps1-blocks" / "blocks.ipynb", folder / ".release" / "ps1-blocks" / "blocks.ipynb"
    assert 'set_language(\\"en\\")' in problem_set.read_text(encoding="utf-8")
    problem_set.write_text("my work")
    (folder / "3.3-layers.ipynb").unlink()
    given.write_text("old")
    (checkout / "nbgrader_config.py").write_text((ROOT / "nbgrader_config.py").read_text(encoding="utf-8") + "\n#",
                                                 encoding="utf-8")
    release.own_lab(checkout, "en")
    assert problem_set.read_text() == "my work"
    assert (folder / "3.3-layers.ipynb").exists()
    assert 'set_language(\\"en\\")' in given.read_text(encoding="utf-8")  # what is given out now


def test_it_is_made_anew_only_after_a_change(checkout: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    monkeypatch.setattr(release, "generate", lambda course, *more: made.append(shutil.copytree(
        course / "source", course / "release")))
    for _ in range(2):
        release.own_lab(checkout, "en")
    assert len(made) == 1
    source = checkout / "source" / "ps1-blocks" / "blocks.ipynb"
    source.write_text(source.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    release.own_lab(checkout, "en")
    assert len(made) == 2


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="there is no root")
def test_root_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch,
                                 capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert main(["lab", str(tmp_path), "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert "you are root" in told and "--allow-root" in told and len(told.splitlines()) == 1


def test_a_folder_without_the_course(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", str(tmp_path), "--allow-root", "--lang", "en"]) == 2
    told = capsys.readouterr().err
    assert str(tmp_path) in told and "the course is not in" in told and len(told.splitlines()) == 1


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", ["3.1-blocks", "3.2-parameters", "3.3-layers"])
def test_a_chapter_is_handed_out_before_anything_was_run(chapter: str, language: str) -> None:
    built = nbformat.read(ROOT / "notebooks" / language / f"{chapter}.ipynb", as_version=4)
    given = release.unrun(copy.deepcopy(built), language)
    nbformat.validate(given)
    code = [cell for cell in given.cells if cell.cell_type == "code"]
    assert not [cell for cell in code if cell.outputs or cell.execution_count]
    assert [cell.source for cell in code] == [cell.source for cell in built.cells if cell.cell_type == "code"]


def test_what_follows_a_guess_is_folded_and_nothing_else_is() -> None:
    guessing = new_code_cell('y = 1\nguess("a", ..., answer=y)')
    cells = [new_markdown_cell("Predict"), guessing, new_code_cell("more"), new_markdown_cell("No more.\n\nOther."),
             guessing, new_markdown_cell("It is 1.\n\nNow for the next.\n\n> **Predict**"), new_markdown_cell("Last."),
             guessing, new_markdown_cell("## Heading")]
    given = [cell.source for cell in release.unrun(new_notebook(cells=copy.deepcopy(cells)), "en").cells]
    folded = "<details><summary>Run the cell above, then open this</summary>\n\nIt is 1.\n\n</details>"
    assert given[5] == folded + "\n\nNow for the next.\n\n> **Predict**"
    assert given[:5] + given[6:] == [cell.source for cell in cells[:5] + cells[6:]]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a JupyterLab started as `make lab` starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "d2l_ch3.cli", "lab", "--no-browser", "--allow-root", "--port=0",
         "--IdentityProvider.token="],
        cwd=ROOT, env={**os.environ, "EDITION": "zh"}, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    try:
        told = []
        for line in process.stderr:  # it says where it listens, or ends
            told.append(line)
            found = re.search(r"(http://\S+?:\d+)/lab/tree/(\S+)", line)
            if found:
                assert found[2] == "lab/zh/index.ipynb"
                break
        else:
            pytest.fail("".join(told))
        yield found[1].replace("localhost", "127.0.0.1")
    finally:
        process.terminate()
        process.communicate()


def test_the_server_has_the_course_and_nbgraders_pages(server: str, session: requests.Session) -> None:
    for page, words in (("/lab/tree/lab/zh/index.ipynb", "JupyterLab"),
                        ("/api/contents/lab/zh/ps1-blocks/blocks.ipynb", "test-parallel-block"),
                        ("/formgrader", "formgrader"),
                        ("/formgrader/api/assignments", "ps1-blocks")):
        response = session.get(server + page)
        assert response.status_code == 200
        assert words in response.text


def test_nothing_gets_in_a_students_way(server: str, session: requests.Session) -> None:
    notifications = session.get(server + "/lab/api/settings/@jupyterlab/apputils-extension:notification").json()
    assert notifications["schema"]["properties"]["fetchNews"]["default"] == "false"  # or it asks, over the notebook
    page = session.get(server + "/lab").text
    config = json.loads(re.search(r'id="jupyter-config-data" type="application/json">(.*?)</script>', page, re.S)[1])
    assert "@jupyter/nbgrader:create-assignment" in config["disabledExtensions"]
