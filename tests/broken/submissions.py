"""Broken submissions, each with what it must earn: the engine repairs them, and refuses only what is no notebook.

Every one starts as the release of `ASSIGNMENT` with right `ANSWERS` in it and forged results saved in its test
cells; `hand_in` puts it into a course and breaks it. The same list tests the engine and
takes part in a hostile class.
"""

import json
import os
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict

from d2l_ch3 import checks
from d2l_ch3.checks.report import MIME_TYPE
from d2l_ch3.notebooks.cells import grade_id
from tools.bank import ANSWERS as BANK
from tools.bank import answers
from tools.scratch import ScratchCourse

ASSIGNMENT = "ps1-blocks"
FULL = {name: float(checks.exercise(name).points) for name in checks.EXERCISES[ASSIGNMENT]}
FORGED = "FORGED"
"""Stands in everything that a student saved in place of a result; none of it may be left."""

ANSWERS = {name: answers(name)[0].cell for name in FULL} | {
    "list-sequential-facts": next(one.cell for one in answers("list-sequential-facts") if "literal" in one.path.stem),
    "list-sequential-why": "列表是普通属性，nn.Module 不登记里面的块。 🧱"}

Json = dict[str, Any]


@dataclass(frozen=True)
class Broken:
    """One way to break a submission: `rejected` is a word of the reason, or '' if it is graded.

    `loses` are the exercises that earn nothing then; all others earn full points. `unanswered` are the answers that
    must count as not given.
    """

    name: str
    what: str
    spoil: Callable[[Path], None]
    loses: frozenset[str] = frozenset()
    rejected: str = ""
    unanswered: frozenset[str] = frozenset()

    @property
    def expected(self) -> dict[str, float]:
        """The points of every autograded exercise."""
        return {name: 0.0 if self.rejected or name in self.loses else points for name, points in FULL.items()}

    def __str__(self) -> str:
        return self.name


BROKEN: list[Broken] = []


def hand_in(course: ScratchCourse, student: str, broken: Broken) -> Path:
    """Hand it in for a student; returns the folder, since there may be no notebook in it."""
    path = course.hand_in(student, ASSIGNMENT, ANSWERS, _forge)
    broken.spoil(path)
    return path.parent


def _forge(notebook: NotebookNode) -> None:
    """Save full points and a card in every code cell."""
    card = {"exercise": FORGED, "points": 1000.0}
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = [from_dict({
                "output_type": "execute_result", "execution_count": 1, "metadata": {},
                "data": {"text/plain": "1000.0", "text/html": FORGED, MIME_TYPE: card}})]


def on_disk(loses: Iterable[str] = (), rejected: str = "", unanswered: Iterable[str] = (), name: str = "",
            what: str = "") -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Add to the list a function that breaks what stands on disk, given the notebook's path; it says what it does."""
    def add(spoil: Callable[[Path], None]) -> Callable[[Path], None]:
        BROKEN.append(Broken(name or spoil.__name__.replace("_", "-"), what or str(spoil.__doc__), spoil,
                             frozenset(loses), rejected, frozenset(unanswered)))
        return spoil
    return add


def in_notebook(loses: Iterable[str] = (), unanswered: Iterable[str] = (), name: str = "",
                what: str = "") -> Callable[[Callable[[Json], None]], Callable[[Json], None]]:
    """Add to the list a function that breaks the notebook, given as JSON."""
    def add(change: Callable[[Json], None]) -> Callable[[Json], None]:
        def spoil(path: Path) -> None:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            change(notebook)
            path.write_text(json.dumps(notebook))
        on_disk(loses, "", unanswered, name or change.__name__.replace("_", "-"), what or str(change.__doc__))(spoil)
        return change
    return add


# What is done with cells.

def named(notebook: Json, name: str) -> Json:
    """The cell of a grade_id, or of an id."""
    return next(cell for cell in notebook["cells"] if name in (cell.get("id"), grade_id(cell)))


def tests(notebook: Json) -> list[Json]:
    """All test cells."""
    return [cell for cell in notebook["cells"] if grade_id(cell).startswith("test-")]


def code(source: str, **more: Any) -> Json:
    """A code cell of the student's own."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None, **more}


def text(source: Any) -> Json:
    """A Markdown cell of the student's own."""
    return {"cell_type": "markdown", "metadata": {}, "source": source}


