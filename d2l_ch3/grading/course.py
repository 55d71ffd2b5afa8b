"""The course's folder: its secret, its submissions, and what each is graded from."""

import datetime
import fcntl
import hashlib
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config, PyFileConfigLoader

import d2l_ch3
from d2l_ch3.files import write_whole
from d2l_ch3.grading.isolation import Request
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.master import Master
from d2l_ch3.notebooks.submission import files_beside

CONFIG_FILE, KEY_FILE = "nbgrader_config.py", ".d2l-ch3-key"
READ_ONLY = 0o444
DEPENDS_ON = (Text("提交的文件", "the submission"), Text("测试或分数", "the tests or their points"),
              Text("限制", "the limits"),
              Text("批改程序（d2l_ch3、Python 或 torch）", "the grader: d2l_ch3, Python or torch"))
PART = 16  # hexadecimal digits of a fingerprint for each


_NO_COURSE = Text("{root} 不是 nbgrader 的课程：没有 {file}。先到课程文件夹里来。",
                  "{root} is no nbgrader course: it has no {file}. Go to the course's folder first.")
_BAD_CONFIG = Text("{file} 读不了，请改好它：{why}", "{file} cannot be used, mend it: {why}")
_BUSY = Text("另一个 `d2l-ch3 grade` 或 `watch` 正在 {root} 里批改：等它做完，或停掉它",
             "another `d2l-ch3 grade` or `watch` is at work in {root}: wait for it, or stop it")


class CourseError(Exception):
    """Something about the course's folder has to be mended first."""


def config(root: Path) -> Config:
    """nbgrader's configuration of the course. Raises CourseError if the folder is none."""
    if not (root / CONFIG_FILE).is_file():
        raise CourseError(_NO_COURSE.format(root=root, file=CONFIG_FILE))
    try:
        loaded: Config = PyFileConfigLoader(CONFIG_FILE, path=str(root)).load_config()
    except Exception as error:  # it is a program, and may raise anything
        raise CourseError(_BAD_CONFIG.format(file=root / CONFIG_FILE, why=repr(error))) from error
    loaded.CourseDirectory.root = str(root)
    return loaded


def limits(config: Config, root: Path) -> Limits:
    """The limits that the configuration sets. Raises CourseError if there are no such limits."""
    try:
        return Limits(**config.get("Grade", {}).get("limits", {}))
    except (TypeError, ValueError) as error:
        raise CourseError(_BAD_CONFIG.format(file=root / CONFIG_FILE, why=f"c.Grade.limits: {error}")) from error


def submissions(directory: CourseDirectory, assignment: str) -> dict[str, Path]:
    """The folders handed in for an assignment by student, in their order; links are no folders."""
    parts = Path(directory.format_path(directory.submitted_directory, "{student}", assignment)).parts
    place = next(number for number, part in enumerate(parts) if part == "{student}")
    students = Path(*parts[:place])
    if not students.is_dir():
        return {}
    folders = {one.name: Path(one, *parts[place + 1:]) for one in sorted(students.iterdir()) if not one.is_symlink()}
    return {student: folder for student, folder in folders.items() if folder.is_dir() and not folder.is_symlink()}


def timestamp(submitted: Path) -> datetime.datetime | None:
    """When it was handed in (UTC), by the file that nbgrader keeps; None if there is none or it says no time."""
    path = submitted / "timestamp.txt"
    try:
        ordinary = stat.S_ISREG(path.lstat().st_mode)
        return parse_utc(path.read_text(encoding="utf-8").strip() or None) if ordinary else None
    except (OSError, ValueError, OverflowError):
        return None


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep others from grading this course meanwhile. Raises CourseError if somebody is at it."""
    key(root)
    with (root / KEY_FILE).open("rb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise CourseError(_BUSY.format(root=root)) from None
        yield


def key(root: Path) -> bytes:
    """The course's secret, made when it is first asked for. Only its owner may read it.

    Raises OSError if it can neither be read nor written.
    """
    path = root / KEY_FILE
    try:
        return path.read_bytes()
    except FileNotFoundError:
        pass
    temporary = root / f"{KEY_FILE}.{os.getpid()}"
    with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(secrets.token_bytes(32))
    try:
        os.link(temporary, path)  # does not replace one that another process made meanwhile
    except FileExistsError:
        pass
    finally:
        temporary.unlink()
    return path.read_bytes()


def files(submitted: Path, source: Path, most: int) -> tuple[tuple[str, str], ...]:
    """What stands beside the notebook when it runs: the student's own files, then the assignment's in their place."""
    own = {name: str(path) for path, name in files_beside(submitted, most)}
    shipped = {name: str(path) for path, name in files_beside(source, sys.maxsize)} if source.is_dir() else {}
    taken = {str(each) for name in shipped for each in (Path(name), *Path(name).parents)}
    own = {name: path for name, path in own.items()
           if name not in taken and not shipped.keys() & {str(each) for each in Path(name).parents}}
    return tuple((path, name) for name, path in sorted({**own, **shipped}.items()))


def fingerprint(path: Path, master: Master, request: Request) -> str:
    """Hashes of all that a result depends on, one after another: `DEPENDS_ON`."""
    rest = master.fingerprint(), f"{request.limits}{request.isolated}", _engine()
    return _handed_in(path, request)[:PART] + "".join(
        hashlib.sha256(part.encode()).hexdigest()[:PART] for part in rest)


def changed(before: str, after: str) -> list[Text]:
    """What is not the same, by two fingerprints."""
    return [words for number, words in enumerate(DEPENDS_ON)
            if before[PART * number:PART * (number + 1)] != after[PART * number:PART * (number + 1)]]


def _handed_in(path: Path, request: Request) -> str:
    """A hash of the notebook and of what stands beside it."""
    digest = hashlib.sha256()
    for name, file in (("", path), *((name, Path(file)) for file, name in request.files)):
        digest.update(name.encode())
        try:
            found = file.lstat()
            digest.update(f"{found.st_mode} {found.st_size}".encode())
            if file.is_file() and not file.is_symlink():
                with file.open("rb") as content:
                    digest.update(hashlib.file_digest(content, "sha256").digest())
        except OSError as error:
            digest.update(str(error.errno).encode())
    return digest.hexdigest()


@cache
def _engine() -> str:
    """The versions of what decides on points: this package's sources, Python, torch."""
    from importlib.metadata import version

    digest = hashlib.sha256(f"{sys.version} {version('torch')} {version('ipython')}".encode())
    for path in sorted(Path(d2l_ch3.__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def write(text: str, name: str, folder: Path, files: tuple[tuple[str, str], ...], submitted: Path) -> None:
    """Write a graded notebook, and what belongs beside it, into `folder`; each whole or not at all, read-only."""
    for source, relative in (*files, (str(submitted / "timestamp.txt"), "timestamp.txt")):
        if Path(source).is_file() and not Path(source).is_symlink():
            _make_way(folder / relative, folder)
            write_whole(folder / relative, Path(source).read_bytes(), mode=READ_ONLY)
    write_whole(folder / f"{name}.ipynb", text, mode=READ_ONLY)


def _make_way(path: Path, folder: Path) -> None:
    """Take away a folder in the place of a file, or a file in the place of a folder: from an earlier submission."""
    for parent in path.parents[:len(path.relative_to(folder).parts) - 1]:
        if parent.is_file():
            parent.unlink()
    if path.is_dir():
        shutil.rmtree(path)
