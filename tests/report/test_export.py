"""`d2l-ch3 export`: files as Canvas, Moodle and spreadsheets read them, and scores that are final and no others."""

import csv
import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from nbgrader.api import Gradebook
from nbgrader.plugins import CsvExportPlugin
from sqlalchemy import insert

from d2l_ch3 import checks, cli
from d2l_ch3.checks.catalogue import named, words
from d2l_ch3.class_report.class_data import NotThere
from d2l_ch3.exporting import Canvas, Gradescope, Moodle, Plain, harmless
from d2l_ch3.grading.course import config
from d2l_ch3.grading.gradebook import GRADINGS, open_gradebook
from d2l_ch3.language import speaking
from d2l_ch3.presubmit.results import FILE
from tools.bank import answers
from tools.scratch import COURSE_ID, ScratchCourse

ONE, TWO, NOBODYS = "ps1-blocks", "ps3-layers", "ps2-parameters"
STUDENTS = {
    "one": {"first_name": "First", "last_name": "Last, Jr.", "email": "one@school.test", "lms_user_id": "4711"},
    "two": {"first_name": "名", "last_name": "姓", "lms_user_id": "535fa085"},
    "=1+1": {"first_name": "@SUM(A1)", "last_name": "-2"},
}
MANUAL = "list-sequential-why"


def grade(gradebook: Gradebook, student: str, assignment: str, points: float, written: float | None = None) -> None:
    """`points` in the first exercise; `written` in the written question, or an answer to it that nobody has read."""
    submission = gradebook.add_submission(assignment, student)
    (notebook,) = submission.notebooks
    for cell in notebook.grades:
        cell.auto_score, cell.needs_manual_grade = 0.0, False
    next(cell for cell in notebook.grades if cell.name != MANUAL).auto_score = points
    for cell in notebook.grades:
        if cell.name == MANUAL:
            cell.auto_score, cell.manual_score, cell.needs_manual_grade = None, written, written is None
    gradebook.db.commit()


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """Three students: one is late in one, two's written answer waits, the third handed in only the other."""
    course = ScratchCourse(tmp_path_factory.mktemp("export") / "course").generate()
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        for student, about in STUDENTS.items():
            gradebook.add_student(student, **about)
        grade(gradebook, "one", ONE, 2.5, written=2)
        grade(gradebook, "two", ONE, 3)
        grade(gradebook, "one", TWO, 5)
        grade(gradebook, "=1+1", TWO, 4)
        gradebook.find_submission(TWO, "one").notebooks[0].late_submission_penalty = 1.5
        gradebook.find_submission(TWO, "one").timestamp = datetime(2026, 9, 2, 8)
        gradebook.db.commit()
    return course


@pytest.fixture
def gradebook(course: ScratchCourse) -> Iterator[Gradebook]:
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        yield gradebook


def exported(plugin: CsvExportPlugin, gradebook: Gradebook, to: Path, encoding: str = "utf-8") -> list[list[str]]:
    plugin.to = str(to)
    plugin.export(gradebook)
    with to.open(encoding=encoding, newline="") as file:
        return list(csv.reader(file))


def test_canvas_finds_its_columns_and_its_students(gradebook: Gradebook, tmp_path: Path) -> None:
    head, possible, *lines = exported(Canvas(), gradebook, tmp_path / "grades.csv")
    assert head == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", ONE, TWO]
    assert possible == ["    Points Possible", "", "", "", "", "30", "20"]
    assert sorted(lines) == [["'-2, @SUM(A1)", "", "", "'=1+1", "", "", "4"],
                             ["Last, Jr., First", "4711", "", "one", "", "4.5", "3.5"],
                             ["姓, 名", "", "", "two", "", "", ""]]


def test_canvas_can_be_told_that_ids_are_sis_ids(gradebook: Gradebook, tmp_path: Path) -> None:
    lines = exported(Canvas(student_is="SIS User ID"), gradebook, tmp_path / "grades.csv")
    assert ["Last, Jr., First", "4711", "one", "", "", "4.5", "3.5"] in lines


def test_moodle_can_map_any_of_three_columns(gradebook: Gradebook, tmp_path: Path) -> None:
    head, *lines = exported(Moodle(), gradebook, tmp_path / "grades.csv")
    assert head == ["First name", "Last name", "Username", "ID number", "Email address", ONE, TWO]
    assert sorted(lines) == [["'@SUM(A1)", "'-2", "'=1+1", "'=1+1", "", "", "4"],
                             ["First", "Last, Jr.", "one", "one", "one@school.test", "4.5", "3.5"],
                             ["名", "姓", "two", "two", "", "", ""]]


