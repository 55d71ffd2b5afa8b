"""Telling a course's own cells from the student's: courses whose prose and given code nbgrader does not know."""

from collections.abc import Iterable
from dataclasses import replace

import pytest
from nbformat import from_dict
from nbgrader.utils import compute_checksum

from d2l_ch3.notebooks import repair
from d2l_ch3.notebooks.cells import checksum
from d2l_ch3.notebooks.master import GivenCell, Master, MasterCell, given_cells
from d2l_ch3.notebooks.recognition import ALIKE, recognised
from d2l_ch3.notebooks.submission import Cell

STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
NAMED = f"def mean(values):\n    {STUB}"


def answer(name: str, stub: str = STUB, grade: bool = False) -> MasterCell:
    return MasterCell(name, "code", stub, "", False, grade, True, points=2.0 * grade)


def written(name: str, stub: str = "YOUR ANSWER HERE") -> MasterCell:
    return MasterCell(name, "markdown", stub, "", False, True, True, points=2.0)


def test(name: str, source: str, released: str | None = None) -> MasterCell:
    return MasterCell(name, "code", source, "", True, True, points=1.0, without_secrets=released)


test.__test__ = False  # type: ignore[attr-defined]


def prose(text: str) -> GivenCell:
    return GivenCell("markdown", text, "", 0)


def code(text: str) -> GivenCell:
    return GivenCell("code", text, "", 0)


def course(*cells: MasterCell | GivenCell) -> Master:
    """A master whose release has these cells, in this order."""
    known = tuple(cell for cell in cells if isinstance(cell, MasterCell))
    notebook = {"cells": [{"cell_type": cell.cell_type, "source": cell.source, "id": f"id-{number}", "metadata": {
        "nbgrader": {"grade_id": cell.grade_id}} if isinstance(cell, MasterCell) else {}}
        for number, cell in enumerate(cells)]}
    known = tuple(replace(cell, id=f"id-{cells.index(cell)}") for cell in known)
    return Master("ps1", "one", known, {"name": "python3"},
                  given=given_cells([notebook], [cell.grade_id for cell in known]))


def handed_in(master: Master, answers: dict[str, str] | None = None, metadata: bool = True,
              ids: bool = True) -> list[Cell]:
    """The release with answers in it, with or without nbgrader's metadata and the cells' ids."""
    found = []
    for cell in master.layout:
        ours = isinstance(cell, MasterCell)
        name = cell.grade_id if ours else ""
        text = (answers or {}).get(name, cell.released if ours else cell.source)
        marks = cell.metadata if ours and metadata else {}
        found.append(Cell(cell.cell_type, text, dict(marks), cell.id if ids else None))
    return found


def at(cells: list[Cell], text: str) -> int:
    """Where the cell is that begins so."""
    return next(index for index, cell in enumerate(cells) if cell.source.startswith(text))


def repaired(cells: Iterable[Cell], master: Master) -> tuple[dict[str, str], list[str], list[str]]:
    """The sources of the master's cells, those of all cells, and what was noted."""
    made = repair.repair(list(cells), master)
    return ({each.master.grade_id: each.cell.source for each in made.cells if each.master},
            [each.cell.source for each in made.cells], [note.text.en for note in made.notes])


QUIZ = course(
    prose("# Quiz 1\nRead everything first."), code("import math"),
    prose("## Question 1\nWrite `mean`."), answer("q1", NAMED), test("t1", "assert mean([1, 3]) == 2"),
    prose("## A solution for later\nQuestion 3 uses this one."),
    code("def mean(values):\n    return sum(values) / len(values)"),
    prose("## Question 2\nWhy does it fail for an empty list?"), written("q2"),
    prose("Now think about the median as well, and say in a sentence how it differs."), written("q3"),
    prose("## Question 4\nSet `ready`."), answer("q4", "ready = None  # your code"), test("t4", "assert ready"),
    code("ready = True\nprint('this is what comes next')"))
