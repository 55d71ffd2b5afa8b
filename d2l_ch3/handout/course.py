"""The folder of an nbgrader course: its configuration, and the sources of its problem sets in one language."""

from collections.abc import Sequence
from pathlib import Path

import nbformat

from d2l_ch3.files import write_all
from d2l_ch3.handout.release import CONFIG, NotMade, problem_sets
from d2l_ch3.language import LANGUAGES, Text

_SETTING = 'os.environ.get("EDITION", "zh")'
_THERE = Text("{folder} 里已经有 {name} 了，没有动它：换一个文件夹。",
              "{folder} has {name} already and was left alone: name another folder.")
_NO_SETTING = Text("{path} 里没有 {setting} 这一处，没法定下语言。",
                   "{path} does not say {setting}, so that the language cannot be set there.")


def new_course(checkout: Path, folder: Path, edition: str, names: Sequence[str] = ()) -> list[str]:
    """Write the course of an edition, with the problem sets named (all); returns their names.

    Raises NotMade and OSError, and then nothing has changed.
    """
    chosen = problem_sets(checkout, names)
    for name in (CONFIG, "source"):
        if (folder / name).exists():
            raise NotMade(_THERE.format(folder=folder, name=name))
    config = (checkout / CONFIG).read_text(encoding="utf-8")
    if _SETTING not in config:
        raise NotMade(_NO_SETTING.format(path=checkout / CONFIG, setting=_SETTING))
    files = {folder / CONFIG: config.replace(_SETTING, _SETTING.replace("zh", edition))}
    (other,) = set(LANGUAGES) - {edition}
    for name in chosen:
        for path in sorted((checkout / "source" / name).glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            notebook.cells = [cell for cell in notebook.cells if f"lang-{other}" not in cell.metadata.get("tags", [])]
            files[folder / "source" / name / path.name] = nbformat.writes(notebook) + "\n"
    write_all(files)
    return chosen
