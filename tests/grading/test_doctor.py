"""`d2l-ch3 doctor` tells what protects a machine, and grading refuses where nothing does.

Machines that this one is not are simulated: by what the kernel's settings say, and by a user
namespace in which the kernel really refuses.
"""

import errno
import os
import platform
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from d2l_ch3.grading import doctor, linux
from d2l_ch3.grading.doctor import CHECKS
from d2l_ch3.grading.doctor.lines import Line, State
from d2l_ch3.grading.request import Request
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import speaking
from d2l_ch3.notebooks.limits import Limits
from tests.users import as_instructor
from tools import bank
from tools.build import ROOT
from tools.scratch import ScratchCourse

RIGHT = bank.answers("parallel-block")[0]


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    return ScratchCourse(tmp_path_factory.mktemp("generated") / "course").generate()


@pytest.fixture
def course(generated: ScratchCourse, tmp_path: Path) -> ScratchCourse:
    """A course with one submission, not graded yet."""
    mine = ScratchCourse(tmp_path / "course")
    shutil.copytree(generated.folder / "release", mine.folder / "release")
    shutil.copy(generated.folder / "gradebook.db", mine.folder)
    mine.hand_in("s01", "ps1-blocks", {"parallel-block": RIGHT.cell})
    return mine


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    with speaking("en"):
        yield


def line(name: str, course: Path = ROOT) -> Line:
    return next(found for found in (check(course) for check in CHECKS if check.__name__ == name))


def run(course: ScratchCourse, *command: str, enter: Callable[[], None] | None = None,
        **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", *command], cwd=course.folder, preexec_fn=enter, text=True,
                          capture_output=True, check=False,
                          env={**os.environ, "COLUMNS": "300", "LC_ALL": "C.UTF-8", **environment})


# This machine


def test_everything_that_grading_needs_is_on_here(course: ScratchCourse) -> None:
    lines = [check(course.folder) for check in CHECKS]
    assert [found for found in lines if found.state is State.OFF] == []
    on = {found.name.en for found in lines if found.state is State.ON}
    assert on >= {"Python", *(f"{kind} namespace" for kind in linux.NAMESPACES), "new root folder", "no privileges",
                  "no further namespaces", "pidfd", "course folder", "gradebook", "the course's key", "isolation"}
    assert lines[-1].name.en == "isolation"


def test_looking_changes_nothing(course: ScratchCourse) -> None:
    def files() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in course.folder.rglob("*") if path.is_file()}

    before = files()
    course.command("doctor")
    assert files() == before


def test_the_trial_sees_what_a_process_without_walls_can_do(course: ScratchCourse) -> None:
    broken = doctor.trial.broken_promises(course.folder, Request(Limits(), isolated=False))
    assert {name.en for name in broken} >= {"reads the course", "reaches the network", "is not process 1",
                                            f"writes in {course.folder}"}


