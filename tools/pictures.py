"""Make the README's pictures: a page of a chapter and a check's card, in both languages.

    python -m tools.pictures

Needs a Chromium (Debian's package `chromium`) and, for the Chinese ones, a Chinese font for it
(`fonts-noto-cjk`). The pictures are committed; nothing else needs this.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbconvert import HTMLExporter

import d2l_ch3
from d2l_ch3.language import LANGUAGES
from tools.bank import ANSWERS, answers
from tools.build import ROOT

IMAGES = ROOT / "docs" / "images"
FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-quic", "--no-first-run",
         "--disable-background-networking", "--disable-component-update", "--disable-sync")


def main() -> None:
    """Write the pictures to docs/images."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or sys.exit("no chromium found: install it")
    IMAGES.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        d2l_ch3.set_language(language)
        photograph(browser, chapter(language), IMAGES / f"chapter-{language}.png", (900, 1130))
        (wrong,) = [one for one in answers("parallel-block") if one.path == ANSWERS / "parallel-block/wrong_dim_1.py"]
        card = f'<meta charset="utf-8"><body style="margin: 12px">{wrong.check(0)._repr_html_()}'
        photograph(browser, card, IMAGES / f"card-{language}.png", (700, 275))


def chapter(language: str) -> str:
    """The opening of the first chapter and the cells around its first picture, as a page."""
    notebook = nbformat.read(ROOT / "notebooks" / language / "blocks.ipynb", as_version=4)
    first = next(index for index, cell in enumerate(notebook.cells)
                 if any("image/png" in output.get("data", {}) for output in cell.get("outputs", [])))
    notebook.cells = [notebook.cells[0], *notebook.cells[first - 1:first + 2]]
    return HTMLExporter(template_name="lab").from_notebook_node(notebook)[0]


def photograph(browser: str, html: str, picture: Path, size: tuple[int, int]) -> None:
    """Write a screenshot of the top of a page."""
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.html")
        page.write_text(html, encoding="utf-8")
        subprocess.run([browser, *FLAGS, f"--user-data-dir={folder}/profile", f"--window-size={size[0]},{size[1]}",
                        "--virtual-time-budget=5000", f"--screenshot={picture}", page.as_uri()],
                       check=True, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
