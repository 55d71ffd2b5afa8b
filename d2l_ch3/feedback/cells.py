"""What goes into the page: each cell's points and comment, and nothing that is not for the student."""

import re
from functools import cache
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode
from nbgrader.api import MissingEntry
from nbgrader.preprocessors import NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution, is_task
from sqlalchemy import create_engine

from d2l_ch3.feedback.marks import Marks, read
from d2l_ch3.feedback.paths import without_paths
from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import NO_RESPONSE
from d2l_ch3.notebooks.exercises import exercise_of
from d2l_ch3.notebooks.secrets import Secrets

_PICTURE = Text("这个单元格画的图", "What this cell drew")
_HEADING = re.compile(r"## +(.+)")
_POINTS_IN_HEADING = re.compile(r"\s*[（(][^（()）]*[)）]$")
_PICTURE_TAG = re.compile(r"<img\b[^<>]*", re.IGNORECASE)
_UNKNOWN_CELL = Text("成绩册里没有单元格 {name} 的分数：重新批改这份作业",
                     "the gradebook has no score of the cell {name}: grade it again")


class Grades(NbGraderPreprocessor):
    """Scores and comments from the gradebook, as nbgrader's GetGrades; what waits for a person, and exercises' titles.

    They are read from `resources["nbgrader"]["db_url"]`, unless `resources["nbgrader"]["marks"]` has them already.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook, and a list of what is graded: `resources["nbgrader"]["graded"]`.

        Each has its title, by the heading above it, and the name of the cell where its comment stands.
        """
        own = resources["nbgrader"]
        marks = own.get("marks") or _read(own)
        own.update(score=marks.score, max_score=marks.max_score, late_penalty=marks.late_penalty, due=marks.due)
        graded = own["graded"] = []
        title = comment_on = None
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
            _fill_in(cell, marks)
            if cell.cell_type == "markdown" and not is_solution(cell) and (heading := _HEADING.match(cell.source)):
                title, comment_on = _POINTS_IN_HEADING.sub("", heading[1].strip()).replace("`", ""), None
            if mark.get("comment") == NO_RESPONSE:
                mark.comment, mark.empty = None, True
            if mark.get("comment"):
                comment_on = mark.grade_id
            if is_grade(cell) or is_task(cell):
                mark.title, mark.comment_on = title or exercise_of(mark.grade_id), comment_on
                graded.append(mark)
                title = comment_on = None
        return nb, resources


def _read(own: dict[str, Any]) -> Marks:
    """The marks of the notebook that nbgrader is at."""
    with _database(own["db_url"]).connect() as database:
        return read(database, own["assignment"], own["student"])[own["student"], own["notebook"]]


_database = cache(create_engine)
"""One a database: with it, the SQL that was made for one page is there for the next."""


def _fill_in(cell: NotebookNode, marks: Marks) -> None:
    """Put a cell's comment and score into its metadata. Raises MissingEntry if the gradebook does not know it."""
    mark = cell.metadata.get("nbgrader", {})
    try:
        if is_solution(cell) or is_task(cell):
            mark.comment = marks.comments[mark.grade_id]
        if is_grade(cell) or is_task(cell):
            got = marks.marks[mark.grade_id]
            mark.score, mark.points, mark.waits = got.score, got.points, got.waits
    except KeyError as missing:
        raise MissingEntry(str(_UNKNOWN_CELL.format(name=missing.args[0]))) from None


class HideSecrets(NbGraderPreprocessor):
    """Takes hidden tests and mark schemes out of the master's cells, as the release has them.

    What a test with hidden lines printed or raised goes too, since it may quote them. A student's own cells may hold
    anything, and stay.
    """

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook without them. Raises RuntimeError if one begins and does not end: then there is no page."""
        secrets = Secrets(self.config)
        for cell in filter(is_locked, nb.cells):
            hidden = secrets.take_out(cell)
            if hidden and cell.cell_type == "code":
                cell.outputs, cell.metadata.nbgrader.hidden = [], True
        return nb, resources


def clean_outputs(nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
    """Take the paths of the grading machine, and a terminal's colours, out of what cells showed; name its pictures."""
    for cell in nb.cells:
        cell.metadata.setdefault("alt", str(_PICTURE))
    for output in (output for cell in nb.cells for output in cell.get("outputs", [])):
        if output.output_type == "stream":
            output.text = _clean(output.text)
        elif output.output_type == "error":
            output.traceback = [_clean(line) for line in output.traceback]
        else:
            output.data.update({kind: _clean(text) for kind, text in output.data.items() if kind.startswith("text/")})
            if "text/html" in output.data:
                output.data["text/html"] = _PICTURE_TAG.sub(_with_words, output.data["text/html"])
    return nb, resources


def _with_words(tag: re.Match[str]) -> str:
    """A picture's tag, up to its end, with a text in its place for those who do not see it."""
    return tag[0] if "alt=" in tag[0].lower() else f'{tag[0].rstrip("/")} alt="{_PICTURE}"'


def _clean(text: str) -> str:
    return without_paths(strip_ansi(text))
