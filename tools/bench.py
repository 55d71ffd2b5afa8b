"""Measure what grading a submission and a teacher's whole day cost, stock nbgrader and ours side by side in one run.

    python -m tools.bench                       one class of 120, then 10, 100 and 1000 submissions, the day of a class
                                                of 30, 200 and 1000, and 100 arrivals in a minute (about an hour)
    python -m tools.bench --size 24 --sweep 10 --days 30 --arrivals 20     a quick look
    python -m tools.bench --only-day --days 30  the day alone

Every way grades the same class in a course of its own, and its scores must be the ones
that the answers bank predicts. Processor time is that of all processes that a command started, as the kernel counted
it. The figures go to docs/benchmark.json and the picture to docs/images/benchmark.png.
"""

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cache
from pathlib import Path

from rich.console import Console
from rich.table import Table

from d2l_ch3 import checks
from d2l_ch3.grading.linux import PR_SET_CHILD_SUBREAPER, prctl
from tools.build import ROOT
from tools.sample_class import DOES_NOT_RUN, Submission, sample_class
from tools.scratch import ScratchCourse

ASSIGNMENT = "ps1-blocks"
FIGURES, PICTURE = ROOT / "docs" / "benchmark.json", ROOT / "docs" / "images" / "benchmark.png"
STOCK_CONFIG = """
c.Autograde.exporter_class = "nbconvert.exporters.NotebookExporter"
c.Autograde.sanitize_preprocessors = Autograde.sanitize_preprocessors.default()
c.Autograde.autograde_preprocessors = Autograde.autograde_preprocessors.default()
c.Execute.timeout = 60
c.Execute.extra_arguments = ["--HistoryManager.hist_file=:memory:", "--log-level=ERROR"]
c.GenerateFeedback.exporter_class = "nbconvert.exporters.HTMLExporter"
c.GenerateFeedback.preprocessors = GenerateFeedback.preprocessors.default()
"""
"""What puts nbgrader's own execution and pages back, as the course had them before."""
OTTER_RUNS = 5
"""Submissions that otter-grader grades: each takes it seconds, and none takes less for the others."""
OTTER_TEST = """
from otter.test_files import test_case
OK_FORMAT = False
name, points = {name!r}, {points}

@test_case()
def test(env, {takes}):
    from d2l_ch3 import checks
    assert float(checks.{function}({takes})) == {points}
"""
STOCK_UP_TO = 200
"""Submissions of the largest class that stock nbgrader grades; for larger ones its cost of one is taken from there."""


@dataclass(frozen=True)
class Measured:
    """What one command cost: seconds of the clock and of processors, for so many submissions."""

    name: str
    submissions: int
    wall: float
    cpu: float

    @property
    def wall_each(self) -> float:
        """Seconds of the clock a submission."""
        return self.wall / self.submissions

    @property
    def cpu_each(self) -> float:
        """Seconds of processor time a submission."""
        return self.cpu / self.submissions


