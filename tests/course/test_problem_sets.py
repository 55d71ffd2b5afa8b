"""The problem sets keep the contract: points, full marks for the solutions, none for the stubs, no secrets."""

import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat import NotebookNode
from nbgrader.utils import determine_grade

from d2l_ch3 import checks
from d2l_ch3.checks import EXERCISES
from d2l_ch3.checks.catalogue import LEVELS, everything, unnumbered, words
from d2l_ch3.checks.report import reports_in
from d2l_ch3.language import LANGUAGES
from tools.build import ROOT
from tools.shorthand import ABOUT, NOT_RUN_YET

WRITTEN = {"ps1-blocks": {"list-sequential-why": 3}, "ps2-parameters": {"why-share": 3}, "ps3-layers": {},
           "ps4-resnet": {"resnet-why": 3}}
BONUS = {one.problem_set: one.name for one in everything() if one.bonus}
NOTEBOOKS = {"ps1-blocks": "blocks", "ps2-parameters": "parameters", "ps3-layers": "layers", "ps4-resnet": "resnet"}
SECRETS = (("### BEGIN SOLUTION", "### END SOLUTION"), ("### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS"),
           ("=== BEGIN MARK SCHEME ===", "=== END MARK SCHEME ==="))

assignments = pytest.mark.parametrize("assignment", EXERCISES)


def path_of(place: str, assignment: str) -> Path:
    return ROOT / place / assignment / f"{NOTEBOOKS[assignment]}.ipynb"


@cache
def executed(place: str, assignment: str) -> NotebookNode:
    """The notebook as nbgrader would run it: errors do not stop it."""
    notebook = nbformat.read(path_of(place, assignment), as_version=4)
    return NotebookClient(notebook, timeout=120, allow_errors=True).execute()


def nbgrader_cells(notebook: NotebookNode, flag: str) -> dict[str, NotebookNode]:
    return {cell.metadata.nbgrader.grade_id: cell for cell in notebook.cells
            if cell.metadata.get("nbgrader", {}).get(flag)}


@assignments
@pytest.mark.parametrize("place", ["source", "release"])
def test_grade_ids_and_points_are_the_contracts(place: str, assignment: str) -> None:
    notebook = nbformat.read(path_of(place, assignment), as_version=4)
    graded = {name: cell.metadata.nbgrader.points for name, cell in nbgrader_cells(notebook, "grade").items()}
    assert graded == {**{f"test-{name}": points for name, points in EXERCISES[assignment].items()},
                      **WRITTEN[assignment]}
    assert set(nbgrader_cells(notebook, "solution")) == {
        *EXERCISES[assignment], *WRITTEN[assignment],
        *filter(None, [BONUS.get(assignment)])}
    assert all(cell.metadata.nbgrader.locked for name, cell in nbgrader_cells(notebook, "grade").items()
               if name.startswith("test-"))


def test_checks_have_the_contracts_exercises_and_points() -> None:
    assert {assignment: {name: checks.exercise(name).points for name in names}
            for assignment, names in EXERCISES.items()} == EXERCISES


@assignments
def test_the_prose_says_the_points(assignment: str) -> None:
    prose = "\n".join(cell.source for cell in nbformat.read(path_of("source", assignment), as_version=4).cells
                      if cell.cell_type == "markdown")
    points = [*EXERCISES[assignment].values(), *WRITTEN[assignment].values()]
    for heading, total in ((r"^## .*（(\d+) 分", "一共 {} 分"), (r"^## .*\((\d+) points", " {} points, ")):
        assert sorted(map(int, re.findall(heading, prose, re.MULTILINE))) == sorted(points)
        assert total.format(sum(points)) in prose


@assignments
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_prose_says_how_hard_it_is_and_how_long_it_takes(assignment: str, language: str) -> None:
    cells = [cell for cell in nbformat.read(path_of("source", assignment), as_version=4).cells
             if f"lang-{language}" in cell.metadata.get("tags", [])]
    said = [cell.source.splitlines()[2] for cell in cells if cell.source.startswith("## ")]
    known = [one for one in everything() if one.problem_set == assignment]
    level = {one.name: getattr(LEVELS[one.level - 1], language) for one in known}
    assert said == [getattr(ABOUT, language).format(steps="●" * one.level + "○" * (3 - one.level),
                                                    level=level[one.name], minutes=one.minutes) for one in known]
    minutes = {"zh": "大约要 {} 分钟", "en": "about {} minutes"}[language]
    assert minutes.format(sum(one.minutes for one in known if not one.bonus)) in cells[0].source


