"""The page: nbconvert's HTML exporter with a template of our own."""

from copy import deepcopy
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from nbconvert.exporters import HTMLExporter
from nbconvert.filters import Highlight2HTML
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter
from nbformat.notebooknode import NotebookNode
from pygments.formatters import HtmlFormatter
from traitlets import Bool, Enum
from traitlets.config import Config

from d2l_ch3.feedback.formulas import Renderer
from d2l_ch3.feedback.solutions import OTHER_WAYS, Solution, may_be_shown, solutions
from d2l_ch3.language import LANGUAGES, Text, speaking

LONGEST = 50_000
"""Letters of a cell that are coloured or set as Markdown: with some texts that takes time by the square of them."""
PARTS = 400  # cells of which the HTML is kept: those that all have from the release are most of a page

_WORDS = {
    "feedback": Text("批改结果", "Feedback"),
    "points": Text("分", "points"),
    "student": Text("学号", "Student"),
    "assignment": Text("作业", "Assignment"),
    "table": Text("各题得分", "Points by exercise"),
    "exercise": Text("题目", "Exercise"),
    "earned": Text("得分", "Points"),
    "result": Text("结果", "Result"),
    "total": Text("合计", "Total"),
    "all": Text("✓ 满分", "✓ full points"),
    "some": Text("◐ 部分得分", "◐ part of the points"),
    "none": Text("✗ 没有得分", "✗ no points"),
    "waits": Text("… 等老师批改", "… waits for your instructor"),
    "some_wait": Text("还有题目等老师批改，总分还会变。",
                      "Some exercises still wait for your instructor, so the total will change."),
    "late": Text("迟交扣分", "Late submission"),
    "comment": Text("老师的评语", "Your instructor’s comment"),
    "read_comment": Text("看评语", "read the comment"),
    "empty": Text("这道题没有作答。", "There was no answer."),
    "to_table": Text("回到得分表", "back to the table"),
    "hidden": Text("这里还有没给出的测试；这个单元格的输出会暴露它们，所以不显示。",
                   "There are further tests that are not shown. What this cell put out would give them away, so it is "
                   "left out."),
    "repairs": Text("批改前恢复了这些单元格", "Put right before grading"),
    "error": Text("出错", "Error"),
    "solution": Text("参考解答", "A model solution"),
    "other_way": Text("另一种对的写法", "Another right way"),
}


class FeedbackPage(HTMLExporter):
    """Makes a student's page, in the language of their notebook."""

    edition = Enum(LANGUAGES, "zh", help="The language where a notebook does not tell, as one that cannot be read."
                   ).tag(config=True)

    solutions = Bool(False, help="Show the model solution of each exercise and another right way, once nobody can hand "
                                 "in on time any more.").tag(config=True)

    def __init__(self, config: Config | None = None, **options: Any) -> None:
        # The surest place: nbgrader sets these for every HTML exporter, and its formgrader to a template of its own.
        config = deepcopy(config) or Config()
        config.FeedbackPage.template_name = "student_page"
        config.FeedbackPage.extra_template_basedirs = [str(Path(__file__).parent)]
        config.FeedbackPage.optimistic_validation = True  # once, when all preprocessors have run
        super().__init__(config=config, **options)

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **options: Any) -> Any:
        """The page and its resources."""
        record = nb.metadata.get("d2l_ch3", {})
        language = self.edition if record.get("rejected") else record.get("language", self.edition)
        given = {"words": _WORDS, "language": language, "css": _css(), "record": record}
        lexer = nb.metadata.get("language_info", {}).get("name", "python")
        self.register_filter("highlight_code", lambda source, metadata=None: highlighted(source, lexer))
        self.register_filter("filter_data_type", WidgetsDataTypeFilter(
            notebook_metadata=self._nb_metadata, parent=self, resources=resources))
        with speaking(language):
            # Not HTMLExporter's: it reads the page that it has made with BeautifulSoup, to give pictures and cells
            # attributes that ours have already, which takes longer than all the rest.
            return super(HTMLExporter, self).from_notebook_node(nb, {**(resources or {}), **given}, **options)

    def solutions_of(self, assignment: str, notebook: str, due: Any) -> dict[str, Solution]:
        """The solutions that a student may see by now, by grade_id. Raises ValueError if a file cannot be used."""
        directory = getattr(self.parent, "coursedir", None)
        if not (self.solutions and directory and may_be_shown(due)):
            return {}
        source = Path(directory.format_path(directory.source_directory, ".", assignment), f"{notebook}.ipynb")
        return solutions(source, Path(directory.root, OTHER_WAYS))

    def _preprocess(self, nb: NotebookNode, resources: Any) -> Any:
        nb, resources = super()._preprocess(nb, resources)
        own = resources["nbgrader"]
        resources["solutions"] = self.solutions_of(own["assignment"], own["notebook"], own.get("due"))
        return nb, resources

    @pass_context
    def markdown2html(self, context: Any, source: str) -> str:
        """Markdown as HTML, with formulas as MathML."""
        attachments = context.get("cell", {}).get("attachments", {})
        return markdown(source) if not attachments else _rendered(source, attachments)


@lru_cache(maxsize=PARTS)
def highlighted(source: str, lexer: str) -> str:
    """Code in colours as HTML; what nobody writes by hand is left as it is."""
    if len(source) > LONGEST:
        return f'<div class="highlight"><pre>{escape(source)}</pre></div>'
    return str(Highlight2HTML(pygments_lexer=lexer)(source))


@lru_cache(maxsize=PARTS)
def markdown(source: str) -> str:
    """Markdown without attachments as HTML."""
    return _rendered(source, {})


def _rendered(source: str, attachments: Any) -> str:
    if len(source) > LONGEST:
        return f"<pre>{escape(source)}</pre>"
    return str(MarkdownWithMath(renderer=Renderer(
        escape=False, attachments=attachments, exclude_anchor_links=True)).render(source))


@cache
def _css() -> str:
    """The page's style, and that of code, in light and dark."""
    dark = HtmlFormatter(style="github-dark").get_style_defs(".highlight")
    return "\n".join((HtmlFormatter(style="default").get_style_defs(".highlight"),
                      f"@media screen and (prefers-color-scheme: dark) {{\n{dark}\n}}",
                      Path(__file__).with_name("student_page").joinpath("page.css").read_text(encoding="utf-8")))
