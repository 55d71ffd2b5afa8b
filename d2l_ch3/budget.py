"""Work on something that somebody handed in, in a process that can be thrown away.

However carefully code is written, what it costs depends on what it is given. So whatever touches a submission is done
by a forked process, watched by the one that asks: past its budget of time or memory it is ended, and what it was at
is named; all else goes on. Where a process cannot be forked safely (not on Linux) the work is done as it is.
"""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, TypeVar

from d2l_ch3.language import Text

MIB = 1024 ** 2
_PR_SET_PDEATHSIG = 1
LOOK = 0.5  # seconds between two looks at the clocks

_TIME = Text("处理它花的时间太长，被停下了。", "Working on it took too long and was stopped.")
_MEMORY = Text("处理它占的内存太多，被停下了。文件大得不正常吗？",
               "Working on it took too much memory. Is the file unusually large?")
_DEADLY = Text("处理它的进程每次都死掉了，多半是内存用完了。文件大得不正常吗？",
               "Every process that worked on it died, most likely because memory ran out. Is the file unusually large?")
_FAILED = Text("处理它时出错了（{what}）。", "Working on it failed ({what}).")

Item = TypeVar("Item")
Value = TypeVar("Value")


@dataclass(frozen=True)
class Budget:
    """What may be spent on one thing: processor time and wall time in seconds, bytes of memory over what is there."""

    cpu: float = 60
    wall: float = 600
    memory: int = 3072 * MIB


class Overrun(Exception):
    """It did not work within the budget; `reason` says why, for people."""

    def __init__(self, reason: Text) -> None:
        super().__init__(reason.en)
        self.reason = reason

    def __reduce__(self) -> Any:
        return Overrun, (self.reason,)

    @classmethod
    def by(cls, error: Exception) -> "Overrun":
        """What an error means that nobody expected."""
        if isinstance(error, Overrun):
            return error
        place, trace = "", error.__traceback__
        while trace is not None:
            place, trace = f"{Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno}", trace.tb_next
        what = f"{type(error).__name__}, {place}".encode("utf-8", "replace").decode()
        return cls(_MEMORY if isinstance(error, MemoryError) else _FAILED.format(what=what))


class Gone(Exception):
    """The process that worked is dead."""


DEADLY = Overrun(_DEADLY)
"""What to say of something over which process after process died."""


def answer(connection: Connection, pid: int, budget: Budget) -> Any:
    """What process `pid` sends within the budget. Raises Overrun if it sends nothing, and Gone if it died."""
    start, used = time.monotonic(), cpu_time(pid)
    try:
        while not connection.poll(LOOK):
            if cpu_time(pid) - used > budget.cpu or time.monotonic() - start > budget.wall:
                raise Overrun(_TIME)
        return connection.recv()
    except (OSError, EOFError):
        raise Gone from None


def cpu_time(pid: int) -> float:
    """Seconds of processor time that a process has used; 0 if it is gone. clock_getcpuclockid(3)."""
    try:
        return time.clock_gettime(~pid << 3 | 2)
    except OSError:
        return 0.0


def limit_memory(most: int) -> None:
    """Let this process take no more than `most` bytes over what it has: then MemoryError is raised."""
    import resource  # Windows has none

    mapped = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (mapped + most if hard < 0 else min(mapped + most, hard), hard))


def each(work: Callable[[Item], Value], items: Iterable[Item],
         budget: Budget | None = None) -> Iterator[tuple[Item, Value | Overrun]]:
    """What `work` makes of each item, in their order, or why it made nothing of it; never raises what `work` raises."""
    rest, allowed = list(items)[::-1], budget or Budget()
    while rest:
        if sys.platform != "linux":
            item = rest.pop()
            yield item, _attempt(work, item)
            continue
        mine, its = Pipe(duplex=False)
        pid = os.fork()
        if not pid:
            _work_off(work, rest, its, allowed)
        its.close()
        try:
            while rest:
                try:
                    value = answer(mine, pid, allowed)
                except (Gone, Overrun) as error:
                    yield rest.pop(), DEADLY if isinstance(error, Gone) else error
                    break
                yield rest.pop(), value
        finally:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            mine.close()


def one(work: Callable[[], Value], budget: Budget | None = None) -> Value:
    """What `work` makes. Raises Overrun, whatever it raises."""
    ((_, value),) = each(lambda _: work(), [None], budget)
    if isinstance(value, Overrun):
        raise value
    return value


def _attempt(work: Callable[[Item], Value], item: Item) -> Value | Overrun:
    try:
        return work(item)
    except Exception as error:
        return Overrun.by(error)


def _work_off(work: Callable[[Item], Any], rest: list[Item], connection: Connection, budget: Budget) -> None:
    """Be the process that works; never returns."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        limit_memory(budget.memory)
        for item in reversed(rest):
            connection.send(_attempt(work, item))
    finally:
        os._exit(0)
