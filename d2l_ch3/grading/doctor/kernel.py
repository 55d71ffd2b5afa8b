"""What the kernel gives: namespaces, walls around files, filters, limits."""

import errno
import os
import signal
import sys
from pathlib import Path

from d2l_ch3.grading.doctor.attempts import (
    NAMESPACES,
    enter_user_namespace,
    kernel_version,
    refused,
    tried,
    tried_within,
    unshare,
)
from d2l_ch3.grading.doctor.lines import Found, Look, check, off, on, weaker
from d2l_ch3.language import Text

if sys.platform == "linux":
    import resource

    from d2l_ch3.grading import linux


def _namespace(kind: str) -> Look:
    def look(course: Path) -> Found:
        error = tried(enter_user_namespace if kind == "user" else lambda: unshare(kind))
        return refused(error, kind) if error else on("可用", "works")
    return look


@check("新的根目录", "new root folder", linux=True)
def new_root(course: Path) -> Found:
    """Whether all of the file system can be put away, and a part of it shown read-only."""
    def build() -> None:
        linux.mount("none", "/", flags=linux.MS_REC | linux.MS_PRIVATE)
        linux.mount("tmpfs", "/tmp", "tmpfs", linux.MS_NOSUID, "mode=755,size=1m")
        for folder in ("/tmp/old", "/tmp/usr"):
            os.mkdir(folder)
        linux.pivot_root("/tmp", "/tmp/old")
        linux.mount("/old/usr", "/usr", flags=linux.MS_BIND | linux.MS_REC)
        linux.unmount("/old")
        if os.listdir("/old"):
            raise OSError(errno.EBUSY, "the old root is still there")

    error = tried_within(build)
    return refused(error, "mount") if error else on("学生的进程只看得到解释器和软件包，都是只读的",
                                                    "a student's process sees the interpreter and packages, read-only")


@check("不许再建命名空间", "no further namespaces", linux=True)
def no_more_namespaces(course: Path) -> Found:
    """Whether a changed root keeps a process from user namespaces, in which it would be root again."""
    def enter_and_escape() -> None:
        os.chroot("/proc")
        error = tried(lambda: linux.unshare(linux.CLONE_NEWUSER))
        if not error:
            raise OSError(errno.ENOTRECOVERABLE, "a user namespace was made all the same")

    error = tried_within(enter_and_escape)
    if error and error.errno == errno.ENOTRECOVERABLE:
        return weaker(Text("换了根目录还能建用户命名空间", "user namespaces can be made in spite of chroot"),
                      Text("换一个标准的 Linux 内核", "use a standard Linux kernel"))
    return refused(error) if error else on("换了根目录（chroot）之后就不能", "chroot takes that away")


@check("自己的 /proc", "a /proc of its own", linux=True)
def own_proc(course: Path) -> Found:
    """Whether /proc can show a student's own processes only."""
    error = tried_within(lambda: linux.mount("proc", "/proc", "proc", linux.MS_NOSUID, "subset=pid,hidepid=2"))
    if error:
        return weaker(Text("建不成，学生的进程就没有 /proc；隔离不靠它", "none; isolation does not depend on it"),
                      Text("在容器里：--security-opt systempaths=unconfined；其他情况：5.8 或更新的内核",
                           "in a container --security-opt systempaths=unconfined; else a kernel 5.8 or newer"))
    return on("只有学生自己的进程", "shows a student's own processes only")


