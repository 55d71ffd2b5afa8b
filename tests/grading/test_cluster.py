"""A Dask cluster grades a class to the same gradebook and notebooks as the pool of one machine."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from distributed import Client

from tests.zygotes import checked_in, had_ready
from tools.crash import (
    ASSIGNMENT,
    PATIENCE,
    Undisturbed,
    copied,
    different,
    grading,
    log_of,
    notebooks_in,
    unsound,
    wait_for,
)

OPTIONS = ["--host", "127.0.0.1", "--no-dashboard"]


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.measure(tmp_path_factory.mktemp("local"), students=12)


@contextmanager
def started(*command: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-m", *command, *OPTIONS], stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        process.terminate()
        process.wait()


@dataclass
class Cluster:
    """A scheduler with two workers."""

    address: str
    scheduler: subprocess.Popen[bytes]
    workers: list[subprocess.Popen[bytes]]


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    file = tmp_path / "scheduler.json"
    with ExitStack() as stack:
        scheduler = stack.enter_context(
            started("distributed.cli.dask_scheduler", "--port", "0", "--scheduler-file", str(file)))
        workers = [stack.enter_context(started(
            "distributed.cli.dask_worker", "--scheduler-file", str(file), "--nthreads", "1", "--no-nanny",
            "--local-directory", str(tmp_path / f"worker{number}"))) for number in range(2)]
        with Client(scheduler_file=str(file), timeout=PATIENCE, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=PATIENCE)
            address = client.scheduler.address
        yield Cluster(address, scheduler, workers)


def test_a_cluster_grades_as_the_pool_does(undisturbed, cluster, tmp_path):
    course = copied(undisturbed.course, tmp_path / "c")
    result = course.command("grade", ASSIGNMENT, "--scheduler", cluster.address, "--lang", "en")
    assert result.returncode == 0, result.stderr
    assert "12 graded" in result.stdout
    assert [had_ready(worker.pid) for worker in cluster.workers] == [checked_in(ASSIGNMENT)] * 2
    assert different(course, undisturbed) == []


def test_a_worker_killed_in_the_middle_loses_nothing(undisturbed, cluster, tmp_path):
    victim, survivor = cluster.workers
    course = copied(undisturbed.course, tmp_path / "c")
    with grading(course, ASSIGNMENT, "--scheduler", cluster.address) as grader:
        wait_for(grader, lambda: notebooks_in(course))
        assert grader.poll() is None, log_of(course)
        victim.kill()
        assert grader.wait(PATIENCE) == 0, log_of(course)
    assert victim.wait() == -signal.SIGKILL
    assert survivor.poll() is None
    assert different(course, undisturbed) == []


def test_a_scheduler_killed_in_the_middle_loses_nothing_that_is_saved(undisturbed, cluster, tmp_path):
    course = copied(undisturbed.course, tmp_path / "c")
    with grading(course, ASSIGNMENT, "--scheduler", cluster.address, "--lang", "en") as grader:
        wait_for(grader, lambda: notebooks_in(course))
        cluster.scheduler.kill()
        assert grader.wait(PATIENCE) == 2, log_of(course)
    assert f"no Dask scheduler answers at {cluster.address}" in log_of(course)
    assert unsound(course, undisturbed) == []
    assert course.command("grade", ASSIGNMENT).returncode == 0  # the pool takes over
    assert different(course, undisturbed) == []


def test_a_scheduler_that_is_not_there_is_named(undisturbed, tmp_path):
    course = copied(undisturbed.course, tmp_path)
    result = course.command("grade", ASSIGNMENT, "--scheduler", "tcp://127.0.0.1:1", "--lang", "en")
    assert (result.returncode, result.stderr) == (2, "d2l-ch3 grade: no Dask scheduler answers at tcp://127.0.0.1:1\n")
    assert notebooks_in(course) == {}


def test_a_worker_that_does_not_see_the_course_gives_no_points_away():
    from d2l_ch3.grading.pools import on_worker
    from d2l_ch3.grading.worker import work

    with pytest.raises(OSError, match="/nowhere is not there on"):
        on_worker("/nowhere", (), work, None)
