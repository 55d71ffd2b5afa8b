"""Where submissions are graded: a pool of processes on this machine, or a running Dask cluster."""

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from pathlib import Path

from d2l_ch3.grading.worker import PRELOAD, start
from d2l_ch3.grading.zygote import Zygote


@contextmanager
def local(jobs: int, root: Path) -> Iterator[Executor]:
    """A pool of `jobs` processes that share one zygote. Raises OSError if it cannot start."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # as many processes as cores: threads would only be in the way
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    zygote = Zygote.start([root])
    try:
        pool = ProcessPoolExecutor(jobs, context, start, (zygote,))
        try:
            yield pool
        finally:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:  # what they were at is lost, and is graded again the next time
                process.kill()
                process.join()
    finally:
        zygote.stop()


@contextmanager
def dask(address: str) -> Iterator[Executor]:
    """The workers of the Dask scheduler at `address`. Raises OSError if there is none."""
    from distributed import Client

    with Client(address, timeout="10s", set_as_default=False) as client:
        yield client.get_executor(pure=False)
