"""Courses of other shapes: stock nbgrader and both commands give every cell the same points."""

from pathlib import Path

import nbformat
import pytest

from tests.grading.courses import ASSIGNMENT, Course, answer, code, manual, notebook, prose, task, test, written

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
        answer("last", "#<answer>\nlast = 1\n#</answer>"),
        test("test-last", "#<secret>\nassert last == 1, 'SECRET'\n#</secret>"),
        task("reflect", "Reflect.\n<<scheme\nSECRET: one point for honesty\nscheme>>"))}, config="""
c.CourseDirectory.directory_structure = "{nbgrader_step}/{assignment_id}/by-{student_id}-x"
c.CourseDirectory.source_directory = "masters"
c.CourseDirectory.submitted_directory = "in"
c.CourseDirectory.autograded_directory = "graded"
c.CourseDirectory.db_url = "sqlite:///" + __file__.replace("nbgrader_config.py", "other.db")
c.ClearSolutions.begin_solution_delimeter, c.ClearSolutions.end_solution_delimeter = "#<answer>", "#</answer>"
c.ClearSolutions.code_stub = {"python": "..."}
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
    found["grade"].grade()
    found["autograde"].autograde()
    return found


def test_every_cell_has_the_points_that_stock_nbgrader_gives(graded: dict[str, Course]) -> None:
    expected = graded["stock"].scores()
    assert set(expected) == {*CLASS, "edited"}
    assert expected["right"] != expected["untouched"] != expected["wrong"]
    for command in ("grade", "autograde"):
        assert graded[command].scores() == expected, command
        assert graded[command].comments() == graded["stock"].comments(), command