def test_for_the_trial_nothing_is_had_ready(course: ScratchCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def start(hidden: list[Path], preload: tuple[str, ...] = ("all",)) -> None:
        asked.append(preload)
        raise OSError("that is all that is asked here")
    monkeypatch.setattr(Zygote, "start", start)
    assert line("trial", course.folder).state is State.OFF
    assert asked == [()]


def test_an_isolation_that_does_not_hold_is_off_whatever_the_kernel_says(
        course: ScratchCourse, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Zygote, "spawn", lambda self, request: spawn(self, Request(request.limits, isolated=False)))
    found = line("trial", course.folder)
    assert found.state is State.OFF
    assert "reads the course" in found.reason.en


spawn = Zygote.spawn


# As most instructors run it: not as root


def test_an_ordinary_user_grades_behind_the_same_walls(course: ScratchCourse) -> None:
    enter = as_instructor(course.folder)
    home = {"HOME": str(course.folder), "XDG_CACHE_HOME": ""}
    looked = run(course, "d2l_ch3.cli", "doctor", enter=enter, **home)
    assert looked.returncode == 0, looked.stdout + looked.stderr
    assert "Grading can go on" in looked.stdout
    assert " off " not in looked.stdout

    told = run(course, "d2l_ch3.cli", "grade", "ps1-blocks", enter=enter, **home)
    assert told.returncode == 0, told.stdout + told.stderr
    assert course.scores("ps1-blocks")["s01"]["test-parallel-block"] == RIGHT.points
    assert gradings(course) == [("s01", True)]


def test_an_ordinary_user_cannot_grade_in_a_folder_of_somebody_else(course: ScratchCourse) -> None:
    enter = as_instructor(course.folder)
    course.folder.chmod(0o555)
    (course.folder / "gradebook.db").chmod(0o444)
    looked = run(course, "d2l_ch3.cli", "doctor", enter=enter, HOME="/nonexistent", XDG_CACHE_HOME="/tmp")
    assert looked.returncode == 1
    assert f"{course.folder} cannot be written to" in looked.stdout


# Where the kernel refuses


def shut_out() -> None:
    """Enter a user namespace in which no further one can be made, as on a machine set up so."""
    linux.new_user_namespace(os.open("/proc/self", os.O_PATH), 1000)
    Path("/proc/sys/user/max_user_namespaces").write_text("0")


def gradings(course: ScratchCourse) -> list[tuple[str, bool]]:
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as gradebook:
        return [(student, bool(isolated)) for student, isolated in
                gradebook.execute("SELECT student, isolated FROM d2l_ch3_grading ORDER BY student")]


def test_grading_refuses_without_isolation(course: ScratchCourse) -> None:
    gradebook = course.folder / "gradebook.db"
    before = gradebook.read_bytes()
    told = run(course, "d2l_ch3.cli", "grade", "ps1-blocks", enter=shut_out)
    assert told.returncode == 2
    assert "nothing of it was run" in told.stderr
    assert "d2l-ch3 doctor" in told.stderr
    assert "--without-isolation" in told.stderr
    assert "Traceback" not in told.stderr
    assert gradebook.read_bytes() == before
    assert not (course.folder / "autograded").exists()


@pytest.mark.parametrize("command", [["d2l_ch3.cli", "grade", "ps1-blocks"], ["d2l_ch3.cli", "watch"],
                                     ["nbgrader", "autograde", "ps1-blocks"]])
def test_it_refuses_before_it_gets_ready(course: ScratchCourse, command: list[str]) -> None:
    """What is to be imported beforehand cannot be: who comes to that would say so."""
    config = course.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\nc.Grade.preload = ['no_such_module']\n")
    graded = course.folder / "autograded" / "s01" / "ps1-blocks" / "blocks.ipynb"
    graded.parent.mkdir(parents=True)
    graded.write_text("graded before")
    told = run(course, *command, enter=shut_out)
    assert told.returncode != 0
    assert "doctor" in told.stderr
    assert "No space left on device" in told.stderr
    assert "no_such_module" not in told.stderr + told.stdout
    assert graded.read_text() == "graded before"
    assert not re.search("watching|%", told.stdout)


def test_the_doctor_names_what_refuses_and_the_mend(course: ScratchCourse) -> None:
    looked = run(course, "d2l_ch3.cli", "doctor", enter=shut_out)
    assert looked.returncode == 1
    assert "the setting user.max_user_namespaces=0 forbids it" in looked.stdout
    assert "sudo sysctl -w user.max_user_namespaces=15000" in looked.stdout
    assert "a student's process cannot be shut in" in looked.stdout


def test_grading_without_isolation_is_asked_for_and_noted(course: ScratchCourse) -> None:
    told = run(course, "d2l_ch3.cli", "grade", "ps1-blocks", "--without-isolation", enter=shut_out)
    assert told.returncode == 0, told.stderr
    assert "graded without isolation; this is noted in the gradebook" in told.stdout
    assert course.scores("ps1-blocks")["s01"]["test-parallel-block"] == RIGHT.points
    assert gradings(course) == [("s01", False)]
    graded = nbformat.read(course.folder / "autograded" / "s01" / "ps1-blocks" / "blocks.ipynb", as_version=4)
    assert graded.metadata.d2l_ch3.isolated is False


def test_nbgrader_autograde_refuses_too(course: ScratchCourse) -> None:
    told = run(course, "nbgrader", "autograde", "ps1-blocks", enter=shut_out)
    assert told.returncode != 0
    assert "d2l-ch3 doctor" in told.stderr
    assert "c.Grade.isolated = False" in told.stderr
    assert course.scores("ps1-blocks").get("s01", {}).get("test-parallel-block") is None
    assert not (course.folder / "autograded" / "s01" / "ps1-blocks").exists()


# Machines that this one is not


@pytest.mark.parametrize(("number", "settings", "reason", "mend"), [
    (errno.EPERM, {"kernel.unprivileged_userns_clone": "0"}, "kernel.unprivileged_userns_clone=0",
     "sudo sysctl -w kernel.unprivileged_userns_clone=1"),
    (errno.EACCES, {"kernel.apparmor_restrict_unprivileged_userns": "1"},
     "kernel.apparmor_restrict_unprivileged_userns=1", "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"),
    (errno.ENOSPC, {"user.max_user_namespaces": "0"}, "user.max_user_namespaces=0",
     "sudo sysctl -w user.max_user_namespaces=15000"),
    (errno.EPERM, {"seccomp": "2"}, "container", "--security-opt seccomp=unconfined"),
    (errno.ENOSYS, {}, "the kernel 3.10.0 does not have it", "5.13 or newer"),
    (errno.EINVAL, {}, "the kernel 3.10.0 does not have it", "5.13 or newer"),
    (errno.EPERM, {}, "Operation not permitted", "ask who looks after this machine"),
])
def test_each_reason_has_its_mend(monkeypatch: pytest.MonkeyPatch, number: int, settings: dict[str, str], reason: str,
                                  mend: str) -> None:
    monkeypatch.setattr(doctor.kernel, "tried", lambda action: OSError(number, os.strerror(number)))
    monkeypatch.setattr(doctor.attempts, "setting", lambda name: settings.get(name, ""))
    monkeypatch.setattr(doctor.attempts, "filtered", lambda: "seccomp" in settings)
    monkeypatch.setattr(platform, "release", lambda: "3.10.0")
    for kind in ("user namespace", "mount namespace"):
        found = next(found for found in (check(ROOT) for check in CHECKS[:11]) if found.name.en == kind)
        monkeypatch.setattr(os, "geteuid", lambda: 1000)  # root needs the user namespace only
        assert found.state is State.OFF
        assert reason in found.reason.en
        assert reason in found.reason.zh or reason[0].islower()
        assert mend in found.mend.en
        assert all(found.mend)


def test_a_kind_of_namespace_may_be_forbidden_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.attempts, "setting", lambda name: "0" if name == "user.max_net_namespaces" else "9")
    found = doctor.attempts.refused(OSError(errno.ENOSPC, "No space left on device"), "network")
    assert "user.max_net_namespaces=0" in found.reason.en


