"""Whether anything can be graded on this machine, found out before torch is imported and before anything is touched.

A process is started as the zygote is, and imports next to nothing. It says which copy of this package it has, and puts
up the walls around a child that has nothing to do.
"""

import os
import socket
import subprocess
import sys
from pathlib import Path

from d2l_ch3.grading.isolation import View, guard
from d2l_ch3.grading.request import IsolationError, Request
from d2l_ch3.grading.zygote import OTHER_PACKAGE, PRIVATE, package_file, student_environment
from d2l_ch3.notebooks.limits import Limits

_SHUT_IN = "shut in"
_PROGRAM = """\
import os, sys, d2l_ch3
print(os.path.realpath(d2l_ch3.__file__), flush=True)
if sys.argv[1:]:
    from d2l_ch3.grading.readiness import try_walls
    try_walls(sys.argv[1])
"""


def require(root: Path, isolated: bool = True) -> None:
    """Return if submissions of the course in `root` can be graded here.

    Raises OSError if students' processes would run another copy of this package, and IsolationError if they are to be
    isolated and cannot.
    """
    done = subprocess.run([sys.executable, "-P", "-c", _PROGRAM, *([str(root)] if isolated else [])], cwd="/",
                          env={**student_environment(), **PRIVATE}, stdout=subprocess.PIPE, text=True, check=False)
    package, _, said = done.stdout.partition("\n")
    if package != package_file():
        raise OSError(OTHER_PACKAGE.format(here=package_file(), there=package or "–"))
    if isolated and said != _SHUT_IN:
        raise IsolationError(said or f"exit status {done.returncode}")


def try_walls(root: str) -> None:
    """Put up the walls around a child of this process, and have it print `_SHUT_IN` or what went wrong."""
    view = View.usual([Path(root)])
    conversation, _its_end = socket.socketpair()
    status, _its_status = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    if child := os.fork():
        os.waitpid(child, 0)
        return
    try:
        guard(Request(Limits()), view, conversation, status)
        said = _SHUT_IN
    except Exception as error:
        said = f"{type(error).__name__}: {error}"
    os.write(1, said.encode())
    os._exit(0)
