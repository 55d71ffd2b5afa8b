"""nbgrader's settings: docs/nbgrader.md names all of them, and what it says of each is so."""

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbformat.notebooknode import NotebookNode
from nbgrader import preprocessors
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from nbgrader.plugins import LateSubmissionPlugin
from rich.console import Console
from traitlets.config import Config

from d2l_ch3 import checks
from d2l_ch3.class_feedback.command import make_due
from d2l_ch3.class_feedback.pages import Maker
from d2l_ch3.feedback.page import FeedbackPage
from d2l_ch3.grading import course as course_module
from d2l_ch3.grading.handed_in import files_of
from d2l_ch3.grading.settings import REFUSED, REFUSED_FOR_A_CLASS, converter, foreign_language, preload, refused
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.master import Master, MasterCell
from tests.grading.courses import ASSIGNMENT, ENGINE, Course, answer, code, notebook, prose, test, written
from tests.zygotes import checked_in
from tools.build import ROOT

OWNERS = (Autograde, GenerateFeedback, CourseDirectory, LateSubmissionPlugin,
          *(getattr(preprocessors, name) for name in (
              "Execute", "ClearHiddenTests", "ClearMarkScheme", "ClearSolutions", "ClearOutput", "OverwriteCells",
              "OverwriteKernelspec", "DeduplicateIds", "CheckCellMetadata", "SaveAutoGrades", "AssignLatePenalties",
              "LimitOutput", "IgnorePattern")))


def table() -> dict[str, str]:
    """What the page says becomes of each setting."""
    page = (ROOT / "docs" / "nbgrader.md").read_text("utf-8")
    rows = re.findall(r"^\| (`[A-Z]\w+\.\w+`.*?) \| ([^|]+?) \|", page, re.MULTILINE)
    return {name: kind for names, kind in rows for name in re.findall(r"`(\w+\.\w+)`", names)}


def all_of(kind: str) -> set[str]:
    return {name for name, said in table().items() if said == kind}


def test_the_page_names_every_setting_of_nbgraders_and_no_other() -> None:
    known = {f"{owner.__name__}.{trait}" for owner in OWNERS for trait in owner.class_traits(config=True)}
    common = {"display_data_priority", "default_language"}  # of everything that converts notebooks
    assert set(table()) == {name for name in known if name.partition(".")[2] not in common}
    assert set(table().values()) == {"kept", "refused", "refused by `grade`", "no meaning"}


# Refused

def hook(**_: Any) -> None:
    """A hook of a course."""


OTHER_VALUES: dict[str, Any] = {
    "extra_arguments": ["--debug"],
    "force_raise_errors": True, "enabled": False, "sanitize_preprocessors": ["nbgrader.preprocessors.LockCells"],
    "autograde_preprocessors": ["nbgrader.preprocessors.LockCells"]}


@pytest.mark.parametrize(("kind", "settings"), [("refused", REFUSED), ("refused by `grade`", REFUSED_FOR_A_CLASS)])
def test_what_cannot_be_kept_is_refused_with_a_reason(kind: str, settings: Any) -> None:
    assert {f"{one.owner.__name__}.{one.trait}" for one in settings} == all_of(kind)
    assert refused(Config(), settings) == []
    for owner, trait, why in settings:
        config = Config({owner.__name__: {trait: OTHER_VALUES.get(trait, hook)}})
        (told,) = refused(config, settings)
        assert f"c.{owner.__name__}.{trait}" in told.en and why.en in told.en and why.zh in told.zh


def test_a_setting_of_what_nbgraders_own_inherits_from_is_seen() -> None:
    assert len(refused(Config({"ExecutePreprocessor": {"force_raise_errors": True}}), REFUSED)) == 1


def test_the_engines_own_lines_are_not_refused() -> None:
    config = Config()
    config.Autograde.sanitize_preprocessors = []
    config.Autograde.autograde_preprocessors = ["d2l_ch3.grading.nbgrader_plugin.Grade"]
    assert refused(config, (*REFUSED, *REFUSED_FOR_A_CLASS)) == []


