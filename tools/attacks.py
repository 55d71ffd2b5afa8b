"""The hostile answers of tests/attacks: what each tries to break, and what it deserves.

`tests/attacks/<category>/<name>.py` holds what a student puts into an answer cell. Its
docstring says what it tries and ends with

    exercise: parallel-block
    points: 0
    breaks: forged-result

the exercise whose answer cell it stands in, the points that its answer deserves by
itself, and the invariant that it tries to break. A line ``poisons: process`` marks one that spoils the whole
process, so that the student's own later questions may lose points. ``# --- cell ---`` begins another cell, which
follows the answer.
"""

from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from d2l_ch3.notebooks.cells import grade_id
from d2l_ch3.notebooks.exercises import assignment_of

FOLDER = Path(__file__).parents[1] / "tests" / "attacks"
BREAKS = ("forged-result", "secret", "tampering", "denial", "network", "left-behind")
_NEXT_CELL = "# --- cell ---\n"


@dataclass(frozen=True)
class Attack:
    """One hostile answer: its name, exercise, deserved points, the invariant it goes for, and its cells."""

    name: str
    exercise: str
    points: int
    breaks: str
    cells: tuple[str, ...]
    poisons: bool

    @property
    def assignment(self) -> str:
        """The problem set that its exercise belongs to."""
        return assignment_of(self.exercise)

    def add_cells(self, notebook: NotebookNode) -> None:
        """Put the cells after the first behind the answer; the first is the answer."""
        at = next(number for number, cell in enumerate(notebook.cells)
                  if grade_id(cell) == self.exercise)
        notebook.cells[at + 1:at + 1] = [new_code_cell(source) for source in self.cells[1:]]

    def __str__(self) -> str:
        return self.name


def attacks() -> list[Attack]:
    """All attacks, by category and name."""
    return [_read(path) for path in sorted(FOLDER.glob("*/*.py")) if path.parent.name != "trusted_side"]


def _read(path: Path) -> Attack:
    source = path.read_text(encoding="utf-8")
    _, docstring, code = source.split('"""', 2)  # a cell may have magics, which do not parse
    fields = dict(line.split(": ", 1) for line in docstring.splitlines()
                  if line.startswith(("exercise: ", "points: ", "breaks: ", "poisons: ")))
    poisons = fields.pop("poisons", None) == "process"
    if set(fields) != {"exercise", "points", "breaks"} or fields["breaks"] not in BREAKS:
        raise ValueError(f"{path}: the docstring of an attack names its exercise, its points and what it breaks")
    cells = tuple(cell.strip() + "\n" for cell in code.split(_NEXT_CELL))
    return Attack(f"{path.parent.name}/{path.stem}", fields["exercise"], int(fields["points"]), fields["breaks"], cells,
                  poisons)
