"""The folder that a teacher hands out, and the zip file of it."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from d2l_ch3.files import write_whole
from d2l_ch3.handout.packed import WHEEL, pins, wheel, zipped
from d2l_ch3.handout.release import NotMade, write_release
from d2l_ch3.lab.folder import RELEASE, START_PAGE, WORK
from d2l_ch3.language import Text

FILES = Path(__file__).parent / "student_files"
PROGRAMS = (".sh",)

_OTHERS = Text("{folder} 里有别的东西，不是以前做的发放文件夹，没有动它：用 --to 换个地方。",
               "{folder} holds something else and is no hand-out made before; it was left alone. Name another place "
               "with --to.")


def hand_out(course: Path, edition: str, to: Path, names: Sequence[str] = ()) -> tuple[Path, Path]:
    """Make the hand-out of an edition and its problem sets (all), and a zip file, in `to`; returns the two paths.

    An earlier one in the same place is brought up to date; what was written in its `work` stays. Raises NotMade and
    OSError.
    """
    folder = to / f"d2l_ch3-{edition}"
    if folder.exists() and any(folder.iterdir()) and not (folder / RELEASE / START_PAGE).is_file():
        raise NotMade(_OTHERS.format(folder=folder))
    with tempfile.TemporaryDirectory() as scratch:
        new = Path(scratch)
        write_release(course, edition, new / RELEASE, names)
        files = {f"{RELEASE}/{path.relative_to(new / RELEASE).as_posix()}": path.read_bytes()
                 for path in sorted((new / RELEASE).rglob("*")) if path.is_file()}
    files |= {name: text.encode() for name, text in around(edition).items()}
    files[WHEEL] = wheel()
    shutil.rmtree(folder / RELEASE, ignore_errors=True)
    for name, content in files.items():
        write_whole(folder / name, content, mode=0o755 if name.endswith(PROGRAMS) else 0o644)
    archive = folder.with_suffix(".zip")
    write_whole(archive, zipped({f"{folder.name}/{name}": content for name, content in files.items()}, PROGRAMS))
    return folder, archive


def around(edition: str) -> dict[str, str]:
    """What stands around the notebooks: how to begin, and what it needs."""
    words = {"EDITION": edition, "WHEEL": WHEEL, "RELEASE": RELEASE, "WORK": WORK}
    made = {"requirements.txt": "\n".join([*pins(), f"./{WHEEL}", ""])}
    for path in sorted(FILES.iterdir()):
        name, *language = path.name.split("--")
        if language in ([], [edition]):
            text = path.read_text(encoding="utf-8")
            for word, value in words.items():
                text = text.replace(f"@{word}@", value)
            made[name] = text.replace("\n", "\r\n") if name.endswith(".bat") else text
    return made
