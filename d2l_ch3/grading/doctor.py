"""`d2l-ch3 doctor`: what protects this machine while it grades, what is missing, and how to mend it.

Each check is a small function that looks at one thing. What the kernel may refuse is tried in a child process, which
leaves no trace. What exists only on Linux is imported where it is used, so that this module answers everywhere.
"""

import errno
import os
import platform
import shutil
import signal
import socket
import sqlite3
import stat
import sys
import tempfile
from collections.abc import Callable
from enum import Enum
from functools import wraps
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, NamedTuple

from d2l_ch3.language import Text

TESTED = {"torch": "2.13", "nbgrader": "0.9.6", "safetensors": "0.8", "rich": "15.0"}
LEAST_PYTHON = (3, 11)
GIB = 1024 ** 3
ENOUGH_DISK, LEAST_DISK = 1, 0.1  # GiB
CONTAINER = "--security-opt seccomp=unconfined --security-opt apparmor=unconfined"
RUN_HERE = 10.0  # seconds that a cell of the trial may take


class State(Enum):
    """How a thing is: as it should be, less than it could be, or missing so that grading cannot go on."""

    ON = Text("开", "on")
    WEAKER = Text("较弱", "weaker")
    OFF = Text("关", "off")


_COLOURS = {State.ON: "green", State.WEAKER: "yellow", State.OFF: "bold red"}
NOTHING = Text("", "")


class Found(NamedTuple):
    """What a check found: the state, why it is so, and the mend if it needs one."""

    state: State
    reason: Text
    mend: Text = NOTHING


class Line(NamedTuple):
    """One line of the table."""

    name: Text
    state: State
    reason: Text
    mend: Text


Look = Callable[[Path], Found]
Check = Callable[[Path], Line]
CHECKS: list[Check] = []
"""All checks, in the order of the table."""


def doctor(course: Path) -> int:
    """Look at everything and show it. Returns 0 if grading can go on, 1 if something has to be mended first."""
    root = course.resolve()
    lines = [each(root) for each in CHECKS]
    show(lines)
    return int(any(line.state is State.OFF for line in lines))


def show(lines: list[Line]) -> None:
    """The table, or plain lines where rich is what is missing."""
    missing = sum(line.state is State.OFF for line in lines)
    verdict = Text("可以批改。", "Grading can go on.")
    if missing:
        verdict = Text(f"有 {missing} 项要先修好，才能批改。", f"{missing} to be mended before grading can go on.")
    try:
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text as Styled
    except ImportError:
        for line in lines:
            print(f"{line.name}: {line.state.value}. {line.reason}", f"  → {line.mend}" if any(line.mend) else "")
        print(verdict)
        return
    titles = Text("项目", "what"), Text("状态", "state"), Text("说明", "reason and mend")
    table = Table(*map(str, titles))
    for line in lines:
        mend = f"\n→ {line.mend}" if any(line.mend) else ""
        table.add_row(str(line.name), Styled(str(line.state.value), _COLOURS[line.state]),
                      Styled(str(line.reason)).append(mend, "bold"))
    console = Console()
    console.print(table)
    console.print(str(verdict), highlight=False)


def check(zh: str, en: str, linux: bool = False) -> Callable[[Look], Check]:
    """Make a function one of the checks, under this name. One that raises is a line as well; so is another system."""
    def register(look: Look) -> Check:
        @wraps(look)
        def line(course: Path) -> Line:
            try:
                found = another_system() if linux and sys.platform != "linux" else look(course)
            except Exception as error:
                found = off(Text(f"没能检查：{type(error).__name__}: {error}",
                                 f"could not be checked: {type(error).__name__}: {error}"))
            return Line(Text(zh, en), *found)

        CHECKS.append(line)
        return line
    return register


def on(zh: str, en: str = "") -> Found:
    """As it should be."""
    return Found(State.ON, Text(zh, en or zh))


def off(reason: Text, mend: Text = NOTHING) -> Found:
    """Missing."""
    return Found(State.OFF, reason, mend)


def weaker(reason: Text, mend: Text = NOTHING) -> Found:
    """Less than it could be."""
    return Found(State.WEAKER, reason, mend)


# What has to be installed


@check("Python", "Python")
def python(course: Path) -> Found:
    """Its version."""
    if sys.version_info < LEAST_PYTHON:
        return off(Text(platform.python_version(), platform.python_version()),
                   Text("需要 Python 3.11 或更新的版本", "Python 3.11 or newer is needed"))
    return on(platform.python_version())


