"""The notebooks as students get them: chapters as if nobody had run them, problem sets as nbgrader makes them."""

import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import nbformat
from nbformat import NotebookNode

import d2l_ch3
from d2l_ch3.files import write_whole
from d2l_ch3.lab.folder import fill
from d2l_ch3.language import Text
from d2l_ch3.notebooks.release import FOLDERS

CONFIG, MADE_FROM = "nbgrader_config.py", ".made-from"
FOLDED = {"zh": "运行上面那一格，再点开这里", "en": "Run the cell above, then open this"}
GUESS = re.compile(r"^ *guess\(", re.MULTILINE)

_NO_CHECKOUT = Text("{path} 不存在：请在课程的仓库里运行（或用 --course 指明），那里才有正文和习题的源文件。",
                    "there is no {path}: do this in the course's repository (or name it with --course), where the "
                    "chapters and the sources of the problem sets are.")
_UNKNOWN = Text("没有习题 {name}。有的是：{known}", "there is no problem set {name}. There are: {known}")
_NOT_MADE = Text("nbgrader 没能做出 {name} 发给学生的笔记本：\n{log}",
                 "nbgrader could not make the students' notebook of {name}:\n{log}")


class NotMade(Exception):
    """What students get cannot be made."""


def problem_sets(course: Path, names: Sequence[str] = ()) -> list[str]:
    """The problem sets of the course: those named, or all. Raises NotMade if there is no such one."""
    if not (course / "source").is_dir():
        raise NotMade(_NO_CHECKOUT.format(path=course / "source"))
    known = sorted(folder.name for folder in (course / "source").iterdir() if any(folder.glob("*.ipynb")))
    for name in names:
        if name not in known:
            raise NotMade(_UNKNOWN.format(name=name, known=", ".join(known)))
    return sorted(set(names)) or known


def write_release(course: Path, edition: str, into: Path, names: Sequence[str] = ()) -> None:
    """Write an edition's chapters and problem sets below `into`. Raises NotMade and OSError."""
    chapters = course / "notebooks" / edition
    if not chapters.is_dir():
        raise NotMade(_NO_CHECKOUT.format(path=chapters))
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for name in problem_sets(course, names):
            shutil.copytree(course / "source" / name, scratch / "source" / name)
        generate(scratch, course / CONFIG, edition)
        shutil.copytree(scratch / "release", into, dirs_exist_ok=True)
    for path in sorted(chapters.glob("*.ipynb")):
        notebook = unrun(nbformat.read(path, as_version=4), edition)
        write_whole(into / path.name, nbformat.writes(notebook) + "\n")


def generate(course: Path, config_file: Path, edition: str | None = None) -> None:
    """Let nbgrader make `course/release` of all that is in `course/source`, as `config_file` says. Raises NotMade.

    `edition` is the language, if it is not to be what the environment says. No gradebook knows of it.
    """
    from nbgrader.apps import NbGraderAPI
    from traitlets.config import PyFileConfigLoader

    import d2l_ch3.grading.gradebook  # noqa: F401 (with it, nbgrader makes a new gradebook quickly)

    with _edition(edition):
        config = PyFileConfigLoader(config_file.name, path=str(config_file.parent)).load_config()
    with tempfile.TemporaryDirectory() as scratch:
        config.CourseDirectory.root = str(course)
        config.CourseDirectory.db_url = f"sqlite:///{scratch}/gradebook.db"
        api = NbGraderAPI(config=config)
        for name in sorted(folder.name for folder in course.glob("source/*")):
            result = api.generate_assignment(name)
            if not result["success"]:
                raise NotMade(_NOT_MADE.format(name=name, log=result.get("log", "")))


def own_lab(course: Path, edition: str) -> Path:
    """The folder `lab/<edition>` of a checkout, filled up; the release in it is made anew only after a change."""
    work = course / "lab" / edition
    release = work / FOLDERS[0]
    now = _fingerprint(course, edition)
    if not (release / MADE_FROM).is_file() or (release / MADE_FROM).read_text() != now:
        shutil.rmtree(release, ignore_errors=True)
        write_release(course, edition, release)
        write_whole(release / MADE_FROM, now)
    fill(work, release)
    return work


def unrun(notebook: NotebookNode, language: str) -> NotebookNode:
    """The notebook as if nobody had run it; the first paragraph behind a guess is folded, for it tells the answer."""
    guessing = False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)
            guessing = bool(GUESS.search(cell.source))
        elif guessing and not cell.source.startswith("#"):
            answer, _, rest = cell.source.partition("\n\n")
            cell.source = f"<details><summary>{FOLDED[language]}</summary>\n\n{answer}\n\n</details>\n\n{rest}".rstrip()
            guessing = False
    return notebook


@contextmanager
def _edition(edition: str | None) -> Iterator[None]:
    """Set the edition as the course's configuration reads it, for a while."""
    before = os.environ.get("EDITION")
    if edition:
        os.environ["EDITION"] = edition
    try:
        yield
    finally:
        os.environ.pop("EDITION", None)
        if before is not None:
            os.environ["EDITION"] = before


def _fingerprint(course: Path, edition: str) -> str:
    """A hash of all that a release is made of."""
    digest = hashlib.sha256(f"{d2l_ch3.__version__} {edition}".encode())
    sources = [path for part in ("source", f"notebooks/{edition}") for path in (course / part).rglob("*.ipynb")]
    for path in sorted([*sources, course / CONFIG, Path(__file__)]):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
