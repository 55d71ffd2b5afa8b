"""The engine inside `nbgrader autograde`, put there by nbgrader_config.py through nbgrader's own settings:

    c.Autograde.exporter_class = "d2l_ch3.grading.nbgrader_plugin.Reader"
    c.Autograde.sanitize_preprocessors = []
    c.Autograde.autograde_preprocessors = ["d2l_ch3.grading.nbgrader_plugin.Grade"]

nbgrader converts each notebook twice: what was handed in becomes a sanitized notebook, and that a
graded one. Here the first step does nothing and the second does it all, from the file that was handed in. The command,
the formgrader's button and nbgrader's Python API all work this way.

What exists only on Linux is imported where it is used, so that elsewhere there is a clear answer.
"""

import json
import sys
from concurrent.futures import BrokenExecutor
from fnmatch import fnmatch
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat.notebooknode import NotebookNode, from_dict
from nbgrader.api import Gradebook
from nbgrader.converters import Autograde
from nbgrader.converters.base import BaseConverter, NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties, NbGraderPreprocessor
from traitlets import Bool, Dict, List, Unicode

from d2l_ch3.language import Text

if TYPE_CHECKING:
    from d2l_ch3.grading.tasks import Graded
    from d2l_ch3.notebooks.master import Master

_REJECTED = Text("其余的都批改了；这些批改不了：{rejected}", "all others were graded; these could not be: {rejected}")
_CANNOT_ISOLATE = Text(
    "学生的代码在这里关不起来，所以一行也没有运行：{why}\n`d2l-ch3 doctor` 会说缺什么、怎么修。"
    "要不隔离、用你自己的权限批改，就设置 c.Grade.isolated = False。",
    "students' code cannot be isolated here, so nothing of it was run: {why}\n`d2l-ch3 doctor` says what is missing "
    "and how to fix it. To grade without isolation, with your own rights, set c.Grade.isolated = False.")


class Reader(NotebookExporter):
    """Reads nothing itself, since nbformat would refuse much that can be graded; keeps the gradebook open for a run."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if sys.platform != "linux":  # before nbgrader touches what is graded already
            from d2l_ch3.grading.doctor.lines import another_system

            _, reason, mend = another_system()
            self.log.error("%s. %s", reason, mend)
            raise NbGraderException(f"{reason}. {mend}")
        from d2l_ch3.grading.course import moment
        from d2l_ch3.grading.handed_in import timestamp

        assert self.parent is not None
        if isinstance(self.parent, Autograde):
            self._refuse()
            self._choose()
        # nbgrader itself fails at a timestamp.txt that says no time
        self.parent.coursedir.get_existing_timestamp = lambda folder: moment(timestamp(Path(folder)))
        if isinstance(self.parent, Autograde):  # it has no setting for what a judge does in its place
            self.parent.__class__ = _Autograde

    def from_filename(self, filename: str, resources: Any = None, **_: Any) -> Any:
        """The notebook that the preprocessors make, as text."""
        return self.from_notebook_node(nbformat.v4.new_notebook(), resources)

    def _refuse(self) -> None:
        """Raise NbGraderException if there is something that cannot be graded here, before anything is touched."""
        from d2l_ch3.grading import course, readiness
        from d2l_ch3.grading.gradebook import NoMaster
        from d2l_ch3.grading.request import IsolationError
        from d2l_ch3.grading.settings import REFUSED, other_languages, refused

        assert self.parent is not None
        directory: CourseDirectory = self.parent.coursedir
        try:
            why = [*other_languages(self.masters), *refused(self.parent.config, REFUSED)]
            readiness.require(Path(directory.root), course.request(self.parent, directory.assignment_id).isolated)
        except (NoMaster, course.CourseError, OSError) as error:
            why = [error.args[0]]
        except IsolationError as error:
            why = [_CANNOT_ISOLATE.format(why=error)]
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
        from d2l_ch3.grading.gradebook import masters_of

        assert self.parent is not None
        directory: CourseDirectory = self.parent.coursedir
        return masters_of(self.gradebook, directory, directory.assignment_id, self.parent.config)

    @cached_property
    def gradebook(self) -> Gradebook:
        """The gradebook of the course, opened once for all notebooks of a run."""
        from d2l_ch3.grading.gradebook import open_gradebook

        assert self.parent is not None
        directory: CourseDirectory = self.parent.coursedir
        return open_gradebook(directory.db_url, directory.course_id)


class _LeavesFiles(BaseConverter):
    """Copies nothing that was handed in: nbgrader follows links, whatever they point to, and has no limit."""

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """Nothing: the judge copies."""


class _Autograde(Autograde, _LeavesFiles):
    """nbgrader's, which fails in the end if something was rejected, when everyone else is graded."""

    def convert_notebooks(self) -> None:
        """Grade all. Raises NbGraderException if something was rejected."""
        self._rejected: list[str] = []
        super().convert_notebooks()
        if self._rejected:
            told = _REJECTED.format(rejected="; ".join(self._rejected))
            self.log.error("%s", told)
            raise NbGraderException(told)


