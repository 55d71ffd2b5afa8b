"""The walls around one notebook: what its process may see, use and reach.

    guard (started by the zygote)     new mount, pid, network, ipc and uts namespaces; waits
      └─ student's process (pid 1)    new root folder, new user namespace, no capabilities, Landlock, limits

The student's process is the first of its pid namespace: when it ends, the kernel ends
everything that it started. Its root folder is empty but for read-only views of the
interpreter and the installed packages, and for one scratch file system in memory.
"""

import contextlib
import os
import resource
import select
import shutil
import signal
import site
import socket
import stat
import sys
import sysconfig
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import d2l_ch3
from d2l_ch3.grading import linux
from d2l_ch3.grading.request import Request

WORK, HOME, SHARED_MEMORY = "/tmp/work", "/tmp/home", "/tmp/shm"
"""Folders of the scratch file system: where the notebook runs, its home, and what stands behind /dev/shm."""

INSIDE_ID = 1000  # the user and group that a student's process believes to be
NOBODY = 65534  # what it is outside, where the grader is root
_ACCOUNTS = {"passwd": f"student:x:{INSIDE_ID}:{INSIDE_ID}::{HOME}:/bin/sh\n", "group": f"student:x:{INSIDE_ID}:\n"}
_SYSTEM = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/alternatives", "/etc/fonts",
           "/etc/localtime", "/etc/mime.types")
COURSE = "nbgrader_config.py"
"""Where this stands, solutions may stand too: such a folder is never shown."""
_DEVICES = ("null", "zero", "full", "random", "urandom")


@dataclass(frozen=True)
class View:
    """What a student's process sees of the file system, all of it read-only."""

    shown: tuple[str, ...]
    hidden: tuple[str, ...]

    @classmethod
    def usual(cls, hidden: Iterable[Path]) -> "View":
        """The system's programs, the interpreter, the installed packages; never what is below `hidden`.

        A package below a hidden folder (the course's own, installed from its sources) is shown all the same.
        """
        closed = {Path(path).resolve() for path in hidden}
        package = Path(d2l_ch3.__file__).resolve().parent
        packages = [*sys.path, *site.getsitepackages(), *sysconfig.get_paths().values()]
        prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, str(package)]
        shown = {os.path.abspath(path) for path in (*_SYSTEM, *packages, *prefixes) if path and os.path.exists(path)}
        shown |= {os.path.realpath(path) for path in shown}
        too_much = {str(parent) for path in closed for parent in (path, *path.parents)} - set(_SYSTEM)
        too_much |= {path for path in shown if Path(path, COURSE).exists()}  # on sys.path by PYTHONPATH, say
        return cls(tuple(sorted(shown - too_much)), tuple(sorted(map(str, closed))))


def guard(request: Request, view: View, conversation: socket.socket, status: socket.socket) -> None:
    """Become the guard of a new student's process. Returns in that process only, ready to run the notebook.

    The guard reports the process and its end on `status`, and kills it when `status` is closed.
    """
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    os.setsid()
    _close_all_but(0, 1, 2, conversation.fileno(), status.fileno())
    scratch = ""
    if not request.isolated:
        scratch = tempfile.mkdtemp(prefix="d2l-ch3-")
    else:
        if os.geteuid():
            proc_self = os.open("/proc/self", os.O_PATH)
            linux.new_user_namespace(proc_self, INSIDE_ID)
            os.close(proc_self)
        linux.unshare(linux.CLONE_NEWNS | linux.CLONE_NEWPID | linux.CLONE_NEWNET | linux.CLONE_NEWIPC
                      | linux.CLONE_NEWUTS)
    student = os.fork()
    if student:
        conversation.close()
        _watch(student, status, scratch)
    status.close()
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)
    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    if request.isolated:
        _enter(request, view)
    else:
        os.setsid()
        _copy(request.files, "", scratch)
        os.chdir(scratch)
    _set_limits(request, mapped)


