"""Whether everything is there that the course needs: for the first cell that a student runs."""

import sys
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import Any, NamedTuple

from d2l_ch3.language import Text

SERVER_EXTENSION = "nbgrader.server_extensions.validate_assignment"
LAB_EXTENSION = "@jupyter/nbgrader"

_READY = Text("一切就绪。", "Everything is ready.")
_NOT_READY = Text("这个内核用的 Python 是 {python}。照箭头后面说的做，再运行这一格。",
                  "The Python of this kernel is {python}. Do what the arrows say, then run this cell again.")
_INSTALL = Text("运行 `%pip install {what}`，然后重启内核（菜单 Kernel → Restart Kernel）。",
                "Run `%pip install {what}`, then restart the kernel (menu Kernel → Restart Kernel).")
_NEWER_PYTHON = Text("装一个 Python 3.11 或更新的版本，到课程的文件夹，删掉 `.venv`，再像平时那样启动。",
                     "Install Python 3.11 or newer, delete the folder `.venv` in the folder of the course, and start "
                     "the course again as you always do.")
_START_AGAIN = Text("关掉 JupyterLab，再像平时那样启动（start.bat、start.sh 或 `make lab`）：它会把缺的装好。",
                    "Shut down JupyterLab and start it again as you always do (start.bat, start.sh or `make lab`): "
                    "it installs what is missing.")
_ENABLE = Text("在终端里运行 `jupyter server extension enable {server}` 和 `jupyter labextension enable {lab}`，"
               "再重开 JupyterLab。",
               "In a terminal, run `jupyter server extension enable {server}` and `jupyter labextension enable {lab}`, "
               "then open JupyterLab again.").format(server=SERVER_EXTENSION, lab=LAB_EXTENSION)


class Need(NamedTuple):
    """Something that the course needs, whether it is there, and what to do if it is not."""

    name: Text | str
    there: bool
    mend: Text

    def __str__(self) -> str:
        return f"✓ {self.name}" if self.there else f"✗ {self.name}\n  → {self.mend}"


def check_installation() -> None:
    """Print whether everything is there that the course needs, and the mend for each thing that is not."""
    report()


def report() -> bool:
    """The same; returns whether everything is there."""
    needs = [python(), *packages(), chinese_font(), validate_button()]
    print(*needs, sep="\n")
    ready = all(need.there for need in needs)
    print(_READY if ready else _NOT_READY.format(python=sys.executable))
    return ready


def python() -> Need:
    """A Python that is new enough."""
    return Need(Text("Python 3.11 或更新", "Python 3.11 or newer"), sys.version_info >= (3, 11), _NEWER_PYTHON)


def packages() -> list[Need]:
    """What the course's own package requires, in versions that will do."""
    from packaging.requirements import Requirement

    try:
        lines = requires("d2l_ch3") or []
    except PackageNotFoundError:  # its folder is there, but nothing was installed
        return [Need("d2l_ch3", False, _START_AGAIN)]
    wanted = [Requirement(line) for line in lines if "extra ==" not in line]
    return [Need(str(one), _fits(one), _INSTALL.format(what=f'"{one}"')) for one in wanted]


def _fits(wanted: Any) -> bool:
    try:
        return wanted.specifier.contains(version(wanted.name), prereleases=True)
    except PackageNotFoundError:
        return False


def chinese_font() -> Need:
    """A font with the Chinese characters of the pictures."""
    try:
        from d2l_ch3.show import fonts
        there = fonts.chinese_font() is not None
    except ImportError:  # no matplotlib, which `packages` reports
        there = False
    return Need(Text("图里的中文字体", "a font for the Chinese in pictures"), there, _INSTALL.format(what="zhplot"))


def validate_button() -> Need:
    """Both halves of nbgrader's Validate button: the one in JupyterLab and the one in its server."""
    from jupyter_core.paths import jupyter_config_path, jupyter_path
    from jupyter_server.extension.config import ExtensionConfigManager

    server = ExtensionConfigManager(read_config_path=jupyter_config_path())
    there = (server.enabled(SERVER_EXTENSION, "jupyter_server_config")
             and any(Path(folder, LAB_EXTENSION).is_dir() for folder in jupyter_path("labextensions")))
    return Need(Text("Validate 按钮", "the Validate button"), there, _ENABLE)