@pytest.mark.parametrize(("abi", "state", "guards"), [
    (0, State.WEAKER, "none"), (1, State.WEAKER, "version 1: files"), (4, State.WEAKER, "version 4: files, TCP"),
    (6, State.ON, "version 6: files, TCP, signals and abstract sockets")])
def test_landlock_says_what_its_version_guards(monkeypatch: pytest.MonkeyPatch, abi: int, state: State,
                                               guards: str) -> None:
    monkeypatch.setattr(linux, "landlock_abi", lambda: abi)
    found = line("landlock")
    assert (found.state, found.reason.en.split(";")[0]) == (state, guards)
    assert all(found.mend) == (state is State.WEAKER)


def test_an_old_kernel_counts_the_processes_of_all_students_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(platform, "release", lambda: "5.10.0-23-amd64")
    assert (line("limits").state, "--jobs 1" in line("limits").mend.en) == (State.WEAKER, True)


def test_what_is_not_installed_or_not_tested_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.installed, "version", lambda name: "0.9.5")
    found = doctor.installed._package("nbgrader")(ROOT)
    assert (found.state, found.reason.en) == (State.WEAKER, "0.9.5; 0.9.6 was tested")

    def missing(name: str) -> str:
        raise doctor.installed.PackageNotFoundError(name)

    monkeypatch.setattr(doctor.installed, "version", missing)
    found = doctor.installed._package("safetensors")(ROOT)
    assert (found.state, found.mend.en) == (State.OFF, "pip install 'd2l_ch3[grading]'")


def test_a_full_disk_and_little_memory_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    for free, state in ((10, State.ON), (0.5, State.WEAKER), (0.01, State.OFF)):
        usage = shutil._ntuple_diskusage(0, 0, free * doctor.course.GIB)  # type: ignore[attr-defined]
        monkeypatch.setattr(shutil, "disk_usage", lambda path, usage=usage: usage)
        assert line("disk").state is state
    monkeypatch.setattr(os, "cpu_count", lambda: 10_000)
    found = line("memory")
    assert found.state is State.WEAKER
    assert 1 <= int(found.mend.en.rsplit(" ", 1)[1]) < 10_000


