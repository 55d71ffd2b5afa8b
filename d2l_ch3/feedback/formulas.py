"""Formulas as MathML, which browsers show by themselves: without a script, and without a network."""

import re
from html import escape, unescape
from typing import Any
from xml.etree import ElementTree

from latex2mathml.converter import convert_to_element
from nbconvert.filters.markdown_mistune import IPythonRenderer

_ATTRIBUTES = {"accent", "columnalign", "columnspacing", "display", "displaystyle", "fence", "form", "linethickness",
               "lspace", "mathvariant", "maxsize", "minsize", "movablelimits", "rowspacing", "rspace", "scriptlevel",
               "separator", "stretchy", "width", "xmlns"}
"""Those that only say how a formula looks. `href`, `style` and `class` can come from LaTeX too."""


def mathml(latex: str, display: str) -> str:
    r"""LaTeX as MathML, ``"inline"`` or ``"block"``; what cannot be read as LaTeX stays as it was written."""
    latex = unescape(latex)
    try:
        formula = convert_to_element(latex, display=display)
        for element in formula.iter():
            element.text = unescape(element.text or "")
            element.attrib = {name: value for name, value in element.attrib.items() if name in _ATTRIBUTES}
        return ElementTree.tostring(formula, encoding="unicode")
    except Exception:  # a student's LaTeX, in a parser that raises what it likes
        return f"<code>{escape(latex)}</code>"


_FROM_HERE = re.compile(r"#|[a-z][a-z0-9+.-]*:", re.IGNORECASE)


class Renderer(IPythonRenderer):
    """nbconvert's renderer of Markdown, with formulas as MathML."""

    def block_math(self, body: str) -> str:
        """A formula of its own."""
        return mathml(body, "block")

    def inline_math(self, body: str) -> str:
        """A formula within text."""
        return mathml(body, "inline")

    def latex_environment(self, name: str, body: str) -> str:
        """A formula that is an environment, such as align."""
        return mathml(rf"\begin{{{name}}}{body}\end{{{name}}}", "block")

    def link(self, text: str, url: str, title: str | None = None) -> str:
        """A link that leads somewhere from here too: chapters, which stand beside the problem set, do not."""
        return super().link(text, url, title) if _FROM_HERE.match(url) else text

    def heading(self, text: str, level: int, **attrs: Any) -> str:
        """A heading, one level further down: the page's title is the first."""
        return super().heading(text, min(level + 1, 6), **attrs)
