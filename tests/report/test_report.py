"""`d2l-ch3 report`: counted by hand on a class of seven, and looked at as a page without a network."""

import os
import re
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from nbformat import NotebookNode
from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory

from d2l_ch3 import checks, cli
from d2l_ch3.class_report import charts, excerpts
from d2l_ch3.class_report.class_data import ClassData, Item, Work, read
from d2l_ch3.class_report.figures import ENOUGH, Figures, discrimination, figures
from d2l_ch3.class_report.page import page
from d2l_ch3.language import Text, speaking
from tests.grading.courses import Course, answer, notebook, written
from tests.grading.courses import test as checked
from tools import bank
from tools.scratch import COURSE_ID, ScratchCourse

ASSIGNMENT, WRITTEN = "ps1-blocks", "list-sequential-why"
SWAPPED = """\
# {who} wrote this
class ParallelBlock(nn.Module):
    "By {who}."
    def __init__(self, net1, net2):
        super().__init__()
        self.net1, self.net2 = net1, net2
        self.made_by_{who} = "the work of {who}, a < b"

    def forward(self, X):{extra}
        return torch.cat((self.net2(X), self.net1(X)), dim=-1)
"""
CRASHES = "import os\nos._exit(3)"


def right(exercise: str) -> str:
    answer = bank.answers(exercise)[0]
    return f"{answer.prelude}\n{answer.cell}"


def answer_in_words(notebook: NotebookNode) -> None:
    """Answer the written question."""
    (cell,) = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade_id") == WRITTEN]
    cell.source = "Because."


def delete_a_test(notebook: NotebookNode) -> None:
    notebook.cells = [cell for cell in notebook.cells
                      if cell.metadata.get("nbgrader", {}).get("grade_id") != "test-block-network"]


def class_of_seven(course: ScratchCourse) -> None:
    """Seven students, one of whom hands in nothing, and an eighth who comes after the grading.

    pupil-1: all right, and an answer in words that waits; pupil-2 and pupil-3: joined the wrong way round, late;
    pupil-4: the release as it is; pupil-5: no notebook; pupil-6: nothing; pupil-7: a crash and a deleted test.
    """
    exercises = ("list-sequential", "list-sequential-facts", "registered-sequential", "parallel-block",
                 "block-factory", "block-network")
    course.hand_in("pupil-1", ASSIGNMENT, {name: right(name) for name in exercises}, answer_in_words)
    course.hand_in("pupil-2", ASSIGNMENT, {"list-sequential": right("list-sequential"),
                                           "parallel-block": SWAPPED.format(who="pupil_2", extra="")})
    late = course.hand_in("pupil-3", ASSIGNMENT, {
        "parallel-block": SWAPPED.format(who="pupil_3", extra="\n        if 1 < 2 and '</code>': pass")})
    late.with_name("timestamp.txt").write_text("2026-09-02 08:00:00 UTC")
    course.hand_in("pupil-4", ASSIGNMENT)
    course.hand_in("pupil-5", ASSIGNMENT).write_text("<b>no notebook</b>")
    course.hand_in("pupil-7", ASSIGNMENT, {"list-sequential": CRASHES, "parallel-block": right("parallel-block")},
                   delete_a_test)
    with Gradebook(course.db_url, COURSE_ID) as gradebook:
        gradebook.update_or_create_assignment(ASSIGNMENT, duedate="2026-09-01 12:00:00 UTC")
        gradebook.add_student("pupil-6")
        gradebook.add_student("pupil-8")
    told = course.command("grade", ASSIGNMENT, "--jobs", "1", "--lang", "en")
    assert told.returncode == 1, told.stderr  # pupil-5's cannot be read
    course.hand_in("pupil-8", ASSIGNMENT)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> ScratchCourse:
    course = ScratchCourse(tmp_path_factory.mktemp("report") / "course").generate()
    class_of_seven(course)
    return course


@pytest.fixture(scope="module")
def data(course: ScratchCourse) -> ClassData:
    return read(course.folder, ASSIGNMENT)


@pytest.fixture(scope="module")
def found(data: ClassData) -> Figures:
    return figures(data)


