"""Dockerfile, binder/ and .devcontainer/: no image is built here; what they say is read, and run but for downloads."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from d2l_ch3.grading.doctor.attempts import CONTAINER
from d2l_ch3.handout import packed
from d2l_ch3.lab.jupyter import SETTINGS
from tools.build import ROOT

TESTED = re.search(r"Python (3\.\d+)", (ROOT / "requirements.txt").read_text())[1]  # type: ignore[index]
PIP = "python3 -m pip install --requirement "
ENVIRONMENT = {**os.environ, "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}"}


def stages() -> dict[str, list[tuple[str, str]]]:
    """The instructions of the Dockerfile by stage; the first, FROM, says what it is built on."""
    found: dict[str, list[tuple[str, str]]] = {}
    for line in (ROOT / "Dockerfile").read_text().splitlines():
        if line and not line.startswith("#"):
            instruction, _, rest = line.partition(" ")
            if instruction == "FROM":
                rest, _, name = rest.partition(" AS ")
                found[name] = []
            found[name].append((instruction, rest))
    return found


def everything(stage: str) -> list[tuple[str, str]]:
    """The instructions of a stage and of those it is built on."""
    (_, below), *own = stages()[stage]
    return [*(everything(below) if below in stages() else [("FROM", below)]), *own]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository, with one problem set only."""
    folder = tmp_path_factory.mktemp("context") / "d2l_ch3"
    for name in ("notebooks", "source/ps1-blocks"):
        shutil.copytree(ROOT / name, folder / name)
    for name in ("nbgrader_config.py", "requirements.txt"):
        shutil.copy(ROOT / name, folder)
    return folder


def run(command: str, folder: Path, **more: str) -> None:
    done = subprocess.run(["sh", "-c", command], cwd=folder, env={**ENVIRONMENT, **more}, text=True, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert done.returncode == 0, f"{command}\n{done.stdout}"


def require(file: Path) -> None:
    """What a file of requirements pins is what the suite runs with, and what it names by path is there."""
    lines = [line for line in file.read_text().splitlines() if line and not line.startswith("#")]
    for line in lines:
        if line.startswith("-r "):
            require(file.parent / line.removeprefix("-r "))
        elif line.startswith("--editable "):
            assert (ROOT / line.removeprefix("--editable ")).is_dir()
        elif line.startswith("./"):
            assert (file.parent / line).is_file()
        else:
            wanted = Requirement(line)
            assert wanted.specifier.contains(version(wanted.name)) and "==" in str(wanted.specifier), line
    assert lines


def test_all_have_the_python_that_was_tested() -> None:
    assert {everything(stage)[0] for stage in stages()} == {("FROM", f"python:{TESTED}-slim")}
    assert (ROOT / "binder" / "runtime.txt").read_text() == f"python-{TESTED}\n"


def test_the_images_are_made_of_commands_that_work(course: Path, tmp_path: Path) -> None:
    """Stage by stage: folders are copied and commands run as the Dockerfile says, but for those that download."""
    homes = {"base": tmp_path / "base", "grader": course, "made": course}
    ran = []
    for stage in ("grader", "made", "student"):
        given = {}
        for instruction, rest in stages()[stage][1:]:
            if instruction == "ARG":
                name, _, value = rest.partition("=")
                given[name] = value
            elif instruction == "COPY" and "--from" in rest:
                source, target = (re.sub(r"\$(\w+)", lambda found, given=given: given[found[1]], one)
                                  for one in shlex.split(rest)[-2:])
                assert shlex.split(rest)[0] == "--from=made" and target == "/home/course/d2l_ch3"
                homes[stage] = tmp_path / source.removeprefix("/home/course/")
            elif instruction == "RUN" and rest.startswith(PIP):
                require(homes[stage] / rest.removeprefix(PIP))
                ran.append("pip")
            elif instruction == "RUN":
                run(rest.replace("/home/course", str(tmp_path)), homes[stage], **given)
                ran.append(shlex.split(rest)[1])
            elif instruction == "CMD":
                program, command, *_ = json.loads(rest)
                run(f"{program} {command} --help", homes[stage])
                ran.append(command)
    assert ran == ["pip", "doctor", "hand-out", "pip", "lab"]
    assert (homes["student"] / packed.WHEEL).is_file()


@pytest.mark.parametrize("stage", ["grader", "student"])
def test_an_image_does_not_run_as_root(stage: str) -> None:
    instructions = everything(stage)
    assert ("USER", "course") in instructions
    assert [rest for what, rest in instructions if what == "RUN" and "useradd" in rest] == [
        "useradd --create-home --shell /bin/bash course"]


def test_no_image_gets_what_git_does_not_keep() -> None:
    kept_out = (ROOT / ".dockerignore").read_text().split()
    assert {".git", ".d2l-ch3-key", "gradebook.db*", "submitted", "autograded", "feedback", "lab"} <= set(kept_out)
    assert not {"d2l_ch3", "source", "notebooks", "requirements.txt", "nbgrader_config.py"} & set(kept_out)


def test_the_development_container_is_one_of_the_stages_and_may_isolate() -> None:
    said = json.loads((ROOT / ".devcontainer" / "devcontainer.json").read_text())
    folder = ROOT / ".devcontainer"
    assert (folder / said["build"]["dockerfile"]).resolve() == ROOT / "Dockerfile"
    assert (folder / said["build"]["context"]).resolve() == ROOT
    users = f"useradd --create-home --shell /bin/bash {said['remoteUser']}"
    assert ("RUN", users) in stages()[said["build"]["target"]]
    assert " ".join(said["runArgs"]) == CONTAINER
    commands = subprocess.run(f"{said['postCreateCommand']} --dry-run --always-make", shell=True, cwd=ROOT, text=True,
                              capture_output=True, check=True).stdout
    assert "-m venv" in commands and "pip install --quiet --requirement requirements.txt" in commands


def test_binder_installs_the_same_and_opens_what_students_get(course: Path) -> None:
    require(ROOT / "binder" / "requirements.txt")
    run(str(ROOT / "binder" / "postBuild"), course)
    for edition in ("zh", "en"):
        assert (course / "lab" / edition / "index.ipynb").is_file()
        assert (course / "lab" / edition / "ps1-blocks" / "blocks.ipynb").is_file()
    run(f"{ROOT / 'binder' / 'start'} sh -c 'test \"$JUPYTER_CONFIG_PATH\" = {SETTINGS}'", course)
