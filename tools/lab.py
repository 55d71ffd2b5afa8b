"""Open JupyterLab on the course's start page, in a folder of your own: `lab/zh` or `lab/en`.

Chapters and problem sets are copied there once. What you have written is never
overwritten; delete a file to get a fresh copy. `.release` beside them holds the problem
sets as they are given out now: `d2l-ch3 check` compares with them.

A chapter is handed out before anything has been run, so that its guesses are guesses: without outputs, and with the
paragraph that tells the answer folded away.
"""

import os
import re
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from d2l_ch3.notebooks.release import FOLDERS
from tools.build import ROOT, release, write

SETTINGS = ROOT / "tools" / "lab_settings"
"""For JUPYTER_CONFIG_PATH: no question about news, light or dark as the system is, no panel that changes assignments.
One's own settings win."""

FOLDED = {"zh": "运行上面那一格，再点开这里", "en": "Run the cell above, then open this"}
_GUESS = re.compile(r"^ *guess\(", re.MULTILINE)


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
                    write(unrun(nbformat.read(path, as_version=4), edition), target)
    return folder


def unrun(notebook: NotebookNode, language: str) -> NotebookNode:
    """The notebook as if nobody had run it; the first paragraph behind a guess is folded, for it tells the answer."""
    guessing = False
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
            cell.metadata.pop("execution", None)
            guessing = bool(_GUESS.search(cell.source))
        elif guessing and not cell.source.startswith("#"):
            answer, _, rest = cell.source.partition("\n\n")
            cell.source = f"<details><summary>{FOLDED[language]}</summary>\n\n{answer}\n\n</details>\n\n{rest}".rstrip()
            guessing = False
    return notebook


if __name__ == "__main__":
    main()
