"""The class report in a browser without a network: nothing is asked for, and everything is there."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from d2l_ch3 import cli
from tools.sample_class import large_class
from tools.scratch import ScratchCourse

ASSIGNMENT = "ps1-blocks"
HEADINGS = {"zh": ["分数分布", "每道题做得怎样", "误解排行", "哪些题区分强弱", "该聊一聊的学生", "要留意的提交"],
            "en": ["Points", "Exercise by exercise", "Misconceptions", "What separates strong from weak",
                   "Students who need a word", "Submissions to look at"]}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    """Three sample classes as one, so that there are students enough to say what separates them."""
    course = ScratchCourse(tmp_path_factory.mktemp("report") / "course").generate()
    for one in large_class(108):
        if one.assignment == ASSIGNMENT:
            one.hand_in(course.folder / "release", course.folder / "submitted")
    told = course.command("grade", ASSIGNMENT)
    assert told.returncode == 0, told.stderr
    return course


@pytest.fixture
def offline(browser: Browser) -> Page:
    """A page that keeps what was asked for besides the file itself, and what it complained of."""
    context = browser.new_context(viewport={"width": 1000, "height": 1150}, offline=True)
    page = context.new_page()
    page.asked, page.complaints = [], []  # type: ignore[attr-defined]
    page.on("request", lambda request: page.asked.append(request.url))  # type: ignore[attr-defined]
    page.on("console", lambda message: page.complaints.append(message.text))  # type: ignore[attr-defined]
    yield page
    context.close()


def made(course: ScratchCourse, language: str) -> Path:
    path = course.folder / f"{language}.html"
    assert cli.main(["report", ASSIGNMENT, "--course", str(course.folder), "--lang", language,
                     "--output", str(path)]) == 0
    return path


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_stands_on_its_own(course: ScratchCourse, offline: Page, shot: Callable[[Page, str], Path],
                                    language: str) -> None:
    path = made(course, language)
    offline.goto(path.as_uri())
    assert offline.get_by_role("heading", level=2).all_text_contents() == HEADINGS[language]
    assert offline.get_by_role("img").count() == 3
    shot(offline, f"report-{language}")
    offline.emulate_media(color_scheme="dark")
    shot(offline, f"report-{language}-dark")
    offline.get_by_role("navigation").get_by_role("link").nth(4).press("Enter")  # by keyboard
    expect(offline.get_by_role("heading", level=2).nth(4)).to_be_in_viewport()
    assert offline.asked == [path.as_uri()]
    assert offline.complaints == []  # of the content security policy, for one


def test_nothing_is_cut_off_where_the_window_is_narrow(course: ScratchCourse, offline: Page) -> None:
    offline.goto(made(course, "zh").as_uri())
    offline.set_viewport_size({"width": 360, "height": 800})
    assert offline.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_printed_dark_on_white_and_looked_at_with_contrast(course: ScratchCourse, offline: Page,
                                                                 shot: Callable[[Page, str], Path],
                                                                 scheme: str) -> None:
    offline.goto(made(course, "zh").as_uri())
    offline.emulate_media(media="screen", color_scheme=scheme)
    seen = [contrast(offline, selector) for selector in ("h1", ".note", "nav a", "pre", "figure svg")]
    assert min(seen) >= 4.5, seen
    offline.emulate_media(media="print", color_scheme=scheme)
    assert offline.evaluate("getComputedStyle(document.documentElement).backgroundColor") == "rgb(255, 255, 255)"
    assert contrast(offline, "figure svg") == pytest.approx(21)  # black on white
    expect(offline.get_by_role("navigation")).to_be_hidden()
    shot(offline, f"report-print-{scheme}")


def contrast(page: Page, selector: str) -> float:
    """The contrast of an element's text with what is behind it, as WCAG 2 defines it."""
    ink, paper = page.locator(selector).first.evaluate("""element => {
        let behind = element;
        while (getComputedStyle(behind).backgroundColor === "rgba(0, 0, 0, 0)") behind = behind.parentElement;
        return [getComputedStyle(element).color, getComputedStyle(behind).backgroundColor].map(
            colour => colour.match(/[\\d.]+/g).slice(0, 3).map(Number));
    }""")
    light, dark = sorted((_luminance(ink), _luminance(paper)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: list[float]) -> float:
    red, green, blue = ((part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055)**2.4)
                        for part in (number / 255 for number in colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