def main() -> None:
    """Measure, show, and write figures and picture."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=120, help="submissions of the class (120)")
    parser.add_argument("--sweep", type=int, nargs="*", default=[10, 100, 1000], help="sizes of the sweep")
    parser.add_argument("--days", type=int, nargs="*", default=[30, 200, 1000], help="sizes of the classes of a day")
    parser.add_argument("--arrivals", type=int, default=100, help="submissions that come within a minute (100)")
    parser.add_argument("--otter", default=shutil.which("otter"), metavar="PATH", help="otter-grader's command, in an "
                        "environment that has this package too (default: the one on PATH; left out if there is none)")
    parser.add_argument("--only-day", action="store_true", help="leave out the class and the sweep; keep their figures")
    parser.add_argument("--only-picture", action="store_true", help="draw the figures that are there already")
    asked = parser.parse_args()
    if not asked.only_picture:
        prctl(PR_SET_CHILD_SUBREAPER, 1)  # what a command leaves to finish is waited for, and so counted, here
        figures = json.loads(FIGURES.read_text()) if asked.only_day else {}
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            if not asked.only_day:
                figures["side_by_side"] = [asdict(one) for one in side_by_side(folder, asked.size, asked.otter)]
                figures["sweep"] = [asdict(graded_by_command(folder, f"sweep {size}", size, os.cpu_count() or 1))
                                    for size in asked.sweep]
            figures["days"] = [asdict(day) for size in asked.days for day in days(folder, size)]
            figures["arrivals"] = arrivals(folder, asked.arrivals) if asked.arrivals else []
        FIGURES.write_text(json.dumps({**figures, "machine": machine()}, indent=1) + "\n")
    figures = json.loads(FIGURES.read_text())
    sides, sweep = ([Measured(**one) for one in figures[name]] for name in ("side_by_side", "sweep"))
    Console().print(table(sides, sweep))
    Console().print(table_of_days([Measured(**one) for one in figures.get("days", ())]))
    if figures.get("arrivals"):
        Console().print(said_of_arrivals(figures["arrivals"]))
    draw(sides, sweep, figures["machine"])


def side_by_side(folder: Path, size: int, otter: str | None) -> list[Measured]:
    """The same class graded in every way; some of it by otter-grader, if that is there."""
    stock = new_course(folder / "stock", size, STOCK_CONFIG)
    measured = [measure("nbgrader autograde, stock", size, stock, "nbgrader", "autograde", ASSIGNMENT)]
    check(stock, size)
    measured += graded_by_otter(folder / "otter", otter)
    engine = new_course(folder / "engine", size)
    measured.append(measure("nbgrader autograde, engine", size, engine, "nbgrader", "autograde", ASSIGNMENT))
    check(engine, size)
    for jobs in sorted({1, os.cpu_count() or 1}):
        measured.append(graded_by_command(folder, f"d2l-ch3 grade, jobs {jobs}", size, jobs))
    unchanged = folder / measured[-1].name
    measured.append(measure("again, nothing changed", size, ScratchCourse(unchanged), "d2l_ch3.cli", "grade",
                            ASSIGNMENT))
    return measured


def graded_by_otter(folder: Path, otter: str | None) -> list[Measured]:
    """A few submissions graded by `otter run`, each by itself: by the same checks, which are right or wrong to it."""
    if otter is None:
        Console().print("otter run is left out: there is no otter-grader here, and --otter names none")
        return []
    course, runs, as_predicted = new_course(folder, OTTER_RUNS), [], 0
    exercises = checks.EXERCISES[ASSIGNMENT]
    with zipfile.ZipFile(folder / "autograder.zip", "w") as archive:
        archive.writestr("otter_config.json", "{}")
        for name, points in exercises.items():
            function = checks.exercise(name).function
            takes = ", ".join(argument.name for argument in checks.exercise(name).takes)
            archive.writestr(f"tests/{function}.py", OTTER_TEST.format(
                name=name, points=points, function=function, takes=takes))
    for one in students(OTTER_RUNS):
        (notebook,) = (folder / "submitted" / one.student / ASSIGNMENT).glob("*.ipynb")
        runs.append(measured_command("otter run", 1, course, [otter, "run", "--no-logo", "-a", "autograder.zip", "-o",
                                                              str(notebook.parent), str(notebook)]))
        results = json.loads((notebook.parent / "results.json").read_text())["tests"]
        scores = {test["name"]: test["score"] for test in results if test["name"] in exercises}
        as_predicted += sum((scores[name] == points) == (one.predicted[name] == points)
                            for name, points in exercises.items())
    Console().print(f"otter run: {as_predicted} of {OTTER_RUNS * len(exercises)} exercises right or wrong as predicted")
    return [Measured("otter run", len(runs), sum(run.wall for run in runs), sum(run.cpu for run in runs))]


def graded_by_command(folder: Path, name: str, size: int, jobs: int) -> Measured:
    """A class graded by `d2l-ch3 grade`."""
    course = new_course(folder / name, size)
    measured = measure(name, size, course, "d2l_ch3.cli", "grade", ASSIGNMENT, "--jobs", str(jobs))
    check(course, size)
    return measured


def days(folder: Path, size: int) -> list[Measured]:
    """The day of a class, stock and ours: all is graded, everybody has a page, and of ours there is a report.

    Beside it what one grading and one page cost, ours after start-up: from all less one, and the one.
    """
    ours, one = new_course(folder / f"day {size}", size), students(1)[0].student
    measured = [
        *stock_day(folder, min(size, STOCK_UP_TO)),
        measure("d2l-ch3 grade --feedback --report", size, ours, "d2l_ch3.cli", "grade", ASSIGNMENT, "--feedback",
                "--report"),
        measure("d2l-ch3 grade, alone", size, ours, "d2l_ch3.cli", "grade", ASSIGNMENT, "--force"),
        measure("d2l-ch3 feedback, alone", size, ours, "d2l_ch3.cli", "feedback", ASSIGNMENT, "--force"),
        measure("one page, ours", 1, ours, "d2l_ch3.cli", "feedback", ASSIGNMENT, "--student", one, "--force")]
    check(ours, size)
    return measured


@cache
def stock_day(folder: Path, size: int) -> list[Measured]:
    """The day of a class with stock nbgrader, and what one page costs."""
    stock = new_course(folder / f"stock day {size}", size, STOCK_CONFIG)
    pages = "nbgrader", "generate_feedback", ASSIGNMENT
    measured = [
        measure("nbgrader autograde, stock", size, stock, "nbgrader", "autograde", ASSIGNMENT),
        measure("nbgrader generate_feedback, stock", size, stock, *pages),
        measure("one page, stock", 1, stock, *pages, "--student", students(1)[0].student, "--force")]
    check(stock, size)
    return measured


def table_of_days(measured: list[Measured]) -> Table:
    """The days, by class: processor time, and how many times less ours takes."""
    shown = Table("class", "stock s", "ours s", "times less", "one page, stock ms", "ours ms", "times less",
                  title="the day of a class, processor time")
    for start in range(0, len(measured), 7):
        graded, pages, page, ours, _, own_pages, own_page = measured[start:start + 7]
        stock = (graded.cpu_each + pages.cpu_each) * ours.submissions
        each = [(all_.cpu - one.cpu) / max(1, all_.submissions - 1)
                for all_, one in ((pages, page), (own_pages, own_page))]
        shown.add_row(str(ours.submissions), f"{stock:.0f}", f"{ours.cpu:.1f}", f"{stock / ours.cpu:.1f}",
                      f"{1000 * each[0]:.0f}", f"{1000 * each[1]:.1f}", f"{each[0] / each[1]:.1f}")
    return shown


def arrivals(folder: Path, count: int) -> list[float]:
    """Seconds from a submission's arrival to its page, for so many of them within a minute, graded by a watch."""
    staged, course = new_course(folder / "arrivals", count), folder / "arrivals"
    (course / "submitted").rename(course / "staged")
    watch = subprocess.Popen([sys.executable, "-u", "-m", "d2l_ch3.cli", "watch", ASSIGNMENT, "--lang", "en"],
                             cwd=staged.folder, stdout=subprocess.PIPE, text=True)
    assert watch.stdout is not None
    next(line for line in watch.stdout if line.startswith("watching"))
    (course / "submitted").mkdir(exist_ok=True)
    came, pages = {}, []
    for one in students(count):
        (course / "staged" / one.student).rename(course / "submitted" / one.student)
        came[one.student] = time.time()
        time.sleep(60 / count)
    for line in watch.stdout:
        pages += [student for student in came if f" {student} " in line]
        if len(set(pages)) == count:
            break
    watch.terminate()
    watch.wait()
    return sorted(path.stat().st_mtime - came[path.parts[-3]] for path in (course / "feedback").rglob("*.html"))


