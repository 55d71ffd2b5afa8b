"""`d2l-ch3 watch` as a system runs it: what comes is graded, and however it ends, nothing is lost."""

import getpass
import os
import re
import shlex
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from configparser import ConfigParser
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest
from nbgrader.utils import notebook_hash

from d2l_ch3.watching.watch import GRACE
from tests.zygotes import checked_in, had_ready
from tools.bank import answers
from tools.build import ROOT
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

    def __init__(self, folder: Path | str, command: list[str], **more: Any) -> None:
        self.process = subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                                        text=True, **more)
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


COMMAND = [sys.executable, "-u", "-m", "d2l_ch3.cli", "watch", "--lang", "en", "--apart", "1"]


def watching(course: ScratchCourse, *arguments: str) -> AbstractContextManager[Watching]:
    return ended(Watching(course.folder, [*COMMAND, *arguments]))


@contextmanager
def ended(watch: Watching) -> Iterator[Watching]:
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
        assert had_ready(watch.process.pid) == checked_in(ASSIGNMENT) | {"torch._dynamo"}
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


@pytest.fixture
def exchange(course: ScratchCourse, tmp_path: Path) -> Path:
    """The exchange of the course, with a box for what is handed in."""
    folder = tmp_path / "exchange"
    (folder / "d2l_ch3" / "inbound").mkdir(parents=True)
    folder.chmod(0o777)
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write(f"\nc.Exchange.root = {str(folder)!r}\n")
    return folder


def hand_in(course: ScratchCourse, exchange: Path) -> None:
    """Put a right answer into the exchange, as `nbgrader submit` does."""
    staged = course.hand_in("s1", ASSIGNMENT, {"parallel-block": RIGHT.cell}).parent
    (staged / "timestamp.txt").write_text("2026-09-01 09:30:00.000000 UTC")
    (staged / "submission_secret.txt").write_text("secret")
    shutil.move(staged, exchange / "d2l_ch3" / "inbound" / f"s1+{ASSIGNMENT}+2026-09-01 09:30:00 UTC+x")


def released(exchange: Path) -> Path:
    return exchange / "d2l_ch3" / "feedback" / f"{notebook_hash(secret='secret', notebook_id='blocks')}.html"


def test_it_collects_from_the_exchange_and_releases_there(course: ScratchCourse, exchange: Path) -> None:
    with watching(course, "--collect", "--release") as watch:
        watch.until("watching")
        hand_in(course, exchange)
        watch.until("s1 ps1-blocks: graded, 6/30 points")
        assert watch.end(signal.SIGTERM) == 0
    assert released(exchange).read_bytes() == page(course, "s1").read_bytes()
    assert not any("cannot" in line for line in watch.said)


# As a service: the unit that docs/scale.md gives, with the folder and the user of this test in the places of its own.

def unit_of(course: ScratchCourse) -> str:
    (unit,) = re.findall(r"```ini\n(\[Unit\].*?)```", (ROOT / "docs" / "scale.md").read_text("utf-8"), re.DOTALL)
    for written, here in (("/srv/course/.venv/bin", str(Path(sys.executable).parent)),
                          ("/srv/course", str(course.folder)), ("User=grader", f"User={getpass.getuser()}")):
        assert written in unit
        unit = unit.replace(written, here)
    return unit


def test_the_unit_of_the_docs_grades_and_ends_as_systemd_expects(course: ScratchCourse, exchange: Path) -> None:
    unit = ConfigParser(interpolation=None)
    unit.optionxform = str  # type: ignore[assignment,method-assign]
    unit.read_string(unit_of(course))
    service = unit["Service"]
    environment = {"PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin", "LANG": "C.UTF-8",
                   "HOME": str(Path.home()), **dict([service["Environment"].split("=", 1)])}  # systemd gives no more
    command = shlex.split(service["ExecStart"])
    with ended(Watching(service["WorkingDirectory"], command, env=environment)) as watch:
        watch.until("ps1-blocks")
        hand_in(course, exchange)
        watch.until("s1 ps1-blocks", "6/30")
        assert watch.end(signal.SIGTERM) == 0  # or `Restart=on-failure` would start it again
    assert released(exchange).read_bytes() == page(course, "s1").read_bytes()
    assert service["Restart"] == "on-failure" and float(service["TimeoutStopSec"]) > GRACE


@pytest.mark.skipif(not shutil.which("systemd-analyze"), reason="systemd is not installed here")
def test_systemd_finds_nothing_wrong_with_the_unit_of_the_docs(course: ScratchCourse, tmp_path: Path) -> None:
    path = tmp_path / "course-watch.service"
    path.write_text(unit_of(course))
    told = subprocess.run(["systemd-analyze", "verify", "--man=no", path], capture_output=True, text=True, check=False)
    assert (told.returncode, told.stderr) == (0, "")


@pytest.mark.parametrize(("arguments", "named"), [
    (["ps9"], "ps9"), (["--release"], "exchange"), (["--collect"], "exchange")])
def test_what_has_to_be_mended_first_is_named(course: ScratchCourse, arguments: list[str], named: str) -> None:
    with (course.folder / "nbgrader_config.py").open("a") as file:
        file.write("\nc.Exchange.root = '/nowhere/at/all'\n")
    told = course.command("watch", *arguments, "--lang", "en")
    assert told.returncode == 2 and named in told.stderr
    told = course.command("watch", *arguments, "--lang", "zh")
    assert told.returncode == 2 and "d2l-ch3 watch" in told.stderr and os.linesep in told.stderr
