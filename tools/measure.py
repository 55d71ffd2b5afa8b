"""Measure what the README states: import overhead, time of each check, sizes of course and bank.

    python -m tools.measure
"""

import statistics
import subprocess
import sys
import time

import nbformat
from rich.console import Console
from rich.table import Table

from d2l_ch3 import checks
from d2l_ch3.notebooks.exercises import names
from tools.bank import answers
from tools.build import ROOT

REPEATS = 30


def main() -> None:
    """Print the figures."""
    console = Console()
    torch, package = (statistics.median(times) for times in zip(*(import_times() for _ in range(5)), strict=True))
    console.print(f"import torch {torch:.0f} ms, then import d2l_ch3 {package:.1f} ms ({100 * package / torch:.2f} %)")
    console.print(bank_table())
    console.print(notebook_table())


def import_times() -> tuple[float, float]:
    """Milliseconds that a new interpreter takes for `import torch`, and for `import d2l_ch3` after it."""
    code = ("from time import perf_counter as now; start = now(); import torch; between = now(); import d2l_ch3; "
            "print(between - start, now() - between)")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    torch, package = map(float, result.stdout.split())
    return 1000 * torch, 1000 * package


def check_time(name: str) -> float:
    """Median milliseconds of a check, card included, for the first right answer of the bank."""
    answer = answers(name)[0]
    check, arguments = getattr(checks, checks.exercise(name).function), answer.arguments()
    times = []
    for seed in range(REPEATS):
        start = time.perf_counter()
        check(*arguments, seed=seed)._repr_html_()
        times.append(time.perf_counter() - start)
    return 1000 * statistics.median(times)


def bank_table() -> Table:
    """Answers and median time of every check."""
    table = Table("exercise", "points", "right", "wrong", "median ms", title="checks and their bank")
    for name in names():
        right = sum(answer.right for answer in answers(name))
        table.add_row(name, str(checks.exercise(name).points), str(right), str(len(answers(name)) - right),
                      f"{check_time(name):.1f}")
    return table


def notebook_table() -> Table:
    """Cells of every built notebook."""
    table = Table("notebook", "prose cells", "code cells", "pictures", title="notebooks")
    for path in sorted(path for place in ("notebooks", "release") for path in (ROOT / place).rglob("*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = [cell for cell in cells if cell.cell_type == "code"]
        pictures = sum("image/png" in output.get("data", {}) for cell in code for output in cell.outputs)
        table.add_row(path.relative_to(ROOT).as_posix(), str(len(cells) - len(code)), str(len(code)), str(pictures))
    return table


if __name__ == "__main__":
    main()
