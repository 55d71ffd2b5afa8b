"""The zygote: a process that has imported everything once, and then only forks students' processes and their judges.

Importing torch takes seconds and forking a process that has it takes milliseconds. The
zygote holds nothing worth stealing: it is started with an environment of its own, gets no notebook, no seed and no
gradebook, and has one thread (a fork copies only the thread that calls it, and every lock as it stands). It is asked
over a socket that any number of graders may share: a message brings two more sockets, one for the conversation with
the student's process, which begins with the request, and one for the word of its guard. A judge learns secrets only
after it was forked, and nothing is ever forked from a judge.
"""

import gc
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterable
from concurrent.futures import BrokenExecutor
from dataclasses import asdict
from importlib import import_module
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import d2l_ch3
from d2l_ch3 import grammar
from d2l_ch3.grading import linux
from d2l_ch3.grading.isolation import HOME, View, guard
from d2l_ch3.grading.request import IsolationError, Request
from d2l_ch3.language import Text, set_language
from d2l_ch3.notebooks.exercises import checked

MAX_REQUEST = 1 << 24
JUDGE = "d2l-ch3 judge"
"""What `ps` and `top` call a judge."""
_THREADS = {name: "1" for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")}
CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache", "d2l-ch3")
"""Where matplotlib keeps its list of fonts, which takes a second to make."""


OTHER_PACKAGE = Text(
    "这里运行的是 {here}，装在这个环境里的（学生的进程用的）却是 {there}。"
    "在别的文件夹里运行 d2l-ch3 和 nbgrader，并去掉 PYTHONPATH；想用这里的这一份，就装上它：pip install -e .",
    "what runs here is {here}, but what is installed in this environment, and students' processes use, is {there}. "
    "Run d2l-ch3 and nbgrader in another folder, without PYTHONPATH; or, if you mean the one here, install it: "
    "pip install -e .")

USUAL = tuple(checked())
"""What is had ready if nobody says for which assignment: all exercises."""
_FAILED = "failed: "
_CANNOT_PRELOAD = Text("c.Grade.preload 里的 {name} 不能预先导入（{why}）：装好它，或从列表里去掉",
                       "c.Grade.preload: {name} cannot be imported beforehand ({why}): install it, or leave it out")
_NO_ZYGOTE = "the process that all others are forked from is gone"
PRIVATE = {"HOME": str(CACHE), "MPLCONFIGDIR": str(CACHE), "IPYTHONDIR": str(CACHE / "ipython")}
# /tmp/home is a student's home only behind the walls; outside, anybody could put something there for us to import.


class Zygote:
    """A running zygote, as its users see it."""

    def __init__(self, control: socket.socket, process: subprocess.Popen[bytes] | None = None) -> None:
        self.control, self._process = control, process

    @classmethod
    def start(cls, hidden: Iterable[Path] = (), preload: Iterable[str] = USUAL) -> "Zygote":
        """Start one, whose students never see what is below `hidden`, and wait until it is ready.

        `preload` names modules that it has imported and exercises whose probes it has run. Raises OSError if it cannot,
        ends before that, or has another version of this package than the grader.
        """
        mine, its = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        CACHE.mkdir(parents=True, exist_ok=True)
        with its:
            process = subprocess.Popen(
                [sys.executable, "-P", "-m", "d2l_ch3.grading.zygote", str(its.fileno()),
                 ",".join(preload), *map(str, hidden)],
                stdin=subprocess.DEVNULL, pass_fds=(its.fileno(),), cwd="/", start_new_session=True,
                env={**student_environment(), **PRIVATE})
        zygote = cls(mine, process)
        package = mine.recv(1 << 16).decode()
        if package == package_file():
            return zygote
        zygote.stop()
        if package.startswith(_FAILED):
            raise OSError(_CANNOT_PRELOAD.format(**json.loads(package.removeprefix(_FAILED))))
        if package:
            raise OSError(OTHER_PACKAGE.format(here=package_file(), there=package))
        raise OSError(f"the grader's first process ended with exit status {process.returncode}")

    def spawn(self, request: Request) -> tuple[socket.socket, socket.socket]:
        """A new guarded process: the sockets of the conversation and of the guard.

        Raises IsolationError if the zygote is gone, which a new one mends.
        """
        from d2l_ch3.grading.wire import Channel, Closed  # brings torch: not for who only holds a zygote

        conversation, its_conversation = socket.socketpair()
        status, its_status = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with its_conversation, its_status:
                socket.send_fds(self.control, [b"fork"], [its_conversation.fileno(), its_status.fileno()])
            Channel(conversation, MAX_REQUEST).send(asdict(request))
        except (OSError, Closed) as error:
            raise IsolationError(_NO_ZYGOTE) from error
        return conversation, status

    def judge(self) -> tuple[Connection, socket.socket, int, int]:
        """A new process that does what it is asked to (`worker.serve`): the connection, its leash, its pid and pidfd.

        It ends when the leash is closed, whatever it is at.

        Raises BrokenExecutor if the zygote is gone.
        """
        mine, its = socket.socketpair()
        leash, its_leash = socket.socketpair()
        try:
            with its, its_leash:
                socket.send_fds(self.control, [b"judge"], [its.fileno(), self.control.fileno(), its_leash.fileno()])
            pid, pidfds, _, _ = socket.recv_fds(mine, 64, 1)
        except OSError as error:
            raise BrokenExecutor(_NO_ZYGOTE) from error
        connection = Connection(mine.detach())
        if not pidfds:
            connection.close()
            raise BrokenExecutor(_NO_ZYGOTE)
        return connection, leash, int(pid), pidfds[0]

    def stop(self) -> None:
        """Let it end, which it does when nobody can ask it any more."""
        self.control.close()
        if self._process:
            self._process.wait()


def package_file() -> str:
    """Where this process has the package from."""
    return os.path.realpath(d2l_ch3.__file__)


def student_environment() -> dict[str, str]:
    """The whole environment of a student's process; nothing of the grader's is in it."""
    programs = os.pathsep.join(dict.fromkeys((str(Path(sys.executable).parent), "/usr/local/bin", "/usr/bin", "/bin")))
    return {"PATH": programs, "HOME": HOME, "USER": "student", "TMPDIR": "/tmp", "LANG": "C.UTF-8",
            "IPYTHONDIR": f"{HOME}/.ipython", "MPLCONFIGDIR": f"{HOME}/.matplotlib",
            "MPLBACKEND": "module://matplotlib_inline.backend_inline", "NBGRADER_EXECUTION": "autograde",
            "PYTHONHASHSEED": "0", **_THREADS}


def warm(preload: Iterable[str]) -> None:
    """Import what notebooks and judges use, and let probes run.

    Raises ImportError for a module that cannot be imported or leaves a thread behind.
    """
    import matplotlib.pyplot  # noqa: F401
    import matplotlib_inline.backend_inline  # noqa: F401
    import nbconvert.filters.markdown_mistune  # noqa: F401
    import numpy  # noqa: F401

    from d2l_ch3.grading import grade  # noqa: F401

    for name in preload:
        try:
            if name in USUAL:
                import_module("d2l_ch3.grading.preload").run_probe(name)
            else:
                import_module(name)
        except Exception as error:
            raise ImportError(str(error), name=name) from error
        if len(os.listdir("/proc/self/task")) > 1:
            raise ImportError("it starts a thread: then the process cannot be forked", name=name)


def main() -> None:
    """Get ready, then fork for every message until nobody is left to send one."""
    control = socket.socket(fileno=int(sys.argv[1]))
    view = View.usual(map(Path, sys.argv[3:]))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C is for the grader, who then hangs up
    gc.disable()  # it would look through all that is imported again and again; what little it would free is kept
    try:
        grammar.leave_out()
        warm(filter(None, sys.argv[2].split(",")))
    except ImportError as error:
        control.send((_FAILED + json.dumps({"name": error.name, "why": error.msg})).encode())
        return
    from d2l_ch3.grading.inside import make_shell

    shell = make_shell()
    own_environment = dict(os.environ)
    os.environ.clear()
    os.environ.update(student_environment())
    gc.enable()
    gc.freeze()  # what is there now is not looked through again, and so stays shared with the forks
    linux.use_huge_pages()
    try:
        control.send(package_file().encode())
    except BrokenPipeError:  # the grader is gone already
        return
    while True:
        try:
            message, sockets, _, _ = socket.recv_fds(control, 16, 3)
        except ConnectionResetError:  # the grader is gone, and never read that this one is ready
            break
        if not message:
            break
        first, second, *leash = (socket.socket(fileno=number) for number in sockets)
        if not os.fork():
            control.close()
            if message == b"judge":
                os.environ.update(own_environment)
                _judge(first, Zygote(second), *leash)
            _become(shell, view, first, second)
        for each in (first, second, *leash):
            each.close()
        _reap(os.WNOHANG)
    _reap(0)
    os._exit(0)  # to take everything apart would cost a tenth of a second


def _become(shell: Any, view: View, conversation: socket.socket, status: socket.socket) -> None:
    """Be a guard, and in the guard's child a student's process; never returns."""
    from d2l_ch3.grading.inside import serve
    from d2l_ch3.grading.wire import Channel

    try:
        received = Channel(conversation, MAX_REQUEST).receive()
        assert received is not None
        request = Request.of(received[0])
        set_language(request.language)
        serve(shell, conversation, lambda: guard(request, view, conversation, status))
    finally:
        os._exit(1)


def _judge(asker: socket.socket, zygote: Zygote, leash: socket.socket) -> None:
    """Be a judge; never returns."""
    from d2l_ch3.grading.worker import serve

    try:
        linux.name_process(JUDGE)
        linux.end_with(leash.fileno())
        socket.send_fds(asker, [str(os.getpid()).encode()], [os.pidfd_open(os.getpid())])
        serve(asker, zygote)
    finally:
        os._exit(1)


def _reap(options: int) -> None:
    """Take leave of the guards that have ended; with no options, of all."""
    try:
        while os.waitpid(-1, options)[0]:
            pass
    except ChildProcessError:
        pass


if __name__ == "__main__":
    main()
