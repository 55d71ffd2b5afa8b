"""Open JupyterLab on the course's start page, in a folder of your own: `lab/zh` or `lab/en`.

Chapters and problem sets are copied there once. What you have written is never
overwritten; delete a file to get a fresh copy. `.release` beside them holds the problem
sets as they are given out now: `d2l-ch3 check` compares with them.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from d2l_ch3.notebooks.release import FOLDERS
from tools.build import ROOT, release

SETTINGS = ROOT / "tools" / "lab_settings"
"""For JUPYTER_CONFIG_PATH: no question about news, light or dark as the system is, no panel that changes assignments.
One's own settings win."""


def main() -> None:
    """Prepare the folder and become JupyterLab; further arguments go to it."""
    edition = os.environ.get("EDITION", "zh")
    folder = prepare(edition)
    start = (folder / "index.ipynb").relative_to(ROOT).as_posix()
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [os.environ.get("JUPYTER_CONFIG_PATH"), str(SETTINGS)]))
    os.execvp("jupyter", ["jupyter", "lab", f"--ServerApp.root_dir={ROOT}",
                          f"--LabApp.default_url=/lab/tree/{start}", *sys.argv[1:]])


def prepare(edition: str, into: Path = ROOT / "lab") -> Path:
    """Copy what is not there yet of an edition's chapters and problem sets; returns the folder."""
    folder = into / edition
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch)
        shutil.copytree(ROOT / "source", course / "source")
        release(course)
        shutil.copytree(course / "release", folder / FOLDERS[0], dirs_exist_ok=True)
        for origin in (ROOT / "notebooks" / edition, course / "release"):
            for path in sorted(origin.rglob("*.ipynb")):
                target = folder / path.relative_to(origin)
                if not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)
    return folder


if __name__ == "__main__":
    main()
