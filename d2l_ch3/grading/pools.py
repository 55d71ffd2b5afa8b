"""Where submissions are graded: a pool of processes on this machine, or a running Dask cluster."""

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from d2l_ch3.grading.zygote import Judge, Zygote
from d2l_ch3.language import DEFAULT_LANGUAGE, Text, set_language

_NO_DASK = Text("`--scheduler` 要用 Dask：pip install 'd2l_ch3[dask]'",
                "`--scheduler` needs Dask: pip install 'd2l_ch3[dask]'")
_NO_SCHEDULER = Text("{address} 没有 Dask 调度器应答", "no Dask scheduler answers at {address}")


@contextmanager
def local(jobs: int, root: Path) -> Iterator[tuple[Executor, int]]:
    """A pool of `jobs` processes that share one zygote. Raises OSError or BrokenExecutor if it cannot start."""
    zygote = Zygote.start([root])
    try:
        pool = Pool(zygote, jobs)
        try:
            yield pool, jobs
        finally:
            pool.shutdown(cancel_futures=True)
    finally:
        zygote.stop()


class Pool(Executor):
    """Judges of one zygote, each asked by a thread of its own. A future whose judge died raises BrokenExecutor."""

    def __init__(self, zygote: Zygote, jobs: int) -> None:
        self._judges: list[Judge] = []
        self._free: SimpleQueue[Judge] = SimpleQueue()
        self._threads = ThreadPoolExecutor(jobs)
        try:
            for _ in range(jobs):
                self._judges.append(judge := zygote.judge())
                judge.ask(set_language, DEFAULT_LANGUAGE)  # the zygote knows nothing of what is set here
                self._free.put(judge)
        except BaseException:
            self.shutdown()
            raise

    def submit(self, function: Callable[..., Any], /, *arguments: Any, **named: Any) -> Future[Any]:
        """Have a judge call the function."""
        return self._threads.submit(self._ask, function, *arguments, **named)

    def _ask(self, function: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        judge = self._free.get()
        try:
            return judge.ask(function, *arguments, **named)
        finally:
            self._free.put(judge)

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the judges; what they are at is lost, and is graded again the next time."""
        self._threads.shutdown(wait=False, cancel_futures=cancel_futures)
        for judge in self._judges:
            judge.end()
        self._threads.shutdown(wait)


@contextmanager
def dask(address: str) -> Iterator[tuple[Executor, int]]:
    """The workers of the Dask scheduler at `address`. Raises OSError if there is none, or no Dask here."""
    try:
        from distributed import Client, KilledWorker
    except ImportError:
        raise OSError(_NO_DASK) from None
    with _connected(Client, address) as client:
        try:
            yield client.get_executor(pure=False), max(1, sum(client.ncores().values()))
        except (KilledWorker, CancelledError) as error:  # workers keep dying; the scheduler is gone
            raise BrokenExecutor(f"the cluster at {address} broke: {error}") from error


def _connected(client: Any, address: str) -> Any:
    try:
        return client(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError) as error:
        raise OSError(_NO_SCHEDULER.format(address=address)) from error
