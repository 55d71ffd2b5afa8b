"""What authors are promised: the guide's own commands and blocks make an exercise, and a skeleton is all or nothing."""

import json
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import venv
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from d2l_ch3 import checks, cli
from d2l_ch3.authoring.checkout import Checkout
from tools.build import ROOT
from tools.shorthand import NOT_RUN_YET, expand
from tools.texts import read

GUIDE, CHINESE_GUIDE = ROOT / "docs" / "authoring.md", ROOT / "docs" / "authoring.zh-CN.md"
NAMES = [name for names in checks.EXERCISES.values() for name in names]
SKELETONS_CELLS = re.compile(r'^\+\+\+ \{"tags": \["lang-zh"\]\}\s+## \d+\. TODO'
                             r'.*?(?=\n\+\+\+ \{"tags": \["lang-zh"\]\}\s+## 选做|\Z)', re.DOTALL | re.MULTILINE)

def not_copied(folder: str, names: list[str]) -> set[str]:
    """What a copy of the repository does without: what is hidden or made, and the student's work in the lab."""
    made = set(shutil.ignore_patterns(".*", "__pycache__", "*.egg-info", "build", "hand-out")(folder, names))
    return made | ({"lab"} if Path(folder) == ROOT else set())


# --- the guide -----------------------------------------------------------------------------------

@dataclass(frozen=True)
class Block:
    """A code block of the guide, and the last file that the paragraph before it names."""

    kind: str
    text: str
    path: str


def blocks(guide: Path) -> list[Block]:
    found, path = [], ""
    for token in MarkdownIt().parse(guide.read_text(encoding="utf-8")):
        if token.type == "inline":
            path = next(reversed(re.findall(r"`(\S+/\S+\.\w+)`", token.content)), "")
        elif token.type == "fence":
            found.append(Block(token.info, token.content, path))
    return found


@dataclass
class Author:
    """Someone who does what the guide says, in a copy of the repository and an environment that has it installed."""

    folder: Path
    told: list[subprocess.CompletedProcess[str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        shutil.copytree(ROOT, self.folder, ignore=not_copied)
        self.programs = install(self.folder, self.folder / ".venv")

    def follow(self, block: Block) -> None:
        path = self.folder / block.path
        if block.kind == "bash":
            self.told += [self.run("bash", "-c", line) for line in block.text.splitlines()]
        elif path.suffix == ".md":  # in the place of the skeleton's cells
            text = path.read_text(encoding="utf-8")
            path.write_text(SKELETONS_CELLS.sub(lambda _: block.text, text), encoding="utf-8")
        else:
            path.write_text(block.text, encoding="utf-8")

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(self.programs), os.environ["PATH"]])
        environment = {**os.environ, "PATH": path, "LC_ALL": "C.UTF-8"}
        return subprocess.run(command, cwd=self.folder, env=environment, capture_output=True, text=True, check=False)


def install(repository: Path, environment: Path) -> Path:
    """Make an environment with the packages of this one but for the course, which is that of `repository`.

    Returns the folder of its programs.
    """
    venv.create(environment)
    programs, packages = (Path(sysconfig.get_path(name, "venv", {"base": str(environment)}))
                          for name in ("scripts", "purelib"))
    here = [sysconfig.get_path(name) for name in ("purelib", "platlib")]
    (packages / "course.pth").write_text("\n".join([str(repository), *here]), encoding="utf-8")
    command = programs / "d2l-ch3"
    command.write_text(f"#!{programs / 'python'}\nimport sys\nfrom d2l_ch3.cli import main\n"
                       "if __name__ == '__main__':\n    sys.exit(main())\n")
    command.chmod(0o755)
    return programs


@pytest.fixture(scope="module")
def author(tmp_path_factory: pytest.TempPathFactory) -> Author:
    """The author, at the end of the guide."""
    diligent = Author(tmp_path_factory.mktemp("author") / "d2l_ch3")
    for block in blocks(GUIDE):
        diligent.follow(block)
    return diligent


