"""A line of the doctor's table: what was looked at, how it is, why, and how to mend it."""

import sys
from collections.abc import Callable
from enum import Enum
from functools import wraps
from pathlib import Path
from typing import NamedTuple

from d2l_ch3.language import Text

NOTHING = Text("", "")


class State(Enum):
    """How a thing is: as it should be, less than it could be, or missing so that grading cannot go on."""

    ON = Text("开", "on")
    WEAKER = Text("较弱", "weaker")
    OFF = Text("关", "off")


class Found(NamedTuple):
    """What a check found: the state, why it is so, and the mend if it needs one."""

    state: State
    reason: Text
    mend: Text = NOTHING


class Line(NamedTuple):
    """One line of the table."""

    name: Text
    state: State
    reason: Text
    mend: Text


Look = Callable[[Path], Found]
Check = Callable[[Path], Line]


def check(zh: str, en: str, linux: bool = False) -> Callable[[Look], Check]:
    """Make a check of a function, under this name. One that raises is a line as well; so is another system."""
    def register(look: Look) -> Check:
        @wraps(look)
        def line(course: Path) -> Line:
            try:
                found = another_system() if linux and sys.platform != "linux" else look(course)
            except Exception as error:
                found = off(Text(f"没能检查：{type(error).__name__}: {error}",
                                 f"could not be checked: {type(error).__name__}: {error}"))
            return Line(Text(zh, en), *found)

        return line
    return register


def another_system() -> Found:
    """No walls anywhere but on Linux."""
    name = {"darwin": "macOS", "win32": "Windows"}.get(sys.platform, sys.platform)
    wsl = Text("WSL 2、", "WSL 2, ") if name == "Windows" else NOTHING
    reason = Text("{name} 没有 Linux 的命名空间，学生的代码关不起来",
                  "{name} has no namespaces, which isolation is made of")
    mend = Text("在 Linux 上批改：{wsl}虚拟机或容器都行",
                "grade on Linux: {wsl}a virtual machine or a container will do")
    return off(reason.format(name=name), mend.format(wsl=wsl))


def on(zh: str, en: str = "") -> Found:
    """As it should be."""
    return Found(State.ON, Text(zh, en or zh))


def off(reason: Text, mend: Text = NOTHING) -> Found:
    """Missing."""
    return Found(State.OFF, reason, mend)


def weaker(reason: Text, mend: Text = NOTHING) -> Found:
    """Less than it could be."""
    return Found(State.WEAKER, reason, mend)