EVERYTHING = [cell.released if isinstance(cell, MasterCell) else cell.source for cell in QUIZ.layout]


# What has no metadata is not therefore the student's.

@pytest.mark.parametrize("metadata", [True, False])
@pytest.mark.parametrize("ids", [True, False])
def test_an_untouched_notebook_stays_as_it_is(metadata: bool, ids: bool) -> None:
    sources, everything, notes = repaired(handed_in(QUIZ, metadata=metadata, ids=ids), QUIZ)
    assert everything == EVERYTHING
    assert sources == {cell.grade_id: cell.source for cell in QUIZ.cells}
    assert notes == []


@pytest.mark.parametrize("metadata", [True, False])
def test_a_definition_that_was_given_is_no_answer(metadata: bool) -> None:
    mine = "def mean(values):\n    return 0  # mine"
    assert repaired(handed_in(QUIZ, {"q1": mine}, metadata, ids=False), QUIZ)[0]["q1"] == mine


def test_an_empty_written_answer_stays_empty_whatever_prompt_comes_next() -> None:
    sources, everything, notes = repaired(handed_in(QUIZ, {"q3": "It sorts."}), QUIZ)
    assert (sources["q2"], sources["q3"], notes) == ("YOUR ANSWER HERE", "It sorts.", [])
    assert len(everything) == len(EVERYTHING)


@pytest.mark.parametrize("edit", [lambda text: text.replace("this", "my"), lambda text: f"{text}\n# I ran this",
                                  lambda text: text.replace("median", "middle value"), str.upper,
                                  lambda text: f"  {text}\n\n"])
def test_what_was_given_is_known_though_it_was_edited_and_moved(edit) -> None:
    cells = handed_in(QUIZ)
    for text in ("def mean(values):\n    return sum", "ready = True", "Now think about"):
        cell = cells.pop(at(cells, text))
        cell.source = edit(cell.source)
        cells.append(cell)
    assert repaired(cells, QUIZ)[0] == {cell.grade_id: cell.source for cell in QUIZ.cells}
    if edit is not str.upper:  # without its id it is another text
        for cell in cells:
            cell.id = None
        assert repaired(cells, QUIZ)[0] == {cell.grade_id: cell.source for cell in QUIZ.cells}


def test_a_copy_of_what_was_given_is_no_answer_either() -> None:
    cells = handed_in(QUIZ)
    for text in ("def mean(values):\n    return sum", "Now think about"):
        cells.insert(at(cells, "YOUR ANSWER HERE") + 1, replace(cells[at(cells, text)], id=None))
    assert repaired(cells, QUIZ)[0] == {cell.grade_id: cell.source for cell in QUIZ.cells}


def test_what_a_student_writes_into_given_code_is_theirs() -> None:
    cells = handed_in(QUIZ)
    cells[at(cells, "import math")].source += "\ndef mean(values):\n    return 7"
    assert repaired(cells, QUIZ)[0]["q1"].endswith("return 7")


def test_an_answer_in_a_cell_of_its_own_is_found_beside_the_empty_one() -> None:
    cells = handed_in(QUIZ)
    cells.insert(at(cells, "def mean") + 1, Cell("code", "def mean(values):\n    return 7"))
    cells.insert(at(cells, "YOUR ANSWER") + 1, Cell("markdown", "Nothing to divide by."))
    sources, _, notes = repaired(cells, QUIZ)
    assert (sources["q1"], sources["q2"], sources["q3"]) == (
        "def mean(values):\n    return 7", "Nothing to divide by.", "YOUR ANSWER HERE")
    assert [note.partition(":")[0] for note in notes] == [
        "the answer to q1 stood in another cell", "the answer to q2 stood in another cell"]