@assignments
def test_a_hint_is_ready_under_each_check_and_is_not_given_away_by_running_everything(assignment: str) -> None:
    cells = nbformat.read(path_of("release", assignment), as_version=4).cells
    for name in (*EXERCISES[assignment], *filter(None, [BONUS.get(assignment)])):
        place = next(place for place, cell in enumerate(cells) if cell.id == f"test-{name}")
        *comment, call = cells[place + 1].source.splitlines()
        assert call == f"# checks.{name.replace('-', '_')}.hint()"
        assert all(line.startswith("# ") for line in comment)
        assert "nbgrader" not in cells[place + 1].metadata


@cache
def headings(chapter: str, language: str) -> dict[str, str]:
    """The headings of a chapter by the ids of the cells that begin with them."""
    cells = nbformat.read(ROOT / "notebooks" / language / f"{chapter}.ipynb", as_version=4).cells
    return {cell.id: cell.source.partition("\n")[0].lstrip("# ") for cell in cells if cell.source.startswith("#")}


CHAPTER_LINK = re.compile(r"(?:\[“([^”]+)”\]\()?\.\./([\w.-]+)\.ipynb#cell-id=([\w-]+)")


@pytest.mark.parametrize("name", [one.name for one in everything() if not one.written])
def test_after_full_points_there_is_real_code_to_look_at_and_a_section_to_read(name: str) -> None:
    said = words(name)
    assert said.met is not None and said.onward is not None
    assert re.fullmatch(r"https://(github\.com|docs\.pytorch\.org|docs\.scipy\.org)/[\w./-]+", said.met.link)
    ((_, chapter, address),) = CHAPTER_LINK.findall(said.onward.link)
    assert [headings(chapter, language)[address] for language in LANGUAGES] == [*said.onward.title]


NAMED = {"zh": re.compile(r"(3\.\d) 的“(?P<words>[^”]+)”"), "en": re.compile(r"“(?P<words>[^”]+)” of (3\.\d)")}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_hint_names_sections_that_there_are(language: str) -> None:
    hints = "\n".join(getattr(hint, language) for said in everything() for hint in said.hints)
    named = [found["words"] for found in NAMED[language].finditer(hints)]
    there = {unnumbered(words) for chapter in ("3.1-blocks", "3.2-parameters", "3.3-layers")
             for words in headings(chapter, language).values()}
    assert named and set(named) <= there


@assignments
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_question_leads_to_a_section_that_there_is(assignment: str, language: str) -> None:
    links = [link for cell in nbformat.read(path_of("source", assignment), as_version=4).cells
             if f"lang-{language}" in cell.metadata.get("tags", []) for link in CHAPTER_LINK.findall(cell.source)]
    for said, chapter, address in links:
        assert unnumbered(headings(chapter, language)[address]) == said
    assert len(links) >= len(EXERCISES[assignment])