def _close_all_but(*kept: int) -> None:
    """Close all other descriptors: through them a student's process might reach what was open in the zygote."""
    below = sorted(kept)
    for number, following in zip(below, [*below[1:], 1 << 20], strict=True):
        os.closerange(number + 1, following)


def _watch(student: int, status: socket.socket, scratch: str) -> None:
    """Wait for the student's process, or for the grader to go away; then end all of it and exit."""
    student_fd = os.pidfd_open(student)
    try:
        socket.send_fds(status, [str(student).encode()], [student_fd])
        poll = select.poll()
        poll.register(student_fd, select.POLLIN)
        poll.register(status, 0)  # hang-ups are told anyway
        poll.poll()
        os.kill(student, signal.SIGKILL)
        code = os.waitstatus_to_exitcode(os.waitpid(student, 0)[1])
        if scratch:
            _kill_group(student)
            shutil.rmtree(scratch, ignore_errors=True)
        status.send(str(code).encode())
    except OSError:
        pass  # the grader is gone; so is the student's process, with this one
    finally:
        os._exit(0)


def _kill_group(leader: int) -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(leader, signal.SIGKILL)


def _enter(request: Request, view: View) -> None:
    """Put up the walls around this process."""
    proc_self = os.open("/proc/self", os.O_PATH)
    root = not os.geteuid()
    os.setsid()
    linux.leave_keyrings()
    linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", "/tmp", "tmpfs", linux.MS_NOSUID, "mode=755,size=1m")
    os.mkdir("/tmp/old")
    os.mkdir("/tmp/new")
    linux.pivot_root("/tmp", "/tmp/old")
    os.chdir("/")
    socket.sethostname("grading")
    owner = NOBODY if root else INSIDE_ID
    _make_scratch(request, owner)
    _show(view)  # on top of the scratch file system, where something that is shown lies below /tmp
    _fill_scratch(request, owner)
    _make_devices()
    linux.unmount("/old")
    linux.mount("none", "/", flags=linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | linux.MS_NOSUID)
    if root:
        os.setgroups([])
        os.setresgid(NOBODY, NOBODY, NOBODY)
        os.setresuid(NOBODY, NOBODY, NOBODY)
        linux.new_user_namespace(proc_self, INSIDE_ID)
    os.close(proc_self)
    linux.prctl(linux.PR_SET_PDEATHSIG, signal.SIGKILL)  # changing the user took it back
    # The kernel lets no process make user namespaces whose root is not that of its mount namespace.
    os.chroot("/new")
    os.chdir(WORK)
    linux.drop_capabilities()
    if linux.landlock_abi():
        linux.landlock(["/"], ["/tmp", "/dev"])
    linux.filter_calls()


