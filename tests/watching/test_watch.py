"""`d2l-ch3 watch` as a system runs it: what comes is graded, and however it ends, nothing is lost."""

import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from nbgrader.utils import notebook_hash

from tools.bank import answers
from tools.scratch import ScratchCourse

ASSIGNMENT = "ps1-blocks"
PATIENCE = 400  # seconds after which a watch that says nothing is ended, and the test fails
RIGHT, WRONG = (next(one for one in answers("parallel-block") if one.right is right) for right in (True, False))


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    return ScratchCourse(tmp_path_factory.mktemp("watch") / "course").generate()


@pytest.fixture
def course(generated: ScratchCourse, tmp_path: Path) -> ScratchCourse:
    shutil.copytree(generated.folder, tmp_path / "course")
    made = ScratchCourse.__new__(ScratchCourse)
    made.folder = tmp_path / "course"
    return made


class Watching:
    """A running watch; `until` waits for a line that it says."""

    def __init__(self, course: ScratchCourse, *arguments: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-u", "-m", "d2l_ch3.cli", "watch", "--lang", "en", "--apart", "1", *arguments],
            cwd=course.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        self.said: list[str] = []
        self._patience = threading.Timer(PATIENCE, self.process.kill)
        self._patience.start()

    def until(self, *words: str) -> str:
        for line in self.process.stdout or ():
            self.said.append(line)
            if all(word in line for word in words):
                return line
        raise AssertionError(f"it ended before it said {words}:\n" + "".join(self.said))

    def end(self, with_signal: int) -> int:
        self.process.send_signal(with_signal)
        self.said += self.process.stdout or ()
        self._patience.cancel()
        return self.process.wait()


@contextmanager
def watching(course: ScratchCourse, *arguments: str) -> Iterator[Watching]:
    watch = Watching(course, *arguments)
    try:
        yield watch
    finally:
        if watch.process.poll() is None:
            watch.end(signal.SIGKILL)


def page(course: ScratchCourse, student: str) -> Path:
    return course.folder / "feedback" / student / ASSIGNMENT / "blocks.html"


def score(course: ScratchCourse, student: str) -> float | None:
    return course.scores(ASSIGNMENT)[student]["test-parallel-block"]


def test_it_grades_what_comes_and_goes_on_after_any_end(course: ScratchCourse) -> None:
    course.hand_in("s1", ASSIGNMENT, {"parallel-block": RIGHT.cell})
    with watching(course, ASSIGNMENT) as watch:
        watch.until("s1 ps1-blocks: graded, 6/30 points")
        course.hand_in("s2", ASSIGNMENT).write_text("no notebook }")
        course.hand_in("s3", ASSIGNMENT, {"parallel-block": WRONG.cell})
        watch.until("s3 ps1-blocks: graded")
        assert score(course, "s3") == WRONG.points
        if not any("s2 ps1-blocks: cannot be graded" in line for line in watch.said):
            watch.until("s2 ps1-blocks: cannot be graded: blocks.ipynb is not a whole notebook")
        course.hand_in("s3", ASSIGNMENT, {"parallel-block": RIGHT.cell})
        watch.until("s3 ps1-blocks: graded, 6/30 points")
        told = course.command("grade", ASSIGNMENT, "--lang", "en")
        assert told.returncode == 2 and "`watch` is at work" in told.stderr
        course.hand_in("s4", ASSIGNMENT, {"parallel-block": RIGHT.cell})
        watch.end(signal.SIGKILL)
    assert all(page(course, student).exists() for student in ("s1", "s2", "s3"))
    page(course, "s1").unlink()
    with watching(course) as watch:
        watch.until("s4 ps1-blocks: graded, 6/30 points")
        assert page(course, "s4").exists() and page(course, "s1").exists()
        assert watch.end(signal.SIGTERM) == 0
        assert watch.said[-1].startswith("ended. What was graded is saved")
    assert not any("s3 ps1-blocks" in line for line in watch.said)  # it was graded already


def test_it_collects_from_the_exchange_and_releases_there(course: ScratchCourse, tmp_path: Path) -> None:
    exchange = tmp_path / "exchange"
    inbound = exchange / "d2l_ch3" / "inbound"
    inbound.mkdir(parents=True)
    exchange.chmod(0o777)
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.Exchange.root = {str(exchange)!r}\n")
    with watching(course, "--collect", "--release") as watch:
        watch.until("watching")
        handed_in = inbound / f"s1+{ASSIGNMENT}+2026-09-01 09:30:00 UTC+x"
        staged = course.hand_in("s1", ASSIGNMENT, {"parallel-block": RIGHT.cell}).parent
        (staged / "timestamp.txt").write_text("2026-09-01 09:30:00.000000 UTC")
        (staged / "submission_secret.txt").write_text("secret")
        shutil.move(staged, handed_in)
        watch.until("s1 ps1-blocks: graded, 6/30 points")
        assert watch.end(signal.SIGTERM) == 0
    released = exchange / "d2l_ch3" / "feedback" / f"{notebook_hash(secret='secret', notebook_id='blocks')}.html"
    assert released.read_bytes() == page(course, "s1").read_bytes()
    assert not any("cannot" in line for line in watch.said)


@pytest.mark.parametrize(("arguments", "named"), [
    (["ps9"], "ps9"), (["--release"], "exchange"), (["--collect"], "exchange")])
def test_what_has_to_be_mended_first_is_named(course: ScratchCourse, arguments: list[str], named: str) -> None:
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Exchange.root = '/nowhere/at/all'\n")
    told = course.command("watch", *arguments, "--lang", "en")
    assert told.returncode == 2 and named in told.stderr
    told = course.command("watch", *arguments, "--lang", "zh")
    assert told.returncode == 2 and "d2l-ch3 watch" in told.stderr and os.linesep in told.stderr