def _package(name: str) -> Look:
    def look(course: Path) -> Found:
        tested = TESTED[name]
        try:
            found = version(name)
        except PackageNotFoundError:
            return off(Text("没有安装", "not installed"), Text(*["pip install 'd2l_ch3[grading]'"] * 2))
        if found.startswith(tested):
            return on(f"{found}（测试过的版本）", f"{found}, the version that was tested")
        return weaker(Text(f"{found}；测试过的是 {tested}", f"{found}; {tested} was tested"),
                      Text(f"多半没有问题；要一样就 pip install '{name}=={tested}.*'",
                           f"it probably works; for the same: pip install '{name}=={tested}.*'"))
    return look


for _name in TESTED:
    check(_name, _name)(_package(_name))


# What the kernel gives


def another_system() -> Found:
    """No walls anywhere but on Linux."""
    name = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
    wsl = Text("WSL 2、", "WSL 2, ") if name == "Windows" else NOTHING
    reason = Text("{name} 没有 Linux 的命名空间，学生的代码关不起来",
                  "{name} has no namespaces, which isolation is made of")
    mend = Text("在 Linux 上批改：{wsl}虚拟机或容器都行",
                "grade on Linux: {wsl}a virtual machine or a container will do")
    return off(reason.format(name=name), mend.format(wsl=wsl))


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
        _unshare("mount", "pid", "network", "ipc", "uts")
        error = tried(action)
        if error:
            raise error

    return tried(enter)


def _unshare(*kinds: str) -> None:
    """Enter new namespaces as the engine does: who is not root needs one for users first."""
    from d2l_ch3.grading import linux

    if os.geteuid():
        _enter_user_namespace()
    linux.unshare(sum(linux.NAMESPACES[kind] for kind in kinds))


def _enter_user_namespace() -> None:
    """As the engine does: root is somebody else before."""
    from d2l_ch3.grading import isolation, linux

    proc_self = os.open("/proc/self", os.O_RDONLY)
    if not os.geteuid():
        os.setgroups([])
        os.setresgid(*[isolation.NOBODY] * 3)
        os.setresuid(*[isolation.NOBODY] * 3)
    linux.new_user_namespace(proc_self, isolation.INSIDE_ID)


_NAMESPACES = {"user": "user", "mount": "mnt", "pid": "pid", "network": "net", "ipc": "ipc", "uts": "uts"}
"""The kinds of namespaces, and what the kernel's settings call them."""


def setting(name: str) -> str:
    """One of the kernel's settings (sysctl); empty if it has no such."""
    try:
        return Path("/proc/sys", *name.split(".")).read_text().strip()
    except OSError:
        return ""


def refused(error: OSError, kind: str = "user") -> Found:
    """Why the kernel refuses, and the mend on this machine."""
    zero = [(f"user.max_{name}_namespaces", "0", "15000") for name in dict.fromkeys(("user", _NAMESPACES[kind]))]
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


def kernel() -> tuple[int, ...]:
    """The kernel's version, its first two numbers."""
    return tuple(int("".join(filter(str.isdigit, part)) or 0) for part in platform.release().split(".")[:2])


def _namespace(kind: str) -> Look:
    def look(course: Path) -> Found:
        error = tried(_enter_user_namespace if kind == "user" else lambda: _unshare(kind))
        return refused(error, kind) if error else on("可用", "works")
    return look


for _kind, _zh in zip(_NAMESPACES, ("用户", "挂载", "进程", "网络", "进程间通信", "主机名"), strict=True):
    check(f"{_zh}命名空间", f"{_kind} namespace", linux=True)(_namespace(_kind))


@check("新的根目录", "new root folder", linux=True)
def new_root(course: Path) -> Found:
    """Whether all of the file system can be put away, and a part of it shown read-only."""
    from d2l_ch3.grading import linux

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
    from d2l_ch3.grading import linux

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
    from d2l_ch3.grading import linux

    error = tried_within(lambda: linux.mount("proc", "/proc", "proc", linux.MS_NOSUID, "subset=pid,hidepid=2"))
    if error:
        return weaker(Text("建不成，学生的进程就没有 /proc；隔离不靠它", "none; isolation does not depend on it"),
                      Text("在容器里：--security-opt systempaths=unconfined；其他情况：5.8 或更新的内核",
                           "in a container --security-opt systempaths=unconfined; else a kernel 5.8 or newer"))
    return on("只有学生自己的进程", "shows a student's own processes only")


