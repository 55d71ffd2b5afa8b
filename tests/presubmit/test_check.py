"""`d2l-ch3 check`, the pre-submit doctor: what it finds, what it says, what it restores."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from d2l_ch3.checks.report import MIME_TYPE
from d2l_ch3.cli import main
from d2l_ch3.language import LANGUAGES, speaking
from d2l_ch3.notebooks.cells import grade_id
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.release import NoRelease
from d2l_ch3.notebooks.release import read as read_release
from d2l_ch3.notebooks.repair import repair
from d2l_ch3.notebooks.submission import read
from d2l_ch3.presubmit import fix, problems, syntax
from d2l_ch3.presubmit.clean_run import Outcome
from d2l_ch3.presubmit.differences import differences, unanswered
from d2l_ch3.presubmit.doctor import Checked, examine
from d2l_ch3.presubmit.notebook import read_notebook
from d2l_ch3.presubmit.problems import Finding
from tests.broken import submissions as broken
from tests.broken.submissions import ANSWERS, ASSIGNMENT, BROKEN, FULL, Broken, Json, hand_in, insert, move, named
from tests.broken.submissions import code as code_cell
from tools.build import ROOT

Change = Callable[[Json], None]
NAME = "blocks.ipynb"
OWN_FILE = json.__file__  # a path of this machine, and not of its folder for temporary files


def make(folder: Path, change: Change = lambda notebook: None, answers: dict[str, str] = ANSWERS,
         name: str = NAME) -> Path:
    """A student's notebook below `folder`, with the release above it and right answers in it, changed."""
    shutil.copytree(ROOT / "release", folder / ".release", dirs_exist_ok=True)
    notebook = json.loads((ROOT / "release" / ASSIGNMENT / NAME).read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["source"] = answers.get(grade_id(cell), "".join(cell["source"]))
    change(notebook)
    path = folder / ASSIGNMENT / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(notebook), encoding="utf-8")
    return path


@pytest.fixture
def work(tmp_path: Path) -> Callable[..., Path]:
    """``work(change)`` makes a student's notebook in a folder of its own."""
    return partial(make, tmp_path)


def found(path: Path, release: Path | None = None) -> list[Finding]:
    """What is found without running it."""
    notebook = read_notebook(path, release)
    return [*differences(notebook), *unanswered(notebook)]


def said(findings: list[Finding]) -> set[tuple[str, bool, int]]:
    return {(finding.problem.key, finding.loses, finding.place.number) for finding in findings}


def test_a_notebook_as_it_should_be_has_nothing_wrong(work) -> None:
    assert found(work()) == []


def test_the_release_as_it_is_lacks_every_answer(work) -> None:
    findings = found(work(answers={}))
    assert said(findings) == {("stub", True, number) for number in (4, 8, 12, 18, 22, 26)} | {("unwritten", True, 16)}
    assert [finding.place.title for finding in findings][:2] == [
        "1. 用列表的 Sequential", "2. 列表里的块，PyTorch 看得见吗？"]


def with_id(cell: Json, name: str = "mine") -> Json:
    return {**cell, "id": name}


def two_ids(notebook: Json) -> None:
    insert(notebook, "parallel-block", with_id(code_cell("1")), with_id(code_cell("2")))


def shared_test(notebook: Json) -> None:
    insert(notebook, "parallel-block", broken.copy(named(notebook, "test-parallel-block")), after=True)


def other_edition(notebook: Json) -> None:
    cell = named(notebook, "list-sequential-why-prompt-zh")
    cell["metadata"]["nbgrader"]["grade_id"] = cell["id"] = "list-sequential-why-prompt-en"
    cell["source"] = "## 4. Why? (3 points)"


def conflict(notebook: Json) -> None:
    cell = named(notebook, "parallel-block")
    cell["source"] = f"<<<<<<< HEAD\n{cell['source']}\n=======\n1\n>>>>>>> theirs\n"


def edit(name: str, **changes: Any) -> Change:
    return lambda notebook: named(notebook, name).update(changes)


def add(source: str) -> Change:
    return lambda notebook: insert(notebook, "parallel-block", with_id(code_cell(source)))


