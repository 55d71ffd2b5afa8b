"""A gradebook in PostgreSQL: the same commands, the same table as in SQLite. Needs Debian's package `postgresql`."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tools.crash import ASSIGNMENT, PATIENCE, Undisturbed, copied, notebooks_in
from tools.scratch import ScratchCourse


def programs() -> Path:
    """Where the newest server's programs are."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    if not found:
        pytest.fail("PostgreSQL is not installed: apt-get install postgresql")
    return found[-1].parent


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    """The URL of a database on a server of its own, on loopback; PostgreSQL refuses to run as root."""
    user = {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.geteuid() == 0 else {}
    folder, bin = Path(tempfile.mkdtemp(prefix="postgres-")), programs()
    if user:
        os.chown(folder, pwd.getpwnam("nobody").pw_uid, -1)
    subprocess.run([bin / "initdb", "-D", folder / "data", "-U", "grader", "-A", "trust", "--no-sync",
                    "--encoding=UTF8", "--locale=C.UTF-8"], check=True, cwd=folder, stdout=subprocess.DEVNULL, **user)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    log = folder / "log"
    with log.open("wb") as file:
        process = subprocess.Popen([bin / "postgres", "-D", folder / "data", "-F", "-h", "127.0.0.1", "-p", port,
                                    "-k", folder], cwd=folder, stderr=file, **user)
    try:
        while subprocess.run([bin / "pg_isready", "-q", "-h", "127.0.0.1", "-p", port], check=False).returncode:
            assert process.poll() is None, log.read_text()
        yield f"postgresql+psycopg://grader@127.0.0.1:{port}/postgres"
    finally:
        process.terminate()
        process.wait(PATIENCE)
        shutil.rmtree(folder)


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Undisturbed:
    return Undisturbed.measure(tmp_path_factory.mktemp("sqlite"), students=12)


@pytest.fixture(scope="module")
def course(undisturbed: Undisturbed, server: str, tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    course = copied(undisturbed.course, tmp_path_factory.mktemp("postgres"))
    (course.folder / "gradebook.db").unlink()
    with (course.folder / "nbgrader_config.py").open("a") as config:
        config.write(f"\nc.CourseDirectory.db_url = {server!r}\n")
    nbgrader(course, "generate_assignment", ASSIGNMENT)
    return course


def nbgrader(course: ScratchCourse, *arguments: str) -> None:
    result = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=course.folder, capture_output=True,
                            text=True, check=False)
    assert result.returncode == 0, result.stderr


def test_a_class_is_graded_as_in_sqlite(undisturbed, course, server):
    result = course.command("grade", ASSIGNMENT)
    assert result.returncode == 0, result.stderr
    assert course.scores(ASSIGNMENT, server) == undisturbed.scores
    assert notebooks_in(course) == undisturbed.notebooks
    assert "12 unchanged" in course.command("grade", ASSIGNMENT, "--lang", "en").stdout
    assert not (course.folder / "gradebook.db").exists()


def test_nbgraders_own_commands_work_on_it(undisturbed, course, server):
    nbgrader(course, "autograde", ASSIGNMENT, "--student", "s01-0", "--force")
    assert course.scores(ASSIGNMENT, server)["s01-0"] == undisturbed.scores["s01-0"]
    nbgrader(course, "generate_feedback", ASSIGNMENT, "--student", "s01-0")
    assert (course.folder / "feedback" / "s01-0" / ASSIGNMENT / "layers.html").stat().st_size > 0
    nbgrader(course, "export")
    total = sum(points or 0 for points in undisturbed.scores["s01-0"].values())
    (line,) = [line for line in (course.folder / "grades.csv").read_text().splitlines() if ",s01-0," in line]
    assert f",{total}," in line