def test_a_font_is_a_comfort(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("d2l_ch3.show.fonts.chinese_font", lambda: None)
    assert line("font").state is State.WEAKER


def test_a_gradebook_that_does_not_open_is_told_without_its_password(course: ScratchCourse) -> None:
    (course.folder / "gradebook.db").write_text("no database, only words " * 100)
    found = line("gradebook", course.folder)
    assert found.state is State.OFF
    assert "gradebook.db does not open: file is not a database" in found.reason.en
    config = course.folder / "nbgrader_config.py"
    config.write_text(f"{config.read_text()}\n"
                      "c.CourseDirectory.db_url = 'postgresql+psycopg://me:secret@127.0.0.1:1/grades'\n")
    found = line("gradebook", course.folder)
    assert found.state is State.OFF
    assert "127.0.0.1:1/grades" in found.reason.en
    assert "secret" not in str(found)


def test_a_gradebook_that_another_is_writing_is_told(course: ScratchCourse) -> None:
    with closing(sqlite3.connect(course.folder / "gradebook.db")) as other:
        other.execute("BEGIN IMMEDIATE")
        found = line("gradebook", course.folder)
    assert (found.state, found.reason.en.rsplit(": ", 1)[1]) == (State.OFF, "database is locked")


def test_a_key_that_others_can_read_is_no_secret(course: ScratchCourse) -> None:
    path = course.folder / ".d2l-ch3-key"
    path.write_bytes(bytes(32))
    for mode in (0o640, 0o604, 0o620):
        path.chmod(mode)
        found = line("key", course.folder)
        assert (found.state, found.mend.en) == (State.OFF, f"chmod 600 {path}")
    path.chmod(0o600)
    assert line("key", course.folder).state is State.ON


def test_a_folder_that_is_no_course_is_told(tmp_path: Path, course: ScratchCourse) -> None:
    assert (line("folder", tmp_path).state, "--course" in line("folder", tmp_path).mend.en) == (State.OFF, True)
    shutil.rmtree(course.folder / "submitted")
    assert line("folder", course.folder).state is State.WEAKER


def test_a_check_that_raises_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: object) -> None:
        raise RuntimeError("the disk is on fire")

    monkeypatch.setattr(shutil, "disk_usage", broken)
    assert (line("disk").state, line("disk").reason.en) == (
        State.OFF, "could not be checked: RuntimeError: the disk is on fire")


def test_it_answers_without_rich(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setitem(sys.modules, "rich.console", None)
    monkeypatch.setattr(doctor, "CHECKS", [check for check in CHECKS if check.__name__ in ("python", "disk")])
    assert doctor.doctor(ROOT) == 0
    assert f"Python: on. {platform.python_version()}" in capsys.readouterr().out


def test_it_speaks_chinese(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(doctor, "CHECKS", [check for check in CHECKS if check.__name__ == "disk"])
    with speaking("zh"):
        doctor.doctor(ROOT)
    told = capsys.readouterr().out
    assert "磁盘" in told
    assert "可以批改" in told


ELSEWHERE = """
import sys, rich.console, rich.table, rich.text, d2l_ch3.show.fonts
sys.platform = {system!r}
for name in {missing!r}:
    sys.modules[name] = None
import os
for name in {unknown!r}:
    delattr(os, name)
from d2l_ch3.cli import main
sys.exit(main({arguments!r}))
"""


@pytest.mark.parametrize(("system", "name", "missing", "unknown"), [
    ("darwin", "macOS", [], ["O_PATH", "pidfd_open"]),
    ("win32", "Windows", ["fcntl", "resource"], ["O_PATH", "pidfd_open", "fork", "geteuid", "uname"])])
def test_on_another_system_grading_refuses_and_the_doctor_says_why(
        course: ScratchCourse, system: str, name: str, missing: list[str], unknown: list[str]) -> None:
    def elsewhere(*arguments: str) -> subprocess.CompletedProcess[str]:
        code = ELSEWHERE.format(system=system, missing=missing, unknown=unknown, arguments=list(arguments))
        return subprocess.run([sys.executable, "-c", code], cwd=course.folder, capture_output=True, text=True,
                              check=False, env={**os.environ, "COLUMNS": "300", "LC_ALL": "C.UTF-8"})

    looked = elsewhere("doctor")
    assert looked.returncode == 1, looked.stderr
    assert f"{name} has no namespaces" in looked.stdout
    assert "could not be checked" not in looked.stdout
    for more in ([], ["--without-isolation"]):
        told = elsewhere("grade", "ps1-blocks", *more)
        assert told.returncode == 2, told.stderr
        assert told.stderr.startswith(f"d2l-ch3 grade: {name} has no namespaces")
        assert "virtual machine" in told.stderr
        assert len(told.stderr.splitlines()) == 1
