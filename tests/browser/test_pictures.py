"""The pictures of the executed chapters on a light and on a dark page: in JupyterLab and as static HTML."""

from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
import pytest
from nbconvert import HTMLExporter
from nbformat import NotebookNode
from nbformat.sign import NotebookNotary
from playwright.sync_api import Locator, Page, expect

from d2l_ch3.lab.jupyter import SETTINGS
from d2l_ch3.language import LANGUAGES
from tests.browser.conftest import contrast, jupyter_lab, luminance
from tools.build import ROOT

THEMES = ("light", "dark")
ENOUGH_CONTRAST = 7  # of the ink; WCAG 2, level AAA


def pictures(language: str) -> NotebookNode:
    """The cells of the three chapters that show a picture, with what they show."""
    chapters = [nbformat.read(path, as_version=4) for path in sorted((ROOT / "notebooks" / language).glob("3.*.ipynb"))]
    cells = [cell for chapter in chapters for cell in chapter.cells
             if any("image/png" in output.get("data", {}) for output in cell.get("outputs", []))]
    for number, cell in enumerate(cells):
        cell.id = f"cell-{number}"
    return nbformat.v4.new_notebook(cells=cells, metadata=chapters[0].metadata)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on notebooks that it trusts, as it does those that one has run oneself."""
    folder = tmp_path_factory.mktemp("lab")
    data = folder / ".jupyter" / "jupyter_data_dir"
    data.mkdir(parents=True)
    notary = NotebookNotary(data_dir=str(data))
    for language in LANGUAGES:
        notebook = pictures(language)
        nbformat.write(notebook, folder / f"{language}.ipynb")
        notary.sign(notebook)
    notary.store.close()
    with jupyter_lab(folder, JUPYTER_CONFIG_PATH=str(SETTINGS)) as address:
        yield address


def belongs(picture: Locator, theme: str) -> None:
    """A picture is as light as its page, and its ink stands out."""
    picture.scroll_into_view_if_needed()
    corner = luminance(picture)[0][0]
    assert corner > 0.9 if theme == "light" else corner < 0.01
    assert contrast(picture) >= ENOUGH_CONTRAST


@pytest.mark.parametrize("theme", THEMES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_follow_the_theme_of_jupyterlab(
        language: str, theme: str, server: str, page: Page, shot: Callable[[Page, str], Path]) -> None:
    page.emulate_media(color_scheme=theme)
    page.goto(f"{server}/lab/workspaces/{language}-{theme}/tree/{language}.ipynb")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(theme == "light").lower())
    cells = page.locator(".jp-Notebook .jp-CodeCell")
    expect(cells).to_have_count(len(pictures(language).cells))
    for number, cell in enumerate(cells.all()):
        cell.scroll_into_view_if_needed()
        belongs(cell.locator(".jp-RenderedImage img"), theme)
        if number in (0, 3):
            shot(page, f"pictures/{language}-{theme}-{number}")


@pytest.mark.parametrize("theme", THEMES)
def test_follow_the_theme_of_a_static_page(theme: str, page: Page, tmp_path: Path) -> None:
    exporter = HTMLExporter(template_name="lab", theme=theme, mathjax_url="", require_js_url="", jquery_url="")
    path = tmp_path / "pictures.html"
    path.write_text(exporter.from_notebook_node(pictures("en"))[0], encoding="utf-8")
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    shown = page.locator(".jp-RenderedImage img").all()
    assert len(shown) == len(pictures("en").cells)
    for picture in shown:
        belongs(picture, theme)


def test_a_picture_of_ones_own_stays_as_it_is(page: Page, tmp_path: Path) -> None:
    """A photograph, say: only cells that ask for it are turned dark."""
    notebook = pictures("en")
    for cell in notebook.cells:
        cell.outputs = [output for output in cell.outputs if "image/png" in output.get("data", {})]
    path = tmp_path / "pictures.html"
    path.write_text(HTMLExporter(template_name="lab", theme="dark", mathjax_url="", require_js_url="", jquery_url="")
                    .from_notebook_node(notebook)[0], encoding="utf-8")
    page.route("http*://**", lambda route: route.abort())
    page.goto(path.as_uri(), wait_until="domcontentloaded")
    belongs(page.locator(".jp-RenderedImage img").first, "light")
