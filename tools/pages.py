"""Pages made of what is written elsewhere: a summary of the chapters' summaries, and the glossary."""

import hashlib
import tomllib
from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_notebook

from tools.texts import TextError, edition, read

KERNEL = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
_SUMMARY = {"zh": "## 小结", "en": "## Summary"}
_TITLES = {"zh": ("一页小结", "三章的要点，印出来正好一页。每一条的来龙去脉，都在那一章里。"),
           "en": ("Summary on one page",
                  "The main points of the three chapters, to print; the chapters have the details.")}
_GLOSSARY = {"zh": ("术语表", "中文", "英文", "意思"), "en": ("Glossary", "English", "Chinese", "meaning")}


def summary(text: Path, language: str) -> NotebookNode:
    """The summaries of all chapters, one below the other, each with a link to its chapter."""
    title, words = _TITLES[language]
    parts = [f"# {title}\n\n{words}"]
    for path in chapters(text):
        cells = edition(read(path), language).cells
        heading = cells[0].source.splitlines()[0].removeprefix("# ")
        found = [cell.source for cell in cells if cell.source.startswith(_SUMMARY[language])]
        if len(found) != 1:
            raise TextError(f"{path.name}: a chapter has one section `{_SUMMARY[language]}`, not {len(found)}")
        points = [line for line in found[0].splitlines() if line.startswith("- ")]
        parts.append(f"## [{heading}]({path.stem}.ipynb)\n\n" + "\n".join(points))
    return _page(parts)


def glossary(text: Path, language: str) -> NotebookNode:
    """All terms in a table, the reader's language first and in its order."""
    title, *columns = _GLOSSARY[language]
    other = "en" if language == "zh" else "zh"
    rows = [(term[language], term[other], term["note"][language]) for term in terms(text)]
    if language == "en":
        rows.sort(key=lambda row: row[0].lower())
    table = ["| " + " | ".join(columns) + " |", "|---|---|---|", *("| " + " | ".join(row) + " |" for row in rows)]
    return _page([f"# {title}", "\n".join(table)])


def chapters(text: Path) -> list[Path]:
    """The texts of the chapters, in order: their names begin with a number."""
    return sorted(path for path in text.glob("*.md") if path.stem[0].isdigit())


def terms(text: Path) -> list[dict[str, Any]]:
    """The entries of glossary.toml."""
    return tomllib.loads((text / "glossary.toml").read_text(encoding="utf-8"))["term"]


PAGES = {"summary": summary, "glossary": glossary}


def _page(parts: list[str]) -> NotebookNode:
    """A notebook of prose with stable ids."""
    cells = [new_markdown_cell(part, id=hashlib.sha256(part.encode()).hexdigest()[:12]) for part in parts]
    return new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
