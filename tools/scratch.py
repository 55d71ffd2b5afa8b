"""A course in a scratch folder, to try things on: hand in notebooks, grade them, read the gradebook."""

import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from traitlets.config import Config, PyFileConfigLoader

import d2l_ch3.grading.gradebook  # noqa: F401 (with it, nbgrader makes a new gradebook quickly)
from d2l_ch3.notebooks.cells import grade_id
from tools.build import ROOT

COURSE_ID = "d2l_ch3"
Change = Callable[[NotebookNode], None]


class ScratchCourse:
    """The source notebooks and configuration of this repository, in a folder of its own with an empty gradebook."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        shutil.copytree(ROOT / "source", folder / "source", dirs_exist_ok=True)
        shutil.copy(ROOT / "nbgrader_config.py", folder)

    @property
    def db_url(self) -> str:
        """Where its gradebook is."""
        return f"sqlite:///{self.folder / 'gradebook.db'}"

    def api(self) -> NbGraderAPI:
        """nbgrader's Python interface to it."""
        config: Config = PyFileConfigLoader("nbgrader_config.py", path=str(self.folder)).load_config()
        config.CourseDirectory.root = str(self.folder)
        return NbGraderAPI(config=config)

    def generate(self) -> "ScratchCourse":
        """Generate all assignments; returns itself."""
        api = self.api()
        for assignment in sorted(path.name for path in (self.folder / "source").iterdir()):
            result = api.generate_assignment(assignment)
            if not result["success"]:
                raise RuntimeError(result.get("log") or result.get("error"))
        return self

    def hand_in(self, student: str, assignment: str, answers: Mapping[str, str] | None = None,
                change: Change = lambda notebook: None) -> Path:
        """Hand in the release with `answers` (exercise to cell source) filled in, changed further by `change`.

        Returns the notebook's path.
        """
        (release,) = (self.folder / "release" / assignment).glob("*.ipynb")
        notebook = nbformat.read(release, as_version=4)
        for cell in notebook.cells:
            name = grade_id(cell)
            if answers and name in answers:
                cell.source = answers[name]
        change(notebook)
        path = self.folder / "submitted" / student / assignment / release.name
        path.parent.mkdir(parents=True, exist_ok=True)
        nbformat.write(notebook, path)
        return path

    def command(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run `d2l-ch3 …` there."""
        return subprocess.run([sys.executable, "-m", "d2l_ch3.cli", *arguments], cwd=self.folder, capture_output=True,
                              text=True, check=False)

    def scores(self, assignment: str, db_url: str | None = None) -> dict[str, dict[str, float | None]]:
        """The automatic scores in the gradebook by student and grade_id."""
        with Gradebook(db_url or self.db_url, COURSE_ID) as gradebook:
            return {submission.student_id: {grade.name: grade.auto_score for notebook in submission.notebooks
                                            for grade in notebook.grades}
                    for submission in gradebook.assignment_submissions(assignment)}
