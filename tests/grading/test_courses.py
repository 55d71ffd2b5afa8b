"""Courses of other shapes: stock nbgrader and both commands give every cell the same points."""

import shutil
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from tests.grading.courses import ASSIGNMENT, ENGINE, Course, answer, code, manual, notebook, prose, task, test, written

SOLUTION = "### BEGIN SOLUTION\n{}\n### END SOLUTION"
MEAN = "def mean(values):\n    return sum(values) / len(values)"
TEST_MEAN = "assert mean([1, 3]) == 2\n### BEGIN HIDDEN TESTS\nassert mean([5]) == 5\n### END HIDDEN TESTS"


def no_metadata_on_prose(folder: Path) -> Course:
    """Prose and given code are ordinary cells; a later one defines the very name that is asked for."""
    return Course(folder, {"quiz": notebook(
        prose("# Homework 1"), code("import math\nDATA = [1, 2, 3]"), prose("## Mean\nWrite `mean`."),
        answer("mean", SOLUTION.format(MEAN)), test("test-mean", TEST_MEAN, 2),
        prose("For the rest use this one."), code(f"{MEAN}  # given"), prose("Why is it 2?"), written("why"),
        prose("And what if there is nothing in the list?"), written("nothing"),
        prose("Print anything."), manual("print", SOLUTION.format("print('anything')")),
        answer("half", "half = None\n" + SOLUTION.format("half = 0.5")),
        test("test-half", "assert half is not None\nhalf", 1), task("reflect", "Reflect, below.")),
    })


def schema_1_updated(folder: Path) -> Course:
    """An old course: metadata of schema 1, brought up to date by `nbgrader update`."""
    made = notebook(prose("# From 2016"), answer("mean", SOLUTION.format(MEAN)), test("test-mean", TEST_MEAN, 2),
                    code("print('as it was')"), written("why"))
    for cell in made.cells:
        if marks := cell.metadata.get("nbgrader"):
            for name in ("schema_version", "task", "cell_type"):
                marks.pop(name)
    course = Course(folder, {"old": made})
    course.make(generate=False)
    assert "old version" in course.api().generate_assignment(ASSIGNMENT)["log"]
    course.run("nbgrader", "update", ".")
    course.generate()
    return course


def several_notebooks(folder: Path) -> Course:
    """Two notebooks with cells of the same names, and a file that both read."""
    return Course(folder, {name: notebook(
        prose(f"# Part {name}"), code("data = [float(line) for line in open('data.txt')]"),
        answer("answer", f"result = None\n{SOLUTION.format(f'result = {solution}')}"),
        test("test-answer", f"assert result == {right}", 2), written("why"),
    ) for name, solution, right in (("first", "sum(data)", 6), ("second", "max(data)", 3))}, files={
        "data.txt": "1\n2\n3\n"})


def other_layout_and_delimiters(folder: Path) -> Course:
    """Students' folders in the assignments' ones, folders of other names, and delimiters of the course's own."""
    return Course(folder, {"lab": notebook(
        prose("# Lab"), answer("mean", f"#<answer>\n{MEAN}\n#</answer>"),
        test("test-mean", "assert mean([1, 3]) == 2\n#<secret>\nassert mean([5]) == 5, 'SECRET'\n#</secret>", 2),
        written("why"), answer("last", "#<answer>\nlast = 1\n#</answer>"),
        test("test-last", "#<secret>\nassert last == 1, 'SECRET'\n#</secret>"),
        task("reflect", "Reflect.\n<<scheme\nSECRET: one point for honesty\nscheme>>"))}, config="""
c.CourseDirectory.directory_structure = "{nbgrader_step}/{assignment_id}/by-{student_id}-x"
c.CourseDirectory.source_directory = "masters"
c.CourseDirectory.submitted_directory = "in"
c.CourseDirectory.autograded_directory = "graded"
c.CourseDirectory.release_directory = "out"
c.CourseDirectory.feedback_directory = "pages"
c.CourseDirectory.db_url = "sqlite:///" + __file__.replace("nbgrader_config.py", "other.db")
c.ClearSolutions.begin_solution_delimeter, c.ClearSolutions.end_solution_delimeter = "#<answer>", "#</answer>"
c.ClearSolutions.code_stub = {"python": "..."}
c.ClearSolutions.text_stub = "(here)"
c.ClearHiddenTests.begin_test_delimeter, c.ClearHiddenTests.end_test_delimeter = "#<secret>", "#</secret>"
c.ClearMarkScheme.begin_mark_scheme_delimeter, c.ClearMarkScheme.end_mark_scheme_delimeter = "<<scheme", "scheme>>"
""")


SHAPES = (no_metadata_on_prose, schema_1_updated, several_notebooks, other_layout_and_delimiters)
RIGHT = {"mean": MEAN, "why": "Because.", "nothing": "An error.", "print": "print(1)", "half": "half = 1",
         "first/answer": "result = sum(data)", "second/answer": "result = max(data)", "last": "last = 1"}
