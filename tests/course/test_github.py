"""Points for what students push: the workflow and the autograder of docs/github, run as they say."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
import yaml
from nbformat.v4 import new_notebook

from d2l_ch3 import checks
from d2l_ch3.checks.catalogue import words
from tests.student import Home, answer, answered
from tools.bank import Answer, answers
from tools.build import ROOT

DOCS = ROOT / "docs"
FILES = DOCS / "github"
WORKFLOW = yaml.safe_load((FILES / "points.yml").read_text(encoding="utf-8"))
CLASSROOM50 = {"CLASSROOM": "dl", "ASSIGNMENT": "ps1-blocks", "SUBMISSION_TAG": "submit/2026-06-01T14-32-05Z-a1b2c3d",
               "COMMIT_URL": "https://example.test/commit/abc", "RELEASE_URL": "https://example.test/releases/tag/y",
               "REVIEW_URL": ""}
SOMEBODY = {f"GIT_{who}_{what}": "teacher@school.test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def blocks(page: str) -> list[str]:
    """The commands of a page: for the template, for Classroom 50, and Gradescope's script."""
    return re.findall(r"^```bash\n(.*?)^```$", (DOCS / page).read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)


TEMPLATE, BUNDLE, GRADESCOPE = blocks("github.md")
INSTALL = "python -m pip install --quiet --requirement requirements.txt"  # as a step of the workflow does


