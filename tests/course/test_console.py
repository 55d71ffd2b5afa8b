"""Output on consoles that cannot show everything, and redirected: every command, and what a student prints."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from d2l_ch3.cli import COMMANDS
from tools.build import ROOT

EVERYTHING = f"""
import contextlib
from pathlib import Path
import torch
from torch import nn
import d2l_ch3
from d2l_ch3 import checks
from d2l_ch3.cli import main

for language in ("zh", "en"):
    for arguments in (["--help"], *([name.replace("_", "-"), "--help"] for name in {COMMANDS!r}), ["doctor"],
                      ["check", "broken.ipynb"], ["check", "nothing.ipynb"], ["lab", "--allow-root"], ["hand-out"],
                      ["new-course", "there"], ["grade", "ps1-blocks"], ["report", "ps1-blocks"], ["export"],
                      ["new-exercise", "a"], ["mutate", "no-such"], ["grade", "--nonsense"]):
        with contextlib.suppress(SystemExit):
            main([*arguments, "--lang", language])
    d2l_ch3.set_language(language)
    d2l_ch3.check_installation()
    print(checks.parallel_block(nn.Linear, seed=1))
    print(checks.parallel_block.hint(), checks.progress(), repr(checks.parallel_block), sep="\\n")
    print(d2l_ch3.inspect(nn.Sequential(nn.Linear(2, 3), nn.ReLU())))
print("the end")
"""


@pytest.mark.parametrize("encoding", ["ascii", "gbk", "cp1252", "utf-8"])
def test_no_output_ends_in_an_error(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "broken.ipynb").write_text("{")
    done = subprocess.run([sys.executable, "-c", EVERYTHING], cwd=tmp_path, capture_output=True, check=False,
                          env={**os.environ, "PYTHONIOENCODING": encoding, "PYTHONPATH": str(ROOT)})
    told, complained = done.stdout.decode(encoding), done.stderr.decode(encoding)
    assert done.returncode == 0, complained
    assert told.rstrip().endswith("the end")
    assert "Traceback" not in complained
    if encoding in ("gbk", "utf-8"):
        assert "交作业之前" in told and ("✗" if encoding == "utf-8" else "x ") in told
    else:  # Chinese that nobody could read is English instead
        assert "Check a notebook before you hand it in" in told and "???" not in told.split("usage", 2)[1]


def test_marks_become_something_alike() -> None:
    code = "import d2l_ch3; print('✓ a → “b” … 中')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True,
                          env={**os.environ, "PYTHONIOENCODING": "ascii"})
    assert done.stdout.strip() == b'+ a -> "b" ... ?'