CLASS = {
    "right": RIGHT, "untouched": {},
    "wrong": {"mean": "def mean(values):\n    return 2", "why": "?", "half": "half = 0.5", "answer": "result = 0",
              "last": "last = 1"}}


def edited(made: nbformat.NotebookNode) -> None:
    """All tests say that all is well, and nothing was answered."""
    for cell in made.cells:
        if cell.metadata.get("nbgrader", {}).get("grade") and not cell.metadata.nbgrader.solution:
            cell.source = "print('fine')"


@pytest.fixture(scope="module", params=SHAPES, ids=lambda shape: shape.__name__)
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Course]:
    """The course graded by stock nbgrader, by `d2l-ch3 grade` and by `nbgrader autograde` with the engine."""
    course = request.param(tmp_path_factory.mktemp("courses") / "course")
    course = course if course.folder.exists() else course.make()
    for student, answers in CLASS.items():
        course.hand_in(student, answers)
    course.hand_in("edited", {}, edited)
    found = {"stock": course.copy("stock", engine=False), "grade": course, "autograde": course.copy("autograde")}
    found["stock"].autograde()
    assert f"{len(CLASS) + 1} graded in" in found["grade"].grade().stdout  # submissions, however many notebooks
    found["autograde"].autograde()
    return found


def test_every_cell_has_the_points_that_stock_nbgrader_gives(graded: dict[str, Course]) -> None:
    expected = graded["stock"].scores()
    assert set(expected) == {*CLASS, "edited"}
    assert expected["right"] != expected["untouched"] != expected["wrong"]
    for command in ("grade", "autograde"):
        assert graded[command].scores() == expected, command
        assert graded[command].comments() == graded["stock"].comments(), command
    assert "0 to grade, 4 unchanged" in graded["autograde"].grade("--dry-run").stdout


# What differs from stock on purpose: docs/nbgrader.md, "Where points differ".

def one_notebook(folder: Path, config: str = "", **kernel: str) -> Course:
    """A course of one question."""
    return Course(folder, {"hw": notebook(
        prose("# One"), answer("mean", SOLUTION.format(MEAN)), test("test-mean", "assert mean([1, 3]) == 2", 2),
        written("why"), **({"kernel": kernel} if kernel else {}))}, config)


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Course:
    return one_notebook(tmp_path_factory.mktemp("one") / "course").make()


FULL = {"hw/test-mean": 2.0, "hw/why": None}
NONE = {"hw/test-mean": 0.0, "hw/why": 0.0}


def test_both_commands_find_renamed_and_deeper_files_and_say_what_there_is(one: Course) -> None:
    course = one.copy("names")
    course.hand_in("copied", RIGHT, names={"hw": "hw-Copy1"})
    (course.hand_in("beside", RIGHT, names={"hw": "HW (2)"}) / "scratch.ipynb").write_text("{}")
    folder = course.hand_in("deeper", RIGHT)
    (folder / "hw1").mkdir()
    (folder / "hw.ipynb").rename(folder / "hw1" / "hw.ipynb")
    (folder / "hw1" / "data.txt").write_text("beside it")
    (course.path("submitted", "nothing") / "notes").mkdir(parents=True)
    (course.path("submitted", "nothing") / "answers.pdf").write_text("%PDF")
    other = course.copy("autograde")
    told = {"grade": course.grade(status=1).stdout, "autograde": other.autograde(status=1).stderr}
    expected = {"copied": FULL, "beside": FULL, "deeper": FULL, "nothing": NONE}
    for made in (course, other):
        assert made.scores() == expected
        assert sorted(path.parts[-3] for path in made.folder.glob("autograded/*/*/hw.ipynb")) == sorted(expected)
    for text in told.values():
        assert "nothing: hw.ipynb was not handed in. What was handed in: answers.pdf, notes." in text
    assert "4 graded" in told["grade"]


def test_a_new_release_is_not_reported_as_the_students_edits(one: Course) -> None:
    course = one.copy("release")
    course.hand_in("old", RIGHT)
    course.hand_in("edits", RIGHT, edited)
    path = course.path("source", ".") / "hw.ipynb"
    source = nbformat.read(path, as_version=4)
    source.cells[2].source = "assert mean([1, 3, 5]) == 3"
    nbformat.write(source, path)
    course.generate()
    told = course.grade().stdout
    assert "1 had cells changed that are not to be changed" in told
    assert "1 had cells of an earlier release; they were graded by the present one" in told
    assert course.scores() == {"old": FULL, "edits": FULL}
    graded = nbformat.read(course.folder / "autograded" / "old" / ASSIGNMENT / "hw.ipynb", as_version=4)
    assert graded.metadata.d2l_ch3.repairs == [] and graded.metadata.d2l_ch3.outdated == ["test-mean"]