# Counted by hand


def test_cells_of_one_name_in_two_notebooks_are_kept_apart(tmp_path: Path) -> None:
    other = Course(tmp_path / "course", {name: notebook(
        written("why"), answer("half", "### BEGIN SOLUTION\nhalf = 1\n### END SOLUTION"),
        checked("test-half", "assert half == 1"), checked(f"test-{name}", "assert half == 1"))
        for name in ("first", "second")}).make()
    other.hand_in("s1", {"first/why": "Because.", "first/half": "half = 1"})
    other.grade()
    assert {one.item.title: (one.full, one.none, one.not_tried, one.waiting)
            for one in figures(read(other.folder, "hw1")).items} == {
        "first/why": (0, 0, 0, 1), "first/half": (1, 0, 0, 0), "first": (1, 0, 0, 0),
        "second/why": (0, 0, 1, 0), "second/half": (0, 0, 1, 0), "second": (0, 1, 0, 0)}


def test_totals_are_of_what_waits_for_nobody_and_of_those_that_could_be_read(found: Figures) -> None:
    assert found.reachable == 27  # 30 less the written question, where pupil-1's answer waits
    assert found.totals == {"pupil-1": 27, "pupil-2": 3 + 4, "pupil-3": 4, "pupil-4": 0, "pupil-7": 6}
    assert found.median == 6
    assert [count for _, _, count in found.bins] == [1, 1, 2, 0, 0, 0, 0, 0, 1]
    assert found.bins[0][:2] == (0, 3) and found.bins[-1][:2] == (24, 27)


def test_each_exercise_is_counted(found: Figures) -> None:
    counts = {one.item.name: (one.full, one.partial, one.none, one.not_tried, one.waiting) for one in found.items}
    assert counts == {
        "list-sequential": (2, 0, 1, 2, 0), "list-sequential-facts": (1, 0, 0, 4, 0),
        "registered-sequential": (1, 0, 0, 4, 0), WRITTEN: (0, 0, 0, 4, 1), "parallel-block": (2, 2, 0, 1, 0),
        "block-factory": (1, 0, 0, 4, 0), "block-network": (1, 0, 0, 4, 0)}
    shares = {one.item.name: one.share for one in found.items}
    assert shares["parallel-block"] == pytest.approx((6 + 4 + 4 + 0 + 6) / (5 * 6))
    assert [one.item.name for one in found.waiting] == [WRITTEN]


def test_misconceptions_are_ranked_by_students(found: Figures) -> None:
    assert [(one.key, len(one.holders), one.symptom) for one in found.beliefs] == [
        ("swapped", 2, False), ("not-defined", 1, True)]
    assert found.most_common is not None and found.most_common.key == "swapped"
    assert found.beliefs[0].exercises == {"parallel-block": 2}
    assert "net1" in found.beliefs[0].text.en


def test_those_who_need_a_word_come_with_the_reasons(found: Figures) -> None:
    with speaking("en"):
        told = {student: [str(reason) for reason in reasons] for student, reasons in found.words_needed}
    assert told == {
        "pupil-7": ["only 6 of 27 points", "exercises not tried: 5", "cells that crashed or took too long: 1"],
        "pupil-2": ["only 7 of 27 points", "exercises not tried: 5"],
        "pupil-3": ["only 4 of 27 points", "exercises not tried: 6"],
        "pupil-4": ["only 0 of 27 points", "exercises not tried: 7"],
        "pupil-5": ["what was handed in could not be read"],
        "pupil-6": ["handed in nothing"]}


def test_what_a_submission_was_is_told(found: Figures) -> None:
    assert [students for _, students in found.to_look_at] == [
        ["pupil-5"], ["pupil-8"], ["pupil-3"], ["pupil-7"], [], []]
    ((student, reason),) = found.rejected
    assert student == "pupil-5" and "not a whole notebook" in reason.en


# Counted without a course