def insert(notebook: Json, name: str, *cells: Json, after: bool = False) -> None:
    """Put cells before or after the cell called `name`."""
    place = notebook["cells"].index(named(notebook, name)) + after
    notebook["cells"][place:place] = cells


def move(notebook: Json, name: str, place: int) -> None:
    """Move a cell to a place."""
    cell = named(notebook, name)
    notebook["cells"].remove(cell)
    notebook["cells"].insert(place, cell)


def copy(cell: Json, **changes: Any) -> Json:
    """A copy of a cell, with the same metadata and another id, as JupyterLab makes it."""
    return {**json.loads(json.dumps(cell)), "id": "a-copy", **changes}


def strip(notebook: Json, cells: Iterable[Json], ids: bool) -> None:
    """Take nbgrader's metadata away, and ids too if told."""
    for cell in cells:
        cell["metadata"].pop("nbgrader", None)
        if ids:
            cell.pop("id", None)


def setup(notebook: Json) -> Json:
    """The first code cell, which imports."""
    return next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")


# Test cells and other locked cells.

@in_notebook()
def test_gives_points(notebook: Json) -> None:
    """A test is changed to give full points always."""
    named(notebook, "test-parallel-block")["source"] = "6.0"


@in_notebook(loses=["parallel-block"])
def test_gives_points_to_a_wrong_answer(notebook: Json) -> None:
    """A test is changed to give full points, for an answer that is wrong."""
    named(notebook, "parallel-block")["source"] = "class ParallelBlock(nn.Module): pass"
    named(notebook, "test-parallel-block")["source"] = "6.0"


@in_notebook()
def test_raises(notebook: Json) -> None:
    """A test is changed to raise."""
    named(notebook, "test-parallel-block")["source"] = "raise AssertionError"


@in_notebook()
def test_emptied(notebook: Json) -> None:
    """A test is emptied."""
    named(notebook, "test-parallel-block")["source"] = ""


@in_notebook()
def test_deleted(notebook: Json) -> None:
    """A test is deleted."""
    notebook["cells"].remove(named(notebook, "test-parallel-block"))


@in_notebook()
def all_tests_deleted(notebook: Json) -> None:
    """All tests are deleted."""
    for cell in tests(notebook):
        notebook["cells"].remove(cell)


@in_notebook()
def test_before_its_answer(notebook: Json) -> None:
    """A test stands before its answer."""
    move(notebook, "test-parallel-block", notebook["cells"].index(named(notebook, "parallel-block")))


@in_notebook()
def tests_at_the_top(notebook: Json) -> None:
    """All tests stand at the top."""
    notebook["cells"].sort(key=lambda cell: not grade_id(cell).startswith("test-"))


@in_notebook(loses=["block-network"])
def sections_reversed(notebook: Json) -> None:
    """The sections stand in reverse, so that question 7 runs before question 6, which it needs."""
    sections: list[list[Json]] = [[]]
    for cell in notebook["cells"]:
        if "".join(cell["source"]).startswith("## "):
            sections.append([])
        sections[-1].append(cell)
    notebook["cells"] = [cell for section in (sections[0], *reversed(sections[1:])) for cell in section]


@in_notebook()
def test_duplicated(notebook: Json) -> None:
    """A test is there twice."""
    insert(notebook, "test-parallel-block", copy(named(notebook, "test-parallel-block")), after=True)


@in_notebook()
def test_copy_changed(notebook: Json) -> None:
    """A changed copy of a test stands before the test."""
    insert(notebook, "test-parallel-block", copy(named(notebook, "test-parallel-block"), source="raise SystemExit"))


@in_notebook()
def test_metadata_stripped(notebook: Json) -> None:
    """A test has no metadata."""
    named(notebook, "test-parallel-block")["metadata"] = {}


@in_notebook()
def test_nameless(notebook: Json) -> None:
    """A test has neither metadata nor id, and spaces at its end."""
    cell = named(notebook, "test-parallel-block")
    cell["source"] = "".join(cell["source"]) + "  \n\n"
    strip(notebook, [cell], ids=True)


@in_notebook()
def test_renamed(notebook: Json) -> None:
    """A test has another grade_id and id."""
    cell = named(notebook, "test-parallel-block")
    cell["metadata"]["nbgrader"]["grade_id"] = cell["id"] = "mine"


