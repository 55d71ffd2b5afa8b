"""What has to be installed."""

import platform
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from d2l_ch3.grading.doctor.lines import Found, Look, check, off, on, weaker
from d2l_ch3.language import Text

TESTED = {"torch": "2.13", "nbgrader": "0.9.6", "safetensors": "0.8", "rich": "15.0"}
LEAST_PYTHON = (3, 11)


@check("Python", "Python")
def python(course: Path) -> Found:
    """Its version."""
    if sys.version_info < LEAST_PYTHON:
        return off(Text(platform.python_version(), platform.python_version()),
                   Text("需要 Python 3.11 或更新的版本", "Python 3.11 or newer is needed"))
    return on(platform.python_version())


def _package(name: str) -> Look:
    def look(course: Path) -> Found:
        tested = TESTED[name]
        try:
            found = version(name)
        except PackageNotFoundError:
            return off(Text("没有安装", "not installed"), Text(*["pip install 'd2l_ch3[grading]'"] * 2))
        if found.startswith(tested):
            return on(f"{found}（测试过的版本）", f"{found}, the version that was tested")
        return weaker(Text(f"{found}；测试过的是 {tested}", f"{found}; {tested} was tested"),
                      Text(f"多半没有问题；要一样就 pip install '{name}=={tested}.*'",
                           f"it probably works; for the same: pip install '{name}=={tested}.*'"))
    return look


CHECKS = (python, *(check(name, name)(_package(name)) for name in TESTED))
