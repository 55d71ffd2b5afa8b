"""Take a sample class of twelve through the whole teaching cycle, and check every score.

    python -m tools.demo [FOLDER]

In a scratch course (`.demo/`) it generates the three assignments, hands in the work of
the class, grades it behind walls, generates feedback, shows the points, and reports on the class. It ends with an
error if any score is not the one that the answers bank predicts.
"""

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

from nbgrader.apps import NbGraderAPI
from rich.console import Console
from rich.table import Table

from d2l_ch3 import checks
from d2l_ch3.notebooks.exercises import TEST, exercise_of
from tools.build import ROOT
from tools.sample_class import DUE, STUDENTS, Submission, sample_class
from tools.scratch import ScratchCourse

console = Console()

MARK = ".made-by-the-demo"
"""A file that says that the folder may be deleted."""

Scores = dict[tuple[str, str], dict[str, float]]
"""(student, assignment) to points by exercise."""


def main() -> None:
    """Run the demo; exit with 1 if a score is not the predicted one."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / ".demo", help="scratch course, made anew")
    folder = parser.parse_args().folder.resolve()
    submissions = sample_class()
    api = new_course(folder)
    for submission in submissions:
        submission.hand_in(folder / "release", folder / "submitted")
    autograde(folder, api)
    scores = scores_in(api, submissions)
    show_points(api, scores)
    report(folder)
    console.print(f"\nfeedback   {folder / 'feedback'}\ngradebook  {folder / 'gradebook.db'}")
    wrong = unpredicted(submissions, scores)
    for line in wrong:
        console.print(f"[bold red]✗[/] {line}")
    if wrong:
        sys.exit(f"{len(wrong)} scores are not what the answers bank predicts")
    console.print(f"[bold green]✓[/] all {sum(map(len, scores.values()))} scores are what the answers bank predicts")


def new_course(folder: Path) -> NbGraderAPI:
    """A course of its own: the source notebooks and configuration of this repository, an empty gradebook."""
    if folder.exists() and not (folder / MARK).exists():
        sys.exit(f"{folder} is in the way: it is not a course that the demo made. Move it or name another folder.")
    shutil.rmtree(folder, ignore_errors=True)
    api = ScratchCourse(folder).generate().api()
    (folder / MARK).touch()
    with api.gradebook as gradebook:
        for assignment in checks.EXERCISES:
            gradebook.update_or_create_assignment(assignment, duedate=DUE)
    return api


def succeed(result: dict, what: str) -> None:
    """Stop with nbgrader's own log where a step failed."""
    if not result["success"]:
        sys.exit(f"{what} failed:\n{result.get('log') or result.get('error')}")


def autograde(folder: Path, api: NbGraderAPI) -> None:
    """Grade every submission and generate the feedback, as an instructor does."""
    for assignment in checks.EXERCISES:
        console.print(f"[bold]$ d2l-ch3 grade {assignment}[/]")
        graded = subprocess.run([sys.executable, "-m", "d2l_ch3.cli", "grade", assignment], cwd=folder, check=False)
        if graded.returncode:
            sys.exit(f"grading {assignment} ended with exit status {graded.returncode}")
        console.print(f"[bold]$ nbgrader generate_feedback {assignment}[/]")
        succeed(api.generate_feedback(assignment), f"feedback {assignment}")


def scores_in(api: NbGraderAPI, submissions: list[Submission]) -> Scores:
    """What the gradebook says of each submission's autograded exercises."""
    with api.gradebook as gradebook:
        return {(one.student, one.assignment): {
            exercise_of(grade.name): grade.auto_score
            for notebook in gradebook.find_submission(one.assignment, one.student).notebooks
            for grade in notebook.grades if grade.name.startswith(TEST)} for one in submissions}


def unpredicted(submissions: list[Submission], scores: Scores) -> list[str]:
    """A line for every score that is not the one predicted."""
    return [f"{one.student} {one.assignment} {name}: {scores[one.student, one.assignment].get(name)} points, "
            f"predicted {points:g}" for one in submissions for name, points in one.predicted.items()
            if scores[one.student, one.assignment].get(name) != points]


def show_points(api: NbGraderAPI, scores: Scores) -> None:
    """The table student by problem set; written answers wait for a person."""
    table = Table(title="points of the autograded exercises")
    table.add_column("student")
    for assignment, names in checks.EXERCISES.items():
        table.add_column(f"{assignment} / {sum(checks.exercise(name).points for name in names)}", justify="right")
    table.add_column("")
    for student in STUDENTS:
        with api.gradebook as gradebook:
            late = any(one.total_seconds_late > 0 for one in gradebook.student_submissions(student))
        points = [f"{sum(scores[student, assignment].values()):g}" for assignment in checks.EXERCISES]
        table.add_row(student, *points, "late" if late else "")
    console.print(table)


def report(folder: Path) -> None:
    """Make the class reports, and show of each the line that sums it up and where its page is."""
    for assignment in checks.EXERCISES:
        console.print(f"[bold]$ d2l-ch3 report {assignment}[/]")
        made = subprocess.run([sys.executable, "-m", "d2l_ch3.cli", "report", assignment], cwd=folder, check=False,
                              stdout=subprocess.PIPE, encoding="utf-8")
        if made.returncode:
            sys.exit(f"the report on {assignment} ended with exit status {made.returncode}")
        summary, *_, page = made.stdout.splitlines()
        console.print(summary, page, sep="\n", markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