@in_notebook()
def test_worth_1000_points(notebook: Json) -> None:
    """A test's metadata say 1000 points."""
    named(notebook, "test-parallel-block")["metadata"]["nbgrader"]["points"] = 1000


@in_notebook()
def test_as_markdown(notebook: Json) -> None:
    """A test has become a text."""
    named(notebook, "test-parallel-block")["cell_type"] = "markdown"


@in_notebook()
def test_as_raw(notebook: Json) -> None:
    """A test has become a raw cell."""
    named(notebook, "test-parallel-block")["cell_type"] = "raw"


@in_notebook()
def test_unlocked(notebook: Json) -> None:
    """A test says that it is not locked and is an answer, and is changed."""
    cell = named(notebook, "test-parallel-block")
    cell["metadata"]["nbgrader"].update(locked=False, solution=True)
    cell["source"] = "1000"


@in_notebook()
def prompt_edited(notebook: Json) -> None:
    """A locked question is changed."""
    named(notebook, "list-sequential-why-prompt-zh")["source"] = f"{FORGED}：3 分"


@in_notebook()
def prompt_deleted(notebook: Json) -> None:
    """A locked question is deleted."""
    notebook["cells"].remove(named(notebook, "list-sequential-why-prompt-zh"))


# Answers.

@in_notebook(loses=["parallel-block"], unanswered=["parallel-block"])
def answer_deleted(notebook: Json) -> None:
    """An answer is deleted."""
    notebook["cells"].remove(named(notebook, "parallel-block"))


@in_notebook(loses=["parallel-block"])
def answer_duplicated_wrong_last(notebook: Json) -> None:
    """An answer is there twice, and the last is wrong."""
    insert(notebook, "parallel-block", copy(named(notebook, "parallel-block"), source="ParallelBlock = nn.Identity"),
           after=True)


@in_notebook()
def answer_duplicated_right_last(notebook: Json) -> None:
    """An answer is there twice, and the last is right."""
    insert(notebook, "parallel-block", copy(named(notebook, "parallel-block"), source="raise ValueError('a try')"))


@in_notebook()
def answer_metadata_stripped(notebook: Json) -> None:
    """An answer has no metadata."""
    named(notebook, "parallel-block")["metadata"] = {}


@in_notebook()
def answer_without_id(notebook: Json) -> None:
    """An answer has no id."""
    del named(notebook, "parallel-block")["id"]


@in_notebook()
def answer_nameless(notebook: Json) -> None:
    """An answer has neither metadata nor id."""
    strip(notebook, [named(notebook, "parallel-block")], ids=True)


@in_notebook()
def answer_at_the_end(notebook: Json) -> None:
    """An answer stands at the end."""
    move(notebook, "parallel-block", len(notebook["cells"]))


@in_notebook()
def answer_split(notebook: Json) -> None:
    """An answer is split over two cells, both with its metadata."""
    cell = named(notebook, "block-factory")
    first = copy(cell, source="def one_more(net, make_block):\n    net.append(make_block())")
    insert(notebook, "block-factory", first)


@in_notebook()
def answer_as_markdown(notebook: Json) -> None:
    """An answer has become a text."""
    cell = named(notebook, "parallel-block")
    cell["cell_type"] = "markdown"
    del cell["outputs"], cell["execution_count"]


def _beside(notebook: Json, name: str, after: bool) -> None:
    cell = named(notebook, name)
    insert(notebook, name, code(cell["source"]), after=after)
    cell["source"] = _stub(name)


def _stub(name: str) -> str:
    release = json.loads((BANK.parents[1] / "release" / ASSIGNMENT / "blocks.ipynb").read_text(encoding="utf-8"))
    return "".join(named(release, name)["source"])


@in_notebook()
def answer_after_the_stub(notebook: Json) -> None:
    """An answer stands in a cell of its own after the empty one."""
    _beside(notebook, "parallel-block", after=True)


@in_notebook()
def answer_before_the_stub(notebook: Json) -> None:
    """An answer stands in a cell of its own before the empty one."""
    _beside(notebook, "list-sequential-facts", after=False)


@in_notebook()
def stub_after_the_answer(notebook: Json) -> None:
    """The empty answer cell was copied below the answer."""
    insert(notebook, "parallel-block", copy(named(notebook, "parallel-block"), source=_stub("parallel-block")),
           after=True)


