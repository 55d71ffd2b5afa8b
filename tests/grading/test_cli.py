"""`d2l-ch3 grade` as a person uses it: what it says, what it leaves alone, and how it ends."""

import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from d2l_ch3 import cli
from d2l_ch3.grading import course as course_module
from d2l_ch3.grading import linux, whole_class
from tools import bank
from tools.scratch import COURSE_ID, ScratchCourse

ASSIGNMENT = "ps1-blocks"
ANSWERS = {f"s{number:02}": answer for number, answer in enumerate(bank.answers("parallel-block")[:3], 1)}
EARLIER = "2020-01-01 00:00:00.000000"


def copy(of: ScratchCourse, to: Path) -> ScratchCourse:
    shutil.copytree(of.folder, to / "copy")
    made = ScratchCourse.__new__(ScratchCourse)
    made.folder = to / "copy"
    return made


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """Three students handed in, nothing is graded."""
    course = ScratchCourse(tmp_path_factory.mktemp("generated") / "course").generate()
    for student, answer in ANSWERS.items():
        course.hand_in(student, ASSIGNMENT, {"parallel-block": answer.cell})
    return course


@pytest.fixture(scope="module")
def graded(generated: ScratchCourse, tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """All three are graded, long ago."""
    course = copy(generated, tmp_path_factory.mktemp("graded"))
    told = course.command("grade", ASSIGNMENT, "--jobs", "2", "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1].startswith("3 graded in ")
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as gradebook:
        gradebook.execute("UPDATE d2l_ch3_grading SET graded = ?", [EARLIER])
        gradebook.commit()
    return course


def files(course: ScratchCourse) -> dict[str, bytes]:
    return {str(path.relative_to(course.folder)): path.read_bytes()
            for path in course.folder.rglob("*") if path.is_file()}


def graded_now(course: ScratchCourse) -> list[str]:
    """Whose submissions were graded since the fixture."""
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as gradebook:
        return [student for student, in gradebook.execute(
            "SELECT student FROM d2l_ch3_grading WHERE graded > ? ORDER BY student", [EARLIER])]


def would_grade(course: ScratchCourse, *arguments: str) -> list[str]:
    told = course.command("grade", ASSIGNMENT, "--dry-run", "--lang", "en", *arguments)
    assert told.returncode == 0, told.stderr
    *lines, summary = told.stdout.splitlines()
    assert summary.startswith(f"{len(lines)} to grade, ")
    return [line.removeprefix("would grade ") for line in lines]


def refused(course: ScratchCourse, *arguments: str, assignment: str = ASSIGNMENT, language: str = "en") -> str:
    """What it says when it refuses: one line, and nothing was done."""
    before = files(course)
    told = course.command("grade", assignment, "--lang", language, *arguments)
    assert told.returncode == 2, told.stdout + told.stderr
    assert told.stdout == ""
    (line,) = told.stderr.splitlines()
    assert line.startswith("d2l-ch3 grade: ")
    after = files(course)
    assert {name: after.get(name) for name in before if name != "gradebook.db"} == {
        name: content for name, content in before.items() if name != "gradebook.db"}
    assert [name for name in after if name.startswith("autograded")] == [
        name for name in before if name.startswith("autograded")]
    return line


# Help and language


@pytest.mark.parametrize("command", [[], ["check"], ["grade"], ["feedback"], ["report"], ["watch"], ["similar"],
                                     ["export"], ["doctor"], ["new-exercise"], ["mutate"]])
def test_help_shows_an_example(command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main([*command, "--help"])
    assert stopped.value.code == 0
    told = capsys.readouterr().out
    assert f"\n  d2l-ch3 {' '.join(command)}".rstrip() in told[told.index("example"):]


@pytest.mark.parametrize(("settings", "language"), [
    ({"LANG": "zh_CN.UTF-8"}, "zh"), ({"LANG": "zh_TW.UTF-8", "LC_ALL": "C.UTF-8"}, "en"), ({}, "en"),
    ({"LC_MESSAGES": "zh_CN", "LANG": "en_GB.UTF-8"}, "zh"), ({"LANG": "de_DE.UTF-8"}, "en")])
def test_it_speaks_the_systems_language(monkeypatch: pytest.MonkeyPatch, settings: dict[str, str],
                                        language: str) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in settings.items():
        monkeypatch.setenv(name, value)
    assert cli.system_language() == language


def test_it_speaks_chinese(graded: ScratchCourse) -> None:
    told = graded.command("grade", ASSIGNMENT, "--dry-run", "--lang", "zh")
    assert told.stdout == "0 份要批改，3 份没有变化\n"
    assert "没有" in refused(graded, assignment="ps9", language="zh")


@pytest.mark.parametrize("jobs", ["0", "-1", "two"])
def test_the_number_of_processes_is_a_number(jobs: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        cli.main(["grade", ASSIGNMENT, "--jobs", jobs])
    assert stopped.value.code == 2
    assert "argument --jobs" in capsys.readouterr().err


# What is graded, and what is left alone


def test_the_scores_are_those_of_the_answers(graded: ScratchCourse) -> None:
    scores = graded.scores(ASSIGNMENT)
    assert {student: scores[student]["test-parallel-block"] for student in ANSWERS} == {
        student: answer.points for student, answer in ANSWERS.items()}


def test_a_dry_run_changes_nothing(generated: ScratchCourse, tmp_path: Path) -> None:
    course = copy(generated, tmp_path)
    before = files(course)
    assert would_grade(course) == list(ANSWERS)
    assert files(course) == before


def test_what_has_not_changed_is_not_graded_again(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    before = files(course)
    told = course.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1].endswith("; 3 unchanged")
    assert graded_now(course) == []
    assert {name: content for name, content in files(course).items() if name.startswith("autograded")} == {
        name: content for name, content in before.items() if name.startswith("autograded")}


def test_only_the_one_that_changed_is_graded_again(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    other = bank.answers("parallel-block")[3]
    course.hand_in("s02", ASSIGNMENT, {"parallel-block": other.cell})
    assert would_grade(course) == ["s02"]
    told = course.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert graded_now(course) == ["s02"]
    scores = course.scores(ASSIGNMENT)
    assert {student: scores[student]["test-parallel-block"] for student in ANSWERS} == {
        **{student: answer.points for student, answer in ANSWERS.items()}, "s02": other.points}


def test_what_changed_is_told_with_the_reason(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    first, second = (next(one for one in bank.answers("parallel-block") if not one.right and one.points == points)
                     for points in (4, 3))
    course.hand_in("s01", ASSIGNMENT, {"parallel-block": first.cell})
    course.hand_in("s03", ASSIGNMENT).write_text("no notebook")
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.find_grade("test-parallel-block", "blocks", ASSIGNMENT, "s01").manual_score = 5.5
        gradebook.db.commit()
    told = course.command("grade", ASSIGNMENT, "--diff", "--lang", "en")
    assert told.returncode == 1, told.stderr
    was = {student: f"{answer.points}" for student, answer in ANSWERS.items()}
    assert told.stdout.splitlines()[-3:] == [
        "2 scores changed (of 2 students)",
        f"  s01 parallel-block: {was['s01']} → 4; what changed: the submission (the 5.5 that a person gave stay)",
        f"  s03 parallel-block: {was['s03']} → 0; what changed: what was handed in could not be read"]
    (course.folder / "nbgrader_config.py").open("a").write("\nc.Grade.limits = {'cell_time': 31}\n")
    course.hand_in("s01", ASSIGNMENT, {"parallel-block": second.cell})
    told = course.command("grade", ASSIGNMENT, "--student", "s01", "--lang", "en")
    assert "  s01 parallel-block: 4 → 3; what changed: the submission, the limits" in told.stdout
    told = course.command("grade", ASSIGNMENT, "--student", "s01", "--diff", "--lang", "zh")
    assert told.stdout.splitlines()[-1] == "0 个分数变了（0 位学生）"


def test_the_whole_day_in_one_command(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    other = bank.answers("parallel-block")[3]
    course.hand_in("s02", ASSIGNMENT, {"parallel-block": other.cell})
    told = course.command("grade", ASSIGNMENT, "--feedback", "--report", "--dry-run", "--lang", "en")
    assert told.returncode == 0 and not (course.folder / "feedback").exists()
    told = course.command("grade", ASSIGNMENT, "--feedback", "--report", "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert "1 graded in " in told.stdout and "3 pages made in " in told.stdout
    assert (course.folder / "feedback" / "s02" / ASSIGNMENT / "blocks.html").exists()
    assert (course.folder / "reports" / f"{ASSIGNMENT}-en.html").exists()
    shutil.rmtree(course.folder / "reports")
    (course.folder / "reports").touch()
    told = course.command("grade", ASSIGNMENT, "--report", "--lang", "en")
    assert told.returncode == 2 and "reports" in told.stderr


def test_a_file_beside_the_notebook_is_part_of_it(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    (course.folder / "submitted" / "s03" / ASSIGNMENT / "data.csv").write_text("1,2\n")
    assert would_grade(course) == ["s03"]


def test_a_corrected_time_counts_at_the_next_run(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    stamp = course.folder / "submitted" / "s03" / ASSIGNMENT / "timestamp.txt"
    for when in ("2026-09-02 08:15:00 UTC", "2026-09-01 08:15:00 UTC"):  # also to an earlier one
        stamp.write_text(when)
        assert would_grade(course) == ["s03"]
        assert course.command("grade", ASSIGNMENT).returncode == 0
        with Gradebook(course.db_url, COURSE_ID) as gradebook:
            assert f"{gradebook.find_submission(ASSIGNMENT, 's03').timestamp} UTC" == when


def test_a_graded_notebook_that_is_gone_is_made_again(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    shutil.rmtree(course.folder / "autograded" / "s01")
    assert would_grade(course) == ["s01"]


def test_a_changed_master_means_everybody(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    path = course.folder / "source" / ASSIGNMENT / "blocks.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade"))
    cell.metadata.nbgrader.points += 1
    nbformat.write(notebook, path)
    assert course.api().generate_assignment(ASSIGNMENT)["success"]
    assert would_grade(course) == list(ANSWERS)


def test_students_can_be_chosen_and_forced(graded: ScratchCourse, tmp_path: Path) -> None:
    assert would_grade(graded, "--force") == list(ANSWERS)
    assert would_grade(graded, "--force", "--student", "s03", "--student", "s01") == ["s03", "s01"]
    assert would_grade(graded, "--student", "s01") == []
    course = copy(graded, tmp_path)
    told = course.command("grade", ASSIGNMENT, "--force", "--student", "s03", "--student", "s03", "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1].startswith("1 graded in ")
    assert graded_now(course) == ["s03"]


def test_the_number_of_processes_changes_no_byte(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    shutil.rmtree(course.folder / "autograded")
    told = course.command("grade", ASSIGNMENT, "--jobs", "1")
    assert told.returncode == 0, told.stderr
    assert graded_now(course) == list(ANSWERS)
    assert course.scores(ASSIGNMENT) == graded.scores(ASSIGNMENT)
    made, before = files(course), files(graded)
    notebooks = [name for name in before if name.startswith("autograded")]
    assert len(notebooks) == 3
    for name in notebooks:
        assert made[name] == before[name], name


# What is refused


def test_a_student_who_handed_in_nothing_is_named(graded: ScratchCourse) -> None:
    line = refused(graded, "--student", "s01", "--student", "s77")
    assert "s77" in line
    assert "s01" not in line


def test_an_unknown_assignment_is_named(graded: ScratchCourse) -> None:
    line = refused(graded, assignment="ps9-nothing")
    assert "ps9-nothing" in line
    assert "submitted" in line


def test_a_folder_that_is_no_course_is_named(graded: ScratchCourse, tmp_path: Path) -> None:
    line = refused(graded, "--course", str(tmp_path))
    assert str(tmp_path) in line
    assert "nbgrader_config.py" in line


def test_an_assignment_that_was_not_generated_is_named_with_the_command(tmp_path: Path) -> None:
    course = ScratchCourse(tmp_path / "course")
    path = course.folder / "submitted" / "s01" / ASSIGNMENT / "blocks.ipynb"
    path.parent.mkdir(parents=True)
    path.write_text("{}")
    assert f"nbgrader generate_assignment {ASSIGNMENT}" in refused(course)


def test_a_gradebook_that_is_none_is_named(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)
    (course.folder / "gradebook.db").write_text("no database, only words " * 100)
    line = refused(course)
    assert str(course.folder / "gradebook.db") in line
    assert "file is not a database" in line
    assert "d2l-ch3 doctor" in line
    assert (course.folder / "gradebook.db").read_text() == "no database, only words " * 100


@pytest.mark.parametrize("broken", ["c.This is no Python", "raise ValueError('EDITION must be zh or en')",
                                    "c.Grade.limits = {'memory': 0}", "c.Grade.limits = {'patience': 1}"])
def test_a_configuration_that_cannot_be_used_is_named(graded: ScratchCourse, tmp_path: Path, broken: str) -> None:
    course = copy(graded, tmp_path)
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write(f"\n{broken}\n")
    assert "nbgrader_config.py" in refused(course)


def test_a_course_that_cannot_be_written_is_named(graded: ScratchCourse, tmp_path: Path) -> None:
    course = copy(graded, tmp_path)

    def read_only() -> None:
        flags = linux.CLONE_NEWNS
        if os.geteuid():
            linux.new_user_namespace(os.open("/proc/self", os.O_PATH), os.geteuid())
        linux.unshare(flags)
        linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
        linux.mount(course.folder, course.folder, flags=linux.MS_BIND)
        linux.mount("none", course.folder, flags=linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY)
        os.chdir(course.folder)

    before = files(course)
    told = subprocess.run([sys.executable, "-m", "d2l_ch3.cli", "grade", ASSIGNMENT, "--force", "--lang", "en"],
                          cwd=course.folder, preexec_fn=read_only, capture_output=True, text=True, check=False)
    assert told.returncode == 2, told.stderr
    lines = [line for line in told.stderr.splitlines() if line.startswith("d2l-ch3 grade: ")]
    assert len(lines) == len(told.stderr.splitlines()) == 1, told.stderr
    assert str(course.folder) in lines[0]
    assert files(course) == before


def test_a_submission_that_cannot_be_read_is_named_and_the_others_are_graded(
        generated: ScratchCourse, tmp_path: Path) -> None:
    course = copy(generated, tmp_path)
    (course.folder / "submitted" / "s02" / ASSIGNMENT / "blocks.ipynb").write_text("{not a notebook")
    told = course.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 1, told.stderr
    assert "✗ s02: blocks.ipynb is not a whole notebook" in told.stdout
    assert "s01" not in told.stdout
    scores = course.scores(ASSIGNMENT)
    assert {student: scores[student]["test-parallel-block"] for student in ANSWERS} == {
        **{student: answer.points for student, answer in ANSWERS.items()}, "s02": 0.0}


def test_two_at_a_time_are_not_let_in(generated: ScratchCourse, tmp_path: Path) -> None:
    course = copy(generated, tmp_path)
    with course_module.locked(course.folder):
        told = course.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 2
    assert f"another `d2l-ch3 grade` or `watch` is at work in {course.folder}" in told.stderr
    assert not (course.folder / "autograded").exists()


def test_dask_is_asked_for_by_name_if_it_is_not_there(graded: ScratchCourse) -> None:
    code = ("import sys\nsys.modules['distributed'] = None\nfrom d2l_ch3.cli import main\n"
            f"sys.exit(main(['grade', '{ASSIGNMENT}', '--force', '--scheduler', 'tcp://127.0.0.1:1', '--lang', 'en']))")
    told = subprocess.run([sys.executable, "-c", code], cwd=graded.folder, capture_output=True, text=True, check=False)
    assert told.returncode == 2
    (line,) = told.stderr.splitlines()
    assert line.endswith("needs Dask: pip install 'd2l_ch3[dask]'")


# Interrupted


def test_a_ctrl_c_loses_nothing(generated: ScratchCourse, tmp_path: Path) -> None:
    course = copy(generated, tmp_path)
    points = {}
    for number in range(16):
        answer = bank.answers("parallel-block")[number % 4]
        points[f"t{number:02}"] = answer.points
        course.hand_in(f"t{number:02}", ASSIGNMENT, {"parallel-block": answer.cell})
    shutil.rmtree(course.folder / "submitted" / "s01")
    course.hand_in("t08", ASSIGNMENT, {"parallel-block": "import time\ntime.sleep(999)"})  # the run cannot end before
    grading = subprocess.Popen(
        [sys.executable, "-m", "d2l_ch3.cli", "grade", ASSIGNMENT, "--jobs", "1", "--lang", "en"], cwd=course.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))  # what runs in the background is deaf to it
    until = time.monotonic() + 120
    while not list(course.folder.glob("autograded/*/*/blocks.ipynb")):
        assert grading.poll() is None, grading.communicate()
        assert time.monotonic() < until
        time.sleep(0.005)
    os.killpg(grading.pid, signal.SIGINT)
    _, said = grading.communicate(timeout=60)
    assert grading.returncode == 130, said
    course.hand_in("t08", ASSIGNMENT, {"parallel-block": bank.answers("parallel-block")[0].cell})
    assert said == ("d2l-ch3 grade: interrupted: what is graded is saved, and the same command goes on where it "
                    "stopped\n")

    before = course.scores(ASSIGNMENT)
    assert len(before) < 18
    for student, scores in before.items():
        if student in points:
            assert scores["test-parallel-block"] == points[student]
    left = would_grade(course)
    assert left
    assert not set(left) & set(before)

    told = course.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 0, told.stderr
    assert told.stdout.splitlines()[-1].endswith(f"; {len(before)} unchanged")
    scores = course.scores(ASSIGNMENT)
    assert {student: scores[student]["test-parallel-block"] for student in points} == points
    for path in course.folder.glob("autograded/*/*/blocks.ipynb"):
        json.loads(path.read_text())


class InADestructor:
    """Where Python drops an interrupt."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


@pytest.mark.filterwarnings("error")
def test_a_ctrl_c_that_python_drops_comes_again(
        generated: ScratchCourse, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str],
        request: pytest.FixtureRequest) -> None:
    def plan(*_: object, **__: object) -> None:
        InADestructor()
        threading.Event().wait(60)

    monkeypatch.setattr(whole_class, "plan", plan)
    usual, before = sys.unraisablehook, signal.signal(signal.SIGINT, signal.default_int_handler)
    request.addfinalizer(lambda: signal.signal(signal.SIGINT, before))
    assert cli.main(["grade", ASSIGNMENT, "--course", str(generated.folder), "--lang", "en"]) == 130
    assert capfd.readouterr().err == (
        "d2l-ch3 grade: interrupted: what is graded is saved, and the same command goes on where it stopped\n")
    assert sys.unraisablehook is usual


def test_a_package_that_students_processes_would_not_have_is_refused(
        generated: ScratchCourse, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(Path(cli.__file__).parents[1], tmp_path / "d2l_ch3")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    told = generated.command("grade", ASSIGNMENT, "--lang", "en")
    assert told.returncode == 2
    assert f"what runs here is {tmp_path / 'd2l_ch3'}" in told.stderr and "PYTHONPATH" in told.stderr
    assert not (generated.folder / "autograded").exists()


@pytest.mark.parametrize(("answer", "comment"), [("list-sequential-why", "No response."), ("parallel-block", None)])
def test_what_was_left_as_it_was_is_marked_as_nbgrader_marks_it(
        graded: ScratchCourse, answer: str, comment: str | None) -> None:
    with Gradebook(graded.db_url, COURSE_ID) as gradebook:
        assert gradebook.find_comment(answer, "blocks", ASSIGNMENT, "s01").auto_comment == comment
