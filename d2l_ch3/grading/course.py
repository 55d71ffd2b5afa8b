"""The course's folder: its secret, its submissions, and what each is graded from."""

import hashlib
import os
import secrets
import sys
from functools import cache
from pathlib import Path

import d2l_ch3
from d2l_ch3.grading.isolation import Request
from d2l_ch3.grading.master import Master
from d2l_ch3.grading.submission import files_beside
from d2l_ch3.grading.tasks import Graded

KEY_FILE = ".d2l-ch3-key"


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
    return tuple((path, name) for name, path in sorted({**own, **shipped}.items()))


def fingerprint(path: Path, master: Master, request: Request) -> str:
    """A hash of all that a result depends on: what was handed in, the master, the limits, the grader itself."""
    digest = hashlib.sha256(f"{master.fingerprint()}{request.limits}{request.isolated}{_engine()}".encode())
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


def write(graded: Graded, folder: Path) -> None:
    """Write the graded notebook, whole or not at all, read-only as nbgrader's are."""
    import json

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{graded.master.name}.ipynb"
    temporary = path.with_suffix(".new")
    temporary.write_text(json.dumps(graded.notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n",
                         encoding="utf-8")
    temporary.chmod(0o444)
    temporary.replace(path)