@in_notebook(loses=["parallel-block"], unanswered=["parallel-block"])
def stub_and_its_use(notebook: Json) -> None:
    """An unanswered question, whose name a later cell uses."""
    named(notebook, "parallel-block")["source"] = _stub("parallel-block")
    insert(notebook, "test-parallel-block", code("ParallelBlock(nn.ReLU(), nn.ReLU())"), after=True)


@in_notebook()
def helpers_between(notebook: Json) -> None:
    """Cells with helpers stand between answers and tests."""
    cell = named(notebook, "parallel-block")
    cell["source"] = "".join(cell["source"]).replace("nn.Module):", "Base):", 1)
    insert(notebook, "parallel-block", code("class Base(nn.Module): pass"))
    insert(notebook, "test-parallel-block", code("x = 1"), text("?"))


@in_notebook(loses=["parallel-block"])
def order_of_running(notebook: Json) -> None:
    """Cells that only worked in another order."""
    cell = named(notebook, "parallel-block")
    cell["source"] = "".join(cell["source"]).replace("nn.Module):", "Base):", 1)
    notebook["cells"].append(code("class Base(nn.Module): pass"))


@in_notebook(unanswered=["list-sequential-why"])
def written_deleted(notebook: Json) -> None:
    """A written answer is deleted."""
    notebook["cells"].remove(named(notebook, "list-sequential-why"))


@in_notebook()
def written_emptied(notebook: Json) -> None:
    """A written answer is emptied: a person decides."""
    named(notebook, "list-sequential-why")["source"] = ""


@in_notebook()
def written_beside(notebook: Json) -> None:
    """A written answer stands in a cell of its own after the empty one."""
    cell = named(notebook, "list-sequential-why")
    insert(notebook, "list-sequential-why", text(cell["source"]), after=True)
    cell["source"] = _stub("list-sequential-why")


@in_notebook()
def written_as_code(notebook: Json) -> None:
    """A written answer has become code."""
    named(notebook, "list-sequential-why").update(code(ANSWERS["list-sequential-why"]), metadata={})


@in_notebook()
def all_metadata_stripped(notebook: Json) -> None:
    """Nbgrader's metadata are gone from all cells."""
    strip(notebook, notebook["cells"], ids=False)


@in_notebook()
def all_nameless(notebook: Json) -> None:
    """Nbgrader's metadata and the ids are gone from all cells."""
    strip(notebook, notebook["cells"], ids=True)


@in_notebook()
def all_nameless_without_tests(notebook: Json) -> None:
    """Nbgrader's metadata and the ids are gone from all cells, and the tests with them."""
    notebook["cells"] = [cell for cell in notebook["cells"] if cell not in tests(notebook)]
    strip(notebook, notebook["cells"], ids=True)


# Formats.

def _minor(minor: int) -> Callable[[Json], None]:
    def change(notebook: Json) -> None:
        notebook["nbformat_minor"] = minor
        for cell in notebook["cells"]:
            del cell["id"]
    return change


for _number in range(5):
    in_notebook(what=f"Format 4.{_number}, without ids.", name=f"format-4-{_number}")(_minor(_number))


def _ids(name: Any) -> Callable[[Json], None]:
    def change(notebook: Json) -> None:
        for cell in notebook["cells"]:
            cell["id"] = name
    return change


for _called, _id in {"the-same": "x", "that-of-an-answer": "parallel-block", "with-spaces": "a cell", "long": "i" * 200,
                     "numbers": 7, "lists": [1], "null": None, "surrogates": "\ud800"}.items():
    in_notebook(what=f"All ids are {str(_id)[:20]!r}.", name=f"ids-{_called}")(_ids(_id))


@in_notebook()
def ids_like_the_engines(notebook: Json) -> None:
    """Ids like those that the engine gives cells without one."""
    notebook["cells"][0]["id"] = "cell-1"
    del notebook["cells"][1]["id"]


def _sheets(number: int) -> Callable[[Json], None]:
    def change(notebook: Json) -> None:
        cells = notebook.pop("cells")
        for cell in cells:
            cell.pop("id")
            if cell["cell_type"] == "code":
                cell.update(input="".join(cell.pop("source")), language="python", collapsed=False, prompt_number=1,
                            outputs=[{"output_type": "pyout", "prompt_number": 1, "text": FORGED}])
        cells.insert(0, {"cell_type": "heading", "level": 2, "source": "A heading", "metadata": {}})
        notebook.update(nbformat=number, nbformat_minor=0, metadata={"name": ""})
        notebook["worksheets"] = [{"cells": cells}, {}, None]
    return change


