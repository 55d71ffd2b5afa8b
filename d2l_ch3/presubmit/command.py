"""`d2l-ch3 check`, as a person sees it: a progress bar, a table, findings, an exit status."""

import os
from pathlib import Path

from rich.console import Console

from d2l_ch3.console import spoken
from d2l_ch3.language import Text, speaking
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.release import NoRelease
from d2l_ch3.notebooks.submission import Unreadable
from d2l_ch3.presubmit import results
from d2l_ch3.presubmit.clean_run import Outcome, rehearse
from d2l_ch3.presubmit.differences import differences, unanswered
from d2l_ch3.presubmit.doctor import Checked, examine, rejected
from d2l_ch3.presubmit.fix import mended, write
from d2l_ch3.presubmit.notebook import Notebook, read_notebook
from d2l_ch3.presubmit.screen import RUNNING, show, show_fixed
from d2l_ch3.terminal import bars, complain

GOOD, LOSES = 0, 1

_NO_FILE = Text("没有 {path}。{near}", "there is no {path}. {near}")
_NEAR = Text("那里有：{names}。", "There are: {names}.")
_FOLDER = Text("{path} 是文件夹，要写出笔记本的名字。{near}", "{path} is a folder: name the notebook. {near}")
_UNREADABLE = Text("{path} 没有读的权限。", "you have no permission to read {path}.")
_NO_RELEASE = Text("没有 {path}，--release 要指向发下来的笔记本或它的文件夹。",
                   "there is no {path}: --release names the notebook as it was given out, or its folder.")
_NO_KERNEL = Text("内核启动不了（{why}），没有运行。"
                  "在课程的环境里，`python -c 'import d2l_ch3, ipykernel'` 会说缺什么。",
                  "the kernel does not start ({why}), so nothing was run. In the course's environment, "
                  "`python -c 'import d2l_ch3, ipykernel'` says what is missing.")
_NO_RESULTS = Text("结果写不进 {path}（{why}）。", "the results cannot be written to {path} ({why}).")
_NOT_WRITTEN = Text("{path} 写不了（{why}），什么也没有改。", "{path} cannot be written ({why}); nothing was changed.")


def check(path: Path, release: Path | None, fix: bool, into: Path | None, language: str | None, system: str) -> int:
    """Check a notebook and return the exit status; speak `language`, or the notebook's, or the system's.

    The results are also written `into` a file, for machines, if one is named.
    """
    if complaint := _complaint(path, release):
        return complain("check", complaint)
    try:
        notebook = read_notebook(path, release)
    except Unreadable as unreadable:
        return _shown(Console(), rejected(path, unreadable), None, into)
    except NoRelease as error:
        return complain("check", error.args[0])
    with speaking(spoken(language or notebook.language or system)):
        try:
            return _check(Console(), notebook, release, fix, into)
        except (OSError, RuntimeError) as error:
            return complain("check", _NO_KERNEL.format(why=error))


def _check(console: Console, notebook: Notebook, release: Path | None, fix: bool, into: Path | None) -> int:
    if fix:
        found = [*differences(notebook), *unanswered(notebook)]
        restored = [finding for finding in found if finding.problem.restorable]
        try:
            backup = write(notebook.path, mended(notebook)) if restored else None
        except OSError as error:
            return complain("check", _NOT_WRITTEN.format(path=notebook.path, why=error.strerror))
        show_fixed(console, restored, backup)
        notebook = read_notebook(notebook.path, release)
    return _shown(console, examine(notebook, _with_progress), notebook, into, fix)


def _shown(console: Console, checked: Checked, notebook: Notebook | None, into: Path | None, fix: bool = False) -> int:
    show(console, checked, notebook, fixing=fix)
    try:
        if into:
            results.write(into, checked)
    except OSError as error:
        return complain("check", _NO_RESULTS.format(path=into, why=error.strerror))
    return LOSES if checked.loses else GOOD


def _with_progress(sources: list[str], folder: Path, limits: Limits) -> list[Outcome]:
    with bars() as progress:
        bar = progress.add_task(str(RUNNING), total=len(sources))
        return rehearse(sources, folder, limits, lambda number: progress.update(bar, completed=number))


def _complaint(path: Path, release: Path | None) -> Text | None:
    """What keeps a notebook from being checked at all."""
    if path.is_dir():
        return _FOLDER.format(path=path, near=_near(path))
    if not path.exists() and not path.is_symlink():
        return _NO_FILE.format(path=path, near=_near(path.parent))
    if path.is_file() and not os.access(path, os.R_OK):
        return _UNREADABLE.format(path=path)
    if release is not None and not release.exists():
        return _NO_RELEASE.format(path=release)
    return None


def _near(folder: Path) -> Text:
    names = sorted(each.name for each in folder.glob("*.ipynb"))
    return _NEAR.format(names=", ".join(names)) if names else Text("", "")
