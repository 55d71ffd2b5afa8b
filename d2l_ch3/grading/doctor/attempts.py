"""Trying what the kernel may refuse, in a child process that leaves no trace, and why it refuses."""

import errno
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from d2l_ch3.grading.doctor.lines import Found, off
from d2l_ch3.language import Text

if sys.platform == "linux":
    from d2l_ch3.grading import isolation, linux

CONTAINER = "--security-opt seccomp=unconfined --security-opt apparmor=unconfined"
NAMESPACES = {"user": "user", "mount": "mnt", "pid": "pid", "network": "net", "ipc": "ipc", "uts": "uts"}
"""The kinds of namespaces, and what the kernel's settings call them."""


def tried(action: Callable[[], Any]) -> OSError | None:
    """Do something in a child process; the error if the system refuses it."""
    child = os.fork()
    if not child:
        os._exit(_number(action))
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    return OSError(code, os.strerror(code)) if code > 0 else OSError(f"signal {-code}") if code else None


def _number(action: Callable[[], Any]) -> int:
    try:
        action()
    except OSError as error:
        return error.errno or errno.EIO
    except BaseException:
        return errno.EIO
    return 0


def tried_within(action: Callable[[], Any]) -> OSError | None:
    """Do something in a child process that is the first in namespaces of its own."""
    def enter() -> None:
        unshare("mount", "pid", "network", "ipc", "uts")
        error = tried(action)
        if error:
            raise error

    return tried(enter)


def unshare(*kinds: str) -> None:
    """Enter new namespaces as the engine does: who is not root needs one for users first."""
    if os.geteuid():
        enter_user_namespace()
    linux.unshare(sum(linux.NAMESPACES[kind] for kind in kinds))


def enter_user_namespace() -> None:
    """As the engine does: root is somebody else before."""
    proc_self = os.open("/proc/self", os.O_RDONLY)
    if not os.geteuid():
        os.setgroups([])
        os.setresgid(*[isolation.NOBODY] * 3)
        os.setresuid(*[isolation.NOBODY] * 3)
    linux.new_user_namespace(proc_self, isolation.INSIDE_ID)


def setting(name: str) -> str:
    """One of the kernel's settings (sysctl); empty if it has no such."""
    try:
        return Path("/proc/sys", *name.split(".")).read_text().strip()
    except OSError:
        return ""


def refused(error: OSError, kind: str = "user") -> Found:
    """Why the kernel refuses, and the mend on this machine."""
    zero = [(f"user.max_{name}_namespaces", "0", "15000") for name in dict.fromkeys(("user", NAMESPACES[kind]))]
    users = [("kernel.unprivileged_userns_clone", "0", "1"), ("kernel.apparmor_restrict_unprivileged_userns", "1", "0")]
    for name, forbids, allows in [*(users if kind == "user" or os.geteuid() else []), *zero]:
        if setting(name) == forbids:
            return off(Text(f"系统设置 {name}={forbids} 不许", f"the setting {name}={forbids} forbids it"),
                       Text(f"sudo sysctl -w {name}={allows}（写进 /etc/sysctl.d/ 才能长久）",
                            f"sudo sysctl -w {name}={allows} (a file in /etc/sysctl.d/ makes it last)"))
    if error.errno in (errno.ENOSYS, errno.EINVAL):
        return off(Text(f"内核 {platform.release()} 没有这一项", f"the kernel {platform.release()} does not have it"),
                   Text("换 5.13 或更新的内核", "use a kernel 5.13 or newer"))
    if error.errno in (errno.EPERM, errno.EACCES) and filtered():
        return off(Text("所在的容器用 seccomp 禁止了", "the container that this runs in forbids it (seccomp)"),
                   Text(f"启动容器时加上 {CONTAINER}", f"start the container with {CONTAINER}"))
    return off(Text(f"系统不许：{error.strerror}", f"the system refuses: {error.strerror}"),
               Text("问管理这台机器的人，或换一台 Linux", "ask who looks after this machine, or use another Linux"))


def filtered() -> bool:
    """Whether a filter of system calls (seccomp) lies over this process, as in most containers."""
    return "\nSeccomp:\t2\n" in Path("/proc/self/status").read_text()


def kernel_version() -> tuple[int, ...]:
    """The kernel's version, its first two numbers."""
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in platform.release().split(".")[:2])