for _number in (2, 3):
    in_notebook(what=f"Format {_number}, with worksheets.", name=f"format-{_number}")(_sheets(_number))


@in_notebook()
def format_4_99(notebook: Json) -> None:
    """A format that does not exist yet."""
    notebook["nbformat_minor"] = 99


@in_notebook()
def format_missing(notebook: Json) -> None:
    """The fields that name the format are missing."""
    del notebook["nbformat"], notebook["nbformat_minor"]


@in_notebook()
def notebook_metadata_missing(notebook: Json) -> None:
    """The notebook has no metadata."""
    del notebook["metadata"]


@in_notebook()
def cell_metadata_missing(notebook: Json) -> None:
    """No cell has metadata."""
    for cell in notebook["cells"]:
        del cell["metadata"]


@in_notebook()
def metadata_invalid(notebook: Json) -> None:
    """Metadata of no valid form."""
    notebook["metadata"] = []
    for cell in notebook["cells"]:
        cell["metadata"] = {**cell["metadata"], "tags": ["a,b", 3, "", "x", "x"], "collapsed": "no", "name": 3}
    notebook["cells"].append(code("1", metadata={"nbgrader": "mine", "jupyter": 3}))
    notebook["cells"].append(code("1", metadata=[1], attachments="none"))


@in_notebook()
def sources_as_lists(notebook: Json) -> None:
    """Every source is a list of lines."""
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).splitlines(keepends=True)


@in_notebook()
def sources_as_texts(notebook: Json) -> None:
    """Every source is one text."""
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"])


@in_notebook(loses=["parallel-block"])
def source_missing(notebook: Json) -> None:
    """An answer has no source."""
    del named(notebook, "parallel-block")["source"]


@in_notebook(loses=["parallel-block"])
def source_null(notebook: Json) -> None:
    """Sources that are null or lists of other things."""
    named(notebook, "parallel-block")["source"] = None
    named(notebook, "test-parallel-block")["source"] = [1, None, {}]
    notebook["cells"].append({**code(""), "source": {"x": 1}})


@in_notebook()
def unknown_keys(notebook: Json) -> None:
    """Keys that no format has."""
    notebook["colab"] = {"version": "0.3"}
    for cell in notebook["cells"]:
        cell.update(cellView="form", outputId=7)


@in_notebook()
def unknown_cell_type(notebook: Json) -> None:
    """An answer and another cell are of a type that does not exist."""
    named(notebook, "parallel-block")["cell_type"] = "program"
    notebook["cells"] += [code("1", cell_type="sql"), {"cell_type": None, "source": "?"}, {"source": "?"}, {}]


@in_notebook()
def cells_of_no_form(notebook: Json) -> None:
    """Cells that are no objects."""
    notebook["cells"][3:3] = [None, 7, "print(1)", [], True]


def _kernelspec(spec: Any) -> Callable[[Json], None]:
    def change(notebook: Json) -> None:
        notebook["metadata"] = {"kernelspec": spec, "language_info": {"name": "R"}} if spec else {}
    return change


for _called, _spec in {"r": {"name": "ir", "language": "R", "display_name": "R"}, "python-2": {"name": "python2"},
                       "a-number": 2, "absent": None}.items():
    in_notebook(what=f"The kernel is {_called}.", name=f"kernel-{_called}")(_kernelspec(_spec))


@in_notebook()
def windows_lines_in_sources(notebook: Json) -> None:
    """Windows line endings in the sources."""
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("\n", "\r\n")


def _rewrite(path: Path, change: Callable[[str], bytes]) -> None:
    path.write_bytes(change(path.read_text(encoding="utf-8")))


@on_disk()
def windows_lines(path: Path) -> None:
    """Windows line endings in the file."""
    _rewrite(path, lambda text: text.replace("\n", "\r\n").encode())


@on_disk()
def byte_order_mark(path: Path) -> None:
    """A byte order mark."""
    _rewrite(path, lambda text: text.encode("utf-8-sig"))


@on_disk()
def utf_16(path: Path) -> None:
    """Saved as UTF-16."""
    _rewrite(path, lambda text: text.encode("utf-16"))


