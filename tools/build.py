"""Build everything that is built from `text/`: chapters, source and release notebooks.

    python -m tools.build                  all of it
    python -m tools.build 3.1-blocks       only the text files named
    python -m tools.build --no-execute     chapters without running them

Text files of a chapter (`3.1-blocks.md`) become `notebooks/zh` and `notebooks/en`, executed, and so does
the start page (`index.md`), which its readers execute; those of a problem set (`ps1-blocks.md`) become
`source/`, and nbgrader makes `release/` of that. Two pages, `summary` and `glossary`, are made of what stands
elsewhere. Everything is built in a scratch folder and moved into
place at the end, so an error leaves what was there before.
"""

import argparse
import os
import shutil
import sys
import tempfile
from pathlib import Path

import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from rich.progress import track

from d2l_ch3.handout.release import NotMade, generate
from tools.pages import PAGES
from tools.shorthand import expand
from tools.texts import LANGUAGES, TextError, edition, read

ROOT = Path(__file__).parents[1]
TEXT = ROOT / "text"
START_PAGE = "index"  # checks the reader's installation, so what it says on this machine is not kept


def main() -> None:
    """Build, and say in one line what is wrong with a text."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", help="text files to build, by stem (all)")
    parser.add_argument("--no-execute", action="store_true", help="do not run the chapters")
    arguments = parser.parse_args()
    try:
        build(ROOT, arguments.names, execute=not arguments.no_execute)
    except TextError as error:
        sys.exit(f"make build: {error}")


def build(into: Path, names: list[str] = [], execute: bool = True, text: Path = TEXT) -> None:  # noqa: B006
    """Build the named texts (all) below `into`: `notebooks/`, `source/` and `release/`."""
    paths = [text / f"{name}.md" for name in names] or sorted(text.glob("*.md"))
    texts = {path: read(path) for path in paths}  # a wrong text stops here, before anything is made
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        for path, notebook in track(texts.items(), "build"):
            if path.stem.startswith("ps"):
                source(path, notebook, scratch)
            else:
                chapter(path, notebook, scratch, execute and path.stem != START_PAGE)
        if not names and (text / "glossary.toml").exists():
            pages(text, scratch)
        release(scratch)
        for made in scratch.iterdir():  # one by one: the folder itself keeps its permissions
            shutil.copytree(made, into / made.name, dirs_exist_ok=True)


def chapter(path: Path, notebook: NotebookNode, into: Path, execute: bool = True) -> None:
    """Write both editions of a chapter."""
    for language in LANGUAGES:
        made = edition(notebook, language)
        if execute:
            _run(made, f"{path.name} ({language})")
        write(made, into / "notebooks" / language / f"{path.stem}.ipynb")


def pages(text: Path, into: Path) -> None:
    """Write both editions of the pages that are made of what stands elsewhere."""
    for name, make in PAGES.items():
        for language in LANGUAGES:
            write(make(text, language), into / "notebooks" / language / f"{name}.ipynb")


def _run(notebook: NotebookNode, what: str) -> None:
    """Execute a notebook in place."""
    try:
        NotebookClient(notebook, timeout=120, record_timing=False, coalesce_streams=True,
                       extra_arguments=["--log-level=ERROR"]).execute(cwd=str(ROOT))
    except CellExecutionError as error:
        raise TextError(f"{what}: {error.ename}: {error.evalue}\n{error}") from error
    notebook.metadata.pop("language_info", None)  # names the Python that ran it


def source(path: Path, notebook: NotebookNode, into: Path) -> None:
    """Write nbgrader's source notebook of a problem set, in both languages at once."""
    name = path.stem.split("-", 1)[1]
    write(expand(path, notebook), into / "source" / path.stem / f"{name}.ipynb")


def release(course: Path) -> None:
    """Let nbgrader make the students' notebooks of those in `course/source`."""
    try:
        generate(course, ROOT / "nbgrader_config.py")
    except NotMade as error:
        raise TextError(str(error)) from error


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a valid notebook, the same bytes for the same notebook."""
    nbformat.validate(notebook)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="\n") as file:
        nbformat.write(notebook, file)


if __name__ == "__main__":
    os.environ.setdefault("PYTHONHASHSEED", "0")
    main()