@pytest.mark.parametrize(("kernel", "language"), [
    ({"language": "python"}, None), ({}, None), ({"name": "conda-env"}, None), ({"language": "ipython3"}, None),
    ({"language": "R", "name": "ir"}, "R"), ({"language": "octave"}, "octave")])
def test_only_python_is_python(kernel: dict[str, str], language: str | None) -> None:
    assert foreign_language(kernel) == language


# Kept

def of(**sections: dict[str, Any]) -> Config:
    return Config({name: dict(values) for name, values in sections.items()})


@pytest.mark.parametrize(("config", "cell", "notebook", "cpu"), [
    (of(), 30, 120, 120), (of(ExecutePreprocessor={"timeout": 60}), 60, 240, 240),
    (of(Execute={"timeout": 5}), 5, 120, 120),
    (of(NotebookClient={"timeout": 45}), 45, 180, 180), (of(Execute={"timeout": None}), 120, 120, 120),
    (of(Execute={"timeout": -1}, Grade={"limits": {"notebook_time": 300}}), 300, 300, 120),
    (of(Execute={"timeout": 60}, Grade={"limits": {"cell_time": 10}}), 10, 120, 120),
    (of(Execute={"timeout": 60}, Grade={"limits": {"notebook_time": 100}}), 60, 100, 240)])
def test_nbgraders_time_limit_holds_where_none_of_ours_is_set(
        config: Config, cell: float, notebook: float, cpu: int) -> None:
    found = course_module.limits(config, Path("/"))
    assert (found.cell_time, found.notebook_time, found.cpu_time) == (cell, notebook, cpu)
    assert found.memory == Limits().memory


def folders(root: Path, structure: str, *names: str, **settings: Any) -> dict[str, Path]:
    for name in names:
        (root / "in" / name).mkdir(parents=True)
    directory = CourseDirectory(root=str(root), submitted_directory="in", directory_structure=structure, **settings)
    return {student: path.relative_to(root) for student, path in course_module.submissions(directory, "hw1").items()}


def test_students_are_found_in_any_layout(tmp_path: Path) -> None:
    step = "{nbgrader_step}"
    assert list(folders(tmp_path / "a", f"{step}/{{student_id}}/{{assignment_id}}", "s1/hw1", "s2/hw2")) == ["s1"]
    assert folders(tmp_path / "b", f"{step}/{{assignment_id}}/by-{{student_id}}-x", "hw1/by-s1-x", "hw1/s2",
                   "hw1/by--x") == {"s1": Path("in/hw1/by-s1-x")}
    assert folders(tmp_path / "c", f"{step}/{{student_id}}/{{assignment_id}}-{{student_id}}", "s1/hw1-s1",
                   "s2/hw1-s1") == {"s1": Path("in/s1/hw1-s1")}


def test_students_are_chosen_by_pattern(tmp_path: Path) -> None:
    structure = "{nbgrader_step}/{student_id}/{assignment_id}"
    names = ("a1/hw1", "a2/hw1", "b1/hw1")
    assert list(folders(tmp_path / "a", structure, *names, student_id="a*")) == ["a1", "a2"]
    assert list(folders(tmp_path / "b", structure, *names, student_id_exclude="a1,b1")) == ["a2"]


