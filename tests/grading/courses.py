"""Small courses of other shapes than this one: no torch, no checks, prose and given code without metadata.

Each is made by nbgrader with its own settings, and graded by stock nbgrader and by both commands of the engine.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from d2l_ch3.grading import course as settings
from d2l_ch3.notebooks.cells import grade_id

ENGINE = """
c.Autograde.exporter_class = "d2l_ch3.grading.nbgrader_plugin.Reader"
c.Autograde.sanitize_preprocessors = []
c.Autograde.autograde_preprocessors = ["d2l_ch3.grading.nbgrader_plugin.Grade"]
c.GenerateFeedback.exporter_class = "d2l_ch3.feedback.page.FeedbackPage"
c.GenerateFeedback.preprocessors = ["d2l_ch3.feedback.cells.Grades", "d2l_ch3.feedback.cells.HideSecrets",
                                    "d2l_ch3.feedback.cells.clean_outputs"]
"""
QUIET = "import warnings\nfrom sqlalchemy.exc import SAWarning\nwarnings.filterwarnings('ignore', category=SAWarning)\n"
ASSIGNMENT = "hw1"
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}

Scores = dict[str, dict[str, float | None]]
Change = Callable[[NotebookNode], None]


def marked(cell: NotebookNode, name: str, **marks: object) -> NotebookNode:
    cell.metadata.nbgrader = {"grade_id": name, "schema_version": 3, "cell_type": cell.cell_type, "locked": False,
                              "grade": False, "solution": False, "task": False, **marks}
    return cell


def prose(text: str) -> NotebookNode:
    return new_markdown_cell(text)


def code(source: str) -> NotebookNode:
    return new_code_cell(source)


def answer(name: str, source: str) -> NotebookNode:
    return marked(new_code_cell(source), name, solution=True)


def manual(name: str, source: str, points: float = 3) -> NotebookNode:
    return marked(new_code_cell(source), name, solution=True, grade=True, points=points)


def written(name: str, points: float = 2) -> NotebookNode:
    return marked(new_markdown_cell("A model answer."), name, solution=True, grade=True, points=points)


def test(name: str, source: str, points: float = 1) -> NotebookNode:
    return marked(new_code_cell(source), name, grade=True, locked=True, points=points)


test.__test__ = False  # type: ignore[attr-defined]


def task(name: str, text: str, points: float = 2) -> NotebookNode:
    return marked(new_markdown_cell(text), name, locked=True, task=True, points=points)


def notebook(*cells: NotebookNode, kernel: Mapping[str, str] = KERNEL) -> NotebookNode:
    made = new_notebook(cells=list(cells), metadata={"kernelspec": dict(kernel)})
    for number, cell in enumerate(made.cells):
        cell.id = f"cell-{number}"
    return made


@dataclass
class Course:
    """A course in a folder; `config` is what its nbgrader_config.py says beside the engine's lines."""

    folder: Path
    notebooks: dict[str, NotebookNode]
    config: str = ""
    files: dict[str, str] = field(default_factory=dict)

    def make(self, generate: bool = True) -> "Course":
        """Write it and generate the assignment."""
        self.folder.mkdir(parents=True)
        self.configure(ENGINE)
        source = self.path("source", ".")
        source.mkdir(parents=True)
        for name, made in self.notebooks.items():
            nbformat.write(made, source / f"{name}.ipynb")
        for name, text in self.files.items():
            (source / name).write_text(text)
        if generate:
            self.generate()
        return self

    def generate(self) -> None:
        result = self.api().generate_assignment(ASSIGNMENT, force=True)
        assert result["success"], result

    def configure(self, *more: str) -> None:
        (self.folder / "nbgrader_config.py").write_text("\n".join((QUIET, "c = get_config()", *more, self.config)))

    def directory(self) -> CourseDirectory:
        return CourseDirectory(config=settings.config(self.folder))

    def path(self, step: str, student: str) -> Path:
        directory = self.directory()
        return Path(directory.format_path(getattr(directory, f"{step}_directory"), student, ASSIGNMENT))

    def api(self) -> NbGraderAPI:
        return NbGraderAPI(config=settings.config(self.folder))

    def release(self, name: str) -> NotebookNode:
        return nbformat.read(self.path("release", ".") / f"{name}.ipynb", as_version=4)

    def hand_in(self, student: str, answers: Mapping[str, str], change: Change = lambda made: None,
                names: Mapping[str, str] | None = None) -> Path:
        """Hand in all notebooks with these answers, by cell or notebook/cell; `names` are other names of the files.

        Returns the folder.
        """
        folder = self.path("submitted", student)
        folder.mkdir(parents=True, exist_ok=True)
        for name in self.notebooks:
            made = self.release(name)
            for cell in made.cells:
                id_ = grade_id(cell)
                cell.source = answers.get(f"{name}/{id_}", answers.get(id_, cell.source))
            change(made)
            nbformat.write(made, folder / f"{(names or {}).get(name, name)}.ipynb")
        return folder

    def copy(self, name: str, engine: bool = True) -> "Course":
        """A copy beside it, with or without the engine."""
        made = Course(self.folder.with_name(f"{self.folder.name}-{name}"), self.notebooks, self.config)
        shutil.copytree(self.folder, made.folder)
        made.configure(*([ENGINE] if engine else []))
        return made

    def run(self, *command: str, status: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        """Run `python -m …` in its folder."""
        told = subprocess.run([sys.executable, "-m", *command], cwd=self.folder, capture_output=True, text=True,
                              env={**os.environ, "D2L_CH3_LANGUAGE": "en", **environment}, check=False)
        assert status is None or told.returncode == status, told.stdout + told.stderr[-3000:]
        return told

    def grade(self, *more: str, status: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("d2l_ch3.cli", "grade", ASSIGNMENT, "--lang", "en", *more, status=status, **environment)

    def autograde(self, *more: str, status: int | None = 0, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run("nbgrader", "autograde", ASSIGNMENT, *more, status=status, **environment)

    def scores(self) -> Scores:
        """The automatic scores by student and cell, with the notebook's name before the cell's."""
        directory = self.directory()
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            return {submission.student_id: {f"{notebook.name}/{grade.name}": grade.auto_score
                                            for notebook in submission.notebooks for grade in notebook.grades}
                    for submission in gradebook.assignment_submissions(ASSIGNMENT)}

    def comments(self) -> dict[str, dict[str, str | None]]:
        """The automatic comments, likewise."""
        directory = self.directory()
        with Gradebook(directory.db_url, directory.course_id) as gradebook:
            return {submission.student_id: {f"{notebook.name}/{comment.name}": comment.auto_comment
                                            for notebook in submission.notebooks for comment in notebook.comments}
                    for submission in gradebook.assignment_submissions(ASSIGNMENT)}