def drop(name: str) -> Change:
    return lambda notebook: notebook["cells"].remove(named(notebook, name))


def strip(name: str) -> Change:
    return lambda notebook: named(notebook, name)["metadata"].clear()


def spec(name: str) -> Change:
    return lambda notebook: notebook["metadata"].update(kernelspec={"name": name, "display_name": name})


STATIC: dict[str, tuple[Change, set[tuple[str, bool, int]]]] = {
    "test deleted": (drop("test-parallel-block"), {("test-deleted", False, 0)}),
    "test edited": (edit("test-parallel-block", source="6.0"), {("test-edited", False, 19)}),
    "test moved": (lambda notebook: move(notebook, "test-parallel-block", 2), {("test-moved", False, 3)}),
    "test copied": (shared_test, {("duplicated", False, 20)}),
    "prompt edited": (edit("list-sequential-why-prompt-zh", source="## 4."), {("locked-edited", False, 15)}),
    "prompt deleted": (drop("list-sequential-why-prompt-zh"), {("locked-deleted", False, 0)}),
    "answer deleted": (drop("parallel-block"), {("answer-deleted", True, 0)}),
    "answer as text": (lambda notebook: (broken.answer_as_markdown(notebook), None)[1], {("cell-type", False, 18)}),
    "marks lost": (strip("parallel-block"), {("marks", False, 0)}),
    "written emptied": (edit("list-sequential-why", source=" \n"), {("unwritten", True, 16)}),
    "R": (spec("ir"), {("kernel", False, 0)}),
    "a conda environment": (spec("conda-env-d2l-py"), {("kernel", False, 0)}),
    "the same id twice": (two_ids, {("cell-ids", False, 19)}),
    "a cell without id": (lambda notebook: named(notebook, "parallel-block").pop("id"), {("format", False, 0)}),
    "set-up cell deleted": (lambda notebook: notebook["cells"].pop(1), {("setup-gone", True, 0)}),
    "the other edition": (other_edition, {("locked-deleted", False, 0), ("unknown-cells", False, 0)}),
    "an answer in a cell of one's own": (broken.answer_after_the_stub, {("answer-elsewhere", False, 19),
                                                                        ("format", False, 0)}),  # which has no id
    "a conflict in a cell": (conflict, {("conflict-in-cell", True, 18)}),
    "a path of this machine": (add(f"mine = open({OWN_FILE!r})"), {("own-path", False, 18)}),
    "and it is needed": (edit("parallel-block", source=f"open({OWN_FILE!r})"), {("own-path", True, 18)}),
    "a package of another's": (add("import numpy\nimport playwright.sync_api"), {("package", False, 18)}),
    "and it is used": (lambda notebook: (add("import playwright")(notebook), add("playwright.sync_api")(notebook))[0],
                       {("package", True, 18), ("cell-ids", False, 19)}),
    "a name of no form": (lambda notebook: notebook["cells"][0]["metadata"].update(nbgrader={"grade_id": [1]}),
                          {("unknown-cells", False, 0)}),
    "a package, if it is there": (add("try:\n    import playwright\nexcept ImportError:\n    pass"), set()),
}


@pytest.mark.parametrize("name", STATIC)
def test_what_is_found_without_running(work, name: str) -> None:
    change, expected = STATIC[name]
    path = work(change)
    findings = found(path)
    assert said(findings) == expected
    for finding in findings:
        for language in LANGUAGES:
            with speaking(language):
                assert str(finding.what) and str(finding.why) and str(finding.mend)