def _show(view: View) -> None:
    """Build the read-only part of the new root at /new, out of what is at /old."""
    for path, shown in sorted([*((path, True) for path in view.shown), *((path, False) for path in view.hidden)],
                              key=lambda item: (item[0].count("/"), item[0])):
        here, there = Path("/new" + path), Path("/old" + path)
        if not shown:
            if here.exists():  # within a folder that is shown
                linux.mount("tmpfs", here, "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "mode=755,size=1m")
        elif there.is_symlink():
            here.parent.mkdir(parents=True, exist_ok=True)
            if not os.path.lexists(here):
                here.symlink_to(os.readlink(there))
        elif not _same(here, there):
            _bind(there, here)
    etc = Path("/new/etc")
    etc.mkdir(exist_ok=True)
    for name, content in _ACCOUNTS.items():
        (etc / name).write_text(content)


def _same(one: Path, other: Path) -> bool:
    """Whether it is there already, as part of a folder shown."""
    try:
        return os.path.samestat(one.stat(), other.stat())
    except OSError:
        return False


def _bind(source: Path, target: Path) -> None:
    """Show `source` at `target`, read-only."""
    if source.is_dir():
        target.mkdir(parents=True, exist_ok=True)
    else:
        target.parent.mkdir(parents=True, exist_ok=True)
        target.touch()
    linux.mount(source, target, flags=linux.MS_BIND | linux.MS_REC)
    kept = os.statvfs(source).f_flag & os.ST_NOEXEC  # this may not be taken off again
    linux.mount("none", target,
                flags=linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV | kept)


def _make_scratch(request: Request, owner: int) -> None:
    """Mount the file system in memory that is all a student's process can write."""
    size = request.limits.scratch + sum(os.stat(f"/old{path}").st_size for path, _ in request.files)
    os.mkdir("/new/tmp")
    linux.mount("tmpfs", "/new/tmp", "tmpfs", linux.MS_NOSUID | linux.MS_NODEV,
                f"mode=700,size={size},nr_inodes=20000,uid={owner},gid={owner}")


def _fill_scratch(request: Request, owner: int) -> None:
    """Make its folders, copy the notebook's files, and show it at /dev/shm too."""
    for folder in (WORK, HOME, SHARED_MEMORY):
        os.mkdir(f"/new{folder}")
        os.chown(f"/new{folder}", owner, owner)
    _copy(request.files, "/old", f"/new{WORK}")
    if owner == NOBODY:
        for parent, folders, files in os.walk(f"/new{WORK}"):
            for name in (*folders, *files):
                os.chown(os.path.join(parent, name), owner, owner)
    os.makedirs("/new/dev/shm")
    linux.mount(f"/new{SHARED_MEMORY}", "/new/dev/shm", flags=linux.MS_BIND)


def _make_devices() -> None:
    """The devices that programs expect, terminals of its own, and /proc with its own processes only."""
    dev = Path("/new/dev")
    for name in _DEVICES:
        (dev / name).touch()
        linux.mount(f"/old/dev/{name}", dev / name, flags=linux.MS_BIND)
    for name, target in (("fd", "self/fd"), ("stdin", "self/fd/0"), ("stdout", "self/fd/1"), ("stderr", "self/fd/2")):
        (dev / name).symlink_to(f"/proc/{target}")
    (dev / "pts").mkdir()
    linux.mount("devpts", dev / "pts", "devpts", linux.MS_NOSUID | linux.MS_NOEXEC,
                "newinstance,ptmxmode=0666,mode=620")
    (dev / "ptmx").symlink_to("pts/ptmx")
    os.mkdir("/new/proc")
    with contextlib.suppress(OSError):  # in a container that hides parts of /proc; it is a comfort, none of the walls
        linux.mount("proc", "/new/proc", "proc", linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC,
                    "subset=pid,hidepid=2")


def _copy(files: Iterable[tuple[str, str]], root: str, folder: str) -> None:
    """Copy regular files into the scratch folder; a link is not followed."""
    for source, name in files:
        target = Path(folder, name)
        target.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(root + source, os.O_RDONLY | os.O_NOFOLLOW), "rb") as origin, target.open("wb") as copy:
            if stat.S_ISREG(os.fstat(origin.fileno()).st_mode):
                shutil.copyfileobj(origin, copy)


def _set_limits(request: Request, mapped: int) -> None:
    """What the kernel counts for each process; `mapped` bytes it has from the zygote.

    Its processes together are watched by the grader.
    """
    limits = request.limits
    limit = {resource.RLIMIT_AS: mapped + limits.memory, resource.RLIMIT_CPU: limits.cpu_time,
             resource.RLIMIT_FSIZE: limits.scratch, resource.RLIMIT_CORE: 0, resource.RLIMIT_NOFILE: 512}
    if request.isolated:  # outside of a user namespace it would count all that the user runs
        limit[resource.RLIMIT_NPROC] = limits.processes
    for which, most in limit.items():
        _, hard = resource.getrlimit(which)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(which, (most, most))
