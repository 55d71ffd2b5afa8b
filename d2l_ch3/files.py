"""Files that others open: written whole or not at all."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path


def write_whole(path: Path, content: str | bytes, encoding: str = "utf-8", mode: int | None = None) -> None:
    """Write a file whole or not at all, its folder too if there is none; line ends stay as they are.

    `mode` are its permissions, if they are not to be those of any new file. Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    new = _beside(path)
    try:
        _write(new, content.encode(encoding) if isinstance(content, str) else content)
        if mode is not None:
            new.chmod(mode)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def write_all(files: Mapping[Path, str]) -> None:
    """Write the files; if one cannot be written, everything is put back as it was and the error goes on."""
    with ExitStack() as undo:
        for path, text in files.items():
            for folder in reversed([folder for folder in path.parents if not folder.exists()]):
                folder.mkdir()
                undo.callback(folder.rmdir)
            undo.callback(_beside(path).unlink, missing_ok=True)
            _write(_beside(path), text.encode())
        for path in files:
            undo.callback(_restore, path, path.read_bytes() if path.exists() else None)
            _beside(path).replace(path)
        undo.pop_all()


def _beside(path: Path) -> Path:
    """Where a file is written first: always the same place, so that what a killed process left there goes away."""
    return path.with_name(f".{path.name[-60:]}.new")  # a name has room for 255 bytes, and `path` may need them all


def _write(path: Path, content: bytes) -> None:
    path.unlink(missing_ok=True)  # it may be read-only, or a link
    path.write_bytes(content)


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != before:
        path.write_bytes(before)