def said_of_arrivals(seconds: list[float]) -> str:
    """The median, and what 95 of 100 waited at most."""
    return (f"from arrival to page, {len(seconds)} in a minute: median {seconds[len(seconds) // 2]:.2f} s, "
            f"95 % within {seconds[int(0.95 * (len(seconds) - 1))]:.2f} s")


def students(size: int) -> list[Submission]:
    """A class of any size: the sample class over and over, each time with other answers."""
    found: list[Submission] = []
    seed = 0
    while len(found) < size:
        found += [replace(one, student=f"{one.student}-{seed:04d}") for one in sample_class(seed)
                  if one.assignment == ASSIGNMENT and one.student != DOES_NOT_RUN]
        seed += 1
    return found[:size]


def new_course(folder: Path, size: int, config: str = "") -> ScratchCourse:
    """A course with the class's work handed in; `config` is added to its configuration."""
    course = ScratchCourse(folder).generate()
    for one in students(size):
        one.hand_in(folder / "release", folder / "submitted")
    with (folder / "nbgrader_config.py").open("a") as file:
        file.write(config and f"from nbgrader.converters import Autograde, GenerateFeedback\n{config}")
    return course


def measure(name: str, size: int, course: ScratchCourse, module: str, *arguments: str) -> Measured:
    """Run a Python module in the course and count what it and all its descendants used."""
    return measured_command(name, size, course, [sys.executable, "-m", module, *arguments])


