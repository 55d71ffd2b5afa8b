"""Which pages are due, and making them."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_markdown_cell, new_notebook
from nbgrader.converters import GenerateFeedback
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config

import d2l_ch3
from d2l_ch3.budget import MIB, Budget, Overrun, each
from d2l_ch3.feedback.marks import Marks, read
from d2l_ch3.feedback.page import FeedbackPage
from d2l_ch3.files import write_whole
from d2l_ch3.grading.tasks import RECORD
from d2l_ch3.language import Text

BUDGET = Budget(cpu=20, wall=300, memory=1024 * MIB)
"""What one page may cost; usual ones take some 10 ms."""
AT_ONCE = 50  # pages to a process, at most: to start one costs about as much as a page or two

_NOT_MADE = Text("**这一页没能做出来。** 分数已经记下；问问老师。\n\n{reason}",
                 "**This page could not be made.** The points are recorded; ask your instructor.\n\n{reason}")


@dataclass(frozen=True)
class Page:
    """A page: whose it is, the graded notebook that it shows, where it goes, and what it is made from, as a hash."""

    student: str
    notebook: str
    source: Path
    target: Path
    marks: Marks
    fingerprint: str

    @property
    def file(self) -> str:
        """What tells whether the page is still the one that was made; empty if there is none."""
        with suppress(OSError):
            found = self.target.stat()
            return f"{found.st_size} {found.st_mtime_ns}"
        return ""


class Maker:
    """Makes pages of an assignment as nbgrader's converter does, with all that they share made once."""

    def __init__(self, config: Config, assignment: str) -> None:
        self.assignment, self._warm = assignment, False
        self.directory = CourseDirectory(config=config)
        self.directory.assignment_id = assignment
        self._converter = GenerateFeedback(coursedir=self.directory, config=config)
        self._exporter = self._converter.exporter_class(parent=self._converter, config=self._converter.config)
        for preprocessor in self._converter.preprocessors:
            self._exporter.register_preprocessor(preprocessor)
        self._versions = _versions(repr([config.get(name) for name in ("GenerateFeedback", "FeedbackPage")]))

    def pages(self, database: Any, students: Iterable[str] = ()) -> list[Page]:
        """The pages of all whose graded notebooks are there, or of some; `database` is a gradebook's session."""
        asked, excluded = set(students), self.directory.student_id_exclude.split(",")
        found = []
        for (student, notebook), marks in sorted(read(database, self.assignment).items()):
            source = Path(self._folder(self.directory.autograded_directory, student), f"{notebook}.ipynb")
            if student not in excluded and (not asked or student in asked) and source.is_file():
                target = Path(self._folder(self.directory.feedback_directory, student), f"{notebook}.html")
                found.append(Page(student, notebook, source, target, marks, self._fingerprint(source, marks)))
        return found

    def warm(self) -> None:
        """Set what all pages share, the release's cells, so that processes which are forked now have it; once."""
        if self._warm:
            return
        self._warm = True
        for path in Path(self._folder(self.directory.release_directory, ".")).glob("*.ipynb"):
            with suppress(OSError, ValueError):  # it only saves time
                release = nbformat.read(path, as_version=4)
                for cell in release.cells:
                    cell.metadata = {}
                self._exporter.from_notebook_node(release, {"nbgrader": {
                    "student": "", "assignment": self.assignment, "notebook": path.stem, "marks": Marks()}})

    def make(self, page: Page) -> None:
        """Make a page, and copy what belongs beside it."""
        converter = self._converter
        converter.run_pre_convert_hook()
        converter.init_assignment(self.assignment, page.student)
        html, _ = self._exporter.from_filename(str(page.source), resources=self._resources(page))
        self._write(page, html)
        converter.run_post_convert_hook()

    def make_stand_in(self, page: Page, reason: Text) -> None:
        """Write a page that says why there is no other."""
        words = _NOT_MADE.format(reason=reason)
        notebook = new_notebook(cells=[new_markdown_cell(f"{words.zh}\n\n---\n\n{words.en}", id="reason")],
                                metadata={RECORD: {"rejected": list(reason)}})
        html, _ = self._exporter.from_notebook_node(notebook, self._resources(page))
        self._write(page, html)

    def _resources(self, page: Page) -> dict[str, Any]:
        resources = self._converter.init_single_notebook_resources(str(page.source))
        resources["nbgrader"]["marks"] = page.marks
        return resources

    def _write(self, page: Page, html: str) -> None:
        write_whole(page.target, html)
        self._converter.set_permissions(self.assignment, page.student)

    def _folder(self, step: str, student: str) -> str:
        folder: str = self.directory.format_path(step, student, self.assignment)
        return folder

    def _fingerprint(self, source: Path, marks: Marks) -> str:
        folder = source.parent
        shown = self._exporter.solutions_of(self.assignment, source.stem, marks.due) if isinstance(
            self._exporter, FeedbackPage) else {}
        files = sorted((str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns)
                       for path in folder.rglob("*") if path.is_file())
        return hashlib.sha256(f"{self._versions} {marks} {shown} {files}".encode(errors="replace")).hexdigest()


def make(maker: Maker, pages: Sequence[Page], jobs: int = 1) -> Iterator[list[tuple[Page, Overrun | None]]]:
    """Make the pages, some at a time, in `jobs` processes; what went wrong with one stays with it."""
    size = max(1, min(AT_ONCE, -(-len(pages) // (2 * jobs))))
    portions = [pages[start:start + size] for start in range(0, len(pages), size)]
    with ThreadPoolExecutor(jobs) as threads:
        for made in threads.map(lambda portion: list(each(maker.make, portion, BUDGET)), portions):
            for page, overrun in made:
                if overrun:
                    maker.make_stand_in(page, overrun.reason)
            yield made


@cache
def _versions(settings: str) -> str:
    """A hash of what makes pages: the course's settings, this package's parts of it, nbconvert."""
    from importlib.metadata import version

    digest = hashlib.sha256(f"{settings} {version('nbconvert')} {version('pygments')}".encode())
    for path in sorted(Path(d2l_ch3.__file__).parent.glob("feedback/**/*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(path.read_bytes())
    return digest.hexdigest()