@check("Landlock", "Landlock", linux=True)
def landlock(course: Path) -> Found:
    """A second wall around files; from version 4 on around TCP, from 6 on around signals and abstract sockets."""
    abi = linux.landlock_abi()

    def restrict() -> None:
        linux.drop_capabilities()
        linux.landlock(["/"], ["/tmp"])

    if not abi or tried(restrict):
        return weaker(Text("没有；命名空间照样隔离，少了第二道墙", "none; namespaces isolate, without a second wall"),
                      Text("内核 5.13 起才有；也许启动参数 lsm= 里没写 landlock，或容器不许",
                           "from kernel 5.13 on; or add it to the boot parameter lsm=; or a container forbids it"))
    zh = "文件" + "、TCP" * (abi >= 4) + "、信号和抽象套接字" * (abi >= 6)
    en = "files" + ", TCP" * (abi >= 4) + ", signals and abstract sockets" * (abi >= 6)
    if abi < 6:
        return weaker(Text(f"版本 {abi}：{zh}", f"version {abi}: {en}"),
                      Text("内核 6.12 起还管信号和抽象套接字",
                           "a kernel 6.12 or newer guards signals and abstract sockets too"))
    return on(f"版本 {abi}：{zh}", f"version {abi}: {en}")


@check("没有特权", "no privileges", linux=True)
def no_privileges(course: Path) -> Found:
    """Whether capabilities can be given up for good."""
    def give_up() -> None:
        linux.drop_capabilities()
        status = Path("/proc/self/status").read_text()
        if "CapEff:\t0000000000000000\n" not in status or "NoNewPrivs:\t1\n" not in status:
            raise OSError(errno.EPERM, "capabilities are still there")

    error = tried_within(give_up)
    return refused(error) if error else on("能力全部放弃，也拿不回来（no_new_privs）",
                                           "all capabilities given up for good (no_new_privs)")


@check("系统调用过滤", "filter of system calls", linux=True)
def filter_of_calls(course: Path) -> Found:
    """Whether calls that would get around the walls can be refused."""
    def refused_afterwards() -> None:
        linux.drop_capabilities()
        linux.filter_calls()
        try:
            os.memfd_create("counted by nobody")
        except PermissionError:
            return
        raise OSError(errno.EINVAL, "a call that should be refused was not")

    error = tried(refused_afterwards)
    if error is None:
        return on("内存文件、密钥环、io_uring 和网络命名空间管不到的套接字都不许用",
                  "no memory files, keyrings, io_uring, or sockets that no network namespace holds")
    return off(Text("{error}", "{error}").format(error=error.strerror),
               Text("需要 x86-64 或 ARM64 的 Linux，内核带 seccomp",
                    "this needs Linux on x86-64 or ARM64 with seccomp in its kernel"))


@check("限额", "limits", linux=True)
def limits(course: Path) -> Found:
    """Memory, processor time, file sizes, processes."""
    def set_limits() -> None:
        for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
            most = resource.getrlimit(which)[1]
            most = 1 << 40 if most == resource.RLIM_INFINITY else most
            resource.setrlimit(which, (most, most))

    error = tried(set_limits)
    if error:
        return refused(error)
    if kernel_version() < (5, 14):
        return weaker(Text("5.14 以前的内核把同一用户的进程数在一起，不是每个学生各数各的",
                           "kernels before 5.14 count the processes of all students together"),
                      Text("换 5.14 或更新的内核，或用 --jobs 1", "use a kernel 5.14 or newer, or --jobs 1"))
    return on("内存、处理器时间、文件、每个学生的进程数", "memory, processor time, files, processes of each student")


@check("进程描述符", "pidfd", linux=True)
def pidfd(course: Path) -> Found:
    """How a process is stopped without mistaking another for it."""
    def stop_nobody() -> None:
        signal.pidfd_send_signal(os.pidfd_open(os.getpid()), 0)

    error = tried(stop_nobody)
    return refused(error) if error else on("停的一定是那个进程", "the process that is stopped is the right one")


_NAMES = zip(NAMESPACES, ("用户", "挂载", "进程", "网络", "进程间通信", "主机名"), strict=True)
CHECKS = (*(check(f"{zh}命名空间", f"{kind} namespace", linux=True)(_namespace(kind)) for kind, zh in _NAMES),
          new_root, no_more_namespaces, own_proc, landlock, no_privileges, filter_of_calls, limits, pidfd)
