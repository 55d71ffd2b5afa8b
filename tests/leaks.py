"""Finding, in what students get, what only teachers may see."""

import io
import re
import zipfile
from functools import cache

import nbformat

from d2l_ch3 import checks
from tools.bank import answers
from tools.build import ROOT

HIDDEN = re.compile(r"(?:###|===) BEGIN (?:HIDDEN TESTS|MARK SCHEME)[ =]*\n(.*?)\s*(?:###|===) END", re.DOTALL)
SOLUTION = re.compile("^ *### (?:BEGIN|END) SOLUTION$", re.MULTILINE)


def texts(archive: bytes) -> dict[str, str]:
    """The text of every file in a zip file, of notebooks that of their cells; what is packed inside is unpacked."""
    found = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        for name in opened.namelist():
            content = opened.read(name)
            if name.endswith(".whl"):
                found |= {f"{name}/{inner}": text for inner, text in texts(content).items()}
            elif name.endswith(".ipynb"):
                found[name] = "\n".join(cell.source for cell in nbformat.reads(content.decode(), 4).cells)
            else:
                found[name] = content.decode()
    return found


def plain(text: str) -> str:
    """The text without indentation and empty lines."""
    return "\n".join(line.strip() for line in text.splitlines() if line.strip())


@cache
def secrets() -> set[str]:
    """What only teachers may see: solutions, hidden tests, mark schemes and the bank's answers.

    What is too short to be told from other code is left out, and what a chapter shows.
    """
    cells = [cell.source for path in ROOT.glob("source/*/*.ipynb") for cell in nbformat.read(path, 4).cells]
    hidden = {plain(region) for cell in cells for region in HIDDEN.findall(cell)}
    whole = {plain(SOLUTION.sub("", cell)) for cell in cells if SOLUTION.search(cell)}
    bank = {plain(one.cell) for names in checks.EXERCISES.values() for name in names for one in answers(name)}
    chapters = plain("".join(path.read_text(encoding="utf-8") for path in ROOT.glob("text/3.*.md")))
    return {secret for secret in hidden | whole | bank if len(secret) > 35 and secret not in chapters}


def leaks(files: dict[str, str]) -> list[str]:
    """What is in the files of a hand-out that students must not see."""
    told = [f"{name}: {secret[:60]}" for name, text in files.items() for lines in [plain(text)]
            for secret in secrets() if secret in lines]
    marked = [name for name, text in files.items() if re.search("^ *(### BEGIN|=== BEGIN)", text, re.MULTILINE)]
    teachers = re.compile(rf"d2l_ch3/(cli/)?({'|'.join(TOOLS)})(\.py|/)|nbgrader_config|tests/|tools/|source/")
    return [*told, *marked, *filter(teachers.search, files)]


TOOLS = ("authoring", "class_feedback", "class_report", "exporting", "feedback", "grading", "handout", "similarity",
         "watching", "grade", "report", "watch", "similar", "export", "hand_out", "new_course", "new_exercise",
         "mutate", "refusals")