def test_likeness_is_told_by_what_most_of_a_text_has_in_common() -> None:
    (given,) = (one for one in QUIZ.given if one.source.startswith("Now"))
    kept = given.source[:round(len(given.source) * ALIKE / 100)]
    for text, known in ((kept, True), (kept[:len(kept) // 2], False)):
        (each,) = recognised([Cell("markdown", text)], QUIZ)
        assert (each.copy_of == given) == known


# Lost metadata.

HARD = course(
    prose("# Two tests that look alike"), answer("a"), test("t-a", "### hidden\nassert x == 1", "# hidden tests only"),
    prose("Question b"), answer("b"), test("t-b", "### hidden\nassert y == 2", "# hidden tests only"),
    prose("Question c: plot something."), answer("c", grade=True),
    prose("Question d: nothing to see"), answer("d"), test("t-d", "assert z == 3", ""),
    prose("Why?"), written("e"), prose("And why not?"), written("f"), prose("The end."))
WRITTEN = {"a": "x = 1", "b": "y = 2", "c": "print('a plot')", "d": "z = 3", "e": "Because.", "f": "# No\nReally not."}


@pytest.mark.parametrize("ids", [True, False])
def test_what_lost_its_metadata_is_known_by_its_place(ids: bool) -> None:
    sources, everything, notes = repaired(handed_in(HARD, WRITTEN, metadata=False, ids=ids), HARD)
    tests = {cell.grade_id: cell.source for cell in HARD.cells if cell.is_test}
    assert sources == {**WRITTEN, **tests}
    assert len(everything) == len(HARD.layout)
    order = [text for text in everything if text in {*WRITTEN.values(), *tests.values()}]
    assert order == [{**WRITTEN, **tests}[cell.grade_id] for cell in HARD.cells]
    assert not any("deleted" in note or "edited" in note or "more than once" in note for note in notes)


@pytest.mark.parametrize("left", WRITTEN)
def test_without_metadata_an_empty_answer_is_empty_and_no_other_is(left: str) -> None:
    answers = {name: text for name, text in WRITTEN.items() if name != left}
    sources, *_ = repaired(handed_in(HARD, answers, metadata=False, ids=False), HARD)
    stubs = {cell.grade_id: cell.source for cell in HARD.cells}
    assert {name: sources[name] for name in WRITTEN} == {**answers, left: stubs[left]}


@pytest.mark.parametrize("gone", WRITTEN)
def test_without_metadata_a_deleted_answer_comes_back_empty_in_its_place(gone: str) -> None:
    cells = [cell for cell in handed_in(HARD, WRITTEN, metadata=False, ids=False) if cell.source != WRITTEN[gone]]
    sources, everything, notes = repaired(cells, HARD)
    stub = next(cell.source for cell in HARD.cells if cell.grade_id == gone)
    assert {name: sources[name] for name in WRITTEN} == {**WRITTEN, gone: stub}
    assert f"cell {gone} had been deleted: it was put back" in notes
    asked = [cell.grade_id for cell in HARD.cells]
    made = repair.repair(cells, HARD).cells
    assert [each.master.grade_id for each in made if each.master] == asked
    assert len(everything) == len(HARD.layout)


def test_of_two_tests_that_look_alike_the_one_that_is_left_is_the_one_in_its_place() -> None:
    cells = handed_in(HARD, WRITTEN, metadata=False, ids=False)
    del cells[at(cells, "# hidden tests only")]
    made = repair.repair(cells, HARD)
    assert [note.name for note in made.notes if note.what is repair.DELETED] == ["t-a"]
    assert [each.master.grade_id for each in made.cells if each.master] == [cell.grade_id for cell in HARD.cells]


def test_two_tests_that_look_alike_are_known_wherever_they_stand() -> None:
    cells = handed_in(HARD, WRITTEN, metadata=False, ids=False)
    cells.sort(key=lambda cell: cell.source == "# hidden tests only")
    made = repair.repair(cells, HARD)
    assert not any(note.what is repair.DELETED for note in made.notes)
    assert {name: source for name, source in repaired(cells, HARD)[0].items() if name in WRITTEN} == WRITTEN


def test_a_copy_of_an_empty_answer_elsewhere_is_not_the_answer() -> None:
    cells = handed_in(QUIZ, {"q4": "print('not ready')"}, metadata=False, ids=False)
    cells.append(Cell("code", "ready = None  # your code"))
    assert repaired(cells, QUIZ)[0]["q4"] == "print('not ready')"


def test_an_answer_that_kept_its_id_is_known_wherever_it_stands() -> None:
    cells = handed_in(HARD, WRITTEN, metadata=False)
    cells.append(cells.pop(at(cells, "print('a plot')")))
    assert repaired(cells, HARD)[0]["c"] == "print('a plot')"


def test_helpers_beside_answers_without_metadata_stay_helpers() -> None:
    cells = handed_in(HARD, WRITTEN, metadata=False, ids=False)
    cells.insert(at(cells, "y = 2") + 1, Cell("code", "print(y)"))
    cells.insert(at(cells, "Because") + 1, Cell("code", "1 + 1"))
    sources, everything, _ = repaired(cells, HARD)
    assert {name: sources[name] for name in WRITTEN} == WRITTEN
    assert len(everything) == len(HARD.layout) + 2


SAME = course(prose("Once"), answer("one", NAMED), test("t-one", "assert mean([2]) == 2"),
              prose("Twice"), answer("two", NAMED), test("t-two", "assert mean([]) == 0"))


def test_answers_that_are_asked_for_by_one_name_are_told_by_their_places() -> None:
    answers = {"one": "def mean(values):\n    return 2", "two": "def mean(values):\n    return 0"}
    for metadata in (True, False):
        sources, _, _ = repaired(handed_in(SAME, answers, metadata, ids=False), SAME)
        assert {name: sources[name] for name in answers} == answers


# A manual answer beside the stub, another release, and copies without end.

def test_a_manual_code_answer_beside_its_stub_is_the_answer() -> None:
    cells = handed_in(HARD)
    cells.insert(at(cells, "Question c") + 2, Cell("code", "print('a plot')"))
    assert repaired(cells, HARD)[0]["c"] == "print('a plot')"


def nbgraders_checksum(cell: MasterCell, source: str) -> str:
    return str(compute_checksum(from_dict({"cell_type": cell.cell_type, "source": source,
                                           "metadata": {"nbgrader": cell.metadata["nbgrader"]}})))


def marked(cell: MasterCell, source: str) -> Cell:
    """A cell as a release with this source had it."""
    marks = {**cell.metadata["nbgrader"], "checksum": nbgraders_checksum(cell, source)}
    return Cell(cell.cell_type, source, {"nbgrader": marks})


def test_another_release_is_not_the_students_edit() -> None:
    old, new = (marked(cell, "assert mean([1, 2]) == 1.5") for cell in QUIZ.cells if cell.grade_id in ("t1", "t4"))
    new.source += "  # mine"
    cells = [old if cell.nbgrader.get("grade_id") == "t1" else new if cell.nbgrader.get("grade_id") == "t4" else cell
             for cell in handed_in(QUIZ)]
    sources, _, notes = repaired(cells, QUIZ)
    assert (sources["t1"], sources["t4"]) == ("assert mean([1, 3]) == 2", "assert ready")
    assert notes == ["cell t1 is from an earlier release: the present one was put in its place",
                     "cell t4 had been edited: the original was put back"]


@pytest.mark.parametrize("cell", [*QUIZ.cells, *HARD.cells], ids=lambda cell: cell.grade_id)
def test_the_checksum_is_nbgraders(cell: MasterCell) -> None:
    found = checksum(cell.cell_type, cell.source, cell.metadata["nbgrader"])
    assert found == nbgraders_checksum(cell, cell.source)


def test_copies_without_end_are_noted_once() -> None:
    cells = handed_in(QUIZ)
    cells += [Cell("code", "1 / 0", dict(cells[at(cells, "assert ready")].metadata)) for _ in range(3000)]
    _, everything, notes = repaired(cells, QUIZ)
    assert len(everything) == len(EVERYTHING)
    assert len(notes) == len(set(notes)) == 2
