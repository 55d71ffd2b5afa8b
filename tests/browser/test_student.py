"""A student at work in JupyterLab, from the start page over a wrong answer to the right one.

Once in Chinese and the light theme, once in English and the dark one. Every step is kept in `.shots/student/`.
"""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from d2l_ch3 import checks
from d2l_ch3.checks.catalogue import Diagnosis, words
from d2l_ch3.checks.report import Report
from d2l_ch3.guesses import catalogue
from d2l_ch3.handout.release import FOLDED, write_release
from d2l_ch3.lab.folder import fill
from d2l_ch3.lab.jupyter import SETTINGS
from d2l_ch3.language import LANGUAGES, Text, speaking
from tests.browser.conftest import contrast, jupyter_lab
from tools.bank import answers
from tools.build import ROOT

RIGHT, WRONG = (next(one for one in answers("parallel-block") if one.path.stem.startswith(name))
                for name in ("right_", "wrong_dim_1"))
ANSWER_CELL, CHECK_CELL, HINT = "class ParallelBlock", "checks.parallel_block(", 'checks.parallel_block.hint()'
SCHEMES = {"zh": "light", "en": "dark"}
SAID = {"zh": {"ready": "一切就绪。", "problem set": "习题一", "fails": "没做到",
               "points": "{} / 6 分", "all": "全部正确。", "section": "怎样自己写一个块？"},
        "en": {"ready": "Everything is ready.", "problem set": "problem set 1", "fails": "does not hold",
               "points": "{} / 6 points", "all": "All of it is right.",
               "section": "How do you write a block of your own?"}}
ENOUGH_CONTRAST = 4.5  # WCAG 2, level AA


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """JupyterLab on both editions, prepared and set up as `make lab` does it."""
    folder = tmp_path_factory.mktemp("lab")
    for language in LANGUAGES:
        release = folder / language / ".release"
        write_release(ROOT, language, release)
        fill(release.parent, release)
    with jupyter_lab(folder, JUPYTER_CONFIG_PATH=str(SETTINGS)) as address:
        yield address


class Notebook:
    """The notebook in front, handled from the keyboard."""

    def __init__(self, page: Page, name: str) -> None:
        self.page = page
        self.panel = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
        expect(page.locator("#jp-main-statusbar")).to_contain_text(re.compile(rf"\| Idle.*{name}"))  # its kernel is up

    def cell(self, source: str) -> Locator:
        return self.panel.locator(".jp-CodeCell", has=self.page.locator(".jp-InputArea", has_text=source))

    def go_to(self, source: str) -> Locator:
        """Click into a cell."""
        cell = self.cell(source)
        cell.locator(".cm-content").click()
        return cell

    def answer(self, code: str) -> Locator:
        """Write an answer, run it and the check below it; returns the check's card."""
        self.go_to(ANSWER_CELL)
        self.press("ControlOrMeta+A")
        self.page.keyboard.insert_text(code)
        self.press("Shift+Enter", "Shift+Enter")
        return self.cell(CHECK_CELL).locator(".d2l-card")

    def ask(self, code: str) -> Locator:
        """Run `code` in a new cell above the selected one; returns the card."""
        self.press("a", "Enter")
        self.page.keyboard.insert_text(code)
        self.press("Shift+Enter")
        return self.cell(code).locator(".d2l-card")

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)