def made_up(points: dict[str, list[float | None]], **changes: object) -> ClassData:
    """A class with the points of each exercise, of at most 4, student by student."""
    students = [f"s{number}" for number in range(len(next(iter(points.values()))))]
    works = [Work(student, late=False, scores={name: scores[place] for name, scores in points.items()})
             for place, student in enumerate(students)]
    items = [Item(name, "", name, name, 4, False) for name in points]
    data = ClassData("set", CourseDirectory(), items, works, [], [], {}, {}, {}, "")
    return replace(data, **changes)  # type: ignore[arg-type]


def test_discrimination_is_against_the_rest_of_the_score() -> None:
    # Against the rest (0, 1, 1, 2): 1 / sqrt(1 * 2). Against the total, of which it is a part, it would be 0.894.
    assert discrimination([0, 0, 1, 1], [0, 1, 2, 3]) == pytest.approx(0.5**0.5)
    assert discrimination([1, 1, 0, 0], [1, 2, 1, 2]) == pytest.approx(-(0.5**0.5))
    assert discrimination([1, 1, 1], [1, 2, 3]) is None


@pytest.mark.parametrize(("item", "meaning"), [
    ([0, 1, 2, 3, 4], "separates clearly"), ([1, 0, 2, 1, 1], "separates somewhat"), ([2, 2, 2, 2, 2], "all got the"),
    ([2, 0, 0, 1, 2], "hardly separates"), ([4, 3, 2, 1, 0], "the wrong way round")])
def test_discrimination_is_told_in_words(item: list[float], meaning: str) -> None:
    times = ENOUGH // 5
    found = figures(made_up({"it": item * times, "rest": [0, 1, 2, 3, 4] * times}))
    assert found.enough
    assert found.items[0].verdict.en.startswith(meaning)


def test_of_a_few_students_nothing_is_said_to_separate() -> None:
    few = figures(made_up({"it": [0.0, 4.0] * 14 + [4.0], "rest": [0.0, 4.0] * 14 + [4.0]}))
    assert len(few.totals) == 29 and not few.enough
    with speaking("en"):
        told = BeautifulSoup(page(few, {}, anonymous=False), "html.parser")
    section = told.find(id="separation").find_parent("section")
    assert "only 29 students" in section.text and section.find("table") is None


def test_an_exercise_that_waits_is_in_nobodys_total() -> None:
    found = figures(made_up({"done": [1, 2, 3], "waits": [4, None, 0]}))
    assert found.totals == {"s0": 1, "s1": 2, "s2": 3}
    assert found.items[1].separates is None and found.items[1].waiting == 1


def test_much_less_than_elsewhere_and_the_same_mistake_again_are_reasons() -> None:
    data = made_up({"parallel-block": [4, 2, 2, 2], "block-factory": [4, 2, 2, 2]},
                   shares={"s0": 1.0, "s1": 0.8, "s2": 0.79},
                   findings_elsewhere={"s2": Counter({"plain-list": 1}), "s3": Counter({"plain-list": 2})})
    for work in data.works[2:]:
        work.findings = {"parallel-block": ["plain-list"]}
    assert [(student, [reason.en for reason in reasons]) for student, reasons in figures(data).words_needed] == [
        ("s1", ["much less than in other sets: 50% here, 80% there"]),
        ("s3", ["“Modules are not registered” in 3 exercises"])]


def test_a_symptom_again_and_again_is_no_belief() -> None:
    data = made_up({"parallel-block": [4]}, findings_elsewhere={"s0": Counter({"wrong-values": 5})})
    data.works[0].findings = {"parallel-block": ["wrong-values"]}
    assert figures(data).words_needed == []


def test_a_class_of_which_nothing_could_be_read_has_a_page() -> None:
    data = made_up({"parallel-block": [0.0]})
    data.works[0].rejected = Text("坏了", "broken")
    found = figures(data)
    assert found.totals == {} and found.median == 0
    with speaking("en"):
        told = BeautifulSoup(page(found, {}, anonymous=False), "html.parser")
    assert told.find(class_="summary").text == "0 students, median 0/4; no misconception was found."
    assert "broken" in told.find(id="look").find_parent("section").text


