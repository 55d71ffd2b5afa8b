"""`d2l-ch3 new-exercise`: write the skeleton of a new exercise."""

import argparse
from typing import Any

from d2l_ch3.cli.parser import command
from d2l_ch3.language import Text

_HELP = Text("写出一道新题的骨架", "write the skeleton of a new exercise")
_DESCRIPTION = Text(
    "写出一道新题的骨架：两种语言的题目、检查（probe 和 judge）、三条提示、一个对的和一个错的答案，并登记好。\n"
    "已有的文件不会覆盖；有一处不行，就什么也不写。怎么填，见 docs/authoring.zh-CN.md。",
    "Write the skeleton of a new exercise: its text in both languages, its check (probe and judge), three hints,\n"
    "a right and a wrong answer; and register it. No file is overwritten, and if anything is wrong, none is written.\n"
    "How to fill it in: docs/authoring.md.")
_EXAMPLES = """\
  d2l-ch3 new-exercise scale-layer --assignment ps3-layers --points 3
  d2l-ch3 new-exercise count-layers --takes function --answer count_layers"""
_EPILOG = Text(f"例子:\n{_EXAMPLES}\n\n退出码: 0 写好了；2 写不了，什么也没有改",
               f"examples:\n{_EXAMPLES}\n\nexit status: 0 written, 2 it cannot be written and nothing has changed")

_WRITTEN = Text("写好了 {name} 的骨架：", "Wrote the skeleton of {name}:")
_NEXT = Text(
    "接下来：\n"
    "  1. 把这些文件里的每个 TODO 换掉（docs/authoring.zh-CN.md 里有一道完整的例题）\n"
    "  2. {text} 的开头，总分已改为 {total} 分，看看其余的话还对不对（几道题，要多久）\n"
    "  3. python -m tools.prove {name}    # 先列出还没填的地方，填完了就证明这道题",
    "Next:\n"
    "  1. replace every TODO in these files (docs/authoring.md has a whole exercise as an example)\n"
    "  2. the top of {text} now says {total} points: is the rest of it still right (how many exercises, how long)?\n"
    "  3. python -m tools.prove {name}    # lists what is left to fill in; then proves the exercise")


def add(commands: Any) -> None:
    """Add the subcommand."""
    parser = command(commands, "new-exercise", _run, _HELP, _DESCRIPTION, _EPILOG)
    parser.add_argument("name", help=str(Text("题名，例如 scale-layer", "for example scale-layer")))
    parser.add_argument("--assignment", metavar="NAME", help=str(Text(
        "放进哪套习题（默认：最后一套）", "the problem set that it goes to the end of (the last one)")))
    parser.add_argument("--takes", choices=("class", "function", "dict"), default="class", help=str(Text(
        "要学生写什么：类、函数，还是一个装答案的字典（默认：class）",
        "what the student writes: a class, a function, or a dict of values (class)")))
    parser.add_argument("--answer", metavar="NAME", help=str(Text(
        "学生写的类、函数或字典的名字（默认：从题名来，如 ScaleLayer）",
        "its name (made from the exercise's, such as ScaleLayer)")))
    parser.add_argument("--points", type=int, default=4, metavar="N", help=str(Text("分数（默认：4）", "points (4)")))


def _run(asked: argparse.Namespace) -> int:
    from d2l_ch3.authoring.checkout import Checkout, Refused
    from d2l_ch3.authoring.skeleton import Skeleton, default_answer, new_exercise
    from d2l_ch3.terminal import complain

    try:
        checkout = Checkout(asked.course)
        skeleton = Skeleton(asked.name, asked.assignment or list(checkout.exercises())[-1], asked.takes,
                            asked.answer or default_answer(asked.name, asked.takes), asked.points)
        files = new_exercise(checkout, skeleton)
    except Refused as reason:
        return complain("new-exercise", reason)
    text, total = checkout.text(skeleton.assignment), checkout.points(skeleton.assignment)
    listed = "\n".join(f"  {path}" for path in files)
    print(_WRITTEN.format(name=skeleton.name), listed, sep="\n")
    print("", _NEXT.format(name=skeleton.name, text=text, total=total), sep="\n")
    return 0
