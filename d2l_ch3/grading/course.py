"""The course's folder: its configuration, its secret, its submissions."""

import datetime
import fcntl
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from traitlets.config import Config, PyFileConfigLoader

from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import Limits

CONFIG_FILE, KEY_FILE = "nbgrader_config.py", ".d2l-ch3-key"


_NO_COURSE = Text("{root} 不是 nbgrader 的课程：没有 {file}。先到课程文件夹里来。",
                  "{root} is no nbgrader course: it has no {file}. Go to the course's folder first.")
_BAD_CONFIG = Text("{file} 读不了，请改好它：{why}", "{file} cannot be used, mend it: {why}")
_BUSY = Text("另一个 `d2l-ch3 grade` 正在 {root} 里批改：等它做完，或停掉它",
             "another `d2l-ch3 grade` is at work in {root}: wait for it, or stop it")


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


def moment(timestamp: str) -> datetime.datetime | None:
    """The time (UTC) that a timestamp.txt tells, as nbgrader reads it; None if it tells none."""
    try:
        return parse_utc(timestamp or None)
    except Exception:  # dateutil raises what it likes
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