def measured_command(name: str, size: int, course: ScratchCourse, command: list[str]) -> Measured:
    """Run a command in the course and count what it and all its descendants used."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    with tempfile.TemporaryFile() as log:
        result = subprocess.run(command, cwd=course.folder, stdout=log, stderr=subprocess.STDOUT, check=False)
        wall = time.monotonic() - start
        reap()
        if result.returncode:
            log.seek(0)
            sys.exit(f"{name} failed:\n{log.read().decode()[-3000:]}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return Measured(name, size, wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def reap() -> None:
    """Wait for what the command left to end by itself."""
    try:
        while True:
            os.wait()
    except ChildProcessError:
        pass


def check(course: ScratchCourse, size: int) -> None:
    """Stop if a score is not the predicted one."""
    scores = course.scores(ASSIGNMENT)
    wrong = [f"{one.student} {name}: {scores.get(one.student, {}).get(f'test-{name}')}, predicted {points:g}"
             for one in students(size) for name, points in one.predicted.items()
             if scores.get(one.student, {}).get(f"test-{name}") != points]
    if wrong:
        sys.exit(f"{course.folder.name}: {len(wrong)} scores are not the predicted ones:\n" + "\n".join(wrong[:20]))


def machine() -> str:
    """What it was measured on."""
    from importlib.metadata import version

    return (f"{os.cpu_count()} cores, {platform.system()} {platform.release().split('-')[0]}, "
            f"Python {platform.python_version()}, torch {version('torch').split('+')[0]}, "
            f"nbgrader {version('nbgrader')}; {ASSIGNMENT}, {len(checks.EXERCISES[ASSIGNMENT])} autograded exercises")


def table(sides: list[Measured], sweep: Iterable[Measured]) -> Table:
    """All figures; the ratios are to stock nbgrader."""
    shown = Table("", "submissions", "wall ms each", "CPU ms each", "times less CPU", "times faster",
                  title="cost of a submission")
    for one in (*sides, *sweep):
        shown.add_row(one.name, str(one.submissions), f"{1000 * one.wall_each:.0f}", f"{1000 * one.cpu_each:.0f}",
                      f"{sides[0].cpu_each / one.cpu_each:.1f}", f"{sides[0].wall_each / one.wall_each:.1f}")
    return shown


def draw(sides: list[Measured], sweep: list[Measured], caption: str) -> None:
    """The picture of docs/."""
    import matplotlib

    matplotlib.use("Agg")
    from matplotlib import pyplot as plt

    plt.rcParams.update({"axes.spines.top": False, "axes.spines.right": False, "font.size": 10})
    figure, (left, right) = plt.subplots(1, 2, figsize=(10.5, 3.6), width_ratios=(3, 2), layout="constrained")
    bars = left.barh([one.name for one in sides], [1000 * one.cpu_each for one in sides], color="#4c72b0")
    left.bar_label(bars, [f"{1000 * one.cpu_each:.0f} ms" + ("" if one is sides[0] else
                          f"   ÷ {sides[0].cpu_each / one.cpu_each:.0f}") for one in sides], padding=4)
    left.set(xscale="log", xlabel="processor time a submission (ms, logarithmic)",
             xlim=(min(one.cpu_each for one in sides) * 500, sides[0].cpu_each * 6000))
    left.invert_yaxis()
    right.plot([one.submissions for one in sweep], [1000 * one.cpu_each for one in sweep], "o-", label="processor time")
    right.plot([one.submissions for one in sweep], [1000 * one.wall_each for one in sweep], "s--", label="wall time")
    right.set(xscale="log", ylim=(0, None), xlabel="submissions (d2l-ch3 grade, all cores)", ylabel="ms a submission")
    right.legend(frameon=False)
    figure.suptitle(f"Grading a class of {sides[0].submissions}, start-up included, isolation on", fontsize=11)
    figure.supxlabel(caption, fontsize=8, color="0.4")
    PICTURE.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(PICTURE, dpi=110, metadata={"Software": None})
    plt.close(figure)


if __name__ == "__main__":
    main()