def test_plain_says_what_nbgraders_own_says_of_what_is_final(gradebook: Gradebook, tmp_path: Path) -> None:
    own = exported(CsvExportPlugin(assignment=[TWO], student=["one"]), gradebook, tmp_path / "own.csv")
    ours = exported(Plain(assignment=[TWO], student=["one"]), gradebook, tmp_path / "ours.csv", "utf-8-sig")
    # nbgrader does not quote: the comma in the name moves what follows it.
    assert own[1].pop(5) == " Jr."
    own[1][4] += ", Jr."
    assert ours == own
    assert ours[1] == [TWO, "", "2026-09-02 08:00:00", "one", "Last, Jr.", "First", "one@school.test", "5.0", "1.5",
                       "3.5", "20.0"]


def test_plain_leaves_empty_what_is_not_final_and_what_was_not_handed_in(gradebook: Gradebook, tmp_path: Path) -> None:
    _, *lines = exported(Plain(), gradebook, tmp_path / "grades.csv", "utf-8-sig")
    scores = {(line[0], line[3]): line[7:10] for line in lines}
    assert scores == {(ONE, "one"): ["4.5", "0.0", "4.5"], (ONE, "two"): ["", "", ""], (ONE, "'=1+1"): ["", "", ""],
                      (TWO, "one"): ["5.0", "1.5", "3.5"], (TWO, "two"): ["", "", ""],
                      (TWO, "'=1+1"): ["4.0", "0.0", "4.0"]}
    assert (tmp_path / "grades.csv").read_bytes().startswith(b"\xef\xbb\xbfassignment,")  # Excel needs it for Chinese


def test_provisional_scores_come_out_only_when_asked_for(gradebook: Gradebook, tmp_path: Path) -> None:
    lines = exported(Canvas(provisional=True), gradebook, tmp_path / "grades.csv")
    assert ["姓, 名", "", "", "two", "", "3", ""] in lines


def test_assignments_and_students_can_be_chosen(gradebook: Gradebook, tmp_path: Path) -> None:
    head, _, *lines = exported(Canvas(assignment=[TWO], student=["one"]), gradebook, tmp_path / "grades.csv")
    assert head[5:] == [TWO]
    assert [line[3:] for line in lines] == [["one", "", "3.5"]]


def test_nothing_graded_is_nothing_to_export(gradebook: Gradebook, tmp_path: Path) -> None:
    with pytest.raises(NotThere, match="d2l-ch3 grade"):
        exported(Canvas(assignment=[NOBODYS]), gradebook, tmp_path / "grades.csv")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@A1", "\t=1", "\rx", " =1", "＝1"])
def test_what_a_spreadsheet_would_run_is_made_a_text(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "姓名", "O's", "a=b", "s-01", -1.5, None])
def test_the_rest_is_left_alone(cell: object) -> None:
    assert harmless(cell) is cell


# As commands


def test_the_command_says_which_scores_are_left_empty(course: ScratchCourse, tmp_path: Path) -> None:
    told = course.command("export", "--format", "moodle", "--to", str(tmp_path / "m.csv"), "--lang", "en")
    assert told.returncode == 1
    assert told.stdout == f"students: 3, assignments: 2; {tmp_path / 'm.csv'}\n"
    (line,) = told.stderr.splitlines()
    assert line.startswith("d2l-ch3 export: scores left empty: 1, ")
    assert f"(two {ONE})" in line
    told = course.command("export", "--provisional", "--to", str(tmp_path / "p.csv"), "--lang", "zh")
    assert told.returncode == 0
    assert f"暂定的（two {ONE}）" in told.stderr


def test_the_command_is_content_where_all_is_final(course: ScratchCourse, tmp_path: Path) -> None:
    assert cli.main(["export", "--assignment", TWO, "--course", str(course.folder), "--to", str(tmp_path / "p")]) == 0


def test_the_command_names_the_assignments_there_are(course: ScratchCourse) -> None:
    told = course.command("export", "--assignment", "ps9", "--lang", "en")
    assert (told.returncode, told.stdout) == (2, "")
    assert told.stderr == (f"d2l-ch3 export: the gradebook has no assignment ps9. It has: "
                           f"{', '.join(checks.EXERCISES)}\n")
    assert not list(course.folder.glob("*.csv"))


