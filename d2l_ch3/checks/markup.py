"""HTML of cards and hints."""

import re
from functools import cache
from pathlib import Path
from typing import Any


def with_code(words: str) -> Any:
    """`words` escaped for HTML, what stands in back-ticks set as code."""
    from markupsafe import Markup, escape
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(words))))


@cache
def template(name: str) -> Any:
    """The Jinja template of that file name in this folder; its filter ``code`` is `with_code`."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["code"] = with_code
    return environment.get_template(name)
