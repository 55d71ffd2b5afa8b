"""JupyterLab as the course wants it, in this very process."""

import os
from collections.abc import Sequence
from pathlib import Path

from d2l_ch3.language import Text

SETTINGS = Path(__file__).parent / "settings"
"""For JUPYTER_CONFIG_PATH: no question about news, light or dark as the system is, no panel that changes assignments,
links that land where they lead. One's own settings win."""

STUDENT_SETTINGS = Path(__file__).parent / "student_settings"
"""For JUPYTER_CONFIG_PATH of students on a hub, besides: no formgrader."""

AS_ROOT = Text("你现在是 root，JupyterLab 不让 root 启动。换成自己的账户；在容器里，就加上 {option}。",
               "you are root, and JupyterLab does not start as root. Use an account of your own; in a container, add "
               "{option}.")


def refused(further: Sequence[str]) -> bool:
    """Whether JupyterLab would not start, since this is root and nobody said that it may."""
    return hasattr(os, "geteuid") and not os.geteuid() and "--allow-root" not in further


def start(root: Path, page: Path, further: Sequence[str]) -> None:
    """Become a JupyterLab that shows the folder `root` and opens `page` in it; `further` arguments are its own."""
    os.environ["JUPYTER_CONFIG_PATH"] = os.pathsep.join(
        filter(None, [os.environ.get("JUPYTER_CONFIG_PATH"), str(SETTINGS)]))
    os.chdir(root)  # where nbgrader looks for its configuration
    from jupyterlab.labapp import LabApp

    LabApp.launch_instance([f"--ServerApp.root_dir={root}",
                            f"--LabApp.default_url=/lab/tree/{page.relative_to(root).as_posix()}", *further])
