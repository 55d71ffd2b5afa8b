"""One student's process, as the grader sees it: asked over a socket, watched, and ended.

Whatever it says is taken as said by the student. The grader's own clock, the kernel's
counters and the guard's word on how it ended are what decides that a cell failed.
"""

import contextlib
import itertools
import os
import select
import signal
import socket
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from d2l_ch3.grading.outputs import Outputs, Room
from d2l_ch3.grading.request import IsolationError, Request
from d2l_ch3.grading.wire import MAX_STRUCTURE, WATCH, Channel, Closed, Malformed
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import MIB, PATIENCE, Limits

START_TIME = 60  # seconds that a machine under load may take to put up the walls
GRACE = 2.0  # seconds from an interrupt to the end
FLOOD = 64 * MIB  # more than this of messages is not output, it is an attack
KINDS = ("output", "done", "evidence", "refused", "unbound", "failed")  # of messages: `inside.Server`


@dataclass(frozen=True)
class Failure:
    """Why a cell failed that did not simply raise an exception: a name for machines, a sentence for people."""

    name: str
    text: Text


TIME = Text("运行超过 {limit:g} 秒，被停下了。有没有停不下来的循环？",
            "It ran for more than {limit:g} seconds and was stopped. Is there a loop that does not end?")
TIME_ALL = Text("整个笔记本的运行时间超过 {limit:g} 秒，没有轮到这个单元格。",
                "The whole notebook ran for more than {limit:g} seconds, and this cell's turn never came.")
MEMORY = Text("用掉的内存超过 {limit:g} MiB，被停下了。有没有越长越大的列表或张量？",
              "It took more than {limit:g} MiB of memory and was stopped. Does a list or a tensor grow without end?")
EXIT = Text("它让整个进程退出了（退出状态 {code}）。去掉 `os._exit` 之类的调用。",
            "It ended the whole process (exit status {code}). Take out calls such as `os._exit`.")
CRASH = Text("它让 Python 崩溃了（{code}）。", "It crashed Python ({code}).")
KILLED = Text("它被操作系统停下了：处理器时间或内存用完了。",
              "The operating system stopped it: it had used up its processor time or its memory.")
FLOODED = Text("输出没完没了，被停下了。有没有在循环里打印？",
               "It printed without end and was stopped. Is there a print in a loop?")
MALFORMED = Text("它给评分程序的回答不成形：{code}。", "What it answered to the grader has no form: {code}.")


class Died(Exception):
    """The process is gone, or has been ended; it has to be replaced."""

    def __init__(self, failure: Failure, outputs: list[dict[str, Any]]) -> None:
        super().__init__(failure.name)
        self.failure, self.outputs = failure, outputs


@dataclass(frozen=True)
class Answer:
    """What came back for one message: outputs on the way, the answer, its block of tensors, whether it was too slow."""

    outputs: list[dict[str, Any]]
    message: dict[str, Any]
    block: bytes = b""
    failure: Failure | None = None


class Clock:
    """Seconds that count for a notebook: those that pass, less those in which it or its grader had no processor.

    So points do not depend on how busy the machine is. Of the time that is allowed it runs PATIENCE times as long at
    most.
    """

    def __init__(self, allowed: float) -> None:
        self._most, self._waited = (PATIENCE - 1) * allowed, 0.0
        self._known: dict[str, float] = {"self": _kept_waiting("self")}

    def __call__(self) -> float:
        """What it shows."""
        return time.monotonic() - min(self._waited, self._most)

    def look(self, pid: int) -> None:
        """Note what a process, and this one, waited for since the last look."""
        for name in (str(pid), "self"):
            waited = _kept_waiting(name)
            self._waited += max(0.0, waited - self._known.get(name, 0.0))
            self._known[name] = waited