def test_files_beside_are_those_that_the_course_wants(tmp_path: Path) -> None:
    for folder, name in (("mine", "data.txt"), ("mine", "x.tmp"), ("mine", "skip/me.txt"), ("source", "data.txt"),
                         ("source", "more.txt"), ("source", "y.tmp"), ("source", "theirs.py")):
        (tmp_path / folder / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / folder / name).write_text(folder)
    config = Config()
    config.CourseDirectory.ignore = ["*.tmp", "skip"]
    config.Autograde.exclude_overwriting = {ASSIGNMENT: ["data.txt", "theirs.py"], "hw2": ["more.txt"]}
    config.Execute.enabled, config.ExecutePreprocessor.skip_cells_with_tag = False, "slow"
    config.Grade.isolated = False
    step = converter(CourseDirectory(root=str(tmp_path), config=config))
    request = course_module.request(step, ASSIGNMENT)
    beside = files_of(tmp_path / "mine", tmp_path / "source", request)
    assert {name: Path(path).read_text() for path, name in beside} == {"data.txt": "mine", "more.txt": "source"}
    assert (request.execute, request.skipped, request.isolated) == (False, "slow", False)


PLUGIN = """
from nbgrader.plugins import BasePlugin
class Half(BasePlugin):
    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score / 2
"""
KEEPING = """
c.CourseDirectory.notebook_id = "first"
c.CourseDirectory.ignore.append("*.tmp")
c.CourseDirectory.student_id = "s*"
c.Autograde.exclude_overwriting = {"hw1": ["data.txt"]}
c.Autograde.permissions = 640
c.ExecutePreprocessor.skip_cells_with_tag = "slow"
c.ExecutePreprocessor.timeout = 3
c.Grade.preload = ["sched"]
c.AssignLatePenalties.plugin_class = "half_points.Half"
"""
ZERO = """
c.AssignLatePenalties.plugin_class = "nbgrader.plugins.LateSubmissionPlugin"
c.LateSubmissionPlugin.penalty_method = "zero"
c.CourseDirectory.groupshared = True
c.Autograde.permissions = 664
"""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Course:
    slow = code("raise_if_run = 1\nopen('ran', 'w')")
    slow.metadata.tags = ["slow"]
    made = Course(tmp_path_factory.mktemp("kept") / "course", {
        name: notebook(prose("#"), slow.copy(), answer("a", "import os\ndata = open('data.txt').read()"),
                       test("t", "assert (data, os.listdir()) == ('mine', ['data.txt'])", 2),
                       code("while True: pass"),
                       test("after", "import sys\nassert data and {'sched', 'torch'} & {*sys.modules} == {'sched'}"),
                       written("why"))
        for name in ("first", "second")}, files={"data.txt": "theirs"}).make()
    (made.folder / "half_points.py").write_text(PLUGIN)
    for student in ("s1", "t1"):
        folder = made.hand_in(student, {"a": "import os\ndata = open('data.txt').read()", "why": "!"})
        for name in ("data.txt", "x.tmp"):
            (folder / name).write_text("mine")
        (folder / "timestamp.txt").write_text("2026-02-02 00:00:00 UTC")
    made.config = KEEPING
    made.configure(ENGINE)
    with Gradebook(made.directory().db_url) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-02-01 00:00:00 UTC")
    return made


@pytest.mark.parametrize("command", ["grade", "autograde"])
def test_settings_are_kept_by_both_commands(kept: Course, command: str) -> None:
    made = kept.copy(command)
    getattr(made, command)()
    assert made.scores() == {"s1": {"first/t": 2.0, "first/after": 1.0, "first/why": None, "second/t": None,
                                    "second/after": None, "second/why": None}}
    (path,) = made.folder.glob("autograded/*/*/*.ipynb")
    assert path.name == "first.ipynb"
    assert path.stat().st_mode & 0o777 == 0o640
    with Gradebook(made.directory().db_url) as gradebook:
        assert gradebook.find_submission_notebook("first", ASSIGNMENT, "s1").late_submission_penalty == 1.5