def test_nbgraders_command_takes_the_plugin_and_writes_the_same(course: ScratchCourse, tmp_path: Path) -> None:
    course.command("export", "--format", "canvas", "--to", str(tmp_path / "ours.csv"))
    told = subprocess.run(
        [sys.executable, "-m", "nbgrader", "export", "--exporter", "d2l_ch3.exporting.Canvas", "--to",
         str(tmp_path / "theirs.csv")], cwd=course.folder, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    assert f"two {ONE}" in told.stderr
    assert (tmp_path / "theirs.csv").read_bytes() == (tmp_path / "ours.csv").read_bytes()


def test_what_could_not_be_graded_is_left_empty_until_a_person_gives_points(
        course: ScratchCourse, tmp_path: Path) -> None:
    shutil.copy(course.folder / "gradebook.db", tmp_path)
    with open_gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}", COURSE_ID) as gradebook:
        for student, reason in (("one", ["读不出来", "cannot be read"]), ("=1+1", None)):
            gradebook.db.execute(insert(GRADINGS).values(
                assignment=TWO, student=student, notebook="layers", fingerprint="", graded=datetime(2026, 9, 2),
                isolated=True, record=json.dumps({"rejected": reason})))
        gradebook.db.commit()

        def points() -> dict[str, str]:
            return {line[3].lstrip("'"): line[6] for line in exported(Canvas(), gradebook, tmp_path / "grades.csv")[2:]}

        assert points() == {"one": "", "two": "", "=1+1": "4"}
        (notebook,) = gradebook.find_submission(TWO, "one").notebooks
        notebook.grades[0].manual_score = 0.0
        gradebook.db.commit()
        assert points()["one"] != ""


# For Gradescope


SPECIFIED = {"": {"score", "output", "visibility", "tests"},
             "test": {"name", "score", "status", "max_score", "output", "visibility"}}


def gradescope(gradebook: Gradebook, course: ScratchCourse, to: Path, **settings: object) -> dict[str, dict[str, Any]]:
    """The results by assignment and student, each as Gradescope specifies it."""
    plugin = Gradescope(config=config(course.folder), **settings)
    plugin.to = str(to)
    plugin.export(gradebook)
    found = {}
    for path in sorted(to.glob("*/*/results.json")):
        made = found[f"{path.parent.parent.name} {path.parent.name}"] = json.loads(path.read_text(encoding="utf-8"))
        assert set(made) == SPECIFIED[""] and made["visibility"] == "visible" and isinstance(made["output"], str)
        for test in made["tests"]:
            assert set(test) | {"score", "status"} == SPECIFIED["test"]
            assert isinstance(test["name"], str) and isinstance(test["output"], str) and test["visibility"] == "visible"
            assert isinstance(test["max_score"], float)
            assert test.get("status") in (("passed", "failed") if "score" in test else (None,))
    return found


def test_gradescope_gets_a_file_for_each_submission_that_is_final(
        gradebook: Gradebook, course: ScratchCourse, tmp_path: Path) -> None:
    found = gradescope(gradebook, course, tmp_path)
    assert {name: one["score"] for name, one in found.items()} == {
        f"{ONE} one": 4.5, f"{TWO} one": 3.5, f"{TWO} =1+1": 4.0}
    made = found[f"{ONE} one"]
    assert sum(test["score"] for test in made["tests"]) == made["score"]
    assert sum(test["max_score"] for test in made["tests"]) == 30
    with speaking("en"):
        late = gradescope(gradebook, course, tmp_path)[f"{TWO} one"]
    assert late["output"] == "Points taken off for lateness: 1.5."
    with speaking("zh"):
        assert gradescope(gradebook, course, tmp_path)[f"{TWO} one"]["output"] == "迟交扣 1.5 分。"


def test_gradescope_is_told_what_waits_and_loses_what_waits_again(
        gradebook: Gradebook, course: ScratchCourse, tmp_path: Path) -> None:
    so_far = gradescope(gradebook, course, tmp_path, provisional=True)[f"{ONE} two"]
    (waiting,) = [test for test in so_far["tests"] if "score" not in test]
    assert so_far["score"] == 3 and waiting["output"] == "等老师批改。" and waiting["max_score"] == 3
    assert f"{ONE} two" not in gradescope(gradebook, course, tmp_path)


def test_gradescope_gets_what_the_record_says(tmp_path: Path) -> None:
    course = ScratchCourse(tmp_path / "course").generate()
    wrong = next(answer for answer in answers("parallel-block") if answer.path.stem == "wrong_dim_1")
    course.hand_in("s01", ONE, {"parallel-block": wrong.cell})
    assert course.command("grade", ONE).returncode == 0
    for language, empty in (("zh", "没有作答。"), ("en", "Not answered.")):
        told = course.command("export", "--format", "gradescope", "--provisional", "--lang", language)
        assert told.returncode == 0, told.stderr
        made = json.loads((course.folder / "grades-gradescope" / ONE / "s01" / FILE).read_text(encoding="utf-8"))
        tests = {test["name"]: test for test in made["tests"]}
        with speaking(language):
            test = tests[str(words("parallel-block").title)]
            assert test["output"] == f"✗ {named('parallel-block', *wrong.misconceptions).title}"
        assert test["score"] == wrong.points == made["score"] and test["status"] == "failed"
        assert {one["output"] for one in tests.values() if one is not test} == {empty}
