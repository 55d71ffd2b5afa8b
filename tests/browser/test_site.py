"""The website: complete, without answers, without dead links, and pleasant to read in a browser without a network."""

import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import unquote, urlsplit

import pytest
from bs4 import BeautifulSoup
from filelock import FileLock
from playwright.sync_api import Page, expect

from d2l_ch3.language import LANGUAGES
from tests.browser.conftest import luminance
from tests.leaks import leaks, secrets, texts
from tools.build import ROOT

PAGES = {"index", "3.1-blocks", "3.2-parameters", "3.3-layers", "summary", "glossary", "README",
         *(path.relative_to(ROOT / "release").with_suffix("").as_posix() for path in ROOT.glob("release/*/*.ipynb")),
         *(f"docs/{path.stem}" for path in ROOT.glob("docs/*.md") if ".zh-CN" not in path.name)}


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The website, made once: by the first of pytest's processes that asks for it."""
    shared = tmp_path_factory.getbasetemp() if worker_id == "master" else tmp_path_factory.getbasetemp().parent
    folder = shared / "site"
    with FileLock(shared / "site.lock"):
        if not folder.exists():
            subprocess.run([sys.executable, "-m", "tools.site", "--to", folder], cwd=ROOT, check=True)
    return folder


@pytest.fixture(scope="session")
def soups(site: Path) -> dict[Path, BeautifulSoup]:
    """Every page, parsed."""
    return {path: BeautifulSoup(path.read_bytes(), "html.parser") for path in sorted(site.rglob("*.html"))
            if "_static" not in path.parts}


def test_everything_is_there_in_both_languages(site: Path) -> None:
    for edition in LANGUAGES:
        pages = {path.relative_to(site / edition).with_suffix("").as_posix()
                 for path in (site / edition).rglob("*.html") if "_static" not in path.parts}
        assert pages == PAGES | {"search"}
        page = (site / edition / "3.1-blocks.html").read_text(encoding="utf-8")
        assert page.count("<math") > 10 and page.count('class="cell_output') > 30 and page.count("_images/") >= 5
        assert {"zh": "结果：(2, 4)", "en": "result: (2, 4)"}[edition].lower() in page.lower()


def test_opening_a_page_asks_no_other_host_for_anything(site: Path, soups: dict[Path, BeautifulSoup]) -> None:
    for path, soup in soups.items():
        asked = [tag.get("src") or tag.get("href") for tag in soup.find_all(["script", "link", "img", "iframe"])]
        assert not [url for url in asked if url and urlsplit(url).netloc], path
    for path in site.rglob("*.css"):
        assert not re.findall(r"(?:url\(|@import)\s*[\"']?(?:https?:)?//[^)]*", path.read_text(encoding="utf-8")), path


def test_no_link_is_dead(site: Path, soups: dict[Path, BeautifulSoup]) -> None:
    names = {path: {tag["id"] for tag in soup.find_all(id=True)} for path, soup in soups.items()}
    links = 0
    for path, soup in soups.items():
        for tag in soup.find_all("a", href=True):
            url = urlsplit(tag["href"])
            if url.scheme or url.netloc:
                continue
            target = (path.parent / unquote(url.path)).resolve() if url.path else path
            assert target.is_file(), f"{path.relative_to(site)}: {tag['href']}"
            assert not url.fragment or unquote(url.fragment) in names[target], f"{path}: {tag['href']}"
            links += 1
    assert links > 1000


def test_exercises_are_linked_to_by_their_headings(soups: dict[Path, BeautifulSoup], site: Path) -> None:
    for edition in LANGUAGES:
        soup = soups[site / edition / "3.3-layers.html"]
        link = soup.find("a", href="ps3-layers/layers.html#weight-norm")
        section = soups[site / edition / "ps3-layers" / "layers.html"].find(id="weight-norm").find_parent("section")
        assert link and section.h2 and "checks.weight_norm" in section.text


def letters(text: str) -> str:
    """The letters and digits of a text, since a page has lost the marks of its Markdown."""
    return re.sub(r"\W+", "", text)


def leaks_of_a_page(text: str) -> list[str]:
    """What a page shows that students must not see."""
    shown = letters(text)
    return [secret for secret in secrets() if letters(secret) in shown]


def test_it_holds_nothing_that_students_must_not_see(site: Path, soups: dict[Path, BeautifulSoup]) -> None:
    for path, soup in soups.items():
        assert leaks_of_a_page(soup.text) == [], path
    given = {path.relative_to(site).as_posix(): path for path in site.rglob("*.ipynb")}
    assert len(given) == 2 * len(PAGES - {"README"} - {page for page in PAGES if page.startswith("docs/")})
    for name, path in given.items():
        assert leaks({name: path.read_text(encoding="utf-8").replace("\\n", "\n")}) == []
    for archive in site.rglob("*.zip"):
        assert leaks(texts(archive.read_bytes())) == []
    others = [path for path in site.rglob("*") if path.is_file() and path.suffix not in (".html", ".ipynb", ".zip")
              and not {"_static", "_images"} & set(path.parts)]
    beside_docs = {path.name for path in (ROOT / "docs").rglob("*.*") if path.suffix != ".md"}
    assert {path.name for path in others} <= {"searchindex.js", "objects.inv", "LICENSE", *beside_docs}
    assert [path for path in others if leaks_of_a_page(path.read_text(encoding="utf-8", errors="replace"))] == []