def test_the_guides_commands_write_a_skeleton_fail_and_at_last_prove_the_exercise(author: Author) -> None:
    written, not_yet, removed, built, mutated, proved = author.told
    assert written.returncode == 0, written.stderr
    assert not_yet.returncode == 1
    assert removed.returncode == 0, removed.stderr
    assert built.returncode == 0, built.stderr
    assert mutated.returncode == 1
    assert '1 survive' in mutated.stdout and 'becomes = "return self.scale.double() * X"' in mutated.stdout
    assert proved.returncode == 0, proved.stdout + proved.stderr
    assert re.search(r"\d\d passed", proved.stdout)


def test_every_file_of_the_skeleton_is_named_as_not_filled_in_by_line(author: Author) -> None:
    written, not_yet = author.told[:2]
    files = re.findall(r"^  (\S+/\S+)$", written.stdout, re.MULTILINE)
    assert len(files) == 5
    named = dict.fromkeys(re.findall(r"^(\S+):\d+: .*TODO", not_yet.stderr, re.MULTILINE))
    assert set(named) == set(files)


GRADE = """
import json, sys
from pathlib import Path
import nbformat
from d2l_ch3.checks.report import reports_in
from tools import bank
from tools.scratch import ScratchCourse

course = ScratchCourse(Path(sys.argv[1]))
assert course.api().generate_assignment("ps3-layers")["success"]
answers = {answer.path.stem: answer for answer in bank.answers("scale-layer")}
for student, answer in answers.items():
    course.hand_in(student.replace("_", "-"), "ps3-layers", {"scale-layer": answer.cell})
told = course.command("grade", "ps3-layers")
assert told.returncode == 0, told.stderr
found = {}
for student, answer in answers.items():
    path = course.folder / "autograded" / student.replace("_", "-") / "ps3-layers" / "layers.ipynb"
    (cell,) = [cell for cell in nbformat.read(path, as_version=4).cells if cell.id == "test-scale-layer"]
    (report,) = reports_in(cell.outputs)
    score = course.scores("ps3-layers")[student.replace("_", "-")]["test-scale-layer"]
    found[student] = [score, report["misconceptions"]]
print(json.dumps(found))
"""


def test_the_grading_engine_names_the_new_misconceptions(author: Author, tmp_path: Path) -> None:
    told = author.run("python", "-c", GRADE, str(tmp_path))
    assert told.returncode == 0, told.stderr
    assert json.loads(told.stdout) == {
        "right_usual": [2, []], "right_registered": [2, []], "wrong_added": [1, ["scale-added"]],
        "wrong_buffer": [1, ["not-a-parameter"]], "wrong_data": [1, ["cut-gradient"]],
        "wrong_number": [0, ["missing-parameter"]], "wrong_starts_at_one": [1, ["other-start"]]}


def test_the_chinese_guide_has_the_same_blocks() -> None:
    assert blocks(CHINESE_GUIDE) == blocks(GUIDE)


# --- the skeleton --------------------------------------------------------------------------------

@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_left_to_fill_in(name: str) -> None:
    assert Checkout(ROOT).unfilled(name) == []


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """What `new-exercise` needs of a repository."""
    for folder in ("text", "d2l_ch3"):
        shutil.copytree(ROOT / folder, tmp_path / "course" / folder, ignore=not_copied)
    (tmp_path / "course" / "tests" / "answers").mkdir(parents=True)
    return tmp_path / "course"


def contents(folder: Path) -> dict[Path, bytes | None]:
    return {path: path.read_bytes() if path.is_file() else None for path in folder.rglob("*")}


def new_exercise(course: Path, *arguments: str) -> int:
    return cli.main(["new-exercise", *arguments, "--course", str(course), "--lang", "en"])


@pytest.mark.parametrize(("takes", "answer"), [("class", "ScaleLayer"), ("function", "scale_layer"),
                                               ("dict", "scale_layer")])
