"""Ordinary users of this machine, for tests that root runs: in a view of the files of their own, with all in sight."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from d2l_ch3.grading import linux
from tests.pipes import drain
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


def open_to_all(folders: Iterable[str | Path], emptied: Iterable[str] = ()) -> None:
    """Move this process into a mount namespace of its own, in which everybody has a way to the folders.

    There the folders `emptied` hold nothing else, and what is written in them is gone with the namespace.
    """
    emptied = [Path(path).resolve() for path in emptied]
    needed = [Path(path).resolve() for path in folders]
    shut = {path: next((one for one in (*reversed(path.parents), path)
                        if one in emptied or not one.stat().st_mode & 1), None) for path in needed}
    linux.unshare(linux.CLONE_NEWNS)
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    opened = {path: os.open(path, os.O_PATH) for path, top in shut.items() if top}
    for top in {top for top in (*shut.values(), *emptied) if top}:
        linux.mount("tmpfs", top, "tmpfs", options="mode=755")
    for path, descriptor in opened.items():
        path.mkdir(parents=True, exist_ok=True)
        linux.mount(f"/proc/self/fd/{descriptor}", path, flags=linux.MS_BIND)
        os.close(descriptor)


class Machine:
    """This machine as if it were new: accounts, homes, settings and services are its own, and gone when it stops.

    Only root can have one. `needed` stays in sight, for all its users.
    """

    def __init__(self, needed: Iterable[str | Path], scratch: Path) -> None:
        etc = shutil.copytree("/etc", scratch / "etc", symlinks=True)
        for name in ("shadow", "gshadow"):
            shutil.chown(etc / name, group="shadow")

        def enter() -> None:
            open_to_all([sys.base_prefix, sys.prefix, ROOT, etc, *needed], ["/home", "/opt", "/srv"])
            linux.mount(etc, "/etc", flags=linux.MS_BIND)

        self._holder = subprocess.Popen(["sleep", "infinity"], preexec_fn=enter)
        self._inside = ("nsenter", f"--mount=/proc/{self._holder.pid}/ns/mnt")
        self._services: dict[str, subprocess.Popen[str]] = {}

    def run(self, program: str, user: str = "root") -> str:
        """What a program of the shell says, each command of which must succeed; in a login shell of the user's."""
        who = ("bash", "-c") if user == "root" else (
            "runuser", "--login", "--whitelist-environment=COLUMNS,OMP_NUM_THREADS", user, "--command")
        done = subprocess.run([*self._inside, *who, f"set -e\n{program}"], cwd="/", capture_output=True, text=True,
                              check=False, env=_environment())
        assert done.returncode == 0, f"{user}: {program}\n{done.stdout}{done.stderr}"
        return done.stdout + done.stderr

    def write(self, path: str, content: str) -> None:
        """Write a file as root, in the manner of an editor."""
        subprocess.run([*self._inside, "tee", "--append", path], input=content, text=True, check=True,
                       stdout=subprocess.DEVNULL)

    def serve(self, command: str, folder: str, ready: str) -> None:
        """Run a service until the machine stops, or it is run anew; returns when it says `ready`."""
        self._end(command)
        service = subprocess.Popen([*self._inside, "bash", "-c", f"cd {folder} && exec {command}"], text=True,
                                   stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=_environment())
        self._services[command] = service
        told = []
        assert service.stdout is not None
        for line in service.stdout:
            told.append(line)
            if ready in line:
                drain(service.stdout)
                return
        raise AssertionError("".join(told))

    def stop(self) -> None:
        """End the services, in their way, and with the last process all that was written."""
        for command in list(self._services):
            self._end(command)
        self._holder.kill()
        self._holder.wait()

    def _end(self, command: str) -> None:
        if service := self._services.pop(command, None):
            service.terminate()
            service.wait()


def _environment() -> dict[str, str]:
    """As if somebody had logged in."""
    return {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8", "HOME": "/root",
            "COLUMNS": "300", "OMP_NUM_THREADS": "1"}
