"""The skeleton of a new exercise: what is to be written, and whether it may be."""

import keyword
import re
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from d2l_ch3.authoring.checkout import Checkout, Refused
from d2l_ch3.files import write_all
from d2l_ch3.language import LANGUAGES, Text

KINDS = ("class", "function", "dict")
"""What a student can be asked for."""

NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_BONUS = re.compile(r'^\+\+\+ \{"tags": \["lang-zh"\]\}\n\n## 选做', re.MULTILINE)
_MINUTES = re.compile(r"(大约要 )(\d+)( 分钟)"), re.compile(r"(about )(\d+)( minutes)")
MINUTES = 10  # what the skeleton says that it takes, until its author knows better
LEAST_POINTS = 2

NO_ASSIGNMENT = Text("没有 {assignment} 这套习题。有的是：{there}。",
                     "There is no problem set {assignment}; there are: {there}.")
BAD_NAME = Text("题名 {name} 不合写法：用小写字母和数字，词与词之间用连字符，比如 scale-layer。",
                "The name {name} is not spelled as names are: lower-case letters and digits, words joined by hyphens, "
                "such as scale-layer.")
BAD_ANSWER = Text("{answer} 不能作 Python 的名字；用 --answer 给一个，比如 ScaleLayer。",
                  "{answer} cannot be a name in Python; give one with --answer, such as ScaleLayer.")
NAME_TAKEN = Text("题名 {name} 已经有主了：{where}。换一个。", "The name {name} is taken, by {where}. Choose another.")
ANSWER_TAKEN = Text("学生要写的名字 {answer} 已经有主了：{where}。用 --answer 另给一个。",
                    "The name {answer} that students are to write is taken, by {where}. Give another with --answer.")
TOO_FEW_POINTS = Text("一道题至少 {least} 分，这样答对一部分也有分；这里是 {points} 分。",
                      "An exercise is worth {least} points or more, so that half of it earns some; not {points}.")
AN_EXERCISE, A_CHECK = Text("另一道题", "another exercise"), Text("checks 里的 {name}", "{name} in checks")
FILES = Text("已有的 {path}", "{path}, which exists")
A_DEFINITION = Text("d2l_ch3 里的一个定义", "a definition in d2l_ch3")


@dataclass(frozen=True)
class Skeleton:
    """An exercise to be: its name, its problem set, what the student is asked for, and its points."""

    name: str
    assignment: str
    takes: str
    answer: str
    points: int

    @property
    def function(self) -> str:
        """The name of its check, and of the check's module."""
        return self.name.replace("-", "_")


def default_answer(name: str, takes: str) -> str:
    """What the student is asked for, if the author does not say: ScaleLayer for a class, else scale_layer."""
    return "".join(map(str.capitalize, name.split("-"))) if takes == "class" else name.replace("-", "_")


def new_exercise(checkout: Checkout, skeleton: Skeleton) -> list[Path]:
    """Write the skeleton and return its files. Raises Refused, and then nothing has changed."""
    reason = (_wrong_assignment(checkout, skeleton) or _wrong_name(checkout, skeleton)
              or _wrong_answer(checkout, skeleton) or _wrong_points(skeleton))
    if reason is not None:
        raise Refused(reason)
    try:
        files = _files(checkout, skeleton)
        write_all(files)
    except OSError as error:
        raise Refused(error) from error
    return list(files)


def _wrong_assignment(checkout: Checkout, skeleton: Skeleton) -> Text | None:
    there = checkout.exercises()
    return None if skeleton.assignment in there else NO_ASSIGNMENT.format(
        assignment=skeleton.assignment, there=", ".join(there))


def _wrong_name(checkout: Checkout, skeleton: Skeleton) -> Text | None:
    name = skeleton.name
    if not NAME.fullmatch(name) or keyword.iskeyword(skeleton.function):
        return BAD_NAME.format(name=repr(name))
    if name in checkout.grade_ids() or checkout.assignment_of(name):
        return NAME_TAKEN.format(name=name, where=AN_EXERCISE)
    if skeleton.function in checkout.names_in_checks():
        return NAME_TAKEN.format(name=name, where=A_CHECK.format(name=skeleton.function))
    if checkout.answers(name).exists():
        return NAME_TAKEN.format(name=name, where=FILES.format(path=checkout.answers(name)))
    return None


def _wrong_answer(checkout: Checkout, skeleton: Skeleton) -> Text | None:
    answer = skeleton.answer
    if not answer.isidentifier() or keyword.iskeyword(answer):
        return BAD_ANSWER.format(answer=repr(answer))
    if answer in checkout.answers_asked_for():
        return ANSWER_TAKEN.format(answer=answer, where=AN_EXERCISE)
    if answer in checkout.names_in_package():
        return ANSWER_TAKEN.format(answer=answer, where=A_DEFINITION)
    return None


def _wrong_points(skeleton: Skeleton) -> Text | None:
    return None if skeleton.points >= LEAST_POINTS else TOO_FEW_POINTS.format(
        least=LEAST_POINTS, points=skeleton.points)


def _files(checkout: Checkout, skeleton: Skeleton) -> dict[Path, str]:
    """Every file with its new text: those that grow first, then those that are new."""
    text = _with_total(checkout.text(skeleton.assignment).read_text(encoding="utf-8").rstrip("\n"),
                       checkout.points(skeleton.assignment), skeleton.points)
    text, bonus = _at_the_bonus(text)
    number = 1 + len(re.findall(r"^## \d+\.", text, re.MULTILINE)) // len(LANGUAGES)
    problem_set, _, topic = skeleton.assignment.partition("-")
    details = {**vars(skeleton), "function": skeleton.function, "number": number,
               "chapter": f"3.{problem_set.removeprefix('ps')}-{topic}",
               "minutes": MINUTES, "place": checkout.next_place(skeleton.assignment),
               "seed": f"203{problem_set.removeprefix('ps')}{number}"}
    answers = checkout.answers(skeleton.name)
    return {
        checkout.text(skeleton.assignment): f"{text}\n\n{_rendered('text.md.j2', details)}{bonus}",
        checkout.words(skeleton.function): _rendered("words.toml.j2", details),
        checkout.check(skeleton.function): _rendered(
            "facts.py.j2" if skeleton.takes == "dict" else "check.py.j2", details),
        answers / "right_usual.py": _rendered("answer.py.j2", {**details, "right": True}),
        answers / "wrong_todo.py": _rendered("answer.py.j2", {**details, "right": False}),
    }


def _at_the_bonus(text: str) -> tuple[str, str]:
    """What stands before the bonus of a problem set, which stays last, and the bonus; empty if there is none."""
    found = _BONUS.search(text)
    return (text[:found.start()].rstrip("\n"), f"\n{text[found.start():]}\n") if found else (text, "")


def _with_total(text: str, total: int, more: int) -> str:
    """The text with new totals in both introductions; a test of the problem sets notices other wordings."""
    for words in ("一共 {} 分", " {} points, "):
        text = text.replace(words.format(total), words.format(total + more), 1)
    for minutes in _MINUTES:
        text = minutes.sub(lambda found: f"{found[1]}{int(found[2]) + MINUTES}{found[3]}", text, count=1)
    return text


def _rendered(template: str, details: dict[str, object]) -> str:
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), undefined=StrictUndefined,
                              trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True)
    return environment.get_template(template).render(details)
