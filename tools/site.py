"""The website of the course: both editions, from what is committed, without running anything.

    python -m tools.site                 _site/, to open in a browser or to put on any server of files
    python -m tools.site --to FOLDER

The chapters are those in `notebooks/`, with their outputs; problem sets and what can be downloaded are those of the
hand-out, which has no answers. Sphinx makes pages of them (`site/conf.py`), and what it warns of is an error.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell

from d2l_ch3.handout.folder import hand_out
from d2l_ch3.handout.release import GUESS, NotMade
from d2l_ch3.lab.folder import RELEASE
from d2l_ch3.language import LANGUAGES
from tools.build import ROOT, START_PAGE

SITE = ROOT / "site"
TRANSLATED = ".zh-CN.md"
_TO_CELL = re.compile(r"\]\([\w./-]*#cell-id=([\w-]+)\)")
_OTHER_LANGUAGE = re.compile(r"^\[(?:中文|English)\]\([\w./-]+\)\n", re.MULTILINE)
_LINK = re.compile(r"\[([^]]+)\]\(((?![a-z]+:|#)[^)\s]+)\)")
_FENCED = re.compile(r"(^```.*?^```$)", re.DOTALL | re.MULTILINE)
_BROKEN_CHINESE = re.compile("(?<=[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef])\n(?=[\u4e00-\u9fff])")
"""A line end between Chinese characters, which a browser would show as a space."""
_ON_SITE = (ROOT / "README.md", ROOT / "README.zh-CN.md", ROOT / "LICENSE")
_ONLY_ENGLISH = ":::{note}\n这一页目前只有英文。\n:::\n"


def main() -> None:
    """Make the website."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", type=Path, default=ROOT / "_site", metavar="FOLDER", help="where to (_site)")
    try:
        site(parser.parse_args().to)
    except (NotMade, subprocess.CalledProcessError) as error:
        sys.exit(f"make site: {error}")


def site(into: Path) -> None:
    """Make the website in a folder, which is replaced as a whole. Raises CalledProcessError if Sphinx complains."""
    with tempfile.TemporaryDirectory() as folder:
        scratch = Path(folder)
        made = scratch / "site"
        given = {edition: hand_out(ROOT, edition, scratch / "hand-out") for edition in LANGUAGES}
        for edition, (students, archive) in given.items():
            pages, html = scratch / edition, scratch / "html" / edition
            lay_out(edition, pages, students / RELEASE, archive)
            # In a process of its own, since what Sphinx has translated once it does not translate again.
            subprocess.run([sys.executable, "-m", "sphinx", "-q", "-W", "-d", scratch / "doctrees" / edition,
                            "-c", SITE, "-t", edition, pages, html], check=True)
            shutil.copytree(html, made / edition, ignore=shutil.ignore_patterns(".buildinfo", "_sources"))
            shutil.copytree(students / RELEASE, made / edition / "notebooks")
        shutil.copy(SITE / "index.html", made)
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(made, into)


def lay_out(edition: str, pages: Path, release: Path, archive: Path) -> None:
    """Put all that Sphinx makes an edition of into the folder `pages`: notebooks, documents, the archive."""
    chapters = [Path(path.name) for path in sorted((ROOT / "notebooks" / edition).glob("*.ipynb"))]
    sets = sorted(path.relative_to(release) for path in release.glob("*/*.ipynb"))
    docs = sorted(path for path in (ROOT / "docs").glob("*.md") if not path.name.endswith(TRANSLATED))
    shutil.copytree(ROOT / "docs", pages / "docs", ignore=shutil.ignore_patterns("*.md"))
    for path in ("LICENSE", archive):
        shutil.copy(ROOT / path, pages)
    for path in (ROOT / "README.md", *docs):
        page = pages / path.relative_to(ROOT)
        page.write_text(document(path, edition), encoding="utf-8")
    notebooks = {path: nbformat.read(folder / path, as_version=4)
                 for folder, paths in ((ROOT / "notebooks" / edition, chapters), (release, sets)) for path in paths}
    notebooks[Path(f"{START_PAGE}.ipynb")].cells.insert(1, new_markdown_cell(guide(edition, sets, docs, archive)))
    cells = [cell for notebook in notebooks.values() for cell in notebook.cells]
    linked = {name for cell in cells for name in _TO_CELL.findall(cell.source)}
    for path, notebook in notebooks.items():
        (pages / path).parent.mkdir(exist_ok=True)
        nbformat.write(page_of(notebook, linked), pages / path)


def guide(edition: str, sets: list[Path], docs: list[Path], archive: Path) -> str:
    """What the first page has besides the start page: how to use the site, and its contents."""
    return ((SITE / f"{edition}.md").read_text(encoding="utf-8").replace("@ZIP@", archive.name)
            .replace("@PROBLEM_SETS@", "\n".join(path.with_suffix("").as_posix() for path in sets))
            .replace("@DOCS@", "\n".join(f"docs/{path.stem}" for path in docs)))


def page_of(notebook: NotebookNode, linked: set[str]) -> NotebookNode:
    """The notebook as a page: what came of a guess is closed at first, and links to a cell lead to its heading.

    `linked` are the ids of cells that some page has a link to.
    """
    heading = guessed = None
    for cell in notebook.cells:
        if cell.cell_type == "markdown":
            cell.source = _TO_CELL.sub(r"](#\1)", cell.source)
            heading = cell if cell.source.startswith("## ") else heading
            if guessed and not cell.source.startswith("#"):
                answer, _, rest = cell.source.partition("\n\n")
                cell.source = f":::::{{container}} answer\n{answer}\n:::::\n\n{rest}"
        guessed = cell.cell_type == "code" and GUESS.search(cell.source)
        if guessed:
            cell.metadata.tags = [*cell.metadata.get("tags", []), "hide-output"]
        if cell.id in linked:
            top = cell if cell.source.startswith("#") or heading is None else heading
            top.source = f"({cell.id})=\n{top.source}"
    return notebook


def document(path: Path, edition: str) -> str:
    """A document of the repository in an edition, or in English; links to what is not on the site become words."""
    translated = path.with_name(path.stem + TRANSLATED)
    note = ""
    if edition == "zh" and translated.exists():
        path = translated
    elif edition == "zh":
        note = _ONLY_ENGLISH

    def link(found: re.Match[str]) -> str:
        words, target = found[1], found[2].replace(TRANSLATED, ".md")
        file = (path.parent / target.partition("#")[0]).resolve()
        on_site = file.is_relative_to(ROOT / "docs") or file in _ON_SITE or not file.exists()
        return f"[{words}]({target})" if on_site else f"{words} (`{file.relative_to(ROOT).as_posix()}`)"

    title, _, rest = _OTHER_LANGUAGE.sub("", path.read_text(encoding="utf-8")).partition("\n")
    parts = _FENCED.split(rest)  # prose and code by turns
    parts[::2] = [_LINK.sub(link, _BROKEN_CHINESE.sub("", prose)) for prose in parts[::2]]
    return f"{title}\n\n{note}{''.join(parts)}"


if __name__ == "__main__":
    main()
