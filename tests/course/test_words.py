"""Terms are those of the glossary, links have the form of links, and English has left its archaic turns behind."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from d2l_ch3.language import LANGUAGES
from tools.build import ROOT, TEXT
from tools.pages import chapters, terms
from tools.texts import edition, read

TEXTS = [*chapters(TEXT), TEXT / "index.md"]
PROBLEM_SETS = sorted(TEXT.glob("ps*.md"))
CARDS = sorted((ROOT / "d2l_ch3" / "checks").rglob("*.toml"))
LABELS = sorted(path for part in ("guesses", "questions", "show", "inspector")
                for path in (ROOT / "d2l_ch3" / part).rglob("*") if path.suffix in (".py", ".toml", ".html"))
HAN = re.compile("[\u3400-\u9fff]")
LINK = re.compile(r"\[([^]]*)\]\(([^)]*)\)")
HOSTS = {"docs.pytorch.org", "docs.python.org", "d2l.ai", "zh.d2l.ai", "arxiv.org", "proceedings.mlr.press",
         "github.com"}
ARCHAIC = ("text-book", "in earnest", "dear.", "shall ", "whereas", "anew", "worlds apart", "is no function",
           "without a word", "stands guard", "pits", "its company", "minding its", "which is kind of it",
           "of all things", "makes the rounds", "in jest", "likewise", "the lots", "what comes of",
           "slips by", "thawed", "`return` forgotten", "is had ready")


def prose() -> Iterator[tuple[str, str, str]]:
    """Where, in which language, and what: every cell of prose, and every text of the package's labels."""
    for path in (*TEXTS, *PROBLEM_SETS):
        for language in LANGUAGES:
            for cell in edition(read(path), language).cells:
                if cell.cell_type == "markdown":
                    yield path.name, language, cell.source
    for path in (*LABELS, *CARDS):
        for line in path.read_text(encoding="utf-8").splitlines():
            for quoted in re.findall(r'"([^"]*)"', line):
                yield path.name, "zh" if HAN.search(quoted) else "en", quoted


def language_of(word: str) -> str:
    return "zh" if HAN.search(word) else "en"


def test_no_term_is_replaced_by_another() -> None:
    found = [f"{where}: {word} instead of {term[language]} in {source[:60]!r}"
             for where, language, source in prose() for term in terms(TEXT) for word in term.get("not", ())
             if language_of(word) == language and word in source]
    assert not found, "\n".join(found)


def test_every_term_is_used_in_the_chapters() -> None:
    for language in LANGUAGES:
        chapters_text = "\n".join(source for where, spoken, source in prose() if spoken == language and where[0] == "3")
        unused = [term[language] for term in terms(TEXT) if term[language].lower() not in chapters_text.lower()]
        assert not unused, unused


def test_what_is_not_to_be_written_is_no_term_itself() -> None:
    allowed = {term[language] for term in terms(TEXT) for language in LANGUAGES}
    assert not allowed & {word for term in terms(TEXT) for word in term.get("not", ())}


def test_english_is_of_today() -> None:
    found = [f"{where}: {word!r} in {source[:60]!r}" for where, language, source in prose() if language == "en"
             for word in ARCHAIC if word in source.lower()]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("language", LANGUAGES)
def test_links_lead_to_a_file_of_the_course_or_to_a_known_place(language: str) -> None:
    seen = 0
    for path in TEXTS:
        for cell in edition(read(path), language).cells:
            if cell.cell_type != "markdown":
                continue
            for words, target in LINK.findall(cell.source):
                seen += 1
                assert words.strip(), f"{path.name}: a link without words: {target}"
                if "://" in target:
                    assert re.fullmatch(r"https://([\w.-]+)/[\w./#%-]+", target), f"{path.name}: {target}"
                    assert target.split("/")[2] in HOSTS, f"{path.name}: {target}"
                else:
                    target = target.partition("#")[0]
                    places = (ROOT / "notebooks" / language / target, ROOT / "release" / target)
                    assert any(place.exists() for place in places), f"{path.name}: {target}"
    assert seen > 30


@pytest.mark.parametrize("path", chapters(TEXT), ids=lambda path: path.stem)
def test_a_chapter_ends_with_exercises_and_further_reading(path: Path) -> None:
    for language, headings in {"zh": ["## 小结", "## 练习", "## 延伸阅读"],
                               "en": ["## Summary", "## Exercises", "## Further reading"]}.items():
        text = "\n".join(cell.source for cell in edition(read(path), language).cells if cell.cell_type == "markdown")
        places = [text.index(f"{heading}\n") for heading in headings]
        assert places == sorted(places)
        assert len(LINK.findall(text[places[-1]:])) >= 3
