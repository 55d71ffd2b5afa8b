"""A real browser on a real JupyterLab.

Needs Chromium (Debian's packages chromium or chromium-browser, or Google Chrome). Screenshots of every step are
kept in `.shots/`; `python -m tools.pictures` takes the README's from there.
"""

import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Playwright, expect, sync_playwright

from d2l_ch3.show.fonts import packaged_font
from tests.pipes import drain
from tools.build import ROOT

SHOTS = ROOT / ".shots"
FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync", "--font-render-hinting=none")
PATIENCE = 60_000  # ms to wait for what must come; a machine may be busy

FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>{fonts}</dir><cachedir>{cache}</cachedir>
</fontconfig>"""


@pytest.fixture(scope="session")
def chinese_font(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A fontconfig file that knows a font with Chinese, the one that the plots use, beside the system's."""
    folder = tmp_path_factory.mktemp("fonts")
    file = folder / "fonts.conf"
    font = packaged_font()
    assert font, "zhplot, which brings the font, is not installed"
    file.write_text(FONTS.format(fonts=font.parent, cache=folder / "cache"))
    return str(file)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as running:
        yield running


@pytest.fixture(scope="session")
def browser(playwright: Playwright, chinese_font: str) -> Iterator[Browser]:
    """Chromium, without a window."""
    program = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert program, "these tests need Chromium: apt-get install chromium"
    running = playwright.chromium.launch(executable_path=program, args=list(FLAGS),
                                         env={**os.environ, "FONTCONFIG_FILE": chinese_font})
    yield running
    running.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A fresh page, 1280 by 900, that waits long enough for what must come."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB")
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def shot() -> Callable[[Page, str], Path]:
    """``shot(page, "student/1-wrong")`` keeps a screenshot of what the page shows now."""
    def take(page: Page, name: str) -> Path:
        picture = SHOTS / f"{name}.png"
        picture.parent.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=picture)
        return picture

    return take


def luminance(part: Locator) -> tuple[np.ndarray, float]:
    """The luminance (WCAG) of every pixel of a part of the page, and that of its background, the most frequent one."""
    pixels = np.asarray(Image.open(io.BytesIO(part.screenshot())).convert("RGB")) / 255
    linear = np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)
    found = (linear @ [0.2126, 0.7152, 0.0722]).round(4).ravel()
    levels, counts = np.unique(found, return_counts=True)
    return found, float(levels[counts.argmax()])


def contrast(words: Locator) -> float:
    """The contrast of text as it is drawn: of what differs most from the background."""
    found, background = luminance(words)
    ratios = (found + 0.05) / (background + 0.05)
    return float(np.maximum(ratios, 1 / ratios).max())


@contextmanager
def jupyter_lab(folder: Path, *arguments: str, **environment: str) -> Iterator[str]:
    """JupyterLab on `folder`, with settings of its own; gives its address."""
    own = {name: str(folder / ".jupyter" / name.lower()) for name in ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR")}
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}", "--no-browser", "--allow-root",
         "--port=0", "--IdentityProvider.token=", "--LabApp.news_url=None", *arguments],
        cwd=folder, env={**os.environ, **own, **environment}, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    told = []
    try:
        for line in process.stderr:  # it says where it listens, or ends
            told.append(line)
            if found := re.search(r"(http://\S+?:\d+)/", line):
                break
        else:
            pytest.fail("".join(told))
        drain(process.stderr)
        yield found[1].replace("localhost", "127.0.0.1")
    finally:
        process.terminate()
        process.wait()
