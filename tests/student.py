"""A student who has nothing but what was handed out."""

import os
import re
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import nbformat
import pytest

from tests.pipes import drain
from tools.bank import Answer, answers


class Home:
    """An empty home of somebody who has nothing of this repository, with an unpacked hand-out in it.

    Packages are not downloaded: the suite's are in sight of the environment that the start script finds, but for
    the course's own, which is installed from the hand-out.
    """

    def __init__(self, home: Path, archive: Path) -> None:
        subprocess.run([sys.executable, "-m", "zipfile", "-e", archive, home], check=True)
        self.folder = next(home.iterdir())
        venv.create(self.folder / ".venv", symlinks=True)
        self.bin = self.folder / ".venv" / "bin"
        packages = next(self.folder.glob(".venv/lib/*/site-packages"))
        (packages / "suite.pth").write_text(sysconfig.get_path("purelib"))
        (home / "bin").mkdir()
        (home / "bin" / "python3").symlink_to(sys.executable)
        share = Path(sys.prefix)
        self.environment = {"HOME": str(home), "PATH": f"{home / 'bin'}:/usr/bin:/bin", "PIP_NO_INDEX": "1",
                            "JUPYTER_PATH": str(share / "share/jupyter"), "OMP_NUM_THREADS": "1",
                            "JUPYTER_CONFIG_PATH": str(share / "etc/jupyter"), "LC_ALL": "C"}

    def run(self, *command: str | Path, status: int = 0) -> str:
        """Run a command of the environment in the student's folder; returns what it printed."""
        done = subprocess.run([self.bin / command[0], *command[1:]], cwd=self.folder / "work", env=self.environment,
                              capture_output=True, text=True, encoding="utf-8", check=False)
        assert done.returncode == status, done.stdout + done.stderr
        return done.stdout + done.stderr

    def start(self) -> tuple[subprocess.Popen[str], str]:
        """Run the start script; returns the process and JupyterLab's address."""
        root = ["--allow-root"] if os.geteuid() == 0 else []
        process = subprocess.Popen(
            ["sh", self.folder / "start.sh", "--no-browser", "--port=0", "--IdentityProvider.token=",
             "--ServerApp.disable_check_xsrf=True", *root],
            cwd="/", env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        assert process.stdout is not None
        told = []
        for line in process.stdout:
            told.append(line)
            if found := re.search(r"(http://\S+?:\d+)/lab/tree/index.ipynb", line):
                drain(process.stdout)
                return process, found[1].replace("localhost", "127.0.0.1")
        pytest.fail("".join(told))


def answer(exercise: str, name: str) -> Answer:
    """The answer of that name in the bank."""
    return next(one for one in answers(exercise) if one.path.stem == name)


def answered(path: Path, chosen: dict[str, str]) -> None:
    """Write answers into a notebook as a student does."""
    notebook = nbformat.read(path, as_version=4)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id")
        cell.source = chosen.get(name, cell.source)
    nbformat.write(notebook, path)
