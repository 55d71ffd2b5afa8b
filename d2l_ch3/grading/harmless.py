"""What a student made, so that it can be shown in an instructor's browser without doing anything there.

nbgrader's formgrader and feedback pages show Markdown and HTML as they stand, scripts
included, and the formgrader has the instructor's Jupyter session. So a graded notebook holds no HTML of a student's
but what formats text, tables and pictures.
"""

import re
from functools import lru_cache
from html import escape
from html.parser import HTMLParser
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
_FORMULA_LINK = re.compile(r"\\href(?![A-Za-z])")  # MathJax follows these
_BRACKET = re.compile(r"\\*\]")
_SCHEME = re.compile(r"([^/?#:]*):")
_SCHEMES = {"http", "https", "mailto", "attachment"}
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028\u2029\ufeff]")
"""Browsers drop some of these from addresses."""
_NESTING = re.compile(r"<(/?)(?!(?:br|img|hr|p|li|t[drh]|d[td]|tbody|thead|tfoot)\b)[A-Za-z]", re.IGNORECASE)
MAX_DEPTH = 100  # tags one in another; no table or text has nearly so many
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]*")
_SOME_PICTURE = {PICTURES[0]: ""}


def shown(data: dict[str, Any]) -> dict[str, str]:
    """The kinds of a display that can be shown, as they stand."""
    return {kind: value for kind, value in data.items()
            if kind in SHOWN and isinstance(value, str) and (kind not in PICTURES or picture(value))}


def display(data: dict[str, Any]) -> dict[str, Any]:
    """The kinds of a display that can be shown, each made harmless."""
    kept = shown(data)
    for kind, clean in (("text/html", html), ("text/markdown", markdown), ("text/latex", formula)):
        if kind in kept:
            kept[kind] = clean(kept[kind])
    return kept


def html(source: str) -> str:
    """HTML without scripts, styles, frames, forms and events; as text, if it is nested too deeply for a table."""
    if "<" not in source:
        return formula(source)
    if _depth(source) > MAX_DEPTH:
        return f"<pre>{escape(source)}</pre>"
    import bleach  # nbconvert's own; seldom needed, and slow to load

    return formula(str(bleach.clean(source, tags=_TAGS, attributes=_ATTRIBUTES,
                                    protocols={"http", "https", "data", "mailto"}, strip=True)))


def _depth(source: str) -> int:
    """How many tags stand one in another, at the most."""
    depth = deepest = 0
    for closing in _NESTING.finditer(source):
        depth += -1 if closing[1] else 1
        deepest = max(deepest, depth)
    return deepest


def formula(source: str) -> str:
    """Text whose formulas hold no links."""
    return _FORMULA_LINK.sub(r"\\text", source)


def markdown(source: str, attached: dict[str, Any] | None = None) -> str:
    """Markdown in which no tag begins, and no link leads anywhere but to a page; both are shown as text instead.

    What a link leads to is decided when it is rendered, for all the ways there are to write one. `attached` are the
    cell's attachments; a picture that is not among them is shown as text too, since renderers fail at it.
    """
    text, names = formula(_BEGINS_A_TAG.sub("&lt;", _ENTITY.sub("& ", source))), tuple(attached or ())
    if _leads_astray(text, names):
        text = _BRACKET.sub(lambda found: found[0] if len(found[0]) % 2 == 0 else "\\" + found[0], text)
    if _leads_astray(text, names):
        text = "".join(f"    {line}\n" for line in text.splitlines())
    return text


@lru_cache(maxsize=64)  # most of a notebook's text is the release's
def _leads_astray(source: str, attached: tuple[str, ...]) -> bool:
    """Whether a link or a picture of rendered Markdown has an address of a kind that is not allowed, or none."""
    if "]" not in source or ":" not in source:
        return False
    try:
        return not all(map(allowed, addresses(source, dict.fromkeys(attached, _SOME_PICTURE))))
    except Exception:  # a parser that a student's text can fail
        return True


def addresses(source: str, attached: dict[str, Any] | None = None) -> list[str]:
    """What the links and pictures in Markdown lead to, as nbconvert renders it."""
    from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath  # slow to load

    found: list[str] = []

    class Page(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            found.extend(value or "" for name, value in attrs if name in ("href", "src"))

    renderer = IPythonRenderer(escape=False, attachments=attached or {})
    Page().feed(MarkdownWithMath(renderer=renderer).render(source))
    return found


def allowed(address: str) -> bool:
    """Whether a browser does nothing at an address but to show what is there."""
    scheme = _SCHEME.match(_UNSEEN.sub("", address))
    return scheme is None or scheme[1].lower() in _SCHEMES or address.startswith("data:image/")


def picture(value: str) -> bool:
    """Whether this is a picture in base64 and nothing else."""
    return _BASE64.fullmatch(value) is not None


def attachments(found: dict[str, Any]) -> dict[str, Any]:
    """The pictures attached to a Markdown cell."""
    return {name: {kind: value for kind, value in kinds.items()
                   if kind in PICTURES and isinstance(value, str) and picture(value)}
            for name, kinds in found.items() if isinstance(kinds, dict) and re.fullmatch(r"[\w .()-]+", name)}