@check("Landlock", "Landlock", linux=True)
def landlock(course: Path) -> Found:
    """A second wall around files; from version 4 on around TCP, from 6 on around signals and abstract sockets."""
    from d2l_ch3.grading import linux

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
    from d2l_ch3.grading import linux

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
    from d2l_ch3.grading import linux

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
    import resource

    def set_limits() -> None:
        for which in (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NPROC):
            most = resource.getrlimit(which)[1]
            most = 1 << 40 if most == resource.RLIM_INFINITY else most
            resource.setrlimit(which, (most, most))

    error = tried(set_limits)
    if error:
        return refused(error)
    if kernel() < (5, 14):
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


# What the course needs


@check("中文字体", "Chinese font")
def font(course: Path) -> Found:
    """For labels in pictures."""
    from d2l_ch3.show.fonts import chinese_font

    family = chinese_font()
    if family:
        return on(family)
    return weaker(Text("没有：图上的汉字会变成方框", "none: Chinese labels in pictures turn into boxes"),
                  Text(*["pip install zhplot"] * 2))


@check("磁盘", "disk")
def disk(course: Path) -> Found:
    """Room for graded notebooks."""
    free = shutil.disk_usage(course).free / GIB
    amount = Text(f"课程文件夹里还有 {free:.1f} GiB", f"{free:.1f} GiB free in the course's folder")
    if free >= ENOUGH_DISK:
        return on(*amount)
    mend = Text(f"至少留出 {ENOUGH_DISK} GiB", f"have {ENOUGH_DISK} GiB free")
    return weaker(amount, mend) if free >= LEAST_DISK else off(amount, mend)


