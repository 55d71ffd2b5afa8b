"""A command as it runs on macOS or Windows: without what those systems do not have."""

import os
import subprocess
import sys
from pathlib import Path

_PROGRAM = """
import os, sys
import IPython, PIL.Image, jupyterlab.labapp, matplotlib.pyplot, nbclient, nbconvert, nbgrader.apps, nbgrader.api
import nbgrader.converters, nbgrader.utils, rich.progress, rich.table, rich.text, sqlite3, sysconfig, torch, watchfiles
import d2l_ch3.show.fonts
sys.platform = {system!r}
for name in {missing!r}:
    sys.modules[name] = None
for name in {unknown!r}:
    if hasattr(os, name):
        delattr(os, name)
from d2l_ch3.cli import main
sys.exit(main({arguments!r}))
"""

SYSTEMS = {
    "darwin": ([], ["O_PATH", "pidfd_open", "unshare"]),
    "win32": (["fcntl", "resource", "pwd", "grp", "termios"],
              ["O_PATH", "O_NOFOLLOW", "pidfd_open", "fork", "geteuid", "getuid", "uname", "unshare", "setresuid"])}
"""What modules and what parts of `os` each does not have."""


def run(system: str, *arguments: object, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run `d2l-ch3 …` in a folder as on that system, after what it needs of other people's packages was imported."""
    missing, unknown = SYSTEMS[system]
    program = _PROGRAM.format(system=system, missing=missing, unknown=unknown, arguments=list(map(str, arguments)))
    return subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False,
                          env={**os.environ, "COLUMNS": "300", "LC_ALL": "C.UTF-8"})