def test_one_name_with_two_meanings_is_two_misconceptions() -> None:
    data = made_up({"block-factory": [0], "list-sequential-facts": [0]})
    data.works[0].findings = {"block-factory": ["not-called"], "list-sequential-facts": ["not-called"]}
    assert [one.key for one in figures(data).beliefs] == ["not-called", "not-called"]


EVERY_BELIEF = sorted({(name, key) for names in checks.EXERCISES.values() for name in names
                       for answer in bank.answers(name) for key in answer.misconceptions})


@pytest.mark.parametrize("assignment", checks.EXERCISES)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_belief_that_a_check_names_is_explained(assignment: str, language: str) -> None:
    """A class in which every answer of the bank was given: each name has a title and words, and none a gap."""
    exercises = checks.EXERCISES[assignment]
    named = [(name, key) for name, key in EVERY_BELIEF if name in exercises]
    data = made_up({name: [0.0] * len(named) for name in exercises})
    for work, (name, key) in zip(data.works, named, strict=True):
        work.findings = {name: [key]}
    found = figures(data)
    assert sum(len(one.holders) for one in found.beliefs) == len(named)
    with speaking(language):
        told = "".join(BeautifulSoup(page(found, {}, anonymous=False), "html.parser").get_text().split())
        for one in found.beliefs:
            assert str(one.title) and str(one.title) != one.key, one.key
            assert not re.search(r"\{\w+\}", f"{one.title}{one.text}"), one.key
            assert "".join(str(one.text).replace("`", "").split()) in told, one.key


# Excerpts


def anonymous(source: str, *private: str, names: frozenset[str] = frozenset({"Net"})) -> str:
    return excerpts.anonymous(source, names, private or ("s-1",), {"weight"})


@pytest.mark.parametrize(("source", "shown"), [
    ("# mine, s-1\nclass Net: # x\n    'by me'\n    a = 1\n", "class Net:\n    a = 1"),
    ("class Net:\n    'by me'\n", "class Net:\n    pass"),
    ("import this\nNet = 1\nother = 2", "Net = 1"),
    ("other = 2", "other = 2"),
    ("Net = d['0.weight'] + d['secret']", "Net = d['0.weight'] + d['…']"),
    ("Net = f'weight {x!r:>9} of me' + x.of", "Net = f'weight {x!r:>9}…' + x.of"),
    ("Net = b'me'", "Net = b'\\xe2\\x80\\xa6'"),
    ("def Net(:", ""), ("%magic", ""), ("", "")])
def test_only_what_says_nothing_of_its_author_is_left(source: str, shown: str) -> None:
    assert anonymous(source) == shown


def test_ids_names_and_addresses_are_crossed_out() -> None:
    shown = anonymous("Net = nn.Linear(x12_y, LI, my_li_net, Name_net, NET_OF_X12Y, abcd, x)", "x12-y", "Li", "name",
                      "ab.cd@school.test", "_")
    assert shown == "Net = nn.Linear(…, …, my_…_net, …_net, NET_OF_…, …, x)"


def test_a_long_answer_is_cut() -> None:
    lines = anonymous("def Net():\n" + "    x = 1\n" * 40).splitlines()
    assert len(lines) == excerpts.LINES and lines[-1] == "…"


def test_hostile_code_costs_its_excerpt_only() -> None:
    assert anonymous("Net = " + "(" * 5000) == ""
    assert anonymous("Net = " + "-" * 15_000 + "1") == ""


def test_two_different_excerpts_are_shown_without_their_authors(data: ClassData, found: Figures) -> None:
    picked = excerpts.pick(data, found.beliefs, lambda things, what, total: things)
    swapped = picked[0]
    assert len(set(swapped)) == 2
    for shown in swapped:
        assert shown.startswith("class ParallelBlock(nn.Module):\n\n    def __init__")
        assert "self.net2(X), self.net1(X)" in shown
        assert "wrote" not in shown and "work of" not in shown and "pupil" not in shown
        assert "self.made_by_… = '…'" in shown


# As a command


