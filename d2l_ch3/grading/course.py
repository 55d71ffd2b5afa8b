"""The course's folder: its configuration, its secret, its submissions."""

import datetime
import os
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from jupyter_core.paths import jupyter_config_path
from nbgrader.apps import NbGrader
from nbgrader.converters import Autograde
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from nbgrader.utils import parse_utc
from traitlets.config import Config, ConfigFileNotFound, JSONFileConfigLoader, PyFileConfigLoader

from d2l_ch3.grading.request import Request
from d2l_ch3.language import DEFAULT_LANGUAGE, LANGUAGES, Text
from d2l_ch3.notebooks.limits import Limits

CONFIG_FILE, KEY_FILE = "nbgrader_config.py", ".d2l-ch3-key"


_NO_COURSE = Text("{root} 不是 nbgrader 的课程：没有 {file}。先到课程文件夹里来。",
                  "{root} is no nbgrader course: it has no {file}. Go to the course's folder first.")
_BAD_CONFIG = Text("{file} 读不了，请改好它：{why}", "{file} cannot be used, fix it: {why}")
_BUSY = Text("另一个 `d2l-ch3 grade` 或 `watch` 正在 {root} 里批改：等它做完，或停掉它",
             "another `d2l-ch3 grade` or `watch` is at work in {root}: wait for it, or stop it")


class CourseError(Exception):
    """Something about the course's folder has to be mended first."""


def config(root: Path) -> Config:
    """nbgrader's configuration of the course, as nbgrader puts it together. Raises CourseError if it has none."""
    if not (root / CONFIG_FILE).is_file():
        raise CourseError(_NO_COURSE.format(root=root, file=CONFIG_FILE))
    loaded = Config()
    for _, one in configuration_files(root):
        loaded.merge(one)
    loaded.CourseDirectory.root = str(root)
    if str(root) not in sys.path:
        sys.path.append(str(root))  # where nbgrader finds a course's own plugins
    current: Config = NbGrader(config=loaded, coursedir=None).config  # with old names of settings made new
    return current


def configuration_files(root: Path | None = None) -> Iterator[tuple[Path, Config]]:
    """What nbgrader reads, the weakest first: system, environment, user, and the course's own if `root` is its folder.

    Raises CourseError if a file cannot be used.
    """
    jupyters = jupyter_config_path()[::-1]
    own = [str(root)] if root else []
    for name, folders in (("jupyter_config", jupyters), ("nbgrader_config", [*jupyters, *own])):
        for folder in folders:
            for loader in (PyFileConfigLoader(f"{name}.py", folder), JSONFileConfigLoader(f"{name}.json", folder)):
                try:
                    yield Path(folder, loader.filename), loader.load_config()
                except ConfigFileNotFound:
                    continue
                except Exception as error:  # it is a program, and may raise anything
                    file = Path(folder, loader.filename)
                    raise CourseError(_BAD_CONFIG.format(file=file, why=repr(error))) from error


def origin(name: str, root: Path | None = None) -> Path | None:
    """The file that sets `c.CourseDirectory.<name>`, by its present or an old name; None if none does.

    Without `root`, among the files that every course on this machine shares. Raises CourseError.
    """
    return next((path for path, one in reversed(list(configuration_files(root)))
                 if any(name in one[owner] for owner in ("CourseDirectory", "NbGrader", "Exchange"))), None)


def limits(config: Config, root: Path) -> Limits:
    """The limits of c.Grade.limits; where it sets none of time, by nbgrader's own time limit of a cell.

    Raises CourseError if there are no such limits.
    """
    own = dict(config.get("Grade", {}).get("limits", {}))
    try:
        return Limits(**{**_times(Execute(config=config).timeout, own), **own})
    except (TypeError, ValueError) as error:
        raise CourseError(_BAD_CONFIG.format(file=root / CONFIG_FILE, why=f"c.Grade.limits: {error}")) from error


def request(step: Autograde, assignment: str, isolated: bool = True, limits_: Limits | None = None) -> Request:
    """What is asked of the engine for a notebook of an assignment, by the settings of the course; no files yet.

    Raises CourseError if the limits or the language that are set are none.
    """
    execute, directory = Execute(config=step.config), step.coursedir
    language = step.config.get("FeedbackPage", {}).get("edition", DEFAULT_LANGUAGE)
    if language not in LANGUAGES:
        why = f"c.FeedbackPage.edition: {language!r}, not {' / '.join(map(repr, LANGUAGES))}"
        raise CourseError(_BAD_CONFIG.format(file=Path(directory.root, CONFIG_FILE), why=why))
    walls = isolated and step.config.get("Grade", {}).get("isolated", True)
    return Request(limits_ or limits(step.config, Path(directory.root)), (), walls, execute.enabled,
                   execute.skip_cells_with_tag, tuple(sorted(set(directory.ignore))),  # nbgrader reads files twice
                   tuple(sorted(step.exclude_overwriting.get(assignment, ()))), language)


def _times(seconds: int | None, own: dict[str, Any]) -> dict[str, Any]:
    """What `c.ExecutePreprocessor.timeout` comes to: the notebook's limits stay as many times longer as they are."""
    default = Limits()
    if "cell_time" in own or seconds == default.cell_time:
        return {}
    if seconds is None or seconds <= 0:  # no limit of a cell: that of the notebook
        return {"cell_time": own.get("notebook_time", default.notebook_time)}
    longer = max(1.0, seconds / default.cell_time)
    return {"cell_time": seconds, "notebook_time": default.notebook_time * longer,
            "cpu_time": round(default.cpu_time * longer)}


def submissions(directory: CourseDirectory, assignment: str) -> dict[str, Path]:
    """The folders handed in for an assignment by student, in their order; links are no folders.

    Those that `c.CourseDirectory.student_id` and `student_id_exclude` leave out are left out.
    """
    mark = "{student}"
    parts = Path(directory.format_path(directory.submitted_directory, mark, assignment)).parts
    place = next(number for number, part in enumerate(parts) if mark in part)
    before, _, after = parts[place].partition(mark)
    students, excluded = Path(*parts[:place]), directory.student_id_exclude.split(",")
    if not students.is_dir():
        return {}
    found = {}
    for one in sorted(students.iterdir()):
        student = one.name[len(before):len(one.name) - len(after)]
        folder = Path(directory.format_path(directory.submitted_directory, student, assignment))
        way = [folder, *folder.parents][:len(parts) - place]
        if (one.name == f"{before}{student}{after}" and student and student not in excluded
                and fnmatch(student, directory.student_id) and folder.is_dir() and not any(map(Path.is_symlink, way))):
            found[student] = folder
    return found


def moment(timestamp: str) -> datetime.datetime | None:
    """The time (UTC) that a timestamp.txt tells, as nbgrader reads it; None if it tells none."""
    try:
        return parse_utc(timestamp or None)
    except Exception:  # dateutil raises what it likes
        return None


@contextmanager
def locked(root: Path) -> Iterator[None]:
    """Keep others from grading this course meanwhile. Raises CourseError if somebody is at it."""
    import fcntl  # reports and exports work where there is none

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
