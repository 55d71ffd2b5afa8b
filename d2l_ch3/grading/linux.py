"""The Linux system calls behind the isolation, each with its manual page; errors become OSError.

Python's own `os` has some of them only from 3.12 on, and none of Landlock.
"""

import ctypes
import errno
import fcntl
import os
import select
import signal
import struct
from collections.abc import Iterable
from pathlib import Path

_libc = ctypes.CDLL(None, use_errno=True)

# unshare(2)
CLONE_NEWNS, CLONE_NEWUTS, CLONE_NEWIPC = 0x00020000, 0x04000000, 0x08000000
CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET = 0x10000000, 0x20000000, 0x40000000
NAMESPACES = {"user": CLONE_NEWUSER, "mount": CLONE_NEWNS, "pid": CLONE_NEWPID, "network": CLONE_NEWNET,
              "ipc": CLONE_NEWIPC, "uts": CLONE_NEWUTS}

# mount(2)
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC = 1, 2, 4, 8
MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = 32, 4096, 16384, 1 << 18
MNT_DETACH = 2

# prctl(2)
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP = 1, 4, 24
PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = 36, 38

HUGE_PAGE, _MADV_COLLAPSE = 2 << 20, 25

_SYS_PIVOT_ROOT = {"x86_64": 155, "aarch64": 41}
_SYS_KEYCTL, _KEYCTL_JOIN_SESSION_KEYRING = {"x86_64": 250, "aarch64": 219}, 1

# seccomp(2): a program of the kernel's small machine over the number and arguments of a system call
PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, _SECCOMP_ALLOW, _SECCOMP_ERRNO = 22, 2, 0x7FFF0000, 0x00050000
_LOAD, _JUMP_EQUAL, _JUMP_AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_AT_NUMBER, _AT_ARCHITECTURE, _AT_FIRST_ARGUMENT, _X32 = 0, 4, 16, 0x40000000
_ARCHITECTURE = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
_REFUSED = {
    "x86_64": {"shmget": 29, "add_key": 248, "request_key": 249, "keyctl": 250, "perf_event_open": 298,
               "memfd_create": 319, "bpf": 321, "userfaultfd": 323, "io_uring_setup": 425, "memfd_secret": 447},
    "aarch64": {"shmget": 194, "add_key": 217, "request_key": 218, "keyctl": 219, "perf_event_open": 241,
                "memfd_create": 279, "bpf": 280, "userfaultfd": 282, "io_uring_setup": 425, "memfd_secret": 447}}
_SYS_SOCKET = {"x86_64": 41, "aarch64": 198}
_FAMILIES = (1, 2, 10, 16)  # Unix, IPv4, IPv6, netlink
_SYS_LANDLOCK_CREATE_RULESET, _SYS_LANDLOCK_ADD_RULE, _SYS_LANDLOCK_RESTRICT_SELF = 444, 445, 446
_MACHINE = os.uname().machine


def _check(result: int, what: str) -> int:
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def unshare(flags: int) -> None:
    """Move this process (for pid: its children) into new namespaces. unshare(2)."""
    _check(_libc.unshare(flags), "unshare")