@pytest.mark.parametrize("command", ["report", "export"])
@pytest.mark.parametrize(("language", "status"), [("zh", "退出码: 0"), ("en", "exit status: 0")])
def test_help_has_an_example_and_the_exit_statuses(capsys: pytest.CaptureFixture[str], command: str, language: str,
                                                   status: str) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help", "--lang", language])
    told = capsys.readouterr().out
    assert f"\n  d2l-ch3 {command} " in told and status in told


def run(capsys: pytest.CaptureFixture[str], course: ScratchCourse, *arguments: str) -> tuple[int, str, str]:
    status = cli.main(["report", "--course", str(course.folder), *arguments])
    told = capsys.readouterr()
    return status, told.out, told.err


def test_the_page_and_the_tables_say_it(course: ScratchCourse, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, course, ASSIGNMENT, "--lang", "en")
    assert status == 0
    assert out.startswith("5 students, median 6/27; most common misconception: The halves are swapped (2 students).\n")
    assert f"Answers to the written {WRITTEN} wait for a person (there are 1)" in out
    path = course.folder / "reports" / f"{ASSIGNMENT}-en.html"
    assert out.endswith(f"page {path}\n")
    told = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
    assert told.html["lang"] == "en"
    assert told.find(class_="summary").text == (
        "5 students, median 6/27; most common misconception: The halves are swapped (2 students).")
    assert [heading.text for heading in told.find_all("h2")] == [
        "Points", "Exercise by exercise", "Misconceptions", "What separates strong from weak",
        "Students who need a word", "Submissions to look at"]
    rows = {row.th.text.split()[0]: [cell.text for cell in row.find_all("td")]
            for row in told.find(id="exercises").find_parent("section").tbody.find_all("tr")}
    assert rows["parallel-block"] == ["6", "2", "2", "0", "1", "0", "67 %"]
    assert rows[WRITTEN] == ["3", "0", "0", "0", "4", "1", "0 %"]
    for line in ("parallel-block", "The halves are swapped", "handed in nothing",
                 "blocks.ipynb is not a whole notebook"):
        assert line in out and line in told.text
    assert "<b>no notebook" not in str(told)


def test_the_page_needs_nothing_and_can_be_read_by_all(course: ScratchCourse,
                                                       capsys: pytest.CaptureFixture[str]) -> None:
    run(capsys, course, ASSIGNMENT, "--lang", "zh")
    text = (course.folder / "reports" / f"{ASSIGNMENT}-zh.html").read_text(encoding="utf-8")
    told = BeautifulSoup(text, "html.parser")
    assert told.html["lang"] == "zh-CN"
    assert told.find("script") is None and "@import" not in text and "@font-face" not in text
    for element in told.find_all(True):
        for name in ("src", "href", "xlink:href", "data", "action"):
            assert str(element.get(name, "#")).startswith("#")
    assert "url(http" not in text and "url(data" not in text
    ids = [element["id"] for element in told.find_all(id=True)]
    assert len(ids) == len(set(ids))
    assert {element["href"][1:] for element in told.nav.find_all("a")} <= set(ids)
    pictures = [picture for picture in told.find_all("svg")]
    assert len(pictures) == 3
    assert all(picture["role"] == "img" and len(picture["aria-label"]) > 10 for picture in pictures)
    assert "6 到 9 分：2 人" in pictures[0]["aria-label"]
    for table in told.find_all("table"):
        assert table.caption.text
        assert all(head.get("scope") for head in table.find_all("th"))


def test_the_same_gradebook_gives_the_same_bytes(course: ScratchCourse, tmp_path: Path) -> None:
    made = []
    for seed in ("1", "2"):  # of the order in sets
        subprocess.run([sys.executable, "-m", "d2l_ch3.cli", "report", ASSIGNMENT, "--output", str(tmp_path / seed)],
                       cwd=course.folder, env={**os.environ, "PYTHONHASHSEED": seed}, check=True, capture_output=True)
        made.append((tmp_path / seed).read_bytes())
    assert made[0] == made[1]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["1", "2"]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_anonymous_names_nobody(course: ScratchCourse, capsys: pytest.CaptureFixture[str], language: str) -> None:
    status, out, err = run(capsys, course, ASSIGNMENT, "--anonymous", "--lang", language)
    assert status == 0
    path = course.folder / "reports" / f"{ASSIGNMENT}-{language}-anonymous.html"
    told = out.replace(str(path), "") + err + path.read_text(encoding="utf-8")
    assert {"zh": "两半的次序反了", "en": "The halves are swapped"}[language] in told
    for number in range(1, 9):
        assert f"pupil-{number}" not in told