def test_a_leak_would_be_seen() -> None:
    scheme = next(secret for secret in sorted(secrets()) if "`" in secret)
    assert leaks_of_a_page(f"So: {scheme.replace('`', '')}!") == [scheme]


@pytest.fixture
def offline(page: Page) -> Iterator[Page]:
    """A page of a reader without a network."""
    page.context.set_offline(True)
    yield page


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where a server of files has the website."""
    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=site)) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


SWITCH = "a[hreflang]"
DONE = {"zh": "搜索结果", "en": "Search Results"}
TITLES = {"3.1-blocks": ("3.1 层和块", "3.1 Layers and blocks"),
          "ps1-blocks/blocks": ("习题一：层和块", "Problem set 1: layers and blocks"),
          "glossary": ("术语表", "Glossary")}


@pytest.mark.parametrize("name", TITLES)
def test_a_page_in_both_languages(page: Page, address: str, site: Path, name: str,
                                  shot: Callable[[Page, str], Path]) -> None:
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    chinese, english = TITLES[name]
    title = page.locator("article h1")
    page.goto(f"{address}/zh/{name}.html")
    expect(title).to_contain_text(chinese)
    shot(page, f"site/{name.partition('/')[0]}-zh")
    page.locator(SWITCH).click()
    expect(title).to_contain_text(english)
    assert page.url == f"{address}/en/{name}.html"
    with page.expect_download() as download:
        page.get_by_label("Download the notebook").click()
    assert Path(download.value.path()).read_bytes() == (site / "en" / "notebooks" / f"{name}.ipynb").read_bytes()
    page.set_viewport_size({"width": 400, "height": 900})
    page.reload()
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    shot(page, f"site/{name.partition('/')[0]}-en-400")
    page.locator(SWITCH).click()
    expect(title).to_contain_text(chinese)
    assert errors == [] and {url for url in asked if not url.startswith((address, "data:"))} == set()


def test_a_guess_comes_before_its_answer(offline: Page, site: Path) -> None:
    offline.goto((site / "en" / "3.1-blocks.html").as_uri())
    cell = offline.locator(".cell", has_text='guess("forward-hook"')
    told = cell.locator("xpath=following-sibling::*[1]")
    expect(cell.get_by_text("result: 0")).to_be_hidden()
    expect(told).to_be_hidden()
    cell.locator("summary").click()
    expect(cell.get_by_text("result: 0")).to_be_visible()
    expect(told).to_be_visible()


@pytest.mark.parametrize("edition", LANGUAGES)
def test_the_summary_is_one_printed_page(offline: Page, site: Path, edition: str) -> None:
    offline.goto((site / edition / "summary.html").as_uri())
    for paper in ("A4", "Letter"):
        assert len(re.findall(rb"/Type /Page\b", offline.pdf(format=paper))) == 1


def test_the_dark_theme(offline: Page, site: Path, shot: Callable[[Page, str], Path]) -> None:
    offline.goto((site / "zh" / "3.1-blocks.html").as_uri())

    def brightness() -> int:
        colour = offline.evaluate("getComputedStyle(document.body).backgroundColor")
        return max(map(int, re.findall(r"\d+", colour)[:3]))

    assert brightness() > 200
    offline.get_by_role("button", name="颜色").click()
    offline.get_by_role("button", name="暗色").click()
    expect(offline.locator("html")).to_have_attribute("data-theme", "dark")
    assert brightness() < 60
    tree = offline.locator(".text_html", has=offline.locator(".d2l-tree")).first
    tree.scroll_into_view_if_needed()
    assert tree.evaluate("it => getComputedStyle(it).backgroundColor") == "rgba(0, 0, 0, 0)"
    picture = offline.locator(".cell_output:has(.d2l-show) img").first
    picture.scroll_into_view_if_needed()
    assert luminance(picture)[0].mean() < 0.1
    shot(offline, "site/dark")


@pytest.mark.parametrize(("edition", "words", "found", "not_found"), [
    ("zh", "缓冲区", "glossary.html", "ps1-blocks/blocks.html"),
    ("zh", "钩", "3.1-blocks.html", "3.3-layers.html"),
    ("zh", "forward 钩子", "3.1-blocks.html", ""),
    ("zh", "子钩", "", "3.1-blocks.html"),
    ("en", "hooks", "3.1-blocks.html", "3.3-layers.html"),
    ("en", "缓冲区", "glossary.html", "ps1-blocks/blocks.html"),
])
def test_the_search_finds_words_of_both_languages(offline: Page, site: Path, edition: str, words: str, found: str,
                                                  not_found: str, shot: Callable[[Page, str], Path]) -> None:
    offline.goto((site / edition / "index.html").as_uri())
    offline.keyboard.press("Control+K")
    offline.locator("dialog input[name=q]").fill(words)
    offline.keyboard.press("Enter")
    expect(offline.locator("#search-results > h2")).to_have_text(DONE[edition])
    expect(offline.locator("#search-results > p.search-summary")).to_be_visible()
    hits = {re.split("[?#]", link.get_attribute("href") or "")[0] for link in
            offline.locator("#search-results ul.search a").all()}
    assert (found in hits or not found) and not_found not in hits
    shot(offline, f"site/search-{edition}-{words}")
