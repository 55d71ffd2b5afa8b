"""`checks.progress()`: what it keeps, what it shows, and that it keeps nothing where nobody is at the keyboard."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import nbformat
import pytest
from jupyter_client.manager import start_new_kernel
from nbgrader.preprocessors import Execute
from nbgrader.validator import Validator
from torch import nn
from wcwidth import wcswidth

from d2l_ch3 import checks
from d2l_ch3.checks.progress_card import DONE, NOT_STARTED, READ_BY_A_PERSON, TRIED, Card, Row
from d2l_ch3.checks.records import FILE, read
from d2l_ch3.checks.wrapping import first_sentence
from d2l_ch3.language import LANGUAGES, speaking
from tools.bank import IMPORTS, Answer, answers
from tools.build import ROOT
from tools.scratch import ScratchCourse

PARALLEL = answers("parallel-block")
RIGHT = PARALLEL[0]
WRONG = next(answer for answer in PARALLEL if answer.misconceptions == ("summed",))
STUB = next(answer for answer in answers("block-factory") if answer.misconceptions == ("not-written",))
CHECK = "checks.parallel_block(ParallelBlock)"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a problem set, with a student at the keyboard."""
    folder = tmp_path / "ps1-blocks"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr("d2l_ch3.checks.records.somebody_is_there", lambda: True)
    return folder


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    with speaking(request.param):
        yield request.param


def card(problem_set: str | None = None) -> Card:
    (shown,) = checks.progress(problem_set).cards
    return shown


def row(name: str) -> Row:
    return next(each for each in card().rows if each.name == name)


# --- what it shows -------------------------------------------------------------------------------

def test_a_fresh_folder_has_nothing_started_and_says_what_comes_first(here: Path, language: str) -> None:
    assert card().problem_set == "ps1-blocks"
    assert [each.state for each in card().rows] == [NOT_STARTED] * 3 + [READ_BY_A_PERSON] + [NOT_STARTED] * 4
    assert (card().points, card().max_points) == (0, 27)
    noted, following = card().closing
    assert noted == {"zh": "这里还没有检查的记录：在笔记本里运行一次检查，就会记下来。",
                     "en": "Nothing recorded here yet: run a check in the notebook first."}[language]
    assert "checks.list_sequential.hint()" in following
    assert not list(here.iterdir())


def test_what_was_tried_names_the_misconception_and_its_first_sentence(here: Path, language: str) -> None:
    report = WRONG.check(0)
    tried = row("parallel_block")
    assert (tried.state, tried.points, tried.max_points) == (TRIED, report.points, 6)
    assert tried.obstacle == {"zh": ("相加，不是并排", "两个输出被加在了一起。"),
                              "en": ("Added, not joined", "The two outputs were added.")}[language]
    assert tried.better_before == ""
    assert card().points == report.points
    assert len(card().closing) == 1


def test_what_is_done_is_done_and_the_next_is_what_is_not(here: Path) -> None:
    answers("list-sequential")[0].check(0)
    assert (row("list_sequential").state, row("list_sequential").obstacle) == (DONE, None)
    assert "`list_sequential_facts`" in card().closing[0]


@pytest.mark.parametrize(("problem_set", "lines"), [("ps1-blocks", 3), ("ps3-layers", 2)])
def test_when_all_is_done_it_asks_for_the_words_where_there_are_any(here: Path, problem_set: str, lines: int) -> None:
    for name in checks.EXERCISES[problem_set]:
        answers(name)[0].check(0)
    assert {each.state for each in card().rows if not each.bonus} <= {DONE, READ_BY_A_PERSON}
    assert [each.state for each in card().rows if each.bonus] == [NOT_STARTED]  # and the set is done all the same
    assert card().points == card().max_points
    assert len(card().closing) == lines
    assert "Validate" in card().closing[-1]


