"""Where submissions are graded: a pool of processes on this machine, or a running Dask cluster."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from d2l_ch3.grading.worker import PRELOAD, start
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import Text

_NO_DASK = Text("`--scheduler` 要用 Dask：pip install 'd2l_ch3[dask]'",
                "`--scheduler` needs Dask: pip install 'd2l_ch3[dask]'")
_NO_SCHEDULER = Text("{address} 没有 Dask 调度器应答", "no Dask scheduler answers at {address}")


@contextmanager
def local(jobs: int, root: Path) -> Iterator[tuple[Executor, int]]:
    """A pool of `jobs` processes that share one zygote. Raises OSError if it cannot start."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many processes as cores: threads would only be in the way
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    zygote = Zygote.start([root])
    try:
        pool = ProcessPoolExecutor(jobs, context, start, (zygote,))
        try:
            yield pool, jobs
        finally:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:  # what they were at is lost, and is graded again the next time
                process.kill()
                process.join()
    finally:
        zygote.stop()


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