@pytest.mark.parametrize("language", ["octave", "R", "julia"])
def test_another_language_is_refused_before_anything_runs(tmp_path: Path, language: str) -> None:
    stub = f"c.ClearSolutions.code_stub = {{{language!r}: '...'}}"
    course = one_notebook(tmp_path / "course", stub, name=language.lower(), display_name=language, language=language)
    course.make().hand_in("s1", {})
    for told in (course.grade(status=2).stderr, course.autograde(status=1).stderr):
        assert f"the code of hw1/hw.ipynb is {language}, and only Python can be graded here" in told
        assert "Traceback" not in told
    assert not (course.folder / "autograded").exists()
    assert course.scores() == {}
    if language == "R":
        told = course.run("d2l_ch3.cli", "doctor", "--lang", "en", status=1, COLUMNS="200").stdout
        assert "the code of hw1/hw.ipynb is R" in " ".join(told.replace("│", " ").split())


def test_both_commands_read_the_configuration_that_nbgrader_reads(one: Course, tmp_path: Path) -> None:
    course = one.copy("configured")
    (course.folder / "gradebook.db").rename(tmp_path / "elsewhere.db")
    course.hand_in("s1", RIGHT)
    course.hand_in("left-out", RIGHT)
    environment = {"JUPYTER_CONFIG_DIR": str(tmp_path), "HOME": str(tmp_path)}
    (tmp_path / "nbgrader_config.py").write_text(
        f"c.CourseDirectory.db_url = 'sqlite:///{tmp_path / 'elsewhere.db'}'\nc.CourseDirectory.course_id = 'hub'\n"
        "c.CourseDirectory.autograded_directory = 'overridden'")
    (tmp_path / "jupyter_config.json").write_text('{"CourseDirectory": {"student_id_exclude": "left-out"}}')
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write("\nc.CourseDirectory.autograded_directory = 'by-the-course'\n")
    other = course.copy("autograde")
    for made, grade in ((course, course.grade), (other, other.autograde)):
        if made is other:
            made.configure(ENGINE, "c.CourseDirectory.autograded_directory = 'by-the-course'")
        grade(**environment)
        assert [path.parts[-3] for path in made.folder.glob("by-the-course/*/*/hw.ipynb")] == ["s1"]
        assert not (made.folder / "gradebook.db").exists()
        with Gradebook(f"sqlite:///{tmp_path / 'elsewhere.db'}", "hub") as gradebook:
            (submission,) = gradebook.assignment_submissions(ASSIGNMENT)
            assert (submission.student_id, submission.score) == ("s1", 2.0)
            gradebook.remove_submission(ASSIGNMENT, "s1")
    told = course.run("d2l_ch3.cli", "doctor", "--lang", "en", status=None, COLUMNS="250", **environment).stdout
    told = " ".join(told.replace("│", " ").split())
    assert f"db_url is set by {tmp_path}/nbgrader_config.py; course_id = 'hub' is set by {tmp_path}" in told


def test_own_delimiters_keep_secrets_from_the_feedback_page(tmp_path: Path) -> None:
    course = other_layout_and_delimiters(tmp_path / "course").make()
    course.hand_in("wrong", CLASS["wrong"])
    course.hand_in("right", RIGHT)
    told = course.grade().stdout
    assert "had cells changed" not in told
    pages: list[str] = []
    for command in (["nbgrader", "generate_feedback", ASSIGNMENT], ["d2l_ch3.cli", "feedback", ASSIGNMENT]):
        shutil.rmtree(course.folder / "pages", ignore_errors=True)
        course.run(*command)
        made = [path.read_text(encoding="utf-8") for path in course.folder.glob("pages/*/*/lab.html")]
        assert len(made) == 2
        pages += made
    for text in pages:
        assert "test-mean" in text
        assert not any(secret in text for secret in ("SECRET", "&lt;secret&gt;", "scheme&gt;", "honesty"))
    graded = nbformat.read(course.folder / "graded" / ASSIGNMENT / "by-right-x" / "lab.ipynb", as_version=4)
    assert any("SECRET" in cell.source for cell in graded.cells)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_in_the_courses_language_where_a_notebook_chooses_none(tmp_path: Path, language: str) -> None:
    course = one_notebook(tmp_path / "course", f"c.FeedbackPage.edition = {language!r}").make()
    course.hand_in("s1", {"mean": "import os\nos._exit(3)"})
    course.grade(D2L_CH3_LANGUAGE="zh")
    course.run("d2l_ch3.cli", "feedback", ASSIGNMENT)
    (page,) = (path.read_text(encoding="utf-8") for path in course.folder.glob("feedback/s1/*/hw.html"))
    assert f'<html lang="{"zh-CN" if language == "zh" else "en"}">' in page
    assert ("It ended the whole process" in page) == (language == "en")


def test_a_language_that_there_is_not_is_refused_before_anything_runs(tmp_path: Path) -> None:
    course = one_notebook(tmp_path / "course", "c.FeedbackPage.edition = 'fr'").make()
    course.hand_in("s1", {})
    assert "c.FeedbackPage.edition: 'fr', not 'zh' / 'en'" in " ".join(course.grade(status=2).stderr.split())
    assert not (course.folder / "autograded").exists()
