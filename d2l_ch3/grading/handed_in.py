"""What was handed in, as files: found, measured and told apart before anything is read, and copied when it is graded.

Any of this may take however long, so it is done within a budget, by a process that can be thrown away. Light to import.
"""

import errno
import hashlib
import os
import shutil
import stat
import sys
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from types import MappingProxyType

import d2l_ch3
from d2l_ch3.budget import Overrun
from d2l_ch3.files import write_whole
from d2l_ch3.grading.request import Request
from d2l_ch3.grading.tasks import Submission, Task
from d2l_ch3.language import Text
from d2l_ch3.notebooks.master import Master
from d2l_ch3.notebooks.submission import MAX_SIZE, contents, files_beside, notebook_in

READ_ONLY = 0o444
DEPENDS_ON = (Text("提交的文件", "the submission"), Text("测试或分数", "the tests or their points"),
              Text("限制", "the limits"),
              Text("批改程序（d2l_ch3、Python 或 torch）", "the grader: d2l_ch3, Python or torch"))
PART = 16  # hexadecimal digits of a fingerprint for each
MAX_TIMESTAMP = 200  # bytes of a timestamp.txt that are looked at
_UNUSABLE = {errno.ENAMETOOLONG, errno.ENOENT, errno.ENOTDIR, errno.EINVAL}
"""What a name may be to blame for when a file is written, and the disk is not."""


@dataclass(frozen=True)
class Seen:
    """What was seen of a submission without running anything: its files, its fingerprints, whether it is graded."""

    paths: tuple[Path, ...]
    files: tuple[tuple[str, str], ...]
    fingerprints: tuple[str, ...]
    timestamp: str
    done: bool = False


def see(student: str, folder: Path, graded_folder: Path, source: Path, known: dict[str, Master], request: Request,
        before: Mapping[tuple[str, str], str] = MappingProxyType({}), names: Collection[str] = ()) -> Seen:
    """Look at what a student handed in, which may take however long: to be called within a budget.

    `names` are those of all notebooks of the assignment, if they are more than the `known` ones.
    """
    place = contents(folder)
    request = replace(request, files=files_of(place, source, request))
    paths, when = tuple(notebook_in(place, name, names or known) for name in known), timestamp(folder)
    found = tuple(fingerprint(path, master, request, when)
                  for path, master in zip(paths, known.values(), strict=True))
    done = all(before.get((student, name)) == fingerprint and (graded_folder / f"{name}.ipynb").exists()
               for name, fingerprint in zip(known, found, strict=True))
    return Seen(paths, request.files, found, when, done)


def submission(student: str, folder: Path, graded_folder: Path, known: dict[str, Master], key: bytes, request: Request,
               seen: Seen | Overrun) -> Submission:
    """The submission to be graded; to be refused, if it could not even be looked at."""
    refused = seen.reason if isinstance(seen, Overrun) else None
    if isinstance(seen, Overrun):
        seen = Seen(tuple(folder / f"{name}.ipynb" for name in known), (), ("",) * len(known), "")
    request = replace(request, files=seen.files)
    tasks = tuple(Task(student, path, master, key, request)
                  for path, master in zip(seen.paths, known.values(), strict=True))
    return Submission(student, folder, graded_folder, tasks, seen.fingerprints, seen.timestamp, refused)


def timestamp(submitted: Path) -> str:
    """What the file says in which nbgrader keeps when it was handed in; '' if there is none."""
    try:
        return content(submitted / "timestamp.txt", MAX_TIMESTAMP).decode().strip()
    except (OSError, ValueError):
        return ""


def content(path: Path, most: int = -1) -> bytes:
    """What is in an ordinary file, `most` bytes of it. Raises OSError, also for what is no file; waits for nothing."""
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
        if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
            raise OSError(errno.EINVAL, "no ordinary file", str(path))
        return file.read(most)


def files_of(submitted: Path, source: Path, request: Request) -> tuple[tuple[str, str], ...]:
    """What stands beside the notebook when it runs: the student's own files, then the assignment's in their place."""
    own = {name: str(path) for path, name in files_beside(submitted, request.limits.scratch)
           if not _matches(name, request.ignored)}
    shipped = {name: str(path) for path, name in files_beside(source, sys.maxsize)
               if not _matches(name, request.ignored) and name not in request.students_own} if source.is_dir() else {}
    taken = {str(each) for name in shipped for each in (Path(name), *Path(name).parents)}
    own = {name: path for name, path in own.items()
           if name not in taken and not shipped.keys() & {str(each) for each in Path(name).parents}}
    return tuple((path, name) for name, path in sorted({**own, **shipped}.items()))


def _matches(name: str, patterns: Iterable[str]) -> bool:
    """Whether a file, or a folder on the way to it, is called as one of the patterns says."""
    return any(fnmatch(part, pattern) for part in Path(name).parts for pattern in patterns)


def fingerprint(path: Path, master: Master, request: Request, when: str) -> str:
    """Hashes of all that a result depends on, one after another: `DEPENDS_ON`."""
    rest = master.fingerprint(), f"{replace(request, files=())}", _engine()
    return _contents(path, request, when)[:PART] + "".join(
        hashlib.sha256(part.encode()).hexdigest()[:PART] for part in rest)


def changed(before: str, after: str) -> list[Text]:
    """What is not the same, by two fingerprints."""
    return [words for number, words in enumerate(DEPENDS_ON)
            if before[PART * number:PART * (number + 1)] != after[PART * number:PART * (number + 1)]]


def _contents(path: Path, request: Request, when: str) -> str:
    """A hash of what was handed in and when. A file that is too large to be read is told by its size."""
    digest = hashlib.sha256(when.encode())
    for name, file in (("", path), *((name, Path(file)) for file, name in request.files)):
        digest.update(name.encode())
        try:
            found = file.lstat()
            digest.update(f"{found.st_mode} {found.st_size}".encode())
            if found.st_size <= MAX_SIZE and stat.S_ISREG(found.st_mode):
                with file.open("rb") as opened:
                    digest.update(hashlib.file_digest(opened, "sha256").digest())
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
    """Write a graded notebook, and what belongs beside it, into `folder`; each whole or not at all, read-only.

    A file that cannot be read (any more), or whose path is too long there, is left out. Raises OSError if the disk is
    full.
    """
    stamp = (str(submitted / "timestamp.txt"), "timestamp.txt", MAX_TIMESTAMP)
    for source, relative, most in (*((*file, -1) for file in files), stamp):
        try:
            copied = content(Path(source), most)
        except OSError:  # a folder, a socket, a link: whatever it is, the student is to blame
            continue
        try:
            _make_way(folder / relative, folder)
            write_whole(folder / relative, copied, mode=READ_ONLY)
        except OSError as error:
            if error.errno not in _UNUSABLE:
                raise
    _make_way(folder / f"{name}.ipynb", folder)
    write_whole(folder / f"{name}.ipynb", text, mode=READ_ONLY)


def _make_way(path: Path, folder: Path) -> None:
    """Take away a folder in the place of a file, or a file in the place of a folder: from an earlier submission."""
    for parent in path.parents[:len(path.relative_to(folder).parts) - 1]:
        if parent.is_file():
            parent.unlink()
    if path.is_dir():
        shutil.rmtree(path)
