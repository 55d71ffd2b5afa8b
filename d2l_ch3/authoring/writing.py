"""Writing several files as one: all of them, or none."""

from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path


def write_all(files: Mapping[Path, str]) -> None:
    """Write the files; if one cannot be written, everything is put back as it was and the error goes on."""
    with ExitStack() as undo:
        for path, text in files.items():
            for folder in reversed([folder for folder in path.parents if not folder.exists()]):
                folder.mkdir()
                undo.callback(folder.rmdir)
            undo.callback(_new(path).unlink, missing_ok=True)
            _new(path).write_text(text, encoding="utf-8", newline="\n")
        for path in files:
            undo.callback(_restore, path, path.read_bytes() if path.exists() else None)
            _new(path).replace(path)
        undo.pop_all()


def _new(path: Path) -> Path:
    """Where the file is written first."""
    return path.with_name(f".{path.name}.new")


def _restore(path: Path, before: bytes | None) -> None:
    if before is None:
        path.unlink(missing_ok=True)
    elif path.read_bytes() != before:
        path.write_bytes(before)