def mount(source: str | Path, target: str | Path, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    _check(_libc.mount(os.fsencode(source), os.fsencode(target), kind.encode() or None, ctypes.c_ulong(flags),
                       options.encode() or None), f"mount {target}")


def unmount(target: str | Path) -> None:
    """Take a mount out of sight; it ends with its last user. umount2(2)."""
    _check(_libc.umount2(os.fsencode(target), MNT_DETACH), f"unmount {target}")


def pivot_root(new_root: str | Path, put_old: str | Path) -> None:
    """pivot_root(2)."""
    _check(_libc.syscall(ctypes.c_long(_SYS_PIVOT_ROOT[_MACHINE]), os.fsencode(new_root), os.fsencode(put_old)),
           "pivot_root")


def prctl(option: int, argument: int = 0) -> None:
    """prctl(2)."""
    _check(_libc.prctl(option, ctypes.c_ulong(argument), 0, 0, 0), f"prctl {option}")


def name_process(name: str) -> None:
    """What `ps` and `top` call this process; at most 15 letters."""
    Path("/proc/self/comm").write_text(name)


def end_with(connection: int) -> None:
    """Let the kernel end this process when the other end of a socket is closed; nothing may ever be sent there.

    No thread could: one that computes may never let another have its turn. fcntl(2), "Signal-driven I/O".
    """
    signal.signal(signal.SIGIO, signal.SIG_DFL)
    fcntl.fcntl(connection, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(connection, fcntl.F_SETFL, fcntl.fcntl(connection, fcntl.F_GETFL) | os.O_ASYNC)
    poll = select.poll()
    poll.register(connection, 0)
    if poll.poll(0):  # it was closed before
        os._exit(1)


def new_user_namespace(proc_self: int, inside: int) -> None:
    """Enter a new user namespace, in which this process's user and group are called `inside`. user_namespaces(7).

    `proc_self` is an open directory, ``/proc/self``, which need not be reachable by name any more.
    """
    user, group = os.geteuid(), os.getegid()
    unshare(CLONE_NEWUSER)
    prctl(PR_SET_DUMPABLE, 1)  # a process that changed its user may not write its own maps otherwise
    for name, content in (("setgroups", "deny"), ("uid_map", f"{inside} {user} 1"), ("gid_map", f"{inside} {group} 1")):
        with open(os.open(name, os.O_WRONLY, dir_fd=proc_self), "w") as file:
            file.write(content)


def use_huge_pages() -> None:
    """Put this process's own memory into pages of 2 MiB, where the kernel (6.1 or newer) can. madvise(2).

    A fork copies the table of its parent's pages: with huge pages it is short, and the fork takes a third of the time.
    """
    for line in Path("/proc/self/maps").read_text().splitlines():
        place, access, _, _, _, *name = line.split()
        if access == "rw-p" and name in ([], ["[heap]"]):
            start, end = (int(address, 16) for address in place.split("-"))
            start, end = -(-start // HUGE_PAGE) * HUGE_PAGE, end // HUGE_PAGE * HUGE_PAGE
            if start < end:  # a failure changes nothing
                _libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(end - start), _MADV_COLLAPSE)


def drop_capabilities() -> None:
    """Give up all capabilities, and the ways to get any back. capabilities(7)."""
    prctl(PR_SET_NO_NEW_PRIVS, 1)
    for capability in range(64):
        try:
            prctl(PR_CAPBSET_DROP, capability)
        except OSError:  # past the last one that this kernel knows
            break
    version_3 = struct.pack("<Ii", 0x20080522, 0)
    _check(_libc.capset(version_3, bytes(24)), "capset")


def leave_keyrings() -> None:
    """Start a session keyring of this process's own: keys are inherited otherwise, and kept for others. keyctl(2)."""
    _check(_libc.syscall(ctypes.c_long(_SYS_KEYCTL[_MACHINE]), ctypes.c_long(_KEYCTL_JOIN_SESSION_KEYRING), None),
           "keyctl")


def filter_calls() -> None:
    """Refuse (EPERM) the system calls that would get around the other walls. seccomp(2).

    These are sockets of families that no network namespace holds, and memory and keys that nobody counts.
    """
    refuse, allow = (_RETURN, 0, 0, _SECCOMP_ERRNO | errno.EPERM), (_RETURN, 0, 0, _SECCOMP_ALLOW)
    program = [(_LOAD, 0, 0, _AT_ARCHITECTURE), (_JUMP_EQUAL, 1, 0, _ARCHITECTURE[_MACHINE]), refuse,
               (_LOAD, 0, 0, _AT_NUMBER)]
    if _MACHINE == "x86_64":  # the calls of x32 have the same architecture, and numbers of their own
        program += [(_JUMP_AT_LEAST, 0, 1, _X32), refuse]
    for number in _REFUSED[_MACHINE].values():
        program += [(_JUMP_EQUAL, 0, 1, number), refuse]
    left = len(_FAMILIES)
    program += [(_JUMP_EQUAL, 0, left + 2, _SYS_SOCKET[_MACHINE]), (_LOAD, 0, 0, _AT_FIRST_ARGUMENT)]
    program += [(_JUMP_EQUAL, left - place, 0, family) for place, family in enumerate(_FAMILIES)]
    program += [refuse, allow]
    code = ctypes.create_string_buffer(b"".join(struct.pack("=HBBI", *line) for line in program))
    header = ctypes.create_string_buffer(struct.pack("@HP", len(program), ctypes.addressof(code)))
    _check(_libc.prctl(PR_SET_SECCOMP, ctypes.c_ulong(_SECCOMP_MODE_FILTER), header, 0, 0), "seccomp")


def landlock_abi() -> int:
    """The version of Landlock that this kernel has, 0 for none. landlock(7)."""
    if _MACHINE not in _SYS_PIVOT_ROOT:
        return 0
    return max(0, _libc.syscall(ctypes.c_long(_SYS_LANDLOCK_CREATE_RULESET), None, ctypes.c_size_t(0),
                                ctypes.c_uint32(1)))


# What is done to files: execute, write, read, list; remove, make and move things of all kinds; later: truncate, ioctl.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1, 2, 4, 8
_FILE_RIGHTS = {1: 13, 2: 14, 3: 15, 5: 16}  # ABI to how many bits it knows


def landlock(read: Iterable[str], write: Iterable[str]) -> None:
    """Let this process and its children read below `read`, do anything below `write`, and nothing else.

    From ABI 4 on no TCP, from 6 on no signals and abstract sockets outside. Raises OSError where there is no Landlock.
    """
    abi = landlock_abi()
    handled = (1 << max((bits for version, bits in _FILE_RIGHTS.items() if version <= abi), default=0)) - 1
    attributes = struct.pack("<QQQ", handled, 3, 3)[:8 if abi < 4 else 16 if abi < 6 else 24]
    ruleset = _check(_libc.syscall(ctypes.c_long(_SYS_LANDLOCK_CREATE_RULESET), attributes,
                                   ctypes.c_size_t(len(attributes)), ctypes.c_uint32(0)), "landlock_create_ruleset")
    for paths, rights in ((read, _EXECUTE | _READ_FILE | _READ_DIR), (write, handled)):
        for path in paths:
            place = os.open(path, os.O_PATH | os.O_CLOEXEC)
            _check(_libc.syscall(ctypes.c_long(_SYS_LANDLOCK_ADD_RULE), ctypes.c_int(ruleset), ctypes.c_int(1),
                                 struct.pack("<Qi", rights, place), ctypes.c_uint32(0)), f"landlock_add_rule {path}")
            os.close(place)
    _check(_libc.syscall(ctypes.c_long(_SYS_LANDLOCK_RESTRICT_SELF), ctypes.c_int(ruleset), ctypes.c_uint32(0)),
           "landlock_restrict_self")
    os.close(ruleset)