class Grade(NbGraderPreprocessor):
    """Grades one submitted notebook and saves its scores."""

    isolated = Bool(True, help="Run the notebooks behind walls. Off, students' code has your rights.").tag(config=True)
    preload = List(Unicode(), None, allow_none=True, help="Modules that notebooks of the course use, imported once for "
                   "all. None: torch and what the checks of the assignment use, nothing for others.").tag(config=True)
    limits = Dict({}, help="Limits of a notebook that differ from d2l_ch3.notebooks.limits.Limits, by name.").tag(
        config=True)

    def preprocess(self, nb: NotebookNode, resources: Any) -> tuple[NotebookNode, Any]:
        """The graded notebook. Raises NbGraderException if this machine cannot isolate it."""
        from d2l_ch3.grading import pools
        from d2l_ch3.grading.request import IsolationError

        names = resources["nbgrader"]
        directory: CourseDirectory = self.parent.parent.coursedir
        try:
            graded = self._grade(directory, names["student"], names["assignment"], names["notebook"])
        except BrokenExecutor as error:
            pools.let_go()  # the next one starts another zygote
            raise NbGraderException(str(error)) from error
        except IsolationError as error:
            pools.let_go()
            raise NbGraderException(str(_CANNOT_ISOLATE.format(why=error))) from error
        if graded.rejected:
            reason = f"{names['student']}: {Text(*graded.record['rejected'])}"
            self.log.warning("%s", reason)
            self.parent.parent._rejected.append(reason)
        return from_dict(graded.notebook), resources

    def _grade(self, directory: CourseDirectory, student: str, assignment: str, notebook: str) -> "Graded":
        """The graded notebook; all that touches what was handed in is done by a judge, as for a whole class."""
        from d2l_ch3.grading import course, pools, whole_class
        from d2l_ch3.grading.gradebook import save
        from d2l_ch3.grading.handed_in import submission
        from d2l_ch3.grading.settings import preload

        submitted, source, autograded = (
            Path(directory.root, directory.format_path(step, who, assignment)) for step, who in (
                (directory.submitted_directory, student), (directory.source_directory, "."),
                (directory.autograded_directory, student)))
        ready = preload(self.config, self.parent.masters.values())
        gradebook, pool = self.parent.gradebook, pools.own(directory.root, ready)
        known, request = self.parent.masters, course.request(self.parent.parent, assignment)
        master = {notebook: known[notebook]}
        seen = whole_class.seen_by(pool, student, submitted, autograded, source, master, request, {}, tuple(known))
        one = submission(student, submitted, autograded, master, course.key(Path(directory.root)), request, seen)
        ((_, (graded,)),) = whole_class.graded_by(pool.submit, [one], 1)
        save(gradebook, [(graded, one.fingerprints[0])], course.moment(one.timestamp), AssignLatePenalties(parent=self))
        written = autograded / f"{notebook}.ipynb"
        graded.notebook = json.loads(written.read_text(encoding="utf-8"))
        written.unlink()  # nbgrader writes it once more, where and how it is set to
        return graded
