"""`d2l-ch3 similar`, as a person sees it: pairs to look at, by how much they share."""

import argparse
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from rich.console import Console

from d2l_ch3.budget import MIB, Budget, Overrun, each
from d2l_ch3.class_report.class_data import NotThere, require
from d2l_ch3.grading import course
from d2l_ch3.grading.gradebook import masters
from d2l_ch3.language import Text
from d2l_ch3.notebooks.master import Master
from d2l_ch3.notebooks.repair import repair
from d2l_ch3.notebooks.submission import Unreadable, contents, notebook_in, read
from d2l_ch3.similarity.pairs import ENOUGH, NEAR, USUAL, USUAL_SHARE, Pair, pairs
from d2l_ch3.similarity.pieces import pieces
from d2l_ch3.terminal import say

LOOKED, SOME_UNREAD = 0, 1
BUDGET = Budget(cpu=20, wall=300, memory=1024 * MIB)

Answers = dict[str, dict[str, frozenset[Any]]]
"""Pieces by exercise and student."""

_NOTHING = Text("没有人交 {assignment}", "nobody handed in {assignment}")
_UNREAD = Text("{student} 的没有比较：{why}", "{student}'s was not compared: {why}")
_EXERCISE = Text("{name} {share:.0%}（{pieces} 段）", "{name} {share:.0%} ({pieces} pieces)")
_NONE = Text("{count} 份里，没有哪两份比题目能解释的更像", "of {count}, no two are nearer than the exercises explain")
_FOUND = Text("{count} 份里有 {pairs} 对值得看一看。相像不等于抄袭：先读代码，再听学生说。",
              "of {count}, {pairs} pairs are worth a look. Being alike proves nothing: read the code, then ask.")
_RULE = Text("比的是结构，名字、排版、注释不算；发下来的、参考解答里的、{usual} 人以上都有的不算；"
             "剩下不到 {enough} 段的答案不比；两份里较小的一份有 {near:.0%} 相同才列出。",
             "Compared is structure, without names, layout and comments; what the release, the solution, or more than "
             "{usual} students have does not count; answers of which fewer than {enough} pieces are left are not "
             "compared; a pair is listed if {near:.0%} of the smaller one is in the other.")


def similar(asked: argparse.Namespace) -> int:
    """Compare as asked on the command line. Raises CourseError, NoMaster and NotThere."""
    console = Console()
    directory = CourseDirectory(config=course.config(asked.course.resolve()))
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        require(gradebook, [asked.assignment])
        known = masters(gradebook, asked.assignment, Path(_folder(directory, "source", ".", asked.assignment)))
    folders = course.submissions(directory, asked.assignment)
    if not folders:
        raise NotThere(_NOTHING.format(assignment=asked.assignment))
    answers, unread = _read(known, folders)
    for student, why in unread:
        say(console, _UNREAD.format(student=student, why=why), "[bold yellow]![/] ")
    explained = [_pieces(Path(_folder(directory, step, ".", asked.assignment)), known)[0]
                 for step in ("source", "release")]
    found = [pair for exercise, of_all in answers.items()
             for pair in pairs(exercise, of_all, frozenset().union(*(one.get(exercise, ()) for one in explained)))]
    _show(console, found, len(folders))
    return SOME_UNREAD if unread else LOOKED


def _folder(directory: CourseDirectory, step: str, student: str, assignment: str) -> str:
    folder: str = directory.format_path(getattr(directory, f"{step}_directory"), student, assignment)
    return folder


def _read(known: dict[str, Master], folders: dict[str, Path]) -> tuple[Answers, list[tuple[str, Text]]]:
    """The pieces of all answers, and who could not be read: what a student wrote is read where it can do no harm."""
    answers: Answers = defaultdict(dict)
    unread = []
    for student, found in each(lambda student: _pieces(folders[student], known), folders, BUDGET):
        if isinstance(found, Overrun):
            unread.append((student, found.reason))
            continue
        own, reasons = found
        unread += [(student, reason) for reason in reasons]
        for exercise, of_it in own.items():
            answers[exercise][student] = of_it
    return answers, unread


def _pieces(folder: Path, known: dict[str, Master]) -> tuple[dict[str, frozenset[Any]], list[Text]]:
    """The pieces of the answers in a folder's notebooks, by exercise; and why notebooks could not be read.

    What is an answer to what is found as it is for grading.
    """
    found, unread, folder = {}, [], contents(folder)
    names = Counter(cell.grade_id for master in known.values() for cell in master.cells)
    for name, master in known.items():
        path = notebook_in(folder, name, known)
        if not path.exists():
            continue
        try:
            cells = repair(read(path), master).cells
        except Unreadable as error:
            unread.append(error.reason)
            continue
        for placed in cells:
            if placed.master and placed.master.solution and placed.cell.cell_type == "code":
                own = placed.master.grade_id
                found[own if names[own] == 1 else f"{name}/{own}"] = pieces(placed.cell.source)
    return found, unread


def _show(console: Console, found: list[Pair], count: int) -> None:
    """The pairs, those that share most first."""
    together: dict[tuple[str, str], list[Pair]] = defaultdict(list)
    for pair in found:
        together[pair.students].append(pair)
    most_first = sorted(together.items(), key=lambda item: (-sum(pair.pieces for pair in item[1]), item[0]))
    for (one, other), own in most_first:
        listed = [str(_EXERCISE.format(name=pair.exercise, share=pair.share, pieces=pair.pieces)) for pair in own]
        say(console, f"{one}  {other}  {', '.join(listed)}")
    say(console, (_FOUND if found else _NONE).format(count=count, pairs=len(together)))
    say(console, _RULE.format(usual=int(max(USUAL, USUAL_SHARE * count)), enough=ENOUGH, near=NEAR))
