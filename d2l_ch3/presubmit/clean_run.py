"""Running a notebook from a clean start, as the grader will: in order, each cell within limits, nothing at hand but
what is handed in.

It is the student's own code on the student's own machine, so there are no walls: just a fresh kernel in a copy of
the folder.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import v4

from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.replay import Down, replay
from d2l_ch3.notebooks.submission import files_beside

_STARTING = 300  # seconds that it may take to import torch
_PREPARE = "from d2l_ch3.presubmit import kernel\nkernel.prepare()\ndel kernel"
_INTERRUPTED = "Interrupted"


class NoKernel(RuntimeError):
    """The kernel cannot be started, or has no d2l_ch3; nbclient's own error is a RuntimeError too."""


@dataclass(frozen=True)
class Outcome:
    """What became of a cell: ``"done"``, ``"slow"`` (interrupted), ``"died"`` or ``"not-run"``."""

    end: str
    outputs: list[dict[str, Any]] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def slow(self) -> bool:
        """Whether it was interrupted."""
        return self.end == "slow"

    @property
    def error(self) -> tuple[str, str] | None:
        """The name and message of the exception that ended it, if one did."""
        return next(((output["ename"], output["evalue"]) for output in self.outputs
                     if output["output_type"] == "error"), None)


Kernel = Callable[[str, float], Outcome]
"""Runs a cell for so many seconds at most."""


def rehearse(sources: Sequence[str], folder: Path, limits: Limits | None = None,
             done: Callable[[int], None] = lambda number: None) -> list[Outcome]:
    """Run cells in order in a copy of `folder`; ``done(number)`` is called after each.

    A cell that takes the kernel down takes no other with it: `replay`. Raises RuntimeError if there is no kernel.
    """
    def ask(kernel: Kernel, index: int, seconds: float, before: Outcome | None) -> Outcome:
        outcome = kernel(sources[index], seconds)
        if outcome.end == "died":
            raise Down(outcome)
        done(index + 1)
        return before or outcome

    limits = limits or Limits()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as scratch:
        for path, name in files_beside(folder, limits.scratch):
            target = Path(scratch, "work", name)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, target)
        outcomes = replay(len(sources), lambda: _kernel(Path(scratch)), ask, limits)
    return [outcome or Outcome("not-run") for outcome in outcomes]


@contextmanager
def _kernel(scratch: Path) -> Iterator[Kernel]:
    """A fresh kernel of this Python, with settings of its own; gives what runs one cell in it for some seconds."""
    work = scratch / "work"
    work.mkdir(exist_ok=True)
    specs = KernelSpecManager(kernel_dirs=[])  # whatever is installed under the name python3 elsewhere
    notebook = v4.new_notebook()
    client = NotebookClient(
        notebook, km=AsyncKernelManager(kernel_name="python3", kernel_spec_manager=specs), allow_errors=True,
        interrupt_on_timeout=True, raise_on_iopub_timeout=True,
        error_on_timeout={"ename": _INTERRUPTED, "evalue": "", "traceback": []}, shutdown_kernel="immediate")
    client.log.disabled = True
    client.owns_km = True
    replies: list[dict[str, Any]] = []
    client.on_cell_error = lambda cell, cell_index, execute_reply: replies.append(execute_reply["content"])

    def run(source: str, seconds: float) -> Outcome:
        cell = v4.new_code_cell(source)
        notebook.cells.append(cell)
        replies.clear()
        client.timeout = max(1, round(seconds))
        start = time.monotonic()
        try:
            client.execute_cell(cell, len(notebook.cells) - 1)
        except (DeadKernelError, CellTimeoutError):  # or deaf: interrupting it did not help
            return Outcome("died", cell.outputs, time.monotonic() - start)
        slow = any(reply["ename"] == _INTERRUPTED for reply in replies)
        return Outcome("slow" if slow else "done", cell.outputs, time.monotonic() - start)

    environment = {**os.environ, "IPYTHONDIR": str(scratch / "ipython"), "PYTHONSAFEPATH": "1", "MPLBACKEND":
                   "module://matplotlib_inline.backend_inline"}
    for name in ("NBGRADER_VALIDATING", "PYTHONPATH"):  # what it leads to is not on the grader's machine
        environment.pop(name, None)
    with client.setup_kernel(cwd=str(work), env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        started = run(_PREPARE, _STARTING)
        if started.end != "done" or started.error:
            raise NoKernel(started.error)
        yield run