def test_points_that_were_lost_again_are_remembered(here: Path, language: str) -> None:
    RIGHT.check(0)
    report = WRONG.check(0)
    assert (row("parallel_block").state, row("parallel_block").points) == (TRIED, report.points)
    assert row("parallel_block").better_before == {
        "zh": f"你拿到过 6 分，最近一次是 {report.points:g} 分。",
        "en": f"You had 6; the last run gave {report.points:g}."}[language]
    assert row("parallel_block").better_before in str(card())
    RIGHT.check(0)
    assert (row("parallel_block").state, row("parallel_block").better_before) == (DONE, "")


def test_a_stub_that_was_checked_has_not_been_started(here: Path) -> None:
    STUB.check(0)
    assert (row("block_factory").state, row("block_factory").obstacle) == (NOT_STARTED, None)


@pytest.mark.parametrize("problem_set", checks.EXERCISES)
def test_numbers_points_and_written_questions_are_the_notebooks(here: Path, problem_set: str) -> None:
    (path,) = (ROOT / "release" / problem_set).glob("*.ipynb")
    numbers, asked = [], []
    for cell in nbformat.read(path, as_version=4).cells:
        if heading := re.match(r"## (\d+)\. ", cell.source):
            number = int(heading[1])
        graded = cell.metadata.get("nbgrader", {})
        if graded.get("grade"):
            numbers.append(number)
            asked.append((graded["grade_id"].removeprefix("test-").replace("-", "_"), graded["points"],
                          cell.cell_type == "markdown"))
    shown = [each for each in card(problem_set).rows if not each.bonus]
    assert [each.number for each in shown] == numbers
    assert [(each.name, each.max_points, each.in_words) for each in shown] == asked


@pytest.mark.parametrize(("text", "first"), [
    ("用了 `nn.Linear`。再看看。", "用了 `nn.Linear`。"),
    ("See `a. b` in nn.Module. Then try.", "See `a. b` in nn.Module."),
    ("Is it 0.5? It is.", "Is it 0.5?"),
    ("no full stop", "no full stop"),
])
def test_the_first_sentence(text: str, first: str) -> None:
    assert first_sentence(text) == first


def test_the_text_fits_a_terminal(here: Path, language: str) -> None:
    for names in checks.EXERCISES.values():
        for name in names:
            next(answer for answer in answers(name) if not answer.right).check(0)
    for problem_set in checks.EXERCISES:
        text = repr(checks.progress(problem_set))
        assert max(map(wcswidth, text.splitlines())) < 80
        assert all(str(each.state.words) in text and each.earned in text for each in card(problem_set).rows)


def test_the_card_says_in_words_what_it_draws_and_escapes_what_the_student_wrote(here: Path, language: str) -> None:
    class ParallelBlock(nn.Module):
        def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
            super().__init__()

        def forward(self, X: Any) -> Any:
            raise ValueError("<script>alert(1)</script>")

    checks.parallel_block(ParallelBlock)
    html = checks.progress()._repr_html_()
    assert f'<progress value="0.0" max="27" aria-label="{card().total}">{card().total}</progress>' in html
    assert all(f"<span>{each.state.words}</span><span>{each.earned}</span>" in html for each in card().rows)
    assert "<code>parallel_block</code>" in html
    assert "&lt;script&gt;" in html
    assert "<script>" not in html


# --- which problem set ---------------------------------------------------------------------------

def test_it_is_about_the_problem_set_checked_last_in_this_folder(here: Path) -> None:
    answers("constant-layer")[0].check(0)
    assert card().problem_set == "ps3-layers"
    RIGHT.check(0)
    assert card().problem_set == "ps1-blocks"
    answers("constant-layer")[0].check(0)
    assert card().problem_set == "ps3-layers"


