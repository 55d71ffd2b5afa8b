"""What goes into the page: each cell's points and comment, and nothing that is not for the student."""

import re
from typing import Any

from nbconvert.filters import strip_ansi
from nbformat.notebooknode import NotebookNode
from nbgrader.preprocessors import GetGrades, NbGraderPreprocessor
from nbgrader.utils import is_grade, is_locked, is_solution, is_task

from d2l_ch3.feedback.paths import without_paths
from d2l_ch3.language import Text
from d2l_ch3.notebooks.cells import NO_RESPONSE
from d2l_ch3.notebooks.exercises import exercise_of
from d2l_ch3.notebooks.secrets import Secrets

_PICTURE = Text("这个单元格画的图", "What this cell drew")
_HEADING = re.compile(r"## +(.+)")
_POINTS_IN_HEADING = re.compile(r"\s*[（(][^（()）]*[)）]$")


class Grades(GetGrades):
    """nbgrader's: scores and comments from the gradebook. Also what still waits for a person, and exercises' titles."""

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The notebook, and a list of what is graded: `resources["nbgrader"]["graded"]`.

        Each has its title, by the heading above it, and the name of the cell where its comment stands.
        """
        nb, resources = super().preprocess(nb, resources)
        graded = resources["nbgrader"]["graded"] = []
        title = comment_on = None
        for cell in nb.cells:
            mark = cell.metadata.get("nbgrader", {})
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

    def _get_score(self, cell: NotebookNode, resources: Any) -> None:
        super()._get_score(cell, resources)
        grade = self.gradebook.find_grade(
            cell.metadata.nbgrader.grade_id, self.notebook_id, self.assignment_id, self.student_id)
        cell.metadata.nbgrader.waits = grade.auto_score is None and grade.manual_score is None


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
    return nb, resources


def _clean(text: str) -> str:
    return without_paths(strip_ansi(text))
