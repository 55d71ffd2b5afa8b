"""`d2l-ch3 check` in a course that is not this one: prose and code without metadata, hidden tests, other packages."""

import json
from pathlib import Path

import nbformat
import pytest

from d2l_ch3.cli import main
from d2l_ch3.presubmit import costs
from d2l_ch3.presubmit.clean_run import Outcome
from d2l_ch3.presubmit.differences import differences, unanswered
from d2l_ch3.presubmit.doctor import examine
from d2l_ch3.presubmit.fix import mended
from d2l_ch3.presubmit.notebook import read_notebook
from tests.grading.courses import ASSIGNMENT, Course, answer, code, notebook, prose, test, written

MEAN = "def mean(values):\n    return sum(values) / len(values)"


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return Course(tmp_path_factory.mktemp("other") / "course", {"quiz": notebook(
        prose("# Quiz"), code("import json, pandas_like"), prose("## Mean"), answer("mean", MEAN),
        test("test-mean", "assert mean([1, 3]) == 2"), prose("## Hidden"), answer("hidden", "x = 1"),
        test("test-hidden", "# We try some.\n### BEGIN HIDDEN TESTS\nassert x == 1\n### END HIDDEN TESTS"),
        prose("Use this one from now on."), code(f"{MEAN}  # given"), prose("Why?"), written("why"), prose("Why not?"),
        written("why-not"))}).make()


def work(course: Course, folder: Path, answers: dict[str, str], name: str = "quiz") -> Path:
    path = folder / ASSIGNMENT / f"{name}.ipynb"
    path.parent.mkdir(exist_ok=True)
    made = course.release("quiz")
    for cell in made.cells:
        cell.source = answers.get(cell.metadata.get("nbgrader", {}).get("grade_id"), cell.source)
    nbformat.write(made, path)
    return path


def test_the_release_is_known_to_be_unanswered(course: Course, tmp_path: Path) -> None:
    read = read_notebook(work(course, tmp_path, {}), course.path("release", "."))
    assert differences(read) == []
    assert [finding.problem.key for finding in unanswered(read)] == ["stub", "stub", "unwritten", "unwritten"]


def test_fixing_takes_nothing_that_was_given_for_an_answer(course: Course, tmp_path: Path) -> None:
    path = work(course, tmp_path, {"mean": f"{MEAN}  # mine"})
    before = json.loads(path.read_text())
    del before["cells"][1]["id"]
    before["cells"].pop(4)  # a test
    path.write_text(json.dumps(before))
    made = mended(read_notebook(path, course.path("release", ".")))
    released = course.release("quiz")
    assert [cell.source for cell in made.cells] == [
        f"{MEAN}  # mine" if cell.metadata.get("nbgrader", {}).get("grade_id") == "mean" else cell.source
        for cell in released.cells]
    assert len({cell.id for cell in made.cells}) == len(made.cells)
    assert [cell.metadata.get("nbgrader", {}) for cell in made.cells] == [
        cell.metadata.get("nbgrader", {}) for cell in released.cells]


def test_a_test_of_hidden_lines_only_is_known_when_it_is_graded(course: Course, tmp_path: Path) -> None:
    read = read_notebook(work(course, tmp_path, {"mean": MEAN}), course.path("release", "."))
    checked = examine(read, lambda sources, folder, limits: [Outcome("done") for _ in sources])
    assert {score.name: (score.points, score.hidden) for score in checked.scores} == {
        "mean": (1.0, False), "hidden": (None, True), "why": (None, False), "why-not": (None, False)}


@pytest.mark.parametrize(("source", "nothing"), [
    ("", True), ("# only words", True), ("import math\n'''words'''", True), ("pass", True), ("assert x", False),
    ("0.5", False), ("%time f()", False), ("x", False), ("f'{x}'", False)])
def test_what_can_fail_tests_something(source: str, nothing: bool) -> None:
    assert costs.tests_nothing(source) == nothing


def test_it_says_so_and_never_all_right(course: Course, tmp_path: Path, capsys: pytest.CaptureFixture[str],
                                        monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "120")
    path = work(course, tmp_path, {"mean": MEAN, "hidden": "x = 2", "why": "Because.", "why-not": "No."})
    main(["check", str(path), "--release", str(course.path("release", ".")), "--lang", "en"])
    line = next(line for line in capsys.readouterr().out.splitlines() if line.lstrip().startswith("Hidden"))
    assert "— / 1" in line and "known when it is graded" in line and "all right" not in line


def test_a_test_that_fails_is_said_to_fail_by_its_name_where_no_heading_is(
        tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """It was run, so nobody says that it could not be; nor of one that gives a part of its points."""
    course = Course(tmp_path / "course", {"quiz": notebook(
        answer("mean", MEAN), test("right", "assert mean([2]) == 2"), test("whole", "assert mean([1, 3]) == 2"),
        test("part", "0.5"), test("shown", "%%capture\nassert mean([1, 3]) == 2"))}).make()
    path = work(course, tmp_path, {"mean": "def mean(values):\n    return values[0]"})
    assert main(["check", str(path), "--release", str(course.path("release", ".")), "--lang", "en"]) == 1
    lines = {name: " ".join(said) for name, *said in filter(None, map(str.split, capsys.readouterr().out.splitlines()))}
    assert lines["right"] == "1 / 1 ✓ all right"
    assert lines["part"] == "0.5 / 1 ✗ the test does not pass"
    assert lines["whole"] == lines["shown"] == "0 / 1 ✗ the test does not pass"


@pytest.mark.parametrize(("name", "beside", "loses"), [
    ("quiz-Copy1", [], False), ("mine", [], False), ("quiz-Copy1", ["scratch"], False), ("mine", ["scratch"], True),
    ("quiz-Copy1", ["quiz-Copy2"], True), ("mine", ["quiz"], True)])
def test_a_file_name_costs_points_where_the_grader_could_mean_another(
        course: Course, tmp_path: Path, name: str, beside: list[str], loses: bool) -> None:
    path = work(course, tmp_path, {}, name)
    for other in beside:
        path.with_name(f"{other}.ipynb").write_bytes(path.read_bytes())
    (found,) = (one for one in differences(read_notebook(path, course.path("release", ".")))
                if one.problem.key == "file-name")
    assert found.loses == loses
