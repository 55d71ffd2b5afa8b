"""Ordinary users of this machine, for tests that root runs: in a view of the files of their own, with all in sight."""

import os
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from d2l_ch3.grading import linux
from tools.build import ROOT

INSTRUCTOR = 54321  # a user that no system has


def as_instructor(folder: Path) -> Callable[[], None] | None:
    """What makes a child process an ordinary user's, to whom `folder` belongs. The tests may be root's or not.

    Where others may not go, a folder of root's, that process sees the interpreter and the course all the same.
    """
    if os.geteuid():
        return None
    for path in (folder, *folder.rglob("*")):
        os.chown(path, INSTRUCTOR, INSTRUCTOR)

    def enter() -> None:
        open_to_all([sys.base_prefix, sys.prefix, ROOT, folder])
        os.chdir(folder)
        os.setgroups([])
        os.setresgid(INSTRUCTOR, INSTRUCTOR, INSTRUCTOR)
        os.setresuid(INSTRUCTOR, INSTRUCTOR, INSTRUCTOR)

    return enter


def open_to_all(folders: Iterable[str | Path]) -> None:
    """Move this process into a mount namespace of its own, in which everybody has a way to the folders."""
    needed = [Path(path).resolve() for path in folders]
    shut = {path: next((one for one in (*reversed(path.parents), path) if not one.stat().st_mode & 1), None)
            for path in needed}
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    opened = {path: os.open(path, os.O_PATH) for path, top in shut.items() if top}
    for top in {top for top in shut.values() if top}:
        linux.mount("tmpfs", top, "tmpfs", options="mode=755")
    for path, descriptor in opened.items():
        path.mkdir(parents=True, exist_ok=True)
        linux.mount(f"/proc/self/fd/{descriptor}", path, flags=linux.MS_BIND)
        os.close(descriptor)