def test_another_problem_set_is_found_by_name_from_beside_it_and_from_above(
        here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RIGHT.check(0)
    (here.parent / "ps2-parameters").mkdir()
    monkeypatch.chdir(here.parent / "ps2-parameters")
    assert card().problem_set == "ps2-parameters"
    assert (card().points, card("ps1-blocks").points) == (0, 6)
    monkeypatch.chdir(here.parent)
    assert [(each.problem_set, each.points) for each in checks.progress().cards] == [
        ("ps1-blocks", 6), ("ps2-parameters", 0), ("ps3-layers", 0), ("ps4-resnet", 0)]


def test_the_editions_are_kept_apart(tmp_path: Path, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for edition, answer in (("zh", RIGHT), ("en", WRONG)):
        (tmp_path / edition / "ps1-blocks").mkdir(parents=True)
        monkeypatch.chdir(tmp_path / edition / "ps1-blocks")
        answer.check(0)
    assert row("parallel_block").state == TRIED
    monkeypatch.chdir(tmp_path / "zh" / "ps1-blocks")
    assert row("parallel_block").state == DONE


def test_a_wrong_name_lists_the_right_ones() -> None:
    with pytest.raises(ValueError, match="ps1-blocks, ps2-parameters, ps3-layers, ps4-resnet"):
        checks.progress("ps9")


# --- the file ------------------------------------------------------------------------------------

@pytest.mark.parametrize("content", [
    b"", b"{", b"\xff", b"[]", b"3", b"[" * 100_000, b'{"parallel-block": 6}',
    b'{"parallel-block": {"points": 6.0, "best": 6.0}}',
    b'{"parallel-block": {"points": "all", "best": 6.0, "diagnosis": null}}',
    b'{"parallel-block": {"points": NaN, "best": 6.0, "diagnosis": null}}',
    b'{"parallel-block": {"points": 6.0, "best": Infinity, "diagnosis": null}}',
    b'{"parallel-block": {"points": 3.0, "best": 6.0, "diagnosis": {"key": "summed", "text": 5}}}',
])
def test_a_broken_file_counts_as_none_and_is_mended_by_the_next_check(here: Path, content: bytes) -> None:
    FILE.parent.mkdir()
    FILE.write_bytes(content)
    assert {each.state for each in card().rows} == {NOT_STARTED, READ_BY_A_PERSON}
    assert RIGHT.check(0).points == 6
    assert row("parallel_block").state == DONE


def test_points_of_a_release_that_gave_more_do_not_count_beyond_what_there_is(here: Path) -> None:
    FILE.parent.mkdir()
    FILE.write_text('{"parallel-block": {"points": 1e9, "best": 1e9, "diagnosis": null}}')
    assert (row("parallel_block").state, card().points) == (DONE, 6)


def in_the_way(folder: Path) -> None:
    (folder / FILE.parent).write_text("a file where the folder should be")


def gone(folder: Path) -> None:
    folder.rmdir()


def of_the_systems(folder: Path) -> None:
    os.chdir("/proc")  # nobody can write there, not even root


@pytest.mark.parametrize("spoil", [in_the_way, gone, of_the_systems])
def test_a_folder_that_cannot_be_written_to_costs_no_points(here: Path, spoil: Callable[[Path], None]) -> None:
    spoil(here)
    assert RIGHT.check(0).points == 6
    assert card("ps1-blocks").points == 0


def test_a_write_that_fails_leaves_what_was_there(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RIGHT.check(0)

    def full(*_: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    WRONG.check(0)
    assert row("parallel_block").state == DONE
    assert [path.name for path in FILE.parent.iterdir()] == [FILE.name]


def test_the_same_checks_write_the_same_bytes(here: Path) -> None:
    written = []
    for _ in range(2):
        RIGHT.check(0)
        WRONG.check(0)
        written.append(FILE.read_bytes())
    assert written[0] == written[1]
    assert json.loads(written[0])["parallel-block"]["best"] == 6


# --- a real kernel -------------------------------------------------------------------------------

@pytest.fixture
def kernel(tmp_path: Path) -> Iterator[tuple[Callable[[str], str], Callable[[], None]]]:
    """A kernel in the folder of a problem set: what a student sees who runs a cell in it, and how to restart it."""
    (tmp_path / "ps1-blocks").mkdir()
    manager, client = start_new_kernel(cwd=str(tmp_path / "ps1-blocks"))

    def run(cell: str) -> str:
        shown = []
        reply = client.execute_interactive(cell, timeout=120, output_hook=shown.append)
        assert reply["content"]["status"] == "ok", reply["content"]
        return "".join(message["content"].get("data", {}).get("text/html", "") for message in shown)

    def restart() -> None:
        manager.restart_kernel(now=True)
        client.wait_for_ready(timeout=120)

    yield run, restart
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_it_survives_a_restart_of_the_kernel(kernel: Any) -> None:
    run, restart = kernel
    run(f"{IMPORTS}from d2l_ch3 import checks\n{WRONG.cell}")
    run(CHECK)
    before = run("checks.progress()")
    assert '<div class="d2l-name">相加，不是并排</div>' in before
    restart()
    assert run("from d2l_ch3 import checks\nchecks.progress()") == before


# --- nobody at the keyboard ----------------------------------------------------------------------

def notebook(folder: Path, answer: Answer) -> Path:
    path = folder / "blocks.ipynb"
    cells = [nbformat.v4.new_code_cell(source, id=f"cell-{number}") for number, source in enumerate(
        [f"{IMPORTS}from d2l_ch3 import checks\n{answer.cell}", CHECK])]
    nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": {
        "name": "python3", "language": "python", "display_name": "Python 3"}}), path)
    return path


