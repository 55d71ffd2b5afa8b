"""How Sphinx makes the website of an edition: `python -m tools.site` lays out the pages and calls it with its tag.

Nothing is fetched when a page is opened: formulas are MathML, and the theme brings its fonts.
"""

import re
import sys
from html import escape
from pathlib import Path

from docutils import nodes
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish
from sphinx.util.logging import getLogger
from sphinx.writers.html5 import HTML5Translator

sys.path.insert(0, str(Path(__file__).parents[1]))
from d2l_ch3.feedback.formulas import mathml

EDITION = "zh" if tags.has("zh") else "en"  # noqa: F821  # Sphinx defines it
WORDS = {
    "zh": {"project": "深度学习计算", "language": "zh_CN", "other": "en", "switch": "English",
           "download": "下载笔记本", "colours": "颜色", "as_system": "跟随系统",
           "show": "先猜一猜，再点开看结果", "hide": "收起"},
    "en": {"project": "Deep-learning computation", "language": "en", "other": "zh", "switch": "中文",
           "download": "Download the notebook", "colours": "Colors",
           "as_system": "As the system", "show": "Guess first, then see what came out", "hide": "Hide"},
}[EDITION]

project = html_title = WORDS["project"]
language = WORDS["language"]
extensions = ["myst_nb"]
exclude_patterns = ["notebooks"]
nitpicky = True

nb_execution_mode = "off"
nb_code_prompt_show, nb_code_prompt_hide = WORDS["show"], WORDS["hide"]
nb_render_markdown_format = "myst"
myst_enable_extensions = ["dollarmath", "colon_fence"]
myst_dmath_double_inline = True
myst_heading_anchors = 3
myst_update_mathjax = False

html_theme = "sphinx_book_theme"
html_theme_options = {
    "article_header_end": ["page-links.html"],
    "navbar_persistent": [],  # the search is in the sidebar
    "home_page_in_toc": True, "footer_content_items": [],
    "pygments_light_style": "tango", "pygments_dark_style": "monokai",
}
html_context = WORDS
templates_path = ["templates"]
html_static_path = ["static"]
html_css_files = ["site.css"]
html_search_language = EDITION
html_copy_source = html_show_sphinx = html_show_copyright = html_use_index = False
html_math_renderer = "mathml"

logger = getLogger(__name__)
_CHINESE = "[\u3400-\u9fff]+"


class Search(SearchEnglish):
    """English words by their stems, and Chinese, which has no spaces, by pairs of neighbours.

    A Chinese word is found where all of its pairs stand, whatever a dictionary would take for words; a single
    character is found too. Both languages are in both editions: terms, names and code.
    """

    js_splitter_code = f"""
var splitQuery = (query) => (query.match(/{_CHINESE}|[^\\W_]+/gu) || []).flatMap((run) =>
  /{_CHINESE}/u.test(run) && run.length > 1 ? [...run.slice(1)].map((_, i) => run.slice(i, i + 2)) : [run]);
"""

    def split(self, input: str) -> list[str]:
        """The words, pairs and characters of a text."""
        words = re.findall(r"[^\W_\u3400-\u9fff]+", input)
        for run in re.findall(_CHINESE, input):
            words += [*run, *(run[at:at + 2] for at in range(len(run) - 1))]
        return words


def inline_formula(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within text."""
    _write(translator, node, "inline")


def display_formula(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula of its own."""
    _write(translator, node, "block")


def _write(translator: HTML5Translator, node: nodes.math | nodes.math_block, display: str) -> None:
    formula = mathml(escape(node.astext()), display)
    if not formula.startswith("<math"):
        logger.warning("this formula cannot be read: %s", node.astext(), location=node)
    translator.body.append(formula if display == "inline" else f'<div class="formula">{formula}</div>\n')
    raise nodes.SkipNode


def setup(app: Sphinx) -> None:
    """Let Sphinx know of the search and of the formulas."""
    app.add_html_math_renderer("mathml", (inline_formula, None), (display_formula, None))
    Search.lang = EDITION
    app.add_search_language(Search)