def test_a_skeleton_is_registered_last_reads_as_a_text_and_is_clean_python(
        course: Path, takes: str, answer: str) -> None:
    assert new_exercise(course, "scale-layer", "--takes", takes, "--assignment", "ps2-parameters") == 0
    assert list(Checkout(course).exercises()["ps2-parameters"].items())[-1] == ("scale-layer", 4)
    text = course / "text" / "ps2-parameters.md"
    graded = {cell.metadata.nbgrader.grade_id: cell for cell in expand(text, read(text)).cells
              if "nbgrader" in cell.metadata}
    solution, test = graded["scale-layer"], graded["test-scale-layer"]
    assert list(graded)[-4:-2] == ["scale-layer", "test-scale-layer"]  # the bonus is last
    assert "一共 34 分" in text.read_text(encoding="utf-8")
    assert " 34 points, " in text.read_text(encoding="utf-8")
    assert solution.metadata.nbgrader.solution
    assert test.metadata.nbgrader.points == 4
    assert test.source.splitlines()[:2] == [NOT_RUN_YET, f"checks.scale_layer({answer})"]
    told = subprocess.run([sys.executable, "-m", "ruff", "check", "--no-cache", "--config", ROOT / "pyproject.toml",
                           course / "d2l_ch3"], capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stdout


def test_without_options_it_goes_to_the_last_problem_set(course: Path) -> None:
    before = contents(course)
    assert new_exercise(course, "scale-layer") == 0
    after = contents(course)
    assert Checkout(course).assignment_of("scale-layer") == "ps4-resnet"
    changed = {path.name for path in before if before[path] != after[path]}
    assert changed == {"ps4-resnet.md"}


@pytest.mark.parametrize(("arguments", "reason"), [
    (["ScaleLayer"], "is not spelled as names are"),
    (["scale_layer"], "is not spelled as names are"),
    (["../scale"], "is not spelled as names are"),
    (["lambda"], "is not spelled as names are"),
    (["half-fourier"], "taken, by another exercise"),
    (["why-share"], "taken, by another exercise"),
    (["hint"], "taken, by hint in checks"),
    (["trials"], "taken, by trials in checks"),
    (["scale-layer", "--answer", "a b"], "cannot be a name"),
    (["scale-layer", "--answer", "class"], "cannot be a name"),
    (["scale-layer", "--answer", "HalfFourier"], "taken, by another exercise"),
    (["scale-layer", "--answer", "MySequential"], "taken, by a definition in d2l_ch3"),
    (["scale-layer", "--assignment", "ps9"], "there are: ps1-blocks, ps2-parameters, ps3-layers, ps4-resnet"),
    (["scale-layer", "--points", "1"], "worth 2 points or more"),
])
def test_what_cannot_be_is_refused_with_the_reason_and_nothing_changes(
        course: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], reason: str) -> None:
    before = contents(course)
    assert new_exercise(course, *arguments) == 2
    assert reason in capsys.readouterr().err
    assert contents(course) == before


def test_nothing_is_overwritten(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_exercise(course, "scale-layer") == 0
    before = contents(course)
    assert new_exercise(course, "scale-layer") == 2
    assert contents(course) == before
    (course / "tests" / "answers" / "other-layer").mkdir()
    assert new_exercise(course, "other-layer") == 2
    assert "which exists" in capsys.readouterr().err


def test_a_disk_that_fails_half_way_leaves_everything_as_it_was(
        course: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    before, replace, calls = contents(course), Path.replace, []

    def fail_at_the_fourth(path: Path, target: Path) -> Path:
        calls.append(target)
        if len(calls) == 4:
            raise OSError(28, "No space left on device", str(target))
        return replace(path, target)

    monkeypatch.setattr(Path, "replace", fail_at_the_fourth)
    assert new_exercise(course, "scale-layer") == 2
    assert "No space left on device" in capsys.readouterr().err
    assert len(calls) == 4
    assert contents(course) == before


def test_outside_of_a_checkout_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert new_exercise(tmp_path, "scale-layer") == 2
    assert f"{tmp_path} is no checkout of the course" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("language", "status"), [("zh", "退出码: 0 "), ("en", "exit status: 0 ")])
def test_help_has_an_example_and_the_exit_statuses(
        language: str, status: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        cli.main(["new-exercise", "--help", "--lang", language])
    told = capsys.readouterr().out
    assert "d2l-ch3 new-exercise scale-layer --assignment ps3-layers" in told
    assert status in told
