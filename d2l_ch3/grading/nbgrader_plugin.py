"""The engine inside `nbgrader autograde`, put there by nbgrader_config.py through nbgrader's own settings:

    c.Autograde.exporter_class = "d2l_ch3.grading.nbgrader_plugin.Reader"
    c.Autograde.sanitize_preprocessors = []
    c.Autograde.autograde_preprocessors = ["d2l_ch3.grading.nbgrader_plugin.Grade"]

nbgrader converts each notebook twice: what was handed in becomes a sanitized notebook, and that a
graded one. Here the first step does nothing and the second does it all, from the file that was handed in. The command,
the formgrader's button and nbgrader's Python API all work this way.

What exists only on Linux is imported where it is used, so that elsewhere there is a clear answer.
"""

import atexit
import os
import sys
from dataclasses import replace
from fnmatch import fnmatch
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor
from traitlets import Bool, Dict

from d2l_ch3.language import Text
from d2l_ch3.notebooks.submission import contents, notebook_in

if TYPE_CHECKING:
    from d2l_ch3.grading.tasks import Graded
    from d2l_ch3.grading.zygote import Zygote
    from d2l_ch3.notebooks.master import Master

_REJECTED = Text("其余的都批改了；这些批改不了：{rejected}", "all others were graded; these could not be: {rejected}")


class Reader(NotebookExporter):
    """Reads nothing itself, since nbformat would refuse much that can be graded; keeps the gradebook open for a run."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if sys.platform != "linux":  # before nbgrader touches what is graded already
            from d2l_ch3.grading.doctor.lines import another_system

            _, reason, mend = another_system()
            self.log.error("%s. %s", reason, mend)
            raise NbGraderException(f"{reason}. {mend}")
        from d2l_ch3.grading.course import timestamp

        assert self.parent is not None
        if isinstance(self.parent, Autograde):
            self._refuse()
            self._choose()
            self.parent.__class__ = _Autograde  # nbgrader has no setting for that
        # nbgrader itself fails at a timestamp.txt that says no time
        self.parent.coursedir.get_existing_timestamp = lambda folder: timestamp(Path(folder))

    def from_filename(self, filename: str, resources: Any = None, **_: Any) -> Any:
        """The notebook that the preprocessors make, as text."""
        return self.from_notebook_node(nbformat.v4.new_notebook(), resources)

    def _refuse(self) -> None:
        """Raise NbGraderException if there is something that cannot be graded here, before anything is touched."""
        from d2l_ch3.grading.gradebook import NoMaster
        from d2l_ch3.grading.settings import REFUSED, other_languages, refused

        assert self.parent is not None
        try:
            why = [*other_languages(self.masters), *refused(self.parent.config, REFUSED)]
        except NoMaster as error:
            why = [error.args[0]]
        for reason in why:
            self.log.error("%s", reason)
        if why:
            raise NbGraderException("; ".join(map(str, why)))

    def _choose(self) -> None:
        """Have the notebooks graded that the assignment asks for, whatever the files that were handed in are called."""
        from d2l_ch3.grading.course import submissions

        assert self.parent is not None
        directory: CourseDirectory = self.parent.coursedir
        names = [name for name in self.masters if fnmatch(name, directory.notebook_id)]
        self.parent.assignments = {
            str(folder): [str(folder / f"{name}.ipynb") for name in names]
            for folder in submissions(directory, directory.assignment_id).values()}

    @cached_property
    def masters(self) -> "dict[str, Master]":
        """The masters of the assignment's notebooks, read once for all submissions of a run. Raises NoMaster."""
        from d2l_ch3.grading.gradebook import masters

        assert self.parent is not None
        directory: CourseDirectory = self.parent.coursedir
        source, release = (Path(directory.format_path(step, ".", directory.assignment_id))
                           for step in (directory.source_directory, directory.release_directory))
        return masters(self.gradebook, directory.assignment_id, source, release, self.parent.config)

    @cached_property
    def gradebook(self) -> Gradebook:
        """The gradebook of the course, opened once for all notebooks of a run."""
        from d2l_ch3.grading.gradebook import open_gradebook

        assert self.parent is not None
        directory: CourseDirectory = self.parent.coursedir
        return open_gradebook(directory.db_url, directory.course_id)


class _Autograde(Autograde):
    """nbgrader's, which fails in the end if something was rejected, when everyone else is graded."""

    def convert_notebooks(self) -> None:
        """Grade all. Raises NbGraderException if something was rejected."""
        self.rejected: list[str] = []
        super().convert_notebooks()
        if self.rejected:
            told = _REJECTED.format(rejected="; ".join(self.rejected))
            self.log.error("%s", told)
            raise NbGraderException(told)


class Grade(NbGraderPreprocessor):
    """Grades one submitted notebook and saves its scores."""

    isolated = Bool(True, help="Run the notebooks behind walls. Off, students' code has your rights.").tag(config=True)
    limits = Dict({}, help="Limits of a notebook that differ from d2l_ch3.notebooks.limits.Limits, by name.").tag(
        config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The graded notebook. Raises NbGraderException if this machine cannot isolate it."""
        from d2l_ch3.grading.isolation import IsolationError

        names = resources["nbgrader"]
        directory: CourseDirectory = self.parent.parent.coursedir
        try:
            graded = self._grade(directory, names["student"], names["assignment"], names["notebook"])
        except IsolationError as error:
            raise NbGraderException(
                f"{error}\nStudents' code was not run. `d2l-ch3 doctor` says what is missing; to grade without "
                "isolation, with your own rights, set c.Grade.isolated = False.") from error
        if graded.rejected:
            self.parent.parent.rejected.append(f"{names['student']}: {Text(*graded.record['rejected'])}")
            self.log.warning("%s", self.parent.parent.rejected[-1])
        return from_dict(graded.notebook), resources

    def _grade(self, directory: CourseDirectory, student: str, assignment: str, notebook: str) -> "Graded":
        from d2l_ch3.grading import course
        from d2l_ch3.grading.grade import grade
        from d2l_ch3.grading.gradebook import save
        from d2l_ch3.grading.tasks import Task

        submitted, source, autograded = (
            Path(directory.root, directory.format_path(step, who, assignment)) for step, who in (
                (directory.submitted_directory, student), (directory.source_directory, "."),
                (directory.autograded_directory, student)))
        remove_links(submitted, autograded)
        place, request = contents(submitted), course.request(self.parent.parent, assignment)
        request = replace(request, files=course.files(place, source, request))
        gradebook, master = self.parent.gradebook, self.parent.masters[notebook]
        task = Task(student, notebook_in(place, notebook, self.parent.masters), master,
                    course.key(Path(directory.root)), request)
        graded = grade(task, zygote(directory.root))
        fingerprint = course.fingerprint(task.path, master, request)
        save(gradebook, [(graded, fingerprint)], course.timestamp(submitted), AssignLatePenalties(parent=self))
        return graded


@cache
def zygote(root: str) -> "Zygote":
    """The zygote of this process, started when it is first needed."""
    from d2l_ch3.grading.zygote import Zygote

    os.environ.setdefault("OMP_NUM_THREADS", "1")
    started = Zygote.start([Path(root)])
    atexit.register(started.stop)
    return started


def remove_links(submitted: Path, autograded: Path) -> None:
    """Take out of `autograded` what nbgrader copied there through links that a student handed in."""
    for parent, _, names in os.walk(submitted):
        for name in names:
            path = Path(parent, name)
            if path.is_symlink():
                (autograded / path.relative_to(submitted)).unlink(missing_ok=True)