def shell(commands: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run commands as a step of a workflow does."""
    return subprocess.run(["bash", "-e", "-o", "pipefail", "-c", commands], cwd=folder, env=environment,
                          capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The course's repository, with the template made in it as the page says."""
    folder = tmp_path_factory.mktemp("checkout")
    for name in ("docs", "notebooks", "source", "nbgrader_config.py"):
        (folder / name).symlink_to(ROOT / name)
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = shell(TEMPLATE, folder, {**os.environ, **SOMEBODY, "PATH": path})
    assert done.returncode == 0, done.stdout + done.stderr
    return folder


@pytest.fixture(scope="module")
def student(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, dict[str, Answer]]:
    """A student's repository, made of the template, and the answers in it: one is wrong."""
    template = checkout / "hand-out" / "d2l_ch3-en"
    home = Home(tmp_path_factory.mktemp("github"), template.with_suffix(".zip"))
    subprocess.run(["git", "clone", "--quiet", template, home.folder / "pushed"], check=True)
    for name in (".github", ".gitignore"):
        (home.folder / "pushed" / name).rename(home.folder / name)
    given = {name: answers(name)[0] for name in checks.EXERCISES["ps1-blocks"] if answers(name)}
    given["list-sequential-facts"] = answer("list-sequential-facts", "right_literal")
    given["parallel-block"] = answer("parallel-block", "wrong_dim_1")
    notebook = home.folder / "work" / "ps1-blocks" / "blocks.ipynb"
    notebook.parent.mkdir(parents=True)
    notebook.write_bytes((home.folder / "release" / "ps1-blocks" / "blocks.ipynb").read_bytes())
    answered(notebook, {name: one.cell for name, one in given.items()})
    (home.folder / "d2l_ch3.py").write_text("raise SystemExit('not the package')")
    installed = run(home, INSTALL)
    assert installed.returncode == 0, installed.stdout + installed.stderr
    return home, given


def run(home: Home, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run a command in the student's repository."""
    path = f"{home.bin}:{home.environment['PATH']}"
    return shell(command, home.folder, {**home.environment, "PATH": path, "LC_ALL": "C.UTF-8", **environment})


def predicted(given: dict[str, Answer]) -> list[int]:
    """The points that the bank predicts, in the order of the exercises; a bonus has none."""
    return [one.points for name, one in given.items() if not words(name).bonus]


def test_the_workflow_gives_the_points_that_the_bank_predicts(student: tuple[Home, dict[str, Answer]],
                                                              tmp_path: Path) -> None:
    home, given = student
    output, summary = tmp_path / "output", tmp_path / "summary"
    for step in WORKFLOW["jobs"]["points"]["steps"]:
        if "run" in step:
            done = run(home, step["run"], GITHUB_OUTPUT=str(output), GITHUB_STEP_SUMMARY=str(summary))
            assert done.returncode == 0, done.stdout + done.stderr
    made = json.loads((home.folder / "results" / "ps1-blocks.json").read_text(encoding="utf-8"))
    assert [test["score"] for test in made["tests"] if "score" in test] == predicted(given)
    points, most = sum(predicted(given)), 30 - words("list-sequential-why").points
    assert made["score"] == points < most
    assert output.read_text() == f"points={points:g}\nmost={most}\n"
    assert f"**{points:g} / {most}**" in summary.read_text(encoding="utf-8")


def test_the_workflow_needs_no_secret_and_may_change_nothing() -> None:
    text = (FILES / "points.yml").read_text(encoding="utf-8")
    assert WORKFLOW["permissions"] == {"contents": "read"} and "secrets." not in text
    assert [step["uses"].partition("@")[0] for step in WORKFLOW["jobs"]["points"]["steps"] if "uses" in step] == [
        "actions/checkout", "actions/setup-python", "actions/upload-artifact"]
    assert WORKFLOW[True] == ["push", "workflow_dispatch"]  # YAML takes `on` for a truth value


def test_the_pages_say_the_same_in_both_languages() -> None:
    assert [block.replace("d2l_ch3-zh", "d2l_ch3-en").replace("edition zh", "edition en").replace("课程", "The course")
            for block in blocks("github.zh-CN.md")] == [TEMPLATE, BUNDLE, GRADESCOPE]


def test_an_autograder_of_classroom_50(checkout: Path, student: tuple[Home, dict[str, Answer]]) -> None:
    home, given = student
    bundle = checkout / "CLASSROOM" / "autograders" / "ps1-blocks"
    bundle.mkdir(parents=True)
    shell(BUNDLE, checkout, os.environ)
    (home.folder / "release").rename(home.folder / "no-release")  # the teacher's is taken
    done = run(home, f"python {bundle / 'autograder.py'}", **CLASSROOM50)
    (home.folder / "no-release").rename(home.folder / "release")
    assert done.returncode == 0, done.stdout + done.stderr
    made = json.loads((home.folder / "result.json").read_text(encoding="utf-8"))
    assert set(made) == {"schema", "classroom", "assignment", "submission", "commit", "release", "review", "datetime",
                         "score", "max-score", "tests"}
    assert made["schema"] == "classroom50/result/v1" and made["review"] == CLASSROOM50["COMMIT_URL"]
    for test in made["tests"]:
        assert isinstance(test["passed"], bool) and type(test["score"]) is type(test["max-score"]) is int
        assert test["passed"] == (test["score"] == test["max-score"])
    assert [test["score"] for test in made["tests"]] == predicted(given)
    assert made["score"] == sum(test["score"] for test in made["tests"])
    assert made["max-score"] == sum(test["max-score"] for test in made["tests"])


def test_nothing_handed_in_is_no_error(student: tuple[Home, dict[str, Answer]]) -> None:
    home, _ = student
    done = run(home, "python .github/autograder.py", ASSIGNMENT="ps3-layers")
    assert done.returncode == 0 and "no notebook" in done.stdout


def test_what_cannot_be_checked_is_an_error(student: tuple[Home, dict[str, Answer]]) -> None:
    home, _ = student
    stray = home.folder / "work" / "ps9" / "a.ipynb"
    stray.parent.mkdir()
    nbformat.write(new_notebook(), stray)
    done = run(home, "python .github/autograder.py", ASSIGNMENT="ps9")
    assert done.returncode == 1 and "could not be checked" in done.stderr


def test_an_autograder_of_gradescope(student: tuple[Home, dict[str, Answer]], tmp_path: Path) -> None:
    home, given = student
    shutil.copytree(home.folder / "release", tmp_path / "source" / "release")
    (tmp_path / "submission").mkdir()
    shutil.copy(home.folder / "work" / "ps1-blocks" / "blocks.ipynb", tmp_path / "submission")
    done = run(home, GRADESCOPE.replace("/autograder/", f"{tmp_path}/"))
    made = json.loads((tmp_path / "results" / "results.json").read_text(encoding="utf-8"))
    assert made["score"] == sum(predicted(given)), done.stdout + done.stderr
    assert any("✗" in test["output"] for test in made["tests"]) and made["output"]