def test_a_notebook_of_an_older_release_is_not_called_edited(work, tmp_path: Path) -> None:
    """A locked cell that has its own release's checksum was not edited by the student, one that has not, was."""
    def older(notebook: Json) -> None:
        prompt = named(notebook, "list-sequential-why-prompt-zh")
        prompt["source"] = "## 4. 旧题目（3 分）"
        prompt["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(prompt))
        stub = named(notebook, "parallel-block")
        stub["source"] = "raise NotImplementedError  # 旧"
        stub["metadata"]["nbgrader"]["checksum"] = compute_checksum(nbformat.from_dict(stub))
        named(notebook, "test-block-factory")["source"] = "5.0"

    assert said(found(work(older))) == {("other-release", False, 15), ("test-edited", False, 23), ("stub", True, 18)}


def test_names_of_file_and_folder(work, tmp_path: Path) -> None:
    path = work(name="blocks (1).ipynb")
    assert said(found(path)) == {("file-name", False, 0)}  # the grader takes the only one there is
    shutil.copy(path, path.with_name("blocks (2).ipynb"))
    assert said(found(path)) == {("file-name", True, 0)}
    moved = tmp_path / "downloads" / NAME
    moved.parent.mkdir()
    shutil.copy(path, moved)
    assert said(found(moved)) == {("folder-name", False, 0)}


# Finding the release.

def test_the_hidden_release_comes_before_the_other_and_a_given_one_before_both(work, tmp_path: Path) -> None:
    path = work()
    shutil.copytree(tmp_path / ".release", tmp_path / ASSIGNMENT / "release")
    assert read_notebook(path).release.path == tmp_path / ".release" / ASSIGNMENT / NAME
    given = tmp_path / ASSIGNMENT / "release" / ASSIGNMENT
    assert read_notebook(path, given).release.path == given / NAME
    shutil.rmtree(tmp_path / ".release")
    assert read_notebook(path).release.path == given / NAME
    shutil.rmtree(tmp_path / ASSIGNMENT / "release")
    with pytest.raises(NoRelease, match="--release"):
        read_notebook(path)


def test_a_chapter_is_not_taken_for_a_problem_set(work, tmp_path: Path) -> None:
    work()
    chapter = shutil.copy(ROOT / "notebooks" / "zh" / "3.3-layers.ipynb", tmp_path)
    with pytest.raises(NoRelease, match="正文"):
        read_notebook(Path(chapter))


def test_the_release_and_the_gradebook_give_the_same_master(grader) -> None:
    """What the doctor repairs by, and what the grader does: the released notebook and its gradebook."""
    master = grader.master(ASSIGNMENT)
    release = read_release(grader.course.folder / "release" / ASSIGNMENT / NAME).master
    assert [cell.grade_id for cell in release.cells] == [cell.grade_id for cell in master.cells]
    for ours, theirs in zip(release.cells, master.cells, strict=True):
        given_out = theirs.released.partition("=== BEGIN MARK SCHEME ===")[0]
        assert ours.source.strip() == given_out.strip()
        assert (ours.locked, ours.grade, ours.solution, ours.points) == (
            theirs.locked, theirs.grade, theirs.solution, theirs.points)


# Putting back.

READABLE = [one for one in BROKEN if not one.rejected and one.name != "renamed"]


def fixed(path: Path) -> Path:
    """Restore it as `--fix` does, in place."""
    fix.write(path, fix.mended(read_notebook(path)))
    return path


def shape(path: Path, master: Any) -> list[tuple[str, str, str]]:
    """What the grader makes of it."""
    return [(each.cell.cell_type, each.cell.source, each.master.grade_id if each.master else "")
            for each in repair(read(path), master).cells]


@pytest.mark.parametrize("one", READABLE, ids=str)
def test_what_is_restored_is_what_the_grader_would_have_restored(grader, one: Broken) -> None:
    """And keeps all that the student wrote; once restored, nothing is left to restore."""
    path = hand_in(grader.course, f"fix-{one.name}", one) / NAME
    master, before, cells = grader.master(ASSIGNMENT), shape(path, grader.master(ASSIGNMENT)), read(path)
    setup = {problem.problem for problem in found(path)} & {problems.SETUP_GONE}
    fixed(path)
    after = shape(path, master)
    assert [cell for cell in after if not (setup and "\nimport torch\n" in cell[1])] == before
    assert repair(read(path), master).notes == []
    nbformat.validate(nbformat.read(path, as_version=4))
    assert not [finding for finding in found(path) if finding.problem.restorable]
    locked = {cell.grade_id for cell in master.cells if cell.locked}
    written = {cell.source.strip() for cell in cells if not locked & {cell.id, cell.nbgrader.get("grade_id")}}
    given_out = {cell.source.strip() for cell in read_release(ROOT / "release" / ASSIGNMENT / NAME).master.cells}
    assert written - given_out <= {cell.source.strip() for cell in read(path)}


@pytest.mark.parametrize("name", ["all-nameless-without-tests", "answer-split", "written-beside", "format-2",
                                  "test-gives-points-to-a-wrong-answer", "sections-reversed"])
def test_a_restored_notebook_is_graded_like_the_original(grader, name: str) -> None:
    (one,) = (each for each in BROKEN if each.name == name)
    path = hand_in(grader.course, f"graded-{name}", one) / NAME
    before = grader.grade(path, ASSIGNMENT)
    after = grader.grade(fixed(path), ASSIGNMENT)
    assert after.scores == before.scores
    assert after.empty == before.empty
    assert after.record["repairs"] == []


def test_the_deleted_set_up_cell_is_put_back_and_the_points_with_it(grader) -> None:
    (one,) = (each for each in BROKEN if each.name == "imports-deleted")
    path = hand_in(grader.course, "graded-imports", one) / NAME
    scores = grader.grade(fixed(path), ASSIGNMENT).scores
    assert {name: scores[f"test-{name}"] for name in FULL} == FULL


def test_outputs_and_own_cells_stay_and_a_restored_test_loses_its_forged_result(work) -> None:
    def change(notebook: Json) -> None:
        output = {"output_type": "stream", "name": "stdout", "text": "kept"}
        for name in ("parallel-block", "test-parallel-block"):
            named(notebook, name).update(outputs=[output], execution_count=3)
        named(notebook, "test-parallel-block")["source"] = "6.0"
        insert(notebook, "parallel-block", with_id(code_cell("mine = 1", metadata={"tags": ["a"]})))

    cells = {cell["id"]: cell for cell in nbformat.read(fixed(work(change)), as_version=4).cells}
    assert cells["parallel-block"].outputs[0].text == "kept"
    assert cells["parallel-block"].execution_count == 3
    assert cells["test-parallel-block"].source.endswith("\nchecks.parallel_block(ParallelBlock)")
    assert cells["test-parallel-block"].outputs == []
    assert (cells["mine"].source, cells["mine"].metadata) == ("mine = 1", {"tags": ["a"]})


def test_no_backup_is_overwritten(work) -> None:
    path = work(drop("test-parallel-block"))
    first = path.read_bytes()
    notebook = fix.mended(read_notebook(path))
    assert fix.write(path, notebook).name == "blocks.before-fix.ipynb"
    second = path.read_bytes()
    assert fix.write(path, notebook).name == "blocks.before-fix-2.ipynb"
    assert path.with_name("blocks.before-fix.ipynb").read_bytes() == first
    assert path.with_name("blocks.before-fix-2.ipynb").read_bytes() == second


def test_a_write_that_fails_changes_nothing(
        work, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    path = work(drop("test-parallel-block"))
    before = path.read_bytes()

    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    notebook = fix.mended(read_notebook(path))
    monkeypatch.setattr(os, "replace", full)
    with pytest.raises(OSError, match="No space"):
        fix.write(path, notebook)
    assert check(path, "--fix", "--lang", "en") == 2
    assert "No space left" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == [NAME]


# A clean run: one kernel for many things.

def evidence(notebook: Json) -> None:
    """One of each thing that only a run shows, around question 5 and after the last."""
    answer = named(notebook, "parallel-block")
    answer["source"] = answer["source"].replace("nn.Module):", "Base):", 1)
    answer["execution_count"] = 9
    gone = with_id(code_cell("old_name + 1", execution_count=8), "gone")
    insert(notebook, "parallel-block", gone)
    sources = ("class Base(nn.Module): pass", "open('data.csv')", "import no_such_package", "x = input()",
               "raise ValueError('a try')", "import time; time.sleep(99)", "import os; os._exit(1)", "exit()",
               "print('x' * 3000000)", "import helper, matplotlib\nfine = len(open('own.csv').read())")
    notebook["cells"] += [with_id(code_cell(source, execution_count=7 if number == 0 else None), f"end-{number}")
                          for number, source in enumerate(sources)]
    named(notebook, "block-factory")["source"] = "def make_blocks(make_block, num_blocks):\n    return None"
    named(notebook, "registered-sequential")["source"] = (
        "class RegisteredSequential(nn.Module):\n    def __init__(self, *blocks):\n        super().__init__()\n"
        "    def forward(self, X):\n        raise NotImplementedError")
    notebook["cells"].append(with_id(code_cell("fine"), "last"))


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """What is said of the notebook with one of each."""
    path = make(tmp_path_factory.mktemp("ran"), evidence)
    path.with_name("matplotlib.py").write_text("raise ImportError('hides the package')")
    path.with_name("helper.py").touch()
    path.with_name("own.csv").write_text("1,2")
    startup = tmp_path_factory.mktemp("ipython") / "profile_default" / "startup"
    startup.mkdir(parents=True)
    (startup / "names.py").write_text("old_name = 1")  # which the grader's machine does not have
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IPYTHONDIR", str(startup.parents[1]))
        return examine(read_notebook(path), limits=Limits(cell_time=12))  # of which one cell has need


COSTS = {"out-of-order": (19, {"name": "Base", "later": "34"}), "part-stub": (12, {"line": 5}),
         "wrong": (23, {"hint": "block_factory"})}
COSTS_NOTHING = {"name-gone": 18, "file-missing": 35, "package-missing": 36, "input": 37, "too-slow": 39,
                 "kernel-died": 40, "much-output": 42}


@pytest.mark.parametrize("key", COSTS)
def test_what_a_run_finds_and_what_it_costs(ran: Checked, key: str) -> None:
    number, details = COSTS[key]
    (finding,) = (each for each in ran.findings if each.problem.key == key and each.place.number == number)
    assert finding.loses
    assert finding.details.items() >= details.items()


@pytest.mark.parametrize("key", COSTS_NOTHING)
def test_what_no_check_needs_costs_nothing(ran: Checked, key: str) -> None:
    (finding,) = (each for each in ran.findings if each.problem.key == key)
    assert (finding.loses, finding.place.number) == (False, COSTS_NOTHING[key])


def test_a_run_finds_no_more_than_that(ran: Checked) -> None:
    found = {finding.problem.key for finding in ran.findings}
    assert found == {*COSTS, *COSTS_NOTHING, "raises"}
    assert {finding.place.number for finding in ran.findings if finding.problem.key == "raises"} == {38, 41}


def test_the_saved_counts_are_evidence(ran: Checked) -> None:
    """Of an order of running that is not the file's, and of a name that was there when the cell was run."""
    order, gone = (next(each for each in ran.findings if each.problem.key == key)
                   for key in ("out-of-order", "name-gone"))
    assert "cell 34, further down" in order.what.en
    assert "that one came first ([7]) and this one after it ([9])" in order.what.en
    assert "When you ran it ([8])" in gone.what.en


def test_the_points_are_those_of_the_checks(ran: Checked) -> None:
    points = {score.name: score.points for score in ran.scores}
    assert points.pop("list-sequential-why") is None
    lost = {"parallel-block": 0.0, "block-factory": points["block-factory"], "block-network": points["block-network"],
            "registered-sequential": points["registered-sequential"]}
    assert points == {**FULL, **lost}
    assert points["block-factory"] < FULL["block-factory"]


# What can be known without a kernel: outcomes are made up.

def examined(path: Path, outcome: Callable[[str], Outcome], limits: Limits | None = None) -> Checked:
    """Examine a notebook whose cells end as `outcome` says for their code."""
    return examine(read_notebook(path), lambda sources, folder, limits: [outcome(source) for source in sources], limits)


def fine(source: str) -> Outcome:
    """Full points from every check."""
    if "'tell'" not in source:
        return Outcome("done")
    name = next(name for name in FULL if f".{name.replace('-', '_')}(" in source)
    report = {"exercise": name, "points": FULL[name], "max_points": FULL[name], "misconceptions": [], "words": []}
    return Outcome("done", [{"output_type": "display_data", "metadata": {}, "data": {MIME_TYPE: report}}])


def test_a_slow_cell_is_mentioned_and_time_that_is_up_costs(work) -> None:
    path = work(add("slow"))
    slow = examined(path, lambda source: Outcome("done", seconds=20) if source == "slow" else fine(source))
    assert said(slow.findings) == {("slow", False, 18)}
    up = examined(path, lambda source: Outcome("not-run") if source != "slow" else fine(source))
    assert said(up.findings) == {("out-of-time", True, 2)}
    assert [score.points for score in up.scores] == [0, 0, 0, None, 0, 0, 0]


def fails(name: str, message: str) -> list[dict[str, Any]]:
    return [{"output_type": "error", "ename": name, "evalue": message, "traceback": []}]


def test_a_name_that_was_defined_and_is_gone_again_costs(work) -> None:
    """After `%reset`, say: the cell that needs it fails, and the check after it only for that reason."""
    missing = {"class ParallelBlock": "nn", ".parallel_block(": "ParallelBlock"}

    def forgetful(source: str) -> Outcome:
        name = next((name for words, name in missing.items() if words in source), None)
        return Outcome("done", fails("NameError", f"name '{name}' is not defined")) if name else fine(source)

    checked = examined(work(), forgetful)
    assert said(checked.findings) == {("name-forgotten", True, 18)}
    assert checked.findings[0].details == {"name": "nn", "earlier": "2"}


def test_what_keeps_a_helper_from_being_defined_costs_what_needs_it(work) -> None:
    """Even by way of another helper; what only a scratch cell needs costs nothing."""
    def change(notebook: Json) -> None:
        for name in ("helper", "unused", "Base"):
            insert(notebook, "parallel-block", with_id(code_cell(f"{name} = 'bind {name}'"), name))
        insert(notebook, "parallel-block", with_id(code_cell("'scratch'"), "scratch"))

    said_by = {"bind helper": ("ValueError", "?"), "bind unused": ("ValueError", "?"),
               "bind Base": ("NameError", "helper"), "'scratch'": ("NameError", "unused"),
               "class ParallelBlock": ("NameError", "Base"), ".parallel_block(": ("NameError", "ParallelBlock")}

    def chain(source: str) -> Outcome:
        name, missing = next((said_by[words] for words in said_by if words in source), ("", ""))
        return Outcome("done", fails(name, f"name '{missing}' is not defined")) if name else fine(source)

    assert said(examined(work(change), chain).findings) == {("raises", True, 18), ("raises", False, 19)}


def test_the_example_in_the_rehearsals_docstring(work) -> None:
    def change(notebook: Json) -> None:
        insert(notebook, "parallel-block", with_id(code_cell("width = len(open('width.txt').read())"), "first"),
               with_id(code_cell("layer = nn.Linear(width, 1)"), "second"))

    report = {"exercise": "parallel-block", "points": 0, "max_points": 6, "misconceptions": ["undefined-name"],
              "words": [["name 'layer' is not defined"] * 2]}
    ends = {"width.txt": fails("FileNotFoundError", "[Errno 2] No such file or directory: 'width.txt'"),
            "nn.Linear(width": fails("NameError", "name 'width' is not defined")}
    lacks = {".parallel_block(": [{"output_type": "display_data", "metadata": {}, "data": {MIME_TYPE: report}}]}

    def ending(ends: dict[str, list[Json]]) -> Callable[[str], Outcome]:
        return lambda source: next((Outcome("done", ends[words]) for words in ends if words in source), fine(source))

    path = work(change)
    assert said(examined(path, ending({**ends, **lacks})).findings) == {("file-missing", True, 18)}
    assert said(examined(path, ending(ends)).findings) == {("file-missing", False, 18)}


def test_an_answer_that_fails_is_named_once(work) -> None:
    """And not again for the name that its check then lacks, or for what uses it."""
    fail = {"syntax error": ("SyntaxError", "invalid syntax"), ".block_factory(": ("NameError", "make_blocks")}

    def failing(source: str) -> Outcome:
        name, message = next((fail[words] for words in fail if words in source), ("", ""))
        return Outcome("done", fails(name, f"name '{message}' is not defined")) if name else fine(source)

    path = work(edit("block-factory", source="def make_blocks(:  # syntax error"))
    assert said(examined(path, failing).findings) == {("raises", True, 22)}
    assert said(examined(work(edit("block-factory", source="")), failing).findings) == {("stub", True, 22)}


def test_an_answer_of_another_name_is_told_which_name_is_wanted(work) -> None:
    def nameless(source: str) -> Outcome:
        missing = fails("NameError", "name 'ParallelBlock' is not defined")
        return Outcome("done", missing) if ".parallel_block(" in source else fine(source)

    checked = examined(work(edit("parallel-block", source="class Parallel:\n    pass")), nameless)
    assert said(checked.findings) == {("not-defined", True, 19)}
    assert checked.findings[0].details["name"] == "ParallelBlock"


def test_no_exercise_loses_points_without_a_word(work) -> None:
    """Whatever a check ends with."""
    for name in ("NameError", "RuntimeError", "KeyboardInterrupt"):
        checked = examined(work(), lambda source, name=name: Outcome("done", fails(name, "?"))
                           if ".parallel_block(" in source else fine(source))
        assert said(checked.findings) == {("test-fails", True, 19)}
        assert [score.points for score in checked.scores if not score.full] == [0.0]


def plain_tests(notebook: Json) -> None:
    named(notebook, "test-parallel-block")["source"] = "assert ParallelBlock"


def test_noise_on_stderr_is_only_mentioned_of_a_plain_test(work, tmp_path: Path) -> None:
    path = work(plain_tests)
    noise = [{"output_type": "stream", "name": "stderr", "text": "old"}]
    release = tmp_path / ".release" / ASSIGNMENT / NAME
    release.write_text(path.read_text().replace(ANSWERS["parallel-block"], "pass"))

    def noisy(source: str) -> Outcome:
        outcome = fine(source)
        return Outcome("done", [*outcome.outputs, *noise])

    checked = examined(path, noisy)
    assert {finding for finding in said(checked.findings) if finding[0] == "stderr"} == {("stderr", False, 19)}


def test_names_and_stubs_are_read_from_code() -> None:
    source = "import a.b as c\nfor i in x: pass\n%time 1\ndef f(): y = 1\nif (z := 1): w = 2"
    assert syntax.bound(source) == set("cifzw")
    assert syntax.bound("for in") == syntax.bound("\0") == set()
    assert syntax.used("def f(a): return g(a) + len([])") >= {"g"}
    assert "len" not in syntax.used("len([])")
    assert syntax.stub_line("def f():\n    raise NotImplementedError") == 2
    assert syntax.stub_line("raise NotImplementedError('on purpose')") is None


# The command.

def check(*arguments: object) -> int:
    return main(["check", *map(str, arguments)])


def test_a_good_notebook_ends_with_0_and_is_left_alone(work, capsys: pytest.CaptureFixture[str]) -> None:
    path = work()
    before = path.read_bytes()
    assert check(path) == 0
    said = capsys.readouterr().out
    assert "可以交了" in said  # the language that the notebook chose
    assert "27 / 27" in said
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]


def test_fix_says_what_it_did_and_what_is_left(work, capsys: pytest.CaptureFixture[str]) -> None:
    def change(notebook: Json) -> None:
        drop("test-block-network")(notebook)
        spec("ir")(notebook)

    path = work(change, {**ANSWERS, "parallel-block": "ParallelBlock = nn.Identity\n"})
    assert check(path, "--fix", "--lang", "en") == 1
    said = " ".join(capsys.readouterr().out.split())
    assert "Restored 2; the file as it was is blocks.before-fix.ipynb" in said
    assert "The check of this exercise is gone" in said.partition("the check says")[0]
    assert "21 / 27" in said and "This costs nothing" not in said
    assert found(path) == []
    assert check(path, "--fix", "--lang", "en") == 1
    assert "nothing to restore" in capsys.readouterr().out
    assert sorted(each.name for each in path.parent.iterdir()) == ["blocks.before-fix.ipynb", NAME]


@pytest.mark.parametrize("one", [one for one in BROKEN if one.rejected and one.name not in (
    "no-notebook", "renamed-twice", "too-large", "memory-bomb", "folder")], ids=str)
def test_what_is_no_notebook_is_named_and_left_alone(work, one: Broken, capsys: pytest.CaptureFixture[str]) -> None:
    path = work()
    one.spoil(path)
    before = path.read_bytes() if path.is_file() else None
    assert check(path, "--fix", "--lang", "en") == 1
    assert one.rejected in " ".join(capsys.readouterr().out.split())
    assert (path.read_bytes() if path.is_file() else None) == before


def test_marks_of_a_merge_conflict_are_named_with_their_line(work, capsys: pytest.CaptureFixture[str]) -> None:
    path = work()
    path.write_text(path.read_text().replace('"cells": [', '"cells": [\n<<<<<<< HEAD\n', 1))
    assert check(path, "--lang", "zh") == 1
    assert "第 2 行有 git 合并冲突的标记" in capsys.readouterr().out


def test_what_cannot_be_checked_ends_with_2_and_says_why(
        work, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = work()
    lost = tmp_path / "elsewhere" / NAME
    lost.parent.mkdir()
    shutil.copy(path, lost)
    shutil.rmtree(tmp_path / ".release")
    for arguments, words in (((path.with_name("block.ipynb"),), "There are: blocks.ipynb"),
                             ((path.parent,), "is a folder"), ((lost,), "--release"),
                             ((lost, "--release", tmp_path / "nowhere"), "there is no"),
                             ((lost, "--release", lost.parent), "holds no problem sets")):
        assert check(*arguments, "--lang", "en") == 2
        told = capsys.readouterr()
        assert told.out == "" and words in told.err
        assert len(told.err.splitlines()) == 1


def test_the_release_is_found_in_nbgraders_exchange(work, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = work()
    released = tmp_path / "exchange" / "d2l" / "outbound" / path.parent.name
    released.parent.mkdir(parents=True)
    shutil.copytree(tmp_path / ".release" / path.parent.name, released)
    shutil.rmtree(tmp_path / ".release")
    (tmp_path / "jupyter").mkdir()
    (tmp_path / "jupyter" / "nbgrader_config.py").write_text(f"c.Exchange.root = {str(tmp_path / 'exchange')!r}")
    with pytest.raises(NoRelease, match="exchange"):
        read_notebook(path)
    monkeypatch.setenv("JUPYTER_CONFIG_PATH", str(tmp_path / "jupyter"))
    monkeypatch.chdir(tmp_path)
    assert read_notebook(path).release.path == released / NAME


def test_without_a_kernel_nothing_is_said_of_the_notebook(
        work, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("d2l_ch3.presubmit.clean_run._PREPARE", "import no_such_package")
    assert check(work(), "--lang", "en") == 2
    told = capsys.readouterr()
    assert told.out == "" and "the kernel does not start" in told.err and "no_such_package" in told.err


@pytest.mark.parametrize(("language", "words"), [("zh", "退出码"), ("en", "exit status")])
def test_help_has_an_example_and_exit_statuses(language: str, words: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        check("--help", "--lang", language)
    told = capsys.readouterr().out
    assert "d2l-ch3 check ps1-blocks/blocks.ipynb" in told and words in told


ELSEWHERE = """
import os, sys
import IPython, nbclient, nbgrader.utils, rich.progress, torch
sys.platform = {system!r}
for name in {missing!r}:
    sys.modules[name] = None
for name in {unknown!r}:
    delattr(os, name)
from pathlib import Path
from d2l_ch3.presubmit import command, fix
from d2l_ch3.presubmit.differences import differences, unanswered
notebook = command.read_notebook(Path({path!r}))
print(len([*differences(notebook), *unanswered(notebook)]))
fix.write(notebook.path, fix.mended(notebook))
assert not [name for name in sys.modules if name.startswith("d2l_ch3.grading")]
"""


@pytest.mark.parametrize(("system", "missing", "unknown"), [
    ("darwin", [], ["O_PATH", "pidfd_open"]),
    ("win32", ["fcntl", "resource", "pwd"], ["O_PATH", "O_NOFOLLOW", "pidfd_open", "fork", "geteuid", "uname"])])
def test_on_another_system_it_reads_compares_and_restores(
        work, system: str, missing: list[str], unknown: list[str]) -> None:
    path = work(drop("test-parallel-block"))
    program = ELSEWHERE.format(system=system, missing=missing, unknown=unknown, path=str(path))
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout == "1\n", done.stderr
    assert found(path) == []
