"""The chapters keep what they promise: the package's code, and a size that can be read in one go.

Measures of a chapter, for each language's edition:

- A cell, code or prose, has at most 25 lines of source, and none is empty.
- Every prose cell has its translation right behind it.
- It asks the reader to predict at least 6 times, equally often in both languages.
- Its reading time lies between 30 and 60 minutes, where prose is read at 300 Chinese
  characters a minute (Chinese) or 200 words a minute (English), and a code cell takes 20 s.
  Only characters of the Han script count for Chinese; a word is what stands between
  blanks and has a letter or a digit in it.
"""

import ast
import re
from functools import cache
from pathlib import Path

import jupytext
import pytest
from nbformat import NotebookNode

ROOT = Path(__file__).parents[2]
CHAPTERS = ("blocks", "parameters", "layers")
LANGUAGES = ("zh", "en")
PREDICT = {"zh": "> **猜一猜**：", "en": "> **Predict**: "}

MAX_LINES = 25
MIN_PREDICTIONS = 6
MINUTES = (30, 60)

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"

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


def minutes(chapter: str, language: str) -> float:
    prose = "\n".join(edition(chapter, language, "markdown"))
    if language == "zh":
        reading = len(re.findall(_HAN, prose)) / 300
    else:
        reading = sum(any(map(str.isalnum, word)) for word in prose.split()) / 200
    return reading + len(edition(chapter, language, "code")) * 20 / 60


@for_each_chapter
@for_each_edition
def test_chapter_writes_out_what_the_package_has(chapter: str, language: str) -> None:
    packaged = public_definitions(chapter)
    written = definitions("\n\n".join(edition(chapter, language, "code")))
    assert packaged
    assert packaged.keys() <= written.keys()
    for name, definition in packaged.items():
        assert bare(written[name]) == bare(definition), f"{name} of {chapter}.md is not {name} of {chapter}.py"


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
    assert shortest <= minutes(chapter, language) <= longest


@pytest.mark.parametrize("chapter", [*CHAPTERS, "index"])
def test_chinese_is_punctuated_in_chinese(chapter: str) -> None:
    for source in edition(chapter, "zh", "markdown"):
        found = re.findall(f".{{0,10}}{_HAN}[,;:]{_HAN}.{{0,10}}", source)
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
