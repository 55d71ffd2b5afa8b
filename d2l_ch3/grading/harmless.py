"""What a student made, so that it can be shown in an instructor's browser without doing anything there.

nbgrader's formgrader and feedback pages show Markdown and HTML as they stand, scripts
included, and the formgrader has the instructor's Jupyter session. So a graded notebook holds no HTML of a student's
but what formats text, tables and pictures.
"""

import re
from typing import Any

PICTURES = ("image/png", "image/jpeg", "image/gif")
SHOWN = {"text/plain", "text/html", "text/markdown", "text/latex", *PICTURES}
"""The kinds of display that are kept."""

_TAGS = {"a", "abbr", "b", "blockquote", "br", "caption", "code", "dd", "details", "div", "dl", "dt", "em", "h1", "h2",
         "h3", "h4", "h5", "h6", "hr", "i", "img", "li", "ol", "p", "pre", "s", "small", "span", "strong", "sub",
         "summary", "sup", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "u", "ul"}
_ATTRIBUTES = {"*": ["class", "lang", "dir", "title", "colspan", "rowspan", "scope", "align"],
               "a": lambda tag, name, value: name == "href" and not value.lower().startswith("data"),
               "img": ["src", "alt", "width", "height"]}
_BEGINS_A_TAG = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#|\w+;)")
_SCRIPT_LINK = re.compile(r"(javascript|vbscript):", re.IGNORECASE)
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")


def display(data: dict[str, Any]) -> dict[str, Any]:
    """The kinds of a display that can be shown, each made harmless."""
    kept = {kind: value for kind, value in data.items()
            if kind in SHOWN and isinstance(value, str) and (kind not in PICTURES or picture(value))}
    for kind, clean in (("text/html", html), ("text/markdown", markdown)):
        if kind in kept:
            kept[kind] = clean(kept[kind])
    return kept


def html(source: str) -> str:
    """HTML without scripts, styles, frames, forms and events."""
    import bleach  # nbconvert's own; seldom needed, and slow to load

    return str(bleach.clean(source, tags=_TAGS, attributes=_ATTRIBUTES, protocols={"http", "https", "data", "mailto"},
                            strip=True)) if "<" in source else source


def markdown(source: str) -> str:
    """Markdown in which no tag begins and no link runs anything; both are shown as text instead."""
    return _BEGINS_A_TAG.sub("&lt;", _ENTITY.sub("& ", _SCRIPT_LINK.sub(r"\1 :", source)))


def picture(value: str) -> bool:
    """Whether this is a picture in base64 and nothing else."""
    return _BASE64.fullmatch(value) is not None


def attachments(found: dict[str, Any]) -> dict[str, Any]:
    """The pictures attached to a Markdown cell."""
    return {name: {kind: value for kind, value in kinds.items()
                   if kind in PICTURES and isinstance(value, str) and picture(value)}
            for name, kinds in found.items() if isinstance(kinds, dict) and re.fullmatch(r"[\w .()-]+", name)}