EXERCISE_LINK = re.compile(r"\]\(([\w-]+)/(\w+)\.ipynb#cell-id=([\w-]+)\)")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_chapter_leads_to_each_of_its_questions(language: str) -> None:
    found = set()
    for path in (ROOT / "notebooks" / language).glob("3.*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            found |= set(EXERCISE_LINK.findall(cell.source)) if cell.cell_type == "markdown" else set()
    for assignment, name, cell_id in found:
        there = nbformat.read(ROOT / "release" / assignment / f"{name}.ipynb", as_version=4).cells
        assert cell_id in [cell.id for cell in there]
    in_chapters = [one for one in everything() if one.problem_set[:3] in ("ps1", "ps2", "ps3")]
    assert {cell_id for _, _, cell_id in found} == {one.name for one in in_chapters}


@assignments
def test_an_answer_stands_before_its_test_and_the_test_calls_its_check(assignment: str) -> None:
    ids = [cell.metadata.get("nbgrader", {}).get("grade_id")
           for cell in nbformat.read(path_of("source", assignment), as_version=4).cells]
    tests = nbgrader_cells(nbformat.read(path_of("release", assignment), as_version=4), "grade")
    for name in EXERCISES[assignment]:
        assert ids.index(name) < ids.index(f"test-{name}")
        takes = ", ".join(argument.name for argument in checks.exercise(name).takes)
        assert tests[f"test-{name}"].source == f"{NOT_RUN_YET}\nchecks.{name.replace('-', '_')}({takes})"


@assignments
def test_the_solutions_get_full_points(assignment: str) -> None:
    tests = {name: cell for name, cell in nbgrader_cells(executed("source", assignment), "grade").items()
             if name.startswith("test-")}
    assert {name: determine_grade(cell)[0] for name, cell in tests.items()} == {
        f"test-{name}": points for name, points in EXERCISES[assignment].items()}


@pytest.mark.parametrize("assignment", BONUS)
def test_the_bonus_comes_last_has_a_card_and_gives_no_points(assignment: str) -> None:
    cells = executed("source", assignment).cells
    (test,) = [cell for cell in cells if cell.id == f"test-{BONUS[assignment]}"]
    assert test.metadata.nbgrader.locked and not test.metadata.nbgrader.grade
    (report,) = reports_in(test.outputs)
    assert report["points"] == report["max_points"] > 0
    assert not [cell for cell in cells[cells.index(test):] if cell.metadata.get("nbgrader", {}).get("grade")]


@assignments
def test_the_stubs_get_nothing_and_are_told_so(assignment: str) -> None:
    cells = nbgrader_cells(executed("release", assignment), "grade")
    assert {name: determine_grade(cell)[0] for name, cell in cells.items()} == dict.fromkeys(cells, 0)
    for name in EXERCISES[assignment]:
        (report,) = reports_in(cells[f"test-{name}"].outputs)
        assert set(report["criteria"].values()) == {"not-written"}, name


@assignments
def test_nbval_reruns_the_solved_assignment(assignment: str, tmp_path: Path) -> None:
    path = tmp_path / f"{assignment}.ipynb"
    nbformat.write(executed("source", assignment), path)
    result = subprocess.run([sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:xdist",
                             "--nbval", "--nbval-current-env", str(path)],
                            cwd=tmp_path, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout[-3000:]
    assert " passed" in result.stdout


@assignments
def test_there_is_a_hidden_test(assignment: str) -> None:
    source = path_of("source", assignment).read_text(encoding="utf-8")
    assert "### BEGIN HIDDEN TESTS" in source


@assignments
def test_written_questions_have_a_mark_scheme_in_both_languages(assignment: str) -> None:
    prompts = {name: cell.source for name, cell in nbgrader_cells(
        nbformat.read(path_of("source", assignment), as_version=4), "locked").items() if "-prompt-" in name}
    assert set(prompts) == {f"{name}-prompt-{language}" for name in WRITTEN[assignment] for language in ("zh", "en")}
    assert all("=== BEGIN MARK SCHEME ===" in source for source in prompts.values())


def secret_lines(notebook: NotebookNode) -> set[str]:
    """What stands in a solution, a hidden test or a mark scheme and nowhere else, line by line."""
    secret, open_ = set(), set()
    for cell in notebook.cells:
        end = None
        for line in cell.source.splitlines():
            begun = next((stop for start, stop in SECRETS if start in line), None)
            if begun or (end and end in line):
                end = begun
            else:
                (secret if end else open_).add(line.strip())
    return secret - open_


@assignments
def test_the_release_holds_no_secret(assignment: str) -> None:
    secrets = secret_lines(nbformat.read(path_of("source", assignment), as_version=4))
    assert len(secrets) > 10
    released = [line.strip() for cell in nbformat.read(path_of("release", assignment), as_version=4).cells
                if "-prompt-" in cell.id or cell.cell_type == "code" for line in cell.source.splitlines()]
    assert not {line for line in secrets if len(line) > 8} & set(released)
    assert not [line for line in released for region in SECRETS for marker in region if marker in line]


@assignments
def test_the_release_is_in_chinese_and_has_no_outputs(assignment: str) -> None:
    notebook = nbformat.read(path_of("release", assignment), as_version=4)
    prose = [cell.source for cell in notebook.cells if cell.cell_type == "markdown"]
    assert all(any("\u4e00" <= character <= "\u9fff" for character in source) for source in prose)
    assert not [cell for cell in notebook.cells if cell.cell_type == "code" and cell.outputs]
    set_up = next(cell for cell in notebook.cells if cell.cell_type == "code")
    assert 'd2l_ch3.set_language("zh")' in set_up.source
