"""The start page leads through the whole course, and what it says of it is so."""

import re
from functools import cache

import nbformat
import pytest

from d2l_ch3.language import LANGUAGES
from tools.build import ROOT

ORDER = ["blocks.ipynb", "ps1-blocks/blocks.ipynb", "parameters.ipynb", "ps2-parameters/parameters.ipynb",
         "layers.ipynb", "ps3-layers/layers.ipynb"]
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
def test_numbers_and_points_are_those_of_the_problem_sets(language: str) -> None:
    rows = [row for row in prose(language).splitlines() if "](ps" in row]
    for row, link in zip(rows, ORDER[1::2], strict=True):
        cells = nbformat.read(ROOT / "release" / link, as_version=4).cells
        points = [cell.metadata.nbgrader.points for cell in cells if cell.metadata.get("nbgrader", {}).get("grade")]
        said = re.search(r"(\d+) (?:题|exercises)[，,] ?(\d+)", row)
        assert said and (int(said[1]), int(said[2])) == (len(points), sum(points)), row
