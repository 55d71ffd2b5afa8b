"""Any single cell of a chapter can be run again after the whole chapter was: names are not reused for other things."""

import os
import sys
from pathlib import Path

import pytest

from tools.build import TEXT
from tools.reading import edition, read

CHAPTERS = ("blocks", "parameters", "layers")


def run_again_one_by_one(chapter: str) -> list[str]:
    """Run a chapter, then each of its cells once more in a process forked from there; returns what failed."""
    import matplotlib

    matplotlib.use("agg")
    from IPython.core.interactiveshell import InteractiveShell
    from matplotlib import pyplot as plt

    sources = [cell.source for cell in edition(read(TEXT / f"{chapter}.md"), "en").cells if cell.cell_type == "code"]
    shell = InteractiveShell()
    for source in sources:
        shell.run_cell(source, silent=True).raise_error()
        plt.close("all")
    failed = []
    for source in sources:
        child = os.fork()
        if not child:
            result = shell.run_cell(source, silent=True)
            os._exit(0 if result.success else 1)
        if os.waitpid(child, 0)[1]:
            failed.append(source)
    return failed


if __name__ == "__main__":  # a process of its own, which has no threads when it forks
    again = run_again_one_by_one(sys.argv[1])
    print(*again, sep="\n--- does not run again: ---\n", file=sys.stderr)
    sys.exit(bool(again))


@pytest.mark.parametrize("chapter", CHAPTERS)
def test_every_cell_runs_again_after_the_last(chapter: str) -> None:
    import subprocess

    result = subprocess.run([sys.executable, str(Path(__file__)), chapter], capture_output=True, text=True, check=False,
                            cwd=TEXT.parent, env={**os.environ, "PYTHONPATH": str(TEXT.parent)})
    assert result.returncode == 0, result.stdout[-3000:] + result.stderr[-3000:]
