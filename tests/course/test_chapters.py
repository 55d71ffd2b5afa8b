"""The chapters keep what they promise: the package's code, and a size that can be read in one go.

Measures of a chapter, for each language's edition:

- A cell, code or prose, has at most 25 lines of source, and none is empty.
- Every prose cell has its translation right behind it.
- It asks the reader to predict at least 6 times, equally often in both languages.
- Its reading time lies between 30 and 60 minutes by the rule of `tools.reading_time`, with a place
  to stop at least every 25. Its sections are numbered and say how long they take.
"""

import ast
import re
from functools import cache
from pathlib import Path

import jupytext
import nbformat
import pytest
from nbformat import NotebookNode

from tools import reading_time, texts

ROOT = Path(__file__).parents[2]
CHAPTERS = {"3.1-blocks": "blocks", "3.2-parameters": "parameters", "3.3-layers": "layers"}
"""Texts, and the modules of the package that hold their code."""
LANGUAGES = ("zh", "en")
PREDICT = {"zh": "> **猜一猜**：", "en": "> **Predict**: "}

MAX_LINES = 25
MIN_PREDICTIONS = 6
MINUTES = (30, 60)
SITTING = 25  # minutes
STOP = {"zh": "**这里可以停一停", "en": "**You can take a break here"}

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef

for_each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)
for_each_edition = pytest.mark.parametrize("language", LANGUAGES)


@cache
def cells(chapter: str) -> tuple[NotebookNode, ...]:
    return tuple(jupytext.read(ROOT / "text" / f"{chapter}.md", fmt="md:myst").cells)


def language_of(cell: NotebookNode) -> str | None:
    return next((language for language in LANGUAGES if f"lang-{language}" in cell.metadata.get("tags", [])), None)


def edition(chapter: str, language: str, kind: str) -> list[str]:
    """The sources of the cells of one kind ("code", "markdown") that readers of a language see."""
    return [cell.source for cell in cells(chapter)
            if cell.cell_type == kind and language_of(cell) in (None, language)]


def definitions(source: str) -> dict[str, Definition]:
    """The classes and functions that a module defines at its top level; the last of a name counts."""
    return {node.name: node for node in ast.parse(source).body if isinstance(node, Definition)}


def bare(definition: Definition) -> str:
    """What a definition does, as a tree without docstrings and annotations."""
    return ast.dump(_Bare().visit(definition), indent=1)


