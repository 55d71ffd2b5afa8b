"""Writing files that others open."""

import os
from pathlib import Path


def write_whole(path: Path, text: str, encoding: str = "utf-8") -> None:
    """Write a file whole or not at all, its folder too if there is none; line ends stay as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        temporary.write_text(text, encoding=encoding, newline="")
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