class Process:
    """A student's process for one notebook. Use as a context: it is ended on leaving.

    Raises IsolationError if the walls cannot be put up.
    """

    def __init__(self, zygote: Zygote, request: Request, room: Room | None = None, clock: Clock | None = None) -> None:
        self._limits: Limits = request.limits
        self._room = room or Room(request.limits.output)
        self._clock = clock or Clock(request.limits.notebook_time)
        self._conversation, self._status = zygote.spawn(request)
        self._channel = Channel(self._conversation, 2 * request.limits.evidence + MIB, MAX_STRUCTURE)
        self._pid, self._pidfd, self._number, self._baseline = 0, -1, 0, 0
        try:
            self._status.settimeout(START_TIME)
            word, fds, _, _ = socket.recv_fds(self._status, 64, 1)
            started = self._channel.receive(time.monotonic() + START_TIME) if fds else None
        except (OSError, Closed, Malformed):
            word, fds, started = b"", [], None
        if fds:
            self._pid, self._pidfd = int(word), fds[0]
        if started is None or started[0].get("kind") != "ready":
            self.end()
            reason = started[0].get("reason") if started else "the process did not start"
            raise IsolationError(str(reason))
        self._baseline = _private_memory(self._pid)

    def __enter__(self) -> "Process":
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def end(self) -> int | None:
        """End the process and all that it started.

        Returns its exit status, below 0 for a signal; None if its guard cannot tell any more.
        """
        self._kill(signal.SIGKILL)
        self._conversation.close()
        code: int | None = None
        with contextlib.suppress(OSError, ValueError):
            self._status.settimeout(START_TIME)
            code = int(self._status.recv(64))
        self._status.close()
        if self._pidfd >= 0:
            os.close(self._pidfd)
            self._pidfd = -1
        return code

    def ask(self, message: dict[str, Any], seconds: float) -> Answer:
        """Send a message and collect outputs until it is answered.

        After `seconds`, for output without end, or if its processes have more memory than they may, it is interrupted:
        what the cell did until then stays done, so that its points do not depend on which came first. If that is no
        help, or if it dies, Died is raised.
        """
        outputs = Outputs(self._limits.output, self._room)
        self._number += 1
        watched = time.monotonic()
        end, last, received, stopped = self._clock() + seconds, watched + PATIENCE * seconds, 0, None

        def stop(why: Failure) -> None:
            nonlocal stopped, end, last
            stopped, end, last = why, self._clock() + GRACE, time.monotonic() + PATIENCE * GRACE
            self._kill(signal.SIGINT)

        def watch() -> None:
            nonlocal watched
            now = time.monotonic()
            if now - watched >= WATCH:
                if (too_much := self._too_much_memory()) and not stopped:
                    stop(too_much)
                self._clock.look(self._pid)
                watched = now
            if self._clock() <= end and now <= last:
                return
            if stopped:
                raise self._died(stopped, outputs)
            stop(self._too_slow(seconds))

        try:
            self._channel.send({**message, "number": self._number}, meanwhile=watch)
            while True:
                watch()
                frame = self._channel.receive(time.monotonic() + min(WATCH, max(0.0, end - self._clock())))
                if frame is None:
                    continue
                answer, block = frame
                is_output, is_late = answer.get("kind") == "output", answer.get("number") != self._number
                if answer.get("kind") not in KINDS or (is_late and not is_output):
                    raise Malformed("a message that was not asked for")
                if not is_output:
                    too_much = self._too_much_memory()  # now, or the next cell would be told of it
                    return Answer(outputs.list(), answer, block, stopped or too_much)
                received += len(str(answer))
                if received > FLOOD and not stopped:
                    stop(Failure("output", FLOODED))
                if not is_late:  # of a thread that an earlier cell left behind
                    outputs.add(answer.get("output"))
        except Closed:
            raise self._died(stopped, outputs) from None
        except Malformed as error:
            raise self._died(Failure("malformed", MALFORMED.format(code=error)), outputs) from None

    def _too_slow(self, seconds: float) -> Failure:
        if seconds < self._limits.cell_time:
            return Failure("notebook-time", TIME_ALL.format(limit=self._limits.notebook_time))
        return Failure("time", TIME.format(limit=self._limits.cell_time))

    def _died(self, failure: Failure | None, outputs: Outputs) -> Died:
        """Ends the process; without a failure given, how it ended of itself is the failure.

        Where its guard is gone nobody can tell: then something outside killed both.
        """
        code = self.end()
        return Died(failure or how_it_ended(-signal.SIGKILL if code is None else code), outputs.list())

    def _kill(self, number: int) -> None:
        if self._pidfd >= 0:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._pidfd, number)

    def _too_much_memory(self) -> Failure | None:
        """What to say if its processes together have more memory of their own than they may; it ends its children."""
        used = sum(max(0, _private_memory(pid) - self._baseline) for pid in (self._pid, *_descendants(self._pid)))
        if used <= self._limits.memory:
            return None
        self._end_children()
        return Failure("memory", MEMORY.format(limit=self._limits.memory / MIB))

    def _end_children(self) -> None:
        """End all that it started, and wait until their memory is free; an interrupt would not reach them.

        What it alone may have, the kernel limits. A number is used only for a process that still has it when a
        descriptor holds on to that.
        """
        with contextlib.ExitStack() as opened:
            held: dict[int, int] = {}
            for pid in _descendants(self._pid):
                with contextlib.suppress(OSError):
                    held[pid] = os.pidfd_open(pid)
                    opened.callback(os.close, held[pid])
            still = _descendants(self._pid)
            ended = [pidfd for pid, pidfd in held.items() if pid in still]
            for pidfd in ended:
                with contextlib.suppress(ProcessLookupError):
                    signal.pidfd_send_signal(pidfd, signal.SIGKILL)
            until = time.monotonic() + GRACE
            for pidfd in ended:
                gone = select.poll()
                gone.register(pidfd, select.POLLIN)
                gone.poll(1000 * max(0.0, until - time.monotonic()))


def how_it_ended(code: int) -> Failure:
    """The failure that an exit status tells of."""
    if code >= 0:
        return Failure("exit", EXIT.format(code=code))
    if code in (-signal.SIGKILL, -signal.SIGXCPU):
        return Failure("killed", KILLED)
    names = {number.value: number.name for number in signal.Signals}
    return Failure("crash", CRASH.format(code=names.get(-code, f"signal {-code}")))


def _private_memory(pid: int) -> int:
    """Bytes of memory that no file stands behind. proc(5)."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return 1024 * sum(int(line.split()[1]) for line in status.splitlines() if line.startswith(("RssAnon", "RssShmem")))


def _kept_waiting(pid: str) -> float:
    """Seconds that a process could have run but had no processor. proc(5)."""
    try:
        return int(Path(f"/proc/{pid}/schedstat").read_text().split()[1]) / 1e9
    except (OSError, ValueError, IndexError):
        return 0.0


def _descendants(pid: int) -> list[int]:
    """The processes that a process started, those that these started, and so on."""
    found: list[int] = []
    for parent in itertools.chain([pid], found):  # which grows as it goes
        with contextlib.suppress(OSError):
            found += [int(child) for task in os.listdir(f"/proc/{parent}/task")
                      for child in Path(f"/proc/{parent}/task/{task}/children").read_text().split()]
    return found