@check("内存", "memory", linux=True)
def memory(course: Path) -> Found:
    """Room for what notebooks may use, their files in memory included."""
    from d2l_ch3.notebooks.limits import Limits

    of = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
    free, most = int(of["MemAvailable"].split()[0]) * 1024, Limits().memory + Limits().scratch
    amount = Text(f"可用 {free / GIB:.1f} GiB；一份作业最多用 {most / GIB:.2f} GiB",
                  f"{free / GIB:.1f} GiB available; a notebook may use {most / GIB:.2f} GiB")
    jobs = min(free // most, os.cpu_count() or 1)
    if jobs < (os.cpu_count() or 1):
        return weaker(amount, Text(f"用 --jobs {max(jobs, 1)}", f"use --jobs {max(jobs, 1)}"))
    return on(*amount)


@check("课程文件夹", "course folder", linux=True)
def folder(course: Path) -> Found:
    """Whether it is a course, and what was handed in can be found."""
    from d2l_ch3.grading.course import CONFIG_FILE

    if not (course / CONFIG_FILE).is_file():
        return off(Text(f"{course} 不是课程：没有 {CONFIG_FILE}", f"{course} is no course: it has no {CONFIG_FILE}"),
                   Text("到课程文件夹里来，或用 --course 指明", "go to the course's folder, or name it with --course"))
    directory = _directory(course)
    submitted = Path(directory.root, directory.submitted_directory)
    if not os.access(course, os.W_OK):
        return off(Text(f"{course} 不能写", f"{course} cannot be written to"),
                   Text(*[f"sudo chown -R $USER {course}"] * 2))
    if not submitted.is_dir():
        return weaker(Text(f"{course}；还没有 {submitted.name}/", f"{course}; there is no {submitted.name}/ yet"),
                      Text("把交上来的作业放进 submitted/<学号>/<作业>/",
                           "put what was handed in into submitted/<student>/<assignment>/"))
    return on(f"{course}", f"{course}")


@check("成绩册", "gradebook", linux=True)
def gradebook(course: Path) -> Found:
    """Whether it can be opened and written; it is not changed."""
    from sqlalchemy.engine import make_url

    from d2l_ch3.grading.gradebook import first_line

    directory = _directory(course)
    url = make_url(directory.db_url)
    shown = url.render_as_string(hide_password=True)
    mend = Text("恢复备份，或改 nbgrader_config.py 里的 c.CourseDirectory.db_url",
                "restore a backup, or mend c.CourseDirectory.db_url in nbgrader_config.py")
    try:
        _open(Path(url.database or "")) if url.get_backend_name() == "sqlite" else _connect(directory.db_url)
    except Exception as error:
        why = first_line(error)
        return off(Text(f"{shown} 打不开：{why}", f"{shown} does not open: {why}"), mend)
    return on(shown)


def _open(path: Path) -> None:
    """See whether a SQLite file can be written, by the lock that a writer takes first."""
    if not os.access(path.parent, os.W_OK):
        raise OSError(f"the folder {path.parent} cannot be written to")
    if not path.exists():
        return  # nbgrader makes it
    connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=rw", uri=True, timeout=2, isolation_level=None)
    try:
        connection.execute("PRAGMA schema_version").fetchone()
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("ROLLBACK")
    finally:
        connection.close()


def _connect(url: str) -> None:
    """See whether a database server answers."""
    from sqlalchemy import create_engine, text

    engine = create_engine(url, connect_args={"connect_timeout": 5})
    try:
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    finally:
        engine.dispose()


@check("课程的密钥", "the course's key", linux=True)
def key(course: Path) -> Found:
    """Whether the secret that seeds come from is one."""
    from d2l_ch3.grading.course import KEY_FILE

    path = course / KEY_FILE
    if not path.exists():
        return on("第一次批改时生成", "made when something is graded first")
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        return off(Text(f"别人也能读 {path}", f"others can read {path}"), Text(*[f"chmod 600 {path}"] * 2))
    return on("只有它的主人能读", "only its owner can read it")


def _directory(course: Path) -> Any:
    """nbgrader's idea of the course's folders. Raises CourseError if it is no course."""
    from nbgrader.coursedir import CourseDirectory

    from d2l_ch3.grading.course import config

    return CourseDirectory(config=config(course))


# The last word


@check("隔离", "isolation", linux=True)
def trial(course: Path) -> Found:
    """Start a student's process and see from inside what it can do."""
    from d2l_ch3.grading.isolation import IsolationError, Request
    from d2l_ch3.notebooks.limits import Limits

    try:
        broken = broken_promises(course, Request(Limits()))
    except (IsolationError, OSError) as error:
        return off(Text(f"学生的进程关不起来：{error}", f"a student's process cannot be shut in: {error}"),
                   Text("先修好上面标着“关”的几项", "mend what is off above"))
    if broken:
        names = Text("、".join(name.zh for name in broken), ", ".join(name.en for name in broken))
        return off(Text("试过了，没关住：{names}", "tried, and it does not hold: {names}").format(names=names),
                   Text("先修好上面的几项；都是开的话，请报告这个错误",
                        "mend what is not on above; if all is on, report this as a bug"))
    return on("试过了：读不到课程，连不上网，是 1 号进程，写不出自己的文件夹",
              "tried: cannot read the course or reach the network, is process 1, writes nowhere but in its own folder")


def broken_promises(course: Path, request: Any) -> list[Text]:
    """What a student's process can do here that it should not be able to do."""
    from d2l_ch3.grading.engine import Run
    from d2l_ch3.grading.process import Process
    from d2l_ch3.grading.zygote import Zygote

    zygote = Zygote.start([course])
    try:
        with tempfile.NamedTemporaryFile(dir=course, prefix=".d2l-ch3-canary-") as canary, \
                socket.create_server(("127.0.0.1", 0)) as server, Process(zygote, request) as process:
            canary.write(b"canary")
            canary.flush()
            cells = _cells(canary.name, server.getsockname())
            return [name for name, cell in cells if not process.ask(Run(cell).message(), RUN_HERE).message.get("ok")]
    finally:
        zygote.stop()


def _cells(canary: str, server: tuple[str, int]) -> list[tuple[Text, str]]:
    """Cells that raise an exception if they can do what they should not."""
    forbidden = "import os, socket\ntry:\n    {}\nexcept OSError:\n    pass\nelse:\n    raise SystemError('it can')"
    folders = ("/", "/usr", "/etc", sys.prefix, str(Path(canary).parent))
    return [
        (Text("能读课程的文件", "reads the course"), forbidden.format(f"open({canary!r}).read()")),
        (Text("连得上网络", "reaches the network"),
         forbidden.format(f"socket.create_connection({server!r}, 1)")),
        (Text("不是 1 号进程", "is not process 1"), "import os\nassert os.getpid() == 1"),
        (Text("不能写自己的文件夹", "cannot write in its own folder"), "open('mine.txt', 'w').close()"),
        *((Text(f"能写 {folder}", f"writes in {folder}"), forbidden.format(
            f"open({name!r}, 'x').close()\n    os.remove({name!r})"))
          for folder in folders for name in [os.path.join(folder, "d2l-ch3-trial")])]
