"""The start page leads through the whole course, and what it says of it is so."""

import re
from functools import cache

import nbformat
import pytest

from d2l_ch3.language import LANGUAGES
from tools.build import ROOT, TEXT
from tools.pages import chapters, terms
from tools.reading_time import minutes
from tools.texts import edition, read

ORDER = ["3.1-blocks.ipynb", "ps1-blocks/blocks.ipynb", "3.2-parameters.ipynb", "ps2-parameters/parameters.ipynb",
         "3.3-layers.ipynb", "ps3-layers/layers.ipynb", "ps4-resnet/resnet.ipynb", "summary.ipynb", "glossary.ipynb"]
LINK = re.compile(r"\[[^]]+\]\((.+?)\)")

editions = pytest.mark.parametrize("language", LANGUAGES)


@cache
def prose(language: str) -> str:
    cells = nbformat.read(ROOT / "notebooks" / language / "index.ipynb", as_version=4).cells
    return "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")


@editions
def test_it_links_to_everything_in_order(language: str) -> None:
    assert LINK.findall(prose(language)) == ORDER
    places = [ROOT / ("release" if "/" in link else f"notebooks/{language}") / link for link in ORDER]
    assert all(path.exists() for path in places)
    built = [*(ROOT / "notebooks" / language).glob("*.ipynb"), *(ROOT / "release").glob("*/*.ipynb")]
    assert {path for path in built if path.stem != "index"} == set(places)


@editions
def test_reading_times_are_those_of_the_chapters(language: str) -> None:
    for row in prose(language).splitlines():
        chapter = re.search(r"\]\((\d\.\d-\w+)\.ipynb\)", row)
        if chapter:
            said = re.search(r"(\d+) (?:分钟|minutes) \|", row)
            cells = edition(read(TEXT / f"{chapter[1]}.md"), language).cells
            assert said and abs(int(said[1]) - minutes(cells, language)) <= 2.5, row


@editions
def test_the_summary_has_the_points_of_every_chapter_and_fits_a_page(language: str) -> None:
    cells = nbformat.read(ROOT / "notebooks" / language / "summary.ipynb", as_version=4).cells
    points = [line for cell in cells for line in cell.source.splitlines() if line.startswith("- ")]
    texts = [edition(read(path), language).cells for path in chapters(TEXT)]
    assert len(texts) == len(cells) - 1 == 3
    for point in points:
        assert any(point in cell.source for text in texts for cell in text), point
    assert 20 <= len(points) <= 30
    assert sum(len(point) * (2 if language == "zh" else 1) for point in points) < 5500  # about an A4 page at 9 points


@editions
def test_the_glossary_has_every_term_once(language: str) -> None:
    table = nbformat.read(ROOT / "notebooks" / language / "glossary.ipynb", as_version=4).cells[1].source
    rows = [row.split(" | ")[0].removeprefix("| ") for row in table.splitlines()[2:]]
    assert sorted(rows) == sorted(term[language] for term in terms(TEXT))
    assert len(set(rows)) == len(rows)


@editions
def test_numbers_and_points_are_those_of_the_problem_sets(language: str) -> None:
    rows = [row for row in prose(language).splitlines() if "](ps" in row]
    for row, link in zip(rows, [link for link in ORDER if link.startswith("ps")], strict=True):
        cells = nbformat.read(ROOT / "release" / link, as_version=4).cells
        points = [cell.metadata.nbgrader.points for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
        said = re.search(r"(\d+) (?:题|exercises)[，,] ?(\d+)", row)
        assert said and (int(said[1]), int(said[2])) == (len(points), sum(points)), row
