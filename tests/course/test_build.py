"""What is committed is what the texts build, and a wrong text stops the build before anything is made."""

import re
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode

from tools.build import ROOT, TEXT, build
from tools.texts import LANGUAGES, TextError

CHAPTERS = ("3.1-blocks", "3.2-parameters", "3.3-layers")
HEADER = "---\nkernelspec:\n  display_name: Python 3 (ipykernel)\n  language: python\n  name: python3\n---\n\n"
ZH, EN = '+++ {"tags": ["lang-zh"]}\n\n字\n\n', '+++ {"tags": ["lang-en"]}\n\nwords\n\n'


def code(source: str, *options: str) -> str:
    return "\n".join(["```{code-cell}", *(f":{option}" for option in options), source, "```", "", ""])


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("rebuilt")
    folder.chmod(0o751)
    build(folder, execute=False)
    return folder


def built_files(folder: Path) -> list[str]:
    paths = [path for place in ("notebooks", "source", "release") for path in folder.joinpath(place).rglob("*")]
    return sorted(path.relative_to(folder).as_posix() for path in paths
                  if path.is_file() and ".ipynb_checkpoints" not in path.parts)


def without_outputs(path: Path) -> NotebookNode:
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)
    return notebook


def test_building_leaves_the_permissions_of_the_folder_alone(rebuilt: Path) -> None:
    """Else ordinary users of the machine would be locked out of the course."""
    assert rebuilt.stat().st_mode & 0o777 == 0o751


def test_the_same_files_are_built(rebuilt: Path) -> None:
    assert built_files(rebuilt) == built_files(ROOT)


@pytest.mark.parametrize("place", ["source", "release"])
def test_problem_sets_are_rebuilt_to_the_byte(rebuilt: Path, place: str) -> None:
    for path in (ROOT / place).rglob("*.ipynb"):
        assert (rebuilt / path.relative_to(ROOT)).read_bytes() == path.read_bytes(), f"{path}: run `make build`"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_start_page_is_what_the_text_says_and_was_not_run(rebuilt: Path, language: str) -> None:
    path = Path("notebooks", language, "index.ipynb")
    assert (rebuilt / path).read_bytes() == (ROOT / path).read_bytes(), f"{path}: run `make build`"
    cells = nbformat.read(ROOT / path, as_version=4).cells
    assert not any(cell.outputs for cell in cells if cell.cell_type == "code")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("chapter", CHAPTERS)
def test_chapters_are_what_the_text_says_and_were_run(rebuilt: Path, chapter: str, language: str) -> None:
    path = Path("notebooks", language, f"{chapter}.ipynb")
    assert without_outputs(rebuilt / path) == without_outputs(ROOT / path), f"{path}: run `make build`"
    cells = [cell for cell in nbformat.read(ROOT / path, as_version=4).cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_heading_begins_a_cell_of_the_same_id_in_both_editions(chapter: str) -> None:
    found = {}
    for language in LANGUAGES:
        cells = nbformat.read(ROOT / "notebooks" / language / f"{chapter}.ipynb", as_version=4).cells
        prose = [cell for cell in cells if cell.cell_type == "markdown"]
        assert not [cell.source for cell in prose if re.search(r"\n#{1,3} ", re.sub(r"(?s)```.*?```", "", cell.source))]
        found[language] = [cell.id for cell in prose if cell.source.startswith("#")]
    assert found["zh"] == found["en"] and len(found["en"]) > 12
    assert {"summary", "exercises", "further-reading"} < set(found["en"])


def test_built_notebooks_name_no_machine() -> None:
    for path in built_files(ROOT):
        text = (ROOT / path).read_text(encoding="utf-8")
        assert str(ROOT) not in text
        assert "0x7f" not in text


@pytest.mark.parametrize(("text", "reason"), [
    (ZH + code("1"), "bad.md:8: this zh cell has no English translation"),
    (EN, "bad.md:8: this en cell has no Chinese cell before it"),
    (ZH + EN + ZH, "bad.md:16: this zh cell has no English translation"),
    (ZH + code("1", "tags: [lang-en]"), "bad.md:8: this zh cell has no English translation"),
    ("+++\n\nwords\n\n", "bad.md:8: this prose has no language"),
    (ZH + EN + "# no marker\n\n" + code("1") + "prose\n", "markers"),
    (ZH + EN + ZH + "## 一节\n\n" + EN, "bad.md:16: the headings of this cell and its translation differ"),
    (ZH + "## 一\n\n" + EN + "## Loss\n\n" + ZH + "## 二\n\n" + EN + "## `Loss`\n\n",
     "bad.md:30: there is another heading “`Loss`”"),
], ids=["untranslated", "english first", "untranslated later", "other kind", "no language", "no marker",
        "other headings", "heading twice"])
def test_a_chapter_that_is_wrong_names_file_line_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "bad.md").write_text(HEADER + text, encoding="utf-8")
    with pytest.raises(TextError) as caught:
        build(tmp_path / "out", text=tmp_path)
    assert reason in str(caught.value)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(("text", "reason"), [
    (code("### BEGIN SOLUTION\n### END SOLUTION"), "ps9-bad.md:8: a cell with `### BEGIN SOLUTION` needs a grade_id"),
    (code("checks.parallel_block(X)"), "ps9-bad.md:8: a cell that calls a check needs a grade_id"),
    (code("1", "solution: a") + code("2", "solution: a"), "ps9-bad.md:13: the grade_id 'a' is taken by line 8"),
    (code("1", "test: a"), "ps9-bad.md:8: the graded cell 'test-a' needs whole `points`"),
    (code("1", "test:", "points: 1"), "ps9-bad.md:8: a grade_id is empty"),
], ids=["solution", "check", "duplicate", "points", "empty"])
def test_a_problem_set_that_is_wrong_names_file_line_and_reason(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "ps9-bad.md").write_text(HEADER + text, encoding="utf-8")
    with pytest.raises(TextError) as caught:
        build(tmp_path / "out", text=tmp_path)
    assert reason in str(caught.value)
    assert not (tmp_path / "out").exists()


def test_an_unclosed_region_stops_the_build_and_keeps_what_was_there(tmp_path: Path) -> None:
    (tmp_path / "ps9-bad.md").write_text(HEADER + code("### BEGIN SOLUTION\n1", "solution: a"), encoding="utf-8")
    before = tmp_path / "out" / "source" / "ps9-bad" / "bad.ipynb"
    before.parent.mkdir(parents=True)
    before.write_text("as it was")
    with pytest.raises(TextError, match="ps9-bad"):
        build(tmp_path / "out", text=tmp_path)
    assert before.read_text() == "as it was"
    assert not (tmp_path / "out" / "release").exists()


def test_a_chapter_that_fails_to_run_is_not_written(tmp_path: Path) -> None:
    (tmp_path / "bad.md").write_text(HEADER + ZH + EN + code("1 / 0"), encoding="utf-8")
    with pytest.raises(TextError, match=r"bad\.md \(zh\): ZeroDivisionError"):
        build(tmp_path / "out", text=tmp_path)
    assert not (tmp_path / "out").exists()


def test_an_unknown_name_lists_the_texts() -> None:
    with pytest.raises(TextError, match=r"there are: 3\.1-blocks, 3\.2-parameters, 3\.3-layers, index"):
        build(ROOT, ["block"], text=TEXT)