@pytest.mark.parametrize("language", LANGUAGES)
def test_from_a_wrong_answer_to_full_points(
        language: str, server: str, page: Page, shot: Callable[[Page, str], Path]) -> None:
    said = SAID[language]
    with speaking(language):
        wrong = WRONG.check(0)
        ((title, why),) = ((str(diagnosis.title), str(diagnosis.text)) for diagnosis in wrong.diagnoses)
        brief = wrong.brief

    def keep(step: str) -> None:
        shot(page, f"student/{language}-{step}")

    page.emulate_media(color_scheme=SCHEMES[language])
    page.goto(f"{server}/lab/workspaces/{language}/tree/{language}/index.ipynb")
    start = Notebook(page, "index.ipynb")
    expect(page.locator("body")).to_have_attribute("data-jp-theme-light", str(language == "zh").lower())
    cell = start.go_to("check_installation")
    start.press("Shift+Enter")
    expect(cell).to_contain_text(said["ready"])
    keep("1-start")

    page.get_by_role("link", name=said["problem set"]).click()
    problems = Notebook(page, "blocks.ipynb")
    problems.go_to("import torch")
    problems.press("Shift+Enter")
    card = problems.answer(WRONG.cell)
    expect(card).to_contain_text(said["points"].format(WRONG.points))
    expect(card).to_contain_text(title.replace("`", ""))
    expect(card).to_contain_text(why.replace("`", ""))
    expect(card.get_by_role("img", name=said["fails"])).to_have_text("✗")
    keep("2-wrong")
    for part in card.locator("header span, li span, .d2l-name, .d2l-why, footer").all():
        assert contrast(part) >= ENOUGH_CONTRAST, part.inner_text()

    hint = problems.ask(HINT)
    expect(hint.get_by_role("listitem")).to_have_count(1)
    keep("3-hint")

    problems.panel.get_by_role("button", name="Validate").click()
    found = page.get_by_role("dialog").locator("pre")
    expect(found.filter(has_text=CHECK_CELL)).to_be_visible()
    expect(found.filter(has_text=brief.splitlines()[0])).to_have_text(brief)
    found.filter(has_text=brief.splitlines()[0]).scroll_into_view_if_needed()
    keep("4-validate")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)

    card = problems.answer(RIGHT.cell)
    expect(card).to_contain_text(said["points"].format(RIGHT.points))
    expect(card).to_contain_text(said["all"])
    keep("5-right")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_guess_in_a_chapter_is_made_before_its_answer_is_seen(
        language: str, server: str, page: Page, shot: Callable[[Page, str], Path]) -> None:
    belief = catalogue.CATALOGUE["blocks"]["recap-alias"]["2"][language].replace("`", "")
    page.emulate_media(color_scheme=SCHEMES[language])
    page.goto(f"{server}/lab/workspaces/{language}-chapter/tree/{language}/3.1-blocks.ipynb")
    chapter = Notebook(page, "3.1-blocks.ipynb")
    cell = chapter.go_to('guess("recap-alias"')
    source = "\n".join(cell.locator(".cm-line").all_inner_texts())
    answer = chapter.panel.locator("details", has_text=FOLDED[language]).first
    expect(answer.locator("p").first).to_be_hidden()
    shot(page, f"student/{language}-chapter-1-handed-out")
    chapter.go_to("import torch")
    chapter.press("Shift+Enter")
    chapter.go_to('guess("recap-alias"')
    chapter.press("ControlOrMeta+A")
    page.keyboard.insert_text(source.replace('alias", ...', 'alias", 2').replace('matmul", ...', 'matmul", (2, 4)'))
    chapter.press("Shift+Enter")
    cards = chapter.cell('guess("recap-alias"').locator(".d2l-guess")
    expect(cards.nth(0).locator(".d2l-mark")).to_have_text("✓")
    expect(cards.nth(1)).to_contain_text(belief)
    answer.locator("summary").click()
    expect(answer.locator("p").first).to_be_visible()
    shot(page, f"student/{language}-chapter-2-guessed")
    for part in cards.locator("header span, .d2l-why").all():
        assert contrast(part) >= ENOUGH_CONTRAST, part.inner_text()


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_an_exercise_back_to_the_chapter_and_on(
        language: str, server: str, page: Page, shot: Callable[[Page, str], Path]) -> None:
    exercise = words("parallel-block")
    assert exercise.onward is not None
    title, section = getattr(exercise.title, language), SAID[language]["section"]
    onward = getattr(exercise.onward.title, language).replace("`", "")
    page.emulate_media(color_scheme=SCHEMES[language])
    page.goto(f"{server}/lab/workspaces/{language}-links/tree/{language}/3.1-blocks.ipynb")

    def arrive_in_chapter(heading: str, step: str) -> None:
        chapter = Notebook(page, "3.1-blocks.ipynb")
        expect(chapter.panel.get_by_role("heading", name=heading)).to_be_in_viewport()
        shot(page, f"student/{language}-links-{step}")

    Notebook(page, "3.1-blocks.ipynb").panel.get_by_role("link", name=title).click()
    problems = Notebook(page, "blocks.ipynb")
    expect(problems.cell(ANSWER_CELL)).to_be_in_viewport()
    shot(page, f"student/{language}-links-1-exercise")
    problems.panel.get_by_role("link", name=section).last.click()
    arrive_in_chapter(section, "2-chapter")

    page.get_by_role("tab", name=re.compile("^blocks.ipynb")).click()
    problems = Notebook(page, "blocks.ipynb")
    problems.go_to("import torch")
    problems.press("Shift+Enter")
    problems.answer(RIGHT.cell).get_by_role("link", name=onward).click()
    arrive_in_chapter(onward, "3-onward")


def test_a_card_fits_a_narrow_screen(page: Page, shot: Callable[[Page, str], Path]) -> None:
    exercise = checks.exercise("list-sequential-facts")
    why = Diagnosis("a-name", Text("名", "a name"), Text(*["`" + "a_name_without_end_" * 5 + "`"] * 2))
    card = Report(exercise, {criterion.key: (why,) for criterion in exercise.criteria})._repr_html_()
    page.set_viewport_size({"width": 400, "height": 400})
    page.set_content(f"<!doctype html>{card}")
    shot(page, "student/narrow")
    parts = page.locator(".d2l-card, .d2l-card *:not(style)")
    assert parts.count() > 20
    assert parts.evaluate_all("parts => Math.max(...parts.map(part => part.getBoundingClientRect().right))") <= 400