def validate(path: Path) -> None:
    assert Validator().validate(str(path)) == {}


def stock_autograde(path: Path) -> None:
    executed, _ = Execute().preprocess(nbformat.read(path, as_version=4), {"metadata": {"path": str(path.parent)}})
    assert executed.cells[-1].outputs[0].data["text/plain"] == "6.0"


def nbval(path: Path) -> None:
    result = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
                             "--nbval-lax", "--nbval-current-env", path.name],
                            cwd=path.parent, capture_output=True, text=True, check=False)
    assert "2 passed" in result.stdout, result.stdout[-2000:]


@pytest.mark.parametrize("run", [validate, stock_autograde, nbval])
def test_nothing_is_kept_by_what_runs_notebooks_by_itself(
        run: Callable[[Path], None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = notebook(tmp_path, RIGHT)
    monkeypatch.chdir(tmp_path)
    run(path)
    assert [each.name for each in tmp_path.iterdir() if each.name != "__pycache__"] == [path.name]


def test_nothing_is_kept_in_a_terminal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert RIGHT.check(0).points == 6
    assert not list(tmp_path.iterdir())
    assert read() == {}


def test_nothing_is_kept_in_the_grading_engine(grader: Any, tmp_path: Path) -> None:
    from d2l_ch3.notebooks.master import Master, MasterCell

    test = MasterCell("test", "code", f"import os\nassert {CHECK}.points == 6\nassert not os.listdir('.')", "", True,
                      grade=True, points=4)
    path = notebook(tmp_path, RIGHT)
    cells = nbformat.read(path, as_version=4)
    cells.cells[-1].update(source=test.source, id="test")
    nbformat.write(cells, path)
    graded = grader.grade(path, "ps1-blocks", master=Master("ps1-blocks", "blocks", (test,), {"name": "python3"}))
    assert graded.scores == {"test": 4}


def test_what_an_author_kept_is_not_released(tmp_path: Path) -> None:
    course = ScratchCourse(tmp_path)
    for name in (FILE, Path("data.txt")):
        path = course.folder / "source" / "ps3-layers" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("{}")
    assert course.api().generate_assignment("ps3-layers")["success"]
    released = course.folder / "release" / "ps3-layers"
    assert sorted(path.name for path in released.iterdir()) == ["data.txt", "layers.ipynb"]