class _Bare(ast.NodeTransformer):
    """Strips docstrings and annotations."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.visit_ClassDef(node)

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_ClassDef(self, node: ast.AST) -> ast.AST:
        if ast.get_docstring(node) is not None:
            node.body = node.body[1:] or [ast.Pass()]
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.annotation = node.type_comment = None
        return node

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        return node.value and ast.Assign(targets=[node.target], value=self.visit(node.value))


def public_definitions(module: str) -> dict[str, Definition]:
    source = (ROOT / "d2l_ch3" / f"{module}.py").read_text(encoding="utf-8")
    return {name: node for name, node in definitions(source).items() if not name.startswith("_")}


@for_each_chapter
@for_each_edition
def test_chapter_writes_out_what_the_package_has(chapter: str, language: str) -> None:
    packaged = public_definitions(CHAPTERS[chapter])
    written = definitions("\n\n".join(edition(chapter, language, "code")))
    assert packaged
    assert packaged.keys() <= written.keys()
    for name, definition in packaged.items():
        assert bare(written[name]) == bare(definition), f"{name} of {chapter}.md is not {name} of the package"


@for_each_chapter
def test_no_cell_is_empty_or_long(chapter: str) -> None:
    for cell in cells(chapter):
        assert cell.source.strip(), "an empty cell"
        length = len(cell.source.splitlines())
        assert length <= MAX_LINES, f"{length} lines in the cell that begins\n{cell.source[:200]}"


@for_each_chapter
def test_every_cell_in_one_language_has_its_translation_behind(chapter: str) -> None:
    following = iter(cells(chapter))
    for cell in following:
        if cell.cell_type == "code" and language_of(cell) is None:
            continue
        assert language_of(cell) == "zh", f"neither code for both nor Chinese:\n{cell.source[:200]}"
        other = next(following, None)
        assert other and (other.cell_type, language_of(other)) == (cell.cell_type, "en"), (
            f"no translation of\n{cell.source[:200]}")


@for_each_chapter
def test_reader_predicts_often_and_equally_in_both_languages(chapter: str) -> None:
    counts = {}
    for language, opening in PREDICT.items():
        prose = "\n".join(edition(chapter, language, "markdown"))
        counts[language] = sum(line.startswith(opening) for line in prose.splitlines())
    assert counts["zh"] == counts["en"] >= MIN_PREDICTIONS


@for_each_chapter
@for_each_edition
def test_reading_time(chapter: str, language: str) -> None:
    shortest, longest = MINUTES
    cells = texts.edition(texts.read(ROOT / "text" / f"{chapter}.md"), language).cells
    assert shortest <= reading_time.minutes(cells, language) <= longest


@for_each_chapter
@for_each_edition
def test_there_is_a_place_to_stop_at_least_every_so_often(chapter: str, language: str) -> None:
    sitting: list[NotebookNode] = []
    stops = 0
    for cell in texts.edition(texts.read(ROOT / "text" / f"{chapter}.md"), language).cells:
        sitting.append(cell)
        assert reading_time.minutes(sitting, language) <= SITTING, f"no break before\n{cell.source[:200]}"
        if cell.cell_type == "markdown" and STOP[language] in cell.source:
            sitting, stops = [], stops + 1
    assert stops >= 2


@for_each_chapter
@for_each_edition
def test_sections_are_numbered_in_order_and_each_begins_a_cell(chapter: str, language: str) -> None:
    sources = edition(chapter, language, "markdown")
    number = chapter.partition("-")[0]
    headings = [line for source in sources for line in source.splitlines() if line.startswith("## ")]
    numbered = [heading for heading in headings if heading[3].isdigit()]
    assert sources[0].splitlines()[0].startswith(f"# {number} ")
    assert [heading.split()[1] for heading in numbered] == [f"{number}.{k}" for k in range(1, len(numbered) + 1)]
    assert headings[:len(numbered)] == numbered and len(numbered) >= 6
    assert all(source.startswith("## ") for source in sources for line in source.splitlines() if line in numbered)


@for_each_chapter
@for_each_edition
def test_every_section_says_how_long_it_takes(chapter: str, language: str) -> None:
    built = nbformat.read(ROOT / "notebooks" / language / f"{chapter}.ipynb", as_version=4).cells
    for section in reading_time.sections(built):
        said = re.search(r"^\*(?:约 (\d+) 分钟|about (\d+) min)\*$", section[0].source, re.MULTILINE)
        assert said and int(said[1] or said[2]) == max(1, round(reading_time.minutes(section, language)))


@pytest.mark.parametrize("chapter", [*CHAPTERS, "index"])
def test_chinese_is_punctuated_in_chinese(chapter: str) -> None:
    for source in edition(chapter, "zh", "markdown"):
        found = re.findall(f".{{0,10}}{reading_time.HAN}[,;:]{reading_time.HAN}.{{0,10}}", source)
        assert not found, f"half-width punctuation: {found}"


def test_comparison_of_code_sees_code_and_nothing_else() -> None:
    plain = "def f(x, *, k=1):\n    y = x\n    return y * k"
    dressed = 'def f(x: int, *, k: int = 1) -> int:\n    """Doc."""\n    y: int = x\n    return y * k'
    other = plain.replace("x, *", "x, y, *")
    assert bare(definitions(plain)["f"]) == bare(definitions(dressed)["f"])
    assert bare(definitions(plain)["f"]) != bare(definitions(other)["f"])
    assert "Pass" in bare(definitions('class C:\n    """Doc."""')["C"])


@for_each_chapter
def test_plots_are_assigned_because_nbval_overlooks_a_semicolon(chapter: str) -> None:
    for cell in cells(chapter):
        if cell.cell_type == "code":
            assert not cell.source.rstrip().endswith(";"), f"write `_ = ...` instead:\n{cell.source}"
