"""HTML templates of the parts that a reader sees, in the style of the checks' cards."""

from functools import cache
from pathlib import Path
from typing import Any

from d2l_ch3 import checks
from d2l_ch3.checks.markup import with_code


@cache
def template(folder: Path, name: str) -> Any:
    """The Jinja template of that name in a folder; it may include ``style.html``, and its filter ``code`` sets code."""
    from jinja2 import Environment, FileSystemLoader

    environment = Environment(loader=FileSystemLoader([folder, Path(checks.__file__).parent]), autoescape=True,
                              trim_blocks=True, lstrip_blocks=True)
    environment.filters["code"] = with_code
    return environment.get_template(name)