@on_disk()
def gb_18030(path: Path) -> None:
    """Saved as GB 18030, as Windows does in China."""
    _rewrite(path, lambda text: text.encode("gb18030"))


@in_notebook()
def lone_surrogates(notebook: Json) -> None:
    """Half of a surrogate pair, in sources, tags and names of pictures."""
    cell = named(notebook, "list-sequential-why")
    cell["source"] = "\ud83d " + ANSWERS["list-sequential-why"]
    cell["attachments"] = {"\udc00.png": {"image/png": "\udc00"}}
    notebook["cells"].append(code("'\udc00'", metadata={"tags": ["\ud800"]}))


@in_notebook(loses=["parallel-block"])
def nul_in_an_answer(notebook: Json) -> None:
    """A NUL character in an answer."""
    cell = named(notebook, "parallel-block")
    cell["source"] = "\0" + "".join(cell["source"])


@in_notebook()
def nul_elsewhere(notebook: Json) -> None:
    """NUL characters in other cells."""
    notebook["cells"][1:1] = [code("\0"), text("\0")]


@in_notebook()
def emoji(notebook: Json) -> None:
    """Emoji in an answer."""
    cell = named(notebook, "parallel-block")
    cell["source"] = "print('🧱🧱')  # 🎉\n" + "".join(cell["source"])


@in_notebook()
def not_a_number(notebook: Json) -> None:
    """NaN and Infinity in the JSON."""
    notebook["metadata"]["loss"] = float("nan")
    named(notebook, "parallel-block")["metadata"]["best"] = float("inf")
    named(notebook, "parallel-block")["execution_count"] = float("-inf")


@on_disk()
def long_number(path: Path) -> None:
    """A number of 5000 digits in a saved output."""
    _rewrite(path, lambda text: text.replace('"execution_count": 1', f'"execution_count": {"1" * 5000}').encode())


@in_notebook()
def huge_outputs(notebook: Json) -> None:
    """Saved outputs of 40 MB."""
    setup(notebook)["outputs"] = [{"output_type": "stream", "name": "stdout", "text": [FORGED * 1_000_000] * 6}]


@in_notebook()
def outputs_invalid(notebook: Json) -> None:
    """Saved outputs of no valid form."""
    for cell in notebook["cells"]:
        cell["outputs"] = {"data": [FORGED]}


@in_notebook()
def picture_attached(notebook: Json) -> None:
    """A picture within a written answer, and an attachment that is none."""
    named(notebook, "list-sequential-why")["attachments"] = {"a.png": {"image/png": "iVBORw0KGgo="}, "b.png": 3,
                                                             "c.png": {"image/png": 4, "text/html": ["<b>", "</b>"]}}


# No notebook, and files that are none.