@pytest.mark.parametrize("command", ["grade", "autograde"])
def test_files_can_be_shared_and_a_late_submission_be_worth_nothing(kept: Course, command: str) -> None:
    made = kept.copy(f"{command}-zero")
    made.config += ZERO
    made.configure(ENGINE)
    getattr(made, command)()
    (path,) = made.folder.glob("autograded/*/*/*.ipynb")
    assert path.stat().st_mode & 0o777 == 0o664
    assert path.parent.stat().st_mode & 0o2770 == 0o2770
    with Gradebook(made.directory().db_url) as gradebook:
        assert gradebook.find_submission_notebook("first", ASSIGNMENT, "s1").late_submission_penalty == 3
    if command == "grade":
        assert "; 1 unchanged" in made.grade().stdout
        made.config += "c.BaseConverter.force = True"
        made.configure()
        assert "; 0 unchanged" in made.grade().stdout


@pytest.mark.parametrize("command", ["grade", "autograde"])
def test_nothing_is_run_where_nothing_is_to_be(kept: Course, command: str) -> None:
    made = kept.copy(f"{command}-nothing")
    if command == "grade":
        made.config += "\nc.Execute.enabled = False\nc.AssignLatePenalties.enabled = False\n"
        made.configure("")
        made.grade()
    else:
        made.config += "\nc.AssignLatePenalties.enabled = False\n"
        made.configure(ENGINE)
        made.autograde("--no-execute")
    scores = made.scores()["s1"]
    assert {scores["first/t"], scores["first/after"], scores["first/why"]} == {None}
    graded = nbformat.read(next(made.folder.glob("autograded/*/*/first.ipynb")), as_version=4)
    assert all(cell.get("outputs", []) == [] for cell in graded.cells)
    with Gradebook(made.directory().db_url) as gradebook:
        submitted = gradebook.find_submission_notebook("first", ASSIGNMENT, "s1")
        assert submitted.needs_manual_grade and submitted.late_submission_penalty is None


def test_who_is_not_in_the_gradebook_is_named_where_nobody_is_to_be_added(kept: Course) -> None:
    made = kept.copy("enrolled")
    made.config += "\nc.Autograde.create_student = False\n"
    made.configure(ENGINE)
    assert "the gradebook has no such students: s1." in made.grade(status=2).stderr
    assert made.scores() == {}


def test_a_module_that_cannot_be_had_ready_is_named(kept: Course) -> None:
    made = kept.copy("preload")
    made.config += "\nc.Grade.preload = ['there_is_none']\n"
    made.configure(ENGINE)
    (line,) = made.grade(status=2).stderr.splitlines()
    assert "c.Grade.preload: there_is_none cannot be imported beforehand (No module named 'there_is_none')" in line


@pytest.mark.parametrize(("source", "config", "ready"), [
    ("checks.parallel_block(ParallelBlock)", of(), ("parallel-block",)), ("assert x", of(), ()),
    ("assert x", of(Grade={"preload": ["pandas"]}), ("pandas",)),
    ("checks.parallel_block(ParallelBlock)", of(Grade={"preload": []}), ())])
def test_torch_is_had_ready_for_checks_alone(source: str, config: Config, ready: tuple[str, ...]) -> None:
    cell = MasterCell("t", "code", source, "", True, grade=True)
    assert preload(config, [Master("hw1", "hw", (cell,), {})]) == ready
    added = ("torch._dynamo",) if ready == ("parallel-block",) else ()
    assert preload(config, [Master("hw1", "hw", (cell,), {})], many=True) == ready + added


PROBED = """
import sys
from d2l_ch3 import checks
from d2l_ch3.checks import check
from d2l_ch3.grading.zygote import warm
from tools.bank import answers

warm(sys.argv[1:])
given = {name: tuple(answers(name)[0].arguments()) for name in sys.argv[1:]}
before = set(sys.modules)
for name, arguments in given.items():
    check.gather(checks.exercise(name), arguments, 3)
print(sorted(set(sys.modules) - before))
"""


@pytest.mark.parametrize("assignment", checks.EXERCISES)
def test_the_probe_of_a_right_answer_imports_nothing_that_is_not_had_ready(assignment: str) -> None:
    """It would be imported for each student anew; some of torch takes longer than all probes together."""
    told = subprocess.run([sys.executable, "-c", PROBED, *sorted(checked_in(assignment))], cwd=ROOT,
                          capture_output=True, text=True, check=False)
    assert (told.stdout, told.stderr) == ("[]\n", "")


