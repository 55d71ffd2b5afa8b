"""Measure what README and docs state: import overhead, rates and time of each check, sizes of course and bank.

    python -m tools.measure
"""

import statistics
import subprocess
import sys
import time
from itertools import pairwise

import nbformat
from rich.console import Console
from rich.table import Table

from d2l_ch3 import checks
from d2l_ch3.checks.check import gather, judge
from d2l_ch3.checks.evidence import Evidence
from d2l_ch3.notebooks.exercises import names
from tools.bank import Answer, answers
from tools.build import ROOT

REPEATS = 30


def main() -> None:
    """Print the figures."""
    console = Console()
    torch, package = (statistics.median(times) for times in zip(*(import_times() for _ in range(5)), strict=True))
    console.print(f"import torch {torch:.0f} ms, then import d2l_ch3 {package:.1f} ms ({100 * package / torch:.2f} %)")
    console.print(rates_table())
    console.print(times_table())
    console.print(notebook_table())


def import_times() -> tuple[float, float]:
    """Milliseconds that a new interpreter takes for `import torch`, and for `import d2l_ch3` after it."""
    code = ("from time import perf_counter as now; start = now(); import torch; between = now(); import d2l_ch3; "
            "print(between - start, now() - between)")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    torch, package = map(float, result.stdout.split())
    return 1000 * torch, 1000 * package


def rates_table() -> Table:
    """The checks as classifiers of the bank's answers: right ones refused, wrong ones accepted, causes named."""
    table = Table("exercise", "right", "refused", "wrong", "accepted", "cause named", title="checks on their bank",
                  show_footer=True)
    rows = [_rates(answers(name)) for name in names()]
    for name, row in zip(names(), rows, strict=True):
        table.add_row(name, *map(str, row))
    for column, total in zip(table.columns, ["all", *(str(sum(column)) for column in zip(*rows, strict=True))],
                             strict=True):
        column.footer = total
    return table


def _rates(bank: list[Answer]) -> tuple[int, int, int, int, int]:
    reports = [(answer.right, answer.check(0)) for answer in bank]
    right = [report for is_right, report in reports if is_right]
    wrong = [report for is_right, report in reports if not is_right]
    return (len(right), sum(report.points < report.max_points for report in right), len(wrong),
            sum(report.points == report.max_points for report in wrong),
            sum(any(not diagnosis.symptom for diagnosis in report.diagnoses) for report in wrong))


def times_table() -> Table:
    """Median milliseconds of probe, judge and card for the first right answer of each exercise."""
    table = Table("exercise", "points", "probe", "judge", "card", "all", title="a check, in ms of processor time")
    for name in names():
        times = check_times(name)
        table.add_row(name, str(checks.exercise(name).points), *(f"{time:.1f}" for time in (*times, sum(times))))
    return table


def check_times(name: str) -> list[float]:
    """Median milliseconds of processor time that probe, judge and card take for the first right answer of the bank."""
    exercise, arguments = checks.exercise(name), tuple(answers(name)[0].arguments())
    times = []
    for seed in range(REPEATS):
        moments = [time.process_time()]
        evidence = gather(exercise, arguments, seed)
        moments.append(time.process_time())
        assert isinstance(evidence, Evidence)
        report = judge(exercise, seed, evidence)
        moments.append(time.process_time())
        report._repr_html_()
        moments.append(time.process_time())
        times.append([1000 * (end - start) for start, end in pairwise(moments)])
    return [statistics.median(each) for each in zip(*times, strict=True)]


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