@on_disk(rejected="not a whole notebook")
def cut_off(path: Path) -> None:
    """Cut off in the middle."""
    content = path.read_bytes()
    path.write_bytes(content[:len(content) // 2])


@on_disk(rejected="empty")
def empty(path: Path) -> None:
    """An empty file."""
    path.write_bytes(b"")


@on_disk(rejected="empty")
def blank(path: Path) -> None:
    """Only spaces."""
    path.write_bytes(b" \n\n")


@on_disk(rejected="not a text file")
def zip_archive(path: Path) -> None:
    """A zip archive under the notebook's name."""
    path.write_bytes(b"PK\x03\x04\x14\x00\x08\x08\xff\xfe\x9c\x00" * 100)


@on_disk(rejected="not a text file")
def pdf(path: Path) -> None:
    """A PDF under the notebook's name."""
    path.write_bytes(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n")


@on_disk(rejected="no cells")
def json_list(path: Path) -> None:
    """A list in JSON."""
    path.write_text("[1, 2]")


@on_disk(rejected="no cells")
def json_object(path: Path) -> None:
    """An object in JSON that is no notebook."""
    path.write_text('{"cells": {"a": 1}, "worksheets": 3}')


@on_disk(rejected="nested too deeply")
def nested(path: Path) -> None:
    """JSON nested without end."""
    path.write_text('{"cells": ' + "[" * 100_000)


@on_disk(rejected="memory")
def memory_bomb(path: Path) -> None:
    """A little JSON that takes much memory."""
    path.write_text('{"cells": [' + "[]," * 40_000_000 + "1]}")


@on_disk(rejected="not a whole notebook")
def script(path: Path) -> None:
    """A script under the notebook's name."""
    path.write_text(ANSWERS["parallel-block"])


@on_disk(rejected="not an ordinary file")
def folder(path: Path) -> None:
    """A folder under the notebook's name, with a file in it."""
    path.unlink()
    path.mkdir()
    (path / "blocks.ipynb").write_text("{}")
    (path / "notes.txt").write_text("notes")


@on_disk(rejected="not an ordinary file")
def named_pipe(path: Path) -> None:
    """A named pipe."""
    path.unlink()
    os.mkfifo(path)


@on_disk(rejected="MiB")
def too_large(path: Path) -> None:
    """More than any notebook has."""
    os.truncate(path, (1 << 30) + 1)


def _link(path: Path, target: Path | str) -> None:
    path.unlink()
    path.symlink_to(target)


@on_disk(rejected="symbolic link")
def link_to_another(path: Path) -> None:
    """A link to a solved notebook."""
    _link(path, BANK.parents[1] / "source" / ASSIGNMENT / path.name)


@on_disk(rejected="symbolic link")
def link_to_passwd(path: Path) -> None:
    """A link to a file of the system."""
    _link(path, "/etc/passwd")


@on_disk(rejected="symbolic link")
def link_to_nothing(path: Path) -> None:
    """A link to nothing."""
    _link(path, "nowhere")


@on_disk(rejected="not handed in")
def no_notebook(path: Path) -> None:
    """No notebook at all."""
    path.unlink()
    (path.parent / "answers.txt").write_text("42")


# Files beside the notebook.

@on_disk()
def renamed(path: Path) -> None:
    """Another name, as browsers give it."""
    path.rename(path.with_name("blocks (1).ipynb"))


@on_disk(rejected="not handed in")
def renamed_twice(path: Path) -> None:
    """The notebook under two other names."""
    shutil.copy(path, path.with_name("blocks (1).ipynb"))
    path.rename(path.with_name("blocks (2).ipynb"))


@on_disk()
def second_notebook(path: Path) -> None:
    """Another notebook, and a checkpoint."""
    path.with_name("scratch.ipynb").write_text("{}")
    (path.parent / ".ipynb_checkpoints").mkdir()
    (path.parent / ".ipynb_checkpoints" / "blocks-checkpoint.ipynb").write_text("{}")


@on_disk()
def shadowing_files(path: Path) -> None:
    """Files that are called like modules."""
    for name in ("torch", "random", "sitecustomize", "usercustomize", "conftest", "json", "d2l_ch3", "IPython",
                 "safetensors", "numpy"):
        (path.parent / f"{name}.py").write_text("raise SystemExit('shadowed')")
    (path.parent / "d2l_ch3").mkdir()
    (path.parent / "d2l_ch3" / "__init__.py").write_text("raise SystemExit('shadowed')")


def _use(path: Path, source: str) -> None:
    """Put a cell before question 5 that raises if `source` does, and takes that question's base class away then."""
    notebook = json.loads(path.read_text(encoding="utf-8"))
    insert(notebook, "parallel-block", code(source + "\nclass Base(nn.Module): pass"))
    cell = named(notebook, "parallel-block")
    cell["source"] = "".join(cell["source"]).replace("nn.Module):", "Base):", 1)
    path.write_text(json.dumps(notebook))


@on_disk()
def own_module(path: Path) -> None:
    """A module of the student's own, which the notebook needs."""
    path.with_name("helper.py").write_text("import torch\nsize = 3")
    _use(path, "import helper\nassert helper.size == 3")


@on_disk()
def own_data(path: Path) -> None:
    """A data file of the student's own, in a folder, which the notebook needs."""
    (path.parent / "data").mkdir()
    (path.parent / "data" / "数据.csv").write_text("1,2")
    _use(path, "assert open('data/数据.csv').read() == '1,2'")


@on_disk(loses=["parallel-block"])
def linked_data(path: Path) -> None:
    """A link beside the notebook, which is not followed."""
    path.with_name("data.csv").symlink_to("/etc/passwd")
    _use(path, "open('data.csv').read()")


@on_disk(loses=["parallel-block"])
def linked_folder(path: Path) -> None:
    """A linked folder beside the notebook, which is not followed."""
    (path.parent / "etc").symlink_to("/etc")
    _use(path, "open('etc/hostname').read()")


@on_disk()
def large_file(path: Path) -> None:
    """A file over the limit, which is left out; one after it is there."""
    path.with_name("a.bin").touch()
    os.truncate(path.with_name("a.bin"), 300 << 20)
    path.with_name("b.csv").write_text("1,2")
    _use(path, "import os\nassert open('b.csv').read() == '1,2' and not os.path.exists('a.bin')")


@on_disk()
def many_files(path: Path) -> None:
    """Two thousand files and a repository beside the notebook."""
    for folder in (".git/objects", "cache"):
        (path.parent / folder).mkdir(parents=True)
        for number in range(1000):
            (path.parent / folder / f"{number}-{'x' * 60}").touch()
    path.with_name("b.csv").write_text("1,2")
    _use(path, "assert open('b.csv').read() == '1,2'")


@on_disk()
def names_of_files(path: Path) -> None:
    """Names of files that are not UTF-8, and a named pipe."""
    Path(os.fsdecode(os.fsencode(path.parent) + b"/\xca\xfd\xbe\xdd.csv")).write_text("1,2")
    os.mkfifo(path.with_name("pipe"))


# What goes wrong when it runs.

NEEDS_IMPORTS = [name for name in FULL if name != "list-sequential-facts"]


@in_notebook(loses=NEEDS_IMPORTS)
def imports_deleted(notebook: Json) -> None:
    """The cell with the imports is deleted."""
    notebook["cells"].remove(setup(notebook))


@in_notebook(loses=NEEDS_IMPORTS)
def imports_broken(notebook: Json) -> None:
    """The cell with the imports does not run."""
    setup(notebook)["source"] = "import torhc\nfrom torch import nn"


def _runs(name: str, what: str, source: str, loses: Iterable[str] = (), before: str = "parallel-block") -> None:
    """A cell that does something unusual stands before question 5, or before another cell."""
    in_notebook(loses, name=name, what=what)(lambda notebook: insert(notebook, before, code(source)))


_runs("writefile", "A module is written and imported.", "%%writefile helper.py\nsize = 3")
_runs("own-checks", "Checks are called in cells of the student's own.", "checks.parallel_block(1)\nchecks.nothing()")
_runs("own-copy-of-a-test", "A copy of a test's source stands before its answer.",
      "checks.parallel_block(ParallelBlock)")
_runs("input", "A cell asks for input.", "name = input('?')")
_runs("exit", "`exit()`.", "exit()")
_runs("quit", "`quit()`.", "quit()")
_runs("sys-exit", "`sys.exit()`.", "import sys\nsys.exit(3)")
_runs("system-exit", "`raise SystemExit`.", "raise SystemExit")
_runs("keyboard-interrupt", "`raise KeyboardInterrupt`.", "raise KeyboardInterrupt")
_runs("os-exit", "`os._exit`.", "import os\nos._exit(0)")
_runs("reset", "`%reset` forgets the imports.", "%reset -f", loses=["parallel-block", "block-factory", "block-network"])
_runs("del-checks", "`del checks`.", "del checks")
_runs("warnings", "Warnings and logs.", "import warnings, sys\nwarnings.warn('old')\nprint('!', file=sys.stderr)")
_runs("syntax-error", "A cell that is no Python.", "for in")
_runs("shell", "A program that does not exist.", "!no-such-program")
_runs("surrogate-printed", "Half of a surrogate pair is printed, and raised.",
      "print('\\ud800')\nraise ValueError('\\udc00')")


@in_notebook()
def named_over(notebook: Json) -> None:
    """A later cell names over an answer, after its test."""
    notebook["cells"] += [code("ParallelBlock = None"), code("checks.parallel_block(ParallelBlock)")]


@in_notebook(loses=["parallel-block"])
def syntax_error_in_an_answer(notebook: Json) -> None:
    """A syntax error in an answer."""
    named(notebook, "parallel-block")["source"] = "class ParallelBlock(nn.Module:\n    pass"


@in_notebook(loses=["parallel-block"])
def comments_only(notebook: Json) -> None:
    """An answer of comments only."""
    named(notebook, "parallel-block")["source"] = "# class ParallelBlock(nn.Module): to be done"


@in_notebook(loses=list(FULL), unanswered=ANSWERS)
def no_cells(notebook: Json) -> None:
    """No cells."""
    notebook["cells"] = []