@pytest.mark.parametrize(("arguments", "words"), [
    (["ps9"], "the gradebook has no assignment ps9. It has: ps1-blocks, ps2-parameters, ps3-layers, ps4-resnet"),
    (["ps2-parameters"], "nothing of ps2-parameters is graded yet: run `d2l-ch3 grade ps2-parameters` first")])
def test_what_cannot_be_reported_is_told_with_the_mend(course: ScratchCourse, capsys: pytest.CaptureFixture[str],
                                                       arguments: list[str], words: str) -> None:
    status, out, err = run(capsys, course, *arguments, "--lang", "en")
    assert (status, out) == (2, "")
    assert err == f"d2l-ch3 report: {words}\n"
    assert not (course.folder / "reports" / f"{arguments[0]}-en.html").exists()


def test_what_stands_in_the_way_of_the_page_is_told(course: ScratchCourse, tmp_path: Path,
                                                    capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "taken").mkdir()
    status, _, err = run(capsys, course, ASSIGNMENT, "--output", str(tmp_path / "taken"), "--lang", "en")
    assert status == 2
    assert str(tmp_path / "taken") in err
    assert [path.name for path in tmp_path.iterdir()] == ["taken"]


def test_a_gradebook_that_is_none_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = ScratchCourse(tmp_path)
    (tmp_path / "gradebook.db").write_text("no database, only words " * 100)
    status, _, err = run(capsys, course, ASSIGNMENT, "--lang", "en")
    assert status == 2
    assert str(tmp_path / "gradebook.db") in err and "d2l-ch3 doctor" in err


# Charts


def test_charts_do_not_rely_on_colour_and_follow_the_page(found: Figures) -> None:
    with speaking("zh"):
        drawing = charts.success(found)
    assert "<pattern" in drawing  # hatches
    colours = set(re.findall(r'(?:fill|stroke)="(.*?)"', drawing))
    assert colours <= {"currentColor", "none", *(colour for _, _, colour, _ in charts.SEGMENTS),
                       *(f"url(#success-{name})" for name, *_ in charts.SEGMENTS)}
    assert "currentColor" in colours and "font-family" not in drawing  # ink and letters are the page's
    for segment, other in zip(charts.SEGMENTS, charts.SEGMENTS[1:], strict=False):
        assert segment[2:] != other[2:] and segment[3] != other[3]


def test_a_name_is_only_text(found: Figures) -> None:
    odd = replace(found, items=[replace(found.items[0], item=Item("row", "", "a", "a$b$<c>&", 1, False))])
    drawing = BeautifulSoup(charts.success(odd), "html.parser")
    assert "a$b$<c>&" in [text.text for text in drawing.find_all("text")]


def test_bars_are_as_long_as_their_numbers(found: Figures) -> None:
    drawing = BeautifulSoup(charts.distribution(found), "html.parser")
    heights = [float(bar["height"]) for bar in drawing.find_all("rect")]
    assert [height / heights[0] for height in heights] == pytest.approx([1, 1, 2, 1], abs=0.01)


@pytest.mark.parametrize(("most", "ticks"), [
    (0, [0]), (1, [0, 1]), (6, list(range(7))), (7, [0, 2, 4, 6]), (31, [0, 10, 20, 30]),
    (1000, list(range(0, 1001, 200)))])
def test_ticks_are_whole_numbers_that_people_count_by(most: int, ticks: list[int]) -> None:
    assert charts._ticks(most) == ticks


def test_a_report_needs_neither_torch_nor_matplotlib() -> None:
    code = ("import sys; sys.modules.update(torch=None, matplotlib=None); "
            "import d2l_ch3.class_report.command, d2l_ch3.class_feedback.command")
    subprocess.run([sys.executable, "-c", code], check=True)
