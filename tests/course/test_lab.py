"""`make lab`: the course in a folder of one's own, in a JupyterLab with nbgrader's extensions."""

import copy
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import nbformat
import pytest
import requests
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from requests.adapters import HTTPAdapter
from urllib3 import Retry

from d2l_ch3.language import LANGUAGES
from tools import lab
from tools.build import ROOT

COURSE = [".release/ps1-blocks/blocks.ipynb", ".release/ps2-parameters/parameters.ipynb",
          ".release/ps3-layers/layers.ipynb", ".release/ps4-resnet/resnet.ipynb",
          "3.1-blocks.ipynb", "3.2-parameters.ipynb", "3.3-layers.ipynb",
          "glossary.ipynb", "index.ipynb", "ps1-blocks/blocks.ipynb", "ps2-parameters/parameters.ipynb",
          "ps3-layers/layers.ipynb", "ps4-resnet/resnet.ipynb", "summary.ipynb"]


def test_the_folder_holds_the_edition_and_keeps_what_was_written(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EDITION", "en")
    folder = lab.prepare("en", tmp_path)
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*.ipynb")) == COURSE
    problem_set = folder / "ps1-blocks" / "blocks.ipynb"
    assert 'set_language(\\"en\\")' in problem_set.read_text(encoding="utf-8")
    problem_set.write_text("my work")
    (folder / "3.3-layers.ipynb").unlink()
    (folder / COURSE[0]).write_text("old")
    lab.prepare("en", tmp_path)
    assert problem_set.read_text() == "my work"
    assert (folder / "3.3-layers.ipynb").exists()
    assert 'set_language(\\"en\\")' in (folder / COURSE[0]).read_text(encoding="utf-8")  # what is given out now


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", ["3.1-blocks", "3.2-parameters", "3.3-layers"])
def test_a_chapter_is_handed_out_before_anything_was_run(chapter: str, language: str) -> None:
    built = nbformat.read(ROOT / "notebooks" / language / f"{chapter}.ipynb", as_version=4)
    given = lab.unrun(copy.deepcopy(built), language)
    nbformat.validate(given)
    code = [cell for cell in given.cells if cell.cell_type == "code"]
    assert not [cell for cell in code if cell.outputs or cell.execution_count]
    assert [cell.source for cell in code] == [cell.source for cell in built.cells if cell.cell_type == "code"]


def test_what_follows_a_guess_is_folded_and_nothing_else_is() -> None:
    guessing = new_code_cell('y = 1\nguess("a", ..., answer=y)')
    cells = [new_markdown_cell("Predict"), guessing, new_code_cell("more"), new_markdown_cell("No more.\n\nOther."),
             guessing, new_markdown_cell("It is 1.\n\nNow for the next.\n\n> **Predict**"), new_markdown_cell("Last."),
             guessing, new_markdown_cell("## Heading")]
    given = [cell.source for cell in lab.unrun(new_notebook(cells=copy.deepcopy(cells)), "en").cells]
    folded = "<details><summary>Run the cell above, then open this</summary>\n\nIt is 1.\n\n</details>"
    assert given[5] == folded + "\n\nNow for the next.\n\n> **Predict**"
    assert given[:5] + given[6:] == [cell.source for cell in cells[:5] + cells[6:]]


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The address of a JupyterLab started as `make lab` starts it."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tools.lab", "--no-browser", "--allow-root", "--port=0", "--IdentityProvider.token="],
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


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        # The address is printed a moment before the server listens on it.
        session.mount("http://", HTTPAdapter(max_retries=Retry(connect=30, backoff_factor=0.1, backoff_max=1)))
        yield session


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
