"""Where submissions are graded: by judges on this machine, or by those of a running Dask cluster's workers."""

import contextlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from d2l_ch3.budget import Budget, Gone, Overrun, answer
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.grading.tasks import Graded, Submission
from d2l_ch3.grading.zygote import USUAL, Zygote
from d2l_ch3.language import DEFAULT_LANGUAGE, Text, set_language
from d2l_ch3.notebooks.limits import PATIENCE

TRIES = 3  # judges that may die over one submission: it may have been somebody outside

_NO_DASK = Text("`--scheduler` 要用 Dask：pip install 'd2l_ch3[dask]'",
                "`--scheduler` needs Dask: pip install 'd2l_ch3[dask]'")
_NO_SCHEDULER = Text("{address} 没有 Dask 调度器应答", "no Dask scheduler answers at {address}")

Submit = Callable[..., "Future[list[Graded]]"]
"""``submit(work, submission, *more)`` has a judge call ``work(submission, *more)``.

The future raises Overrun if that went over its budget, and Gone if judge after judge died of it.
"""


class Judge:
    """A process that calls functions for this one: trusted, and pickled to. Raises BrokenExecutor if none starts."""

    def __init__(self, zygote: Zygote) -> None:
        self._connection, self._leash, self._pid, self._pidfd = zygote.judge()
        try:
            self.ask(Budget(), set_language, DEFAULT_LANGUAGE)  # the zygote knows nothing of what is set here
        except Gone as error:
            self.kill()
            raise BrokenExecutor("a judge died before it began") from error

    def ask(self, allowed: Budget, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function returns or raises there. Raises Overrun, after which it must be killed, and Gone."""
        try:
            self._connection.send((function, arguments))
        except OSError as error:
            raise Gone from error
        done, value = answer(self._connection, self._pid, allowed)
        if not done:
            raise value
        return value

    def kill(self) -> None:
        """End it, whatever it is at; who waits for its answer is told that it is gone."""
        with contextlib.suppress(ProcessLookupError):
            signal.pidfd_send_signal(self._pidfd, signal.SIGKILL)

    def close(self) -> None:
        """End it, when nobody waits for it."""
        self.kill()
        os.close(self._pidfd)
        self._connection.close()
        self._leash.close()


class Pool:
    """Judges of one zygote, each asked by a thread of its own; one that dies or overruns is replaced.

    Raises BrokenExecutor if the zygote is gone.
    """

    def __init__(self, zygote: Zygote, jobs: int) -> None:
        self._zygote, self._closed = zygote, False
        self._judges: set[Judge] = set()
        self._free: SimpleQueue[Judge] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        try:
            for _ in range(jobs):
                self._free.put(self._new())
        except BaseException:
            self.close()
            raise

    def submit(self, work: Callable[..., list[Graded]], submission: Submission, *more: Any) -> "Future[list[Graded]]":
        """Have a judge do the work: `Submit`."""
        return self._threads.submit(self.ask, budget(submission), work, submission, *more)

    def ask(self, allowed: Budget, function: Callable[..., Any], *arguments: Any) -> Any:
        """What the function returns or raises in a judge. Raises Overrun, and Gone if judge after judge died of it."""
        judge, left = self._free.get(), TRIES
        try:
            while True:
                try:
                    return judge.ask(allowed, function, *arguments)
                except (Gone, Overrun) as error:
                    left -= 1
                    judge.kill()
                    if self._closed:
                        raise BrokenExecutor("the judges are ended") from error
                    judge = self._instead_of(judge)
                    if isinstance(error, Overrun) or not left:
                        raise
        finally:
            self._free.put(judge)

    def _new(self) -> Judge:
        self._judges.add(judge := Judge(self._zygote))
        return judge

    def _instead_of(self, judge: Judge) -> Judge:
        new = self._new()
        self._judges.discard(judge)
        judge.close()
        return new

    def close(self) -> None:
        """End the judges; what they are at is lost, and is graded again the next time."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        for judge in tuple(self._judges):
            judge.kill()
        self._threads.shutdown()
        for judge in self._judges:
            judge.close()


def budget(submission: Submission) -> Budget:
    """What a judge may spend on a submission: while it waits for the student's process, only the clock runs."""
    usual, count = Budget(), len(submission.tasks)
    longest = sum(PATIENCE * task.request.limits.notebook_time for task in submission.tasks)
    return Budget(usual.cpu * max(1, count), usual.wall + longest, usual.memory)


@contextmanager
def local(jobs: int, root: Path, preload: Iterable[str] = USUAL) -> Iterator[tuple[Submit, int]]:
    """`jobs` judges that share one zygote. Raises OSError or BrokenExecutor if it cannot start."""
    with _opened(jobs, root, preload) as pool:
        yield pool.submit, jobs


@contextmanager
def _opened(jobs: int, root: Path, preload: Iterable[str]) -> Iterator[Pool]:
    zygote = Zygote.start([root], preload)
    try:
        pool = Pool(zygote, jobs)
        try:
            yield pool
        finally:
            pool.close()
    finally:
        zygote.stop()


@contextmanager
def dask(address: str, root: Path, preload: Iterable[str] = USUAL) -> Iterator[tuple[Submit, int]]:
    """The workers of the Dask scheduler at `address`. Raises OSError if there is none, or no Dask here."""
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise OSError(_NO_DASK) from None
    with _connected(Client, address) as client:
        executor = client.get_executor(pure=False)

        def submit(work: Callable[..., list[Graded]], *arguments: Any) -> "Future[list[Graded]]":
            future: Future[list[Graded]] = executor.submit(on_worker, str(root), tuple(preload), work, *arguments)
            return future

        try:
            yield submit, max(1, sum(client.ncores().values()))
        except (KilledWorker, CancelledError) as error:  # workers keep dying; the scheduler is gone
            raise BrokenExecutor(f"the cluster at {address} broke: {error}") from error


def _connected(client: Any, address: str) -> Any:
    try:
        return client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise OSError(_NO_SCHEDULER.format(address=address)) from error


def on_worker(root: str, preload: tuple[str, ...], work: Callable[..., list[Graded]], submission: Submission,
              *more: Any) -> list[Graded]:
    """What a judge of this process makes of a submission: `Pool.ask`. Raises OSError where the course is not seen."""
    if not Path(root).is_dir():
        raise OSError(f"{root} is not there on {os.uname().nodename}: a cluster's workers need the course at one path")
    try:
        graded: list[Graded] = own(root, preload).ask(budget(submission), work, submission, *more)
        return graded
    except (IsolationError, BrokenExecutor):  # the zygote may be what was killed
        let_go()
        raise


_own: dict[tuple[str, tuple[str, ...]], tuple[Pool, contextlib.ExitStack]] = {}


def own(root: str, preload: tuple[str, ...] = USUAL) -> Pool:
    """A judge of this process's own, which ends with it: for a cluster's worker, and for nbgrader.

    It is one at a time: for another course, or with other things to have ready, a new one takes its place.
    """
    if (root, preload) not in _own:
        let_go()
        with contextlib.ExitStack() as opening:
            pool = opening.enter_context(_opened(1, Path(root), preload))
            _own[root, preload] = pool, opening.pop_all()
    return _own[root, preload][0]


def let_go() -> None:
    """End the process's own judge, if it has one; the next one has another zygote."""
    while _own:
        _own.popitem()[1][1].close()