# Kept by what makes pages

def stamped(nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
    """A step of the course's own."""
    nb.cells.insert(0, nbformat.v4.new_markdown_cell("stamped by the course"))
    return nb, resources


class Signed(FeedbackPage):
    """A page of the course's own; it writes down that it was made."""

    made = Path()

    def from_filename(self, filename: str, resources: Any = None, **more: Any) -> Any:
        with self.made.open("a") as file:
            file.write("page\n")
        html, resources = super().from_filename(filename, resources, **more)
        return f"{html}<!-- signed by the course -->", resources


def by_nbgrader(config: Config) -> None:
    directory = CourseDirectory(config=config)
    directory.assignment_id = ASSIGNMENT
    GenerateFeedback(coursedir=directory, config=config).start()


def by_us(config: Config) -> None:
    make_due(Console(quiet=True), Maker(config, ASSIGNMENT))


@pytest.mark.parametrize("make_pages", [by_nbgrader, by_us])
def test_settings_of_pages_are_kept_by_both_commands(
        kept: Course, make_pages: Callable[[Config], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, log = kept.copy(make_pages.__name__), tmp_path / "log"
    made.grade()
    monkeypatch.setattr(Signed, "made", log)

    def hook(word: str) -> Callable[..., None]:
        def called(assignment: str, student: str, notebooks: list[str]) -> None:
            with log.open("a") as file:
                file.write(f"{word} {assignment}\n")
        return called

    config = course_module.config(made.folder)
    config.GenerateFeedback.exporter_class = Signed
    config.GenerateFeedback.preprocessors = ["d2l_ch3.feedback.cells.Grades", stamped]
    config.GenerateFeedback.permissions = 640
    config.GenerateFeedback.pre_convert_hook = hook("before")
    config.GenerateFeedback.post_convert_hook = hook("after")
    make_pages(config)
    (page,) = made.folder.glob("feedback/s1/*/*.html")
    assert "stamped by the course" in page.read_text() and page.read_text().endswith("<!-- signed by the course -->")
    assert page.stat().st_mode & 0o777 == 0o640
    assert log.read_text().splitlines() == [f"before {ASSIGNMENT}", "page", f"after {ASSIGNMENT}"]
    make_pages(config)
    assert log.read_text().count("page") == 1
    config.GenerateFeedback.force = True  # which changes what ours are made from, once
    for count in (2, 3 if make_pages is by_nbgrader else 2):
        make_pages(config)
        assert log.read_text().count("page") == count


# No meaning

MEANINGLESS = """
c.CourseDirectory.solution_directory = c.CourseDirectory.source_with_tests_directory = "nowhere"
c.CourseDirectory.assignment_id = ""
c.CourseDirectory.include, c.CourseDirectory.max_file_size, c.CourseDirectory.max_dir_size = ["*.csv"], 1, 1
c.Execute.allow_error_names, c.Execute.interrupt_on_timeout = ["KeyError"], False
c.Execute.error_on_timeout = {"ename": "Mine", "evalue": "", "traceback": []}
c.Execute.kernel_name, c.Execute.shutdown_kernel = "nonsense", "immediate"
c.Execute.startup_timeout = c.Execute.shell_timeout_interval = c.Execute.iopub_timeout = c.Execute.execute_retries = 1
c.Execute.raise_on_iopub_timeout = c.Execute.record_timing = c.Execute.store_widget_state = False
c.Execute.ipython_hist_file = "history"
c.Execute.kernel_manager_class = "jupyter_client.manager.KernelManager"
c.ClearHiddenTests.enabled = c.ClearHiddenTests.enforce_metadata = False
c.ClearMarkScheme.enabled = c.ClearMarkScheme.enforce_metadata = c.ClearMarkScheme.check_attachment_leakage = False
c.ClearSolutions.enabled = c.ClearSolutions.enforce_metadata = False
c.ClearOutput.enabled, c.ClearOutput.remove_metadata_fields = False, set()
c.OverwriteCells.add_missing_cells, c.OverwriteCells.missing_cell_notification = True, "{cell_id}"
c.OverwriteKernelspec.enabled = c.DeduplicateIds.enabled = c.CheckCellMetadata.enabled = False
c.LimitOutput.enabled, c.LimitOutput.max_lines, c.LimitOutput.max_traceback = True, 1, 1
c.IgnorePattern.enabled, c.IgnorePattern.pattern = True, ".*"
"""


def test_every_setting_without_a_meaning_was_tried() -> None:
    tried = {name for name in all_of("no meaning") if f"c.{name}" in MEANINGLESS}
    assert all_of("no meaning") - tried == {"Autograde.exporter_class", "CourseDirectory.root"}  # set in every course


@pytest.mark.parametrize("command", ["grade", "autograde"])
def test_settings_without_a_meaning_change_nothing(kept: Course, command: str) -> None:
    made = kept.copy(f"{command}-meaningless")
    made.config += MEANINGLESS
    made.configure(ENGINE)
    getattr(made, command)()
    assert made.scores() == {"s1": {"first/t": 2.0, "first/after": 1.0, "first/why": None, "second/t": None,
                                    "second/after": None, "second/why": None}}


TRIED: dict[str, Callable[..., None]] = {
    **dict.fromkeys(("Autograde.exclude_overwriting", "Autograde.permissions", "CourseDirectory.student_id",
                     "CourseDirectory.notebook_id", "CourseDirectory.ignore", "Execute.timeout",
                     "Execute.skip_cells_with_tag", "AssignLatePenalties.plugin_class"),
                    test_settings_are_kept_by_both_commands),
    **dict.fromkeys((f"GenerateFeedback.{trait}" for trait in (
        "exporter_class", "preprocessors", "permissions", "pre_convert_hook", "post_convert_hook", "force")),
                    test_settings_of_pages_are_kept_by_both_commands),
    "Autograde.create_student": test_who_is_not_in_the_gradebook_is_named_where_nobody_is_to_be_added,
    **dict.fromkeys(("Execute.enabled", "AssignLatePenalties.enabled"), test_nothing_is_run_where_nothing_is_to_be),
    "CourseDirectory.student_id_exclude": test_students_are_chosen_by_pattern,
    **dict.fromkeys(("Autograde.force", "CourseDirectory.groupshared", "LateSubmissionPlugin.penalty_method"),
                    test_files_can_be_shared_and_a_late_submission_be_worth_nothing),
}
"""Where what is kept is tried; the rest is in test_courses.py: the configuration's files, a course of other layout."""
ELSEWHERE = {
    "CourseDirectory.course_id", "CourseDirectory.db_url", "CourseDirectory.directory_structure",
    "CourseDirectory.source_directory", "CourseDirectory.release_directory", "CourseDirectory.submitted_directory",
    "CourseDirectory.autograded_directory", "CourseDirectory.feedback_directory",
    "ClearHiddenTests.begin_test_delimeter", "ClearHiddenTests.end_test_delimeter",
    "ClearMarkScheme.begin_mark_scheme_delimeter", "ClearMarkScheme.end_mark_scheme_delimeter",
    "ClearSolutions.begin_solution_delimeter", "ClearSolutions.end_solution_delimeter", "ClearSolutions.code_stub",
    "ClearSolutions.text_stub"}


def test_every_setting_that_is_kept_was_tried() -> None:
    assert all_of("kept") == {*TRIED, *ELSEWHERE}
    set_in = (Path(__file__).with_name("test_courses.py")).read_text(encoding="utf-8")
    assert [name for name in ELSEWHERE if f"c.{name}" not in set_in] == []
