"""Open JupyterLab on the course, in a folder of your own: `lab/zh` or `lab/en`.

Chapters and problem sets are copied there once. What you have written is never
overwritten; delete a file to get a fresh copy.
"""

import os
import shutil
import sys
import tempfile
from pathlib import Path

from tools.build import ROOT, release


def main() -> None:
    """Prepare the folder and become JupyterLab; further arguments go to it."""
    edition = os.environ.get("EDITION", "zh")
    folder = prepare(edition)
    start = (folder / "blocks.ipynb").relative_to(ROOT).as_posix()
    os.execvp("jupyter", ["jupyter", "lab", f"--ServerApp.root_dir={ROOT}",
                          f"--LabApp.default_url=/lab/tree/{start}", "--LabApp.news_url=None", *sys.argv[1:]])


def prepare(edition: str, into: Path = ROOT / "lab") -> Path:
    """Copy what is not there yet of an edition's chapters and problem sets; returns the folder."""
    folder = into / edition
    with tempfile.TemporaryDirectory() as scratch:
        course = Path(scratch)
        shutil.copytree(ROOT / "source", course / "source")
        release(course)
        for origin in (ROOT / "notebooks" / edition, course / "release"):
            for path in sorted(origin.rglob("*.ipynb")):
                target = folder / path.relative_to(origin)
                if not target.exists():
                    target.parent.mkdir(parents=True, exist_ok=True)
                    shutil.copy(path, target)
    return folder


if __name__ == "__main__":
    main()
