"""The report as one HTML file that needs nothing else: no network, no scripts."""

from collections.abc import Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from d2l_ch3.checks.markup import with_code
from d2l_ch3.class_report import charts, figures, words
from d2l_ch3.class_report.figures import Figures
from d2l_ch3.language import get_language


def page(found: Figures, excerpts: Mapping[int, list[str]], anonymous: bool) -> str:
    """The page in the language in use; `anonymous` leaves out all that is about single students."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True,
                              lstrip_blocks=True)
    environment.filters["code"] = with_code
    return environment.get_template("page.html").render(
        found=found, excerpts=excerpts, anonymous=anonymous, words=words, enough=figures.ENOUGH,
        language="zh-CN" if get_language() == "zh" else "en",
        distribution=charts.distribution(found), success=charts.success(found), beliefs=charts.beliefs(found))
