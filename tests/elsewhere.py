"""A command as it runs on macOS or Windows: without what those systems do not have."""

import os
import re
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
for arguments in {commands!r}:
    print("$", *arguments, flush=True)
    print("$", *arguments, file=sys.stderr, flush=True)
    print("exit status", main(arguments), flush=True)
"""

SYSTEMS = {
    "darwin": ([], ["O_PATH", "pidfd_open", "unshare"]),
    "win32": (["fcntl", "resource", "pwd", "grp", "termios"],
              ["O_PATH", "O_NOFOLLOW", "pidfd_open", "fork", "geteuid", "getuid", "uname", "unshare", "setresuid"])}
"""What modules and what parts of `os` each does not have."""


def run(system: str, commands: list[list[str]], folder: Path) -> list[tuple[str, str]]:
    """Run commands (`d2l-ch3 …`) in a folder as on that system, with what they need of other people's packages there.

    Returns what each said on stdout, the exit status at its end, and on stderr.
    """
    missing, unknown = SYSTEMS[system]
    program = _PROGRAM.format(system=system, missing=missing, unknown=unknown, commands=commands)
    done = subprocess.run([sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=False,
                          env={**os.environ, "COLUMNS": "300", "LC_ALL": "C.UTF-8"})
    assert done.returncode == 0, done.stdout + done.stderr
    said = (re.split(r"^\$.*\n", stream, flags=re.MULTILINE)[1:] for stream in (done.stdout, done.stderr))
    return list(zip(*said, strict=True))
