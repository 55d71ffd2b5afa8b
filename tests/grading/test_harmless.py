"""What a student hands in does nothing in the browser of whoever opens the formgrader or the feedback page."""

import base64
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_raw_cell

from d2l_ch3.grading import harmless

SCRIPT = "alert(document.cookie)"
HOSTILE = {
    "script": f"<script>{SCRIPT}</script>",
    "event": f"<img src=x onerror={SCRIPT}>",
    "svg": f"<svg onload={SCRIPT}></svg>",
    "frame": f"<iframe src='javascript:{SCRIPT}'></iframe>",
    "link": f"[press](javascript:{SCRIPT})",
    "html link": f"<a href='javascript:{SCRIPT}'>press</a>",
    "entity": f"[press](javascript&#58;{SCRIPT})",
    "form": "<form action=/formgrader><button>press</button></form>",
    "style": "<style>body { display: none }</style>",
    "base": "<base href='http://127.0.0.1/'>",
    "unclosed": f"```\n<script>{SCRIPT}</script>",
    "comment": f"<!-- --><script>{SCRIPT}</script>",
    "reference": f"[a]: javascript:{SCRIPT}\n\n[press][a]",
}


class Page(HTMLParser):
    """Notes what could act within the notebook's cells of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.acting: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.addresses += [value or "" for name, value in attrs if name in ("href", "src")]
        for name, value in attrs:
            if SCRIPT in (value or "") or (name == "href" and (value or "").lower().startswith("javascript")):
                self.acting.append(f"{tag} {name}={value}")
        if tag in ("iframe", "form", "base", "svg"):
            self.acting.append(tag)

    def handle_data(self, data: str) -> None:
        if SCRIPT in data and self.lasttag == "script":
            self.acting.append(f"script {data}")


def spoil(notebook: Any) -> None:
    for source in HOSTILE.values():
        notebook.cells.append(new_markdown_cell(source))
        notebook.cells.append(new_raw_cell(source))
        notebook.cells.append(new_code_cell(f"from IPython.display import *\ndisplay(HTML({source!r}))\n"
                                            f"display(Markdown({source!r}))\ndisplay(SVG(data={source!r}))"))
    notebook.cells.append(new_code_cell(
        "from IPython.display import publish_display_data as show\n"
        f"show({{'image/png': '\" onerror=\"{SCRIPT}', 'application/javascript': '{SCRIPT}'}})\n"
        f"show({{'text/html': '<b>bold</b>', 'text/plain': '1'}}, {{'text/html': {{'isolated': True}}}})"))
    written = next(cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == "why-share")
    written.source = "\n\n".join(HOSTILE.values())


def test_nothing_of_a_hostile_notebook_acts_on_its_pages(grader: Any) -> None:
    from nbconvert.exporters import HTMLExporter
    from nbformat import from_dict

    from d2l_ch3.feedback.page import FeedbackPage

    path = grader.course.hand_in("hostile page", "ps2-parameters", change=spoil)
    notebook = from_dict(grader.grade(path, "ps2-parameters").notebook)
    marks = {"nbgrader": {"assignment": "ps2-parameters", "student": "s", "notebook": "parameters", "score": 0,
                          "max_score": 0, "late_penalty": 0, "graded": []}}
    for exporter in (HTMLExporter(template_name="classic"), HTMLExporter(template_name="lab"), FeedbackPage()):
        body, _ = exporter.from_notebook_node(notebook, marks)
        page = Page()
        page.feed(body[body.index("<body"):])
        assert page.acting == []
        assert "<b>bold</b>" in body
        assert "style>body { display" not in body


@pytest.mark.parametrize("source", ["a < b and c > d", "$x < y$", "plain", "1. first\n2. second", "`x <- y`"])
def test_ordinary_text_stays_as_it_is(source: str) -> None:
    assert harmless.markdown(source) == source


def test_tables_and_pictures_are_kept() -> None:
    table = "<table><thead><tr><th>a</th></tr></thead><tbody><tr><td>1</td></tr></tbody></table>"
    png = base64.b64encode(Path(__file__).read_bytes()).decode()
    shown = harmless.display({"text/html": table, "image/png": png, "text/plain": "table", "text/latex": "$x$"})
    assert shown == {"text/html": table, "image/png": png, "text/plain": "table", "text/latex": "$x$"}


def test_the_rules_of_a_style_are_not_shown_as_text() -> None:
    table = "<div><style scoped>.dataframe td { color: red }</style>\n<table><tr><td>1</td></tr></table></div>"
    assert "color" not in harmless.html(table) and "<td>1</td>" in harmless.html(table)
    hidden = harmless.html("<scr<style>x</style>ipt>alert(1)</scr<STYLE></style >ipt><b>a</b>")
    assert "<script" not in hidden and "<b>a</b>" in hidden
