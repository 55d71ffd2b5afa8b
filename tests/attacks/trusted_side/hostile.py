"""Submissions that aim at the grader's own handling of what was handed in: each with what it must come to.

Every one starts as the release of `ASSIGNMENT` with a right answer to `EXERCISE`; a function makes it hostile on disk.
"""

import json
import os
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from d2l_ch3.notebooks.cells import grade_id

ASSIGNMENT, EXERCISE, NOTEBOOK = "ps1-blocks", "parallel-block", "blocks"
TEST = f"test-{EXERCISE}"

Json = dict[str, Any]


@dataclass(frozen=True)
class Hostile:
    """One such submission. `rejected` is a word of the reason; where it is '', the answer earns full points."""

    name: str
    what: str
    spoil: Callable[[Path], None]
    rejected: str = ""

    def __str__(self) -> str:
        return self.name


HOSTILE: list[Hostile] = []


def on_disk(rejected: str = "") -> Callable[[Callable[[Path], None]], Callable[[Path], None]]:
    """Add to the list a function that is given the notebook's path."""
    def add(spoil: Callable[[Path], None]) -> Callable[[Path], None]:
        HOSTILE.append(Hostile(spoil.__name__.replace("_", "-"), str(spoil.__doc__), spoil, rejected))
        return spoil
    return add


def in_notebook(rejected: str = "") -> Callable[[Callable[[list[Json]], None]], Callable[[list[Json]], None]]:
    """Add to the list a function that is given the notebook's cells as JSON."""
    def add(change: Callable[[list[Json]], None]) -> Callable[[list[Json]], None]:
        def spoil(path: Path) -> None:
            notebook = json.loads(path.read_text(encoding="utf-8"))
            change(notebook["cells"])
            path.write_text(json.dumps(notebook), encoding="utf-8")
        HOSTILE.append(Hostile(change.__name__.replace("_", "-"), str(change.__doc__), spoil, rejected))
        return change
    return add


def code(source: str, name: str | None = None) -> Json:
    """A code cell."""
    return {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None,
            **({"id": name} if name else {})}


def text(source: str, **more: Any) -> Json:
    """A Markdown cell."""
    return {"cell_type": "markdown", "metadata": {}, "source": source, **more}


def the_test(cells: list[Json]) -> Json:
    """The test of the exercise."""
    return next(cell for cell in cells if grade_id(cell) == TEST)


# Files and folders.

@on_disk()
def long_file_names(path: Path) -> None:
    """Files whose names are as long as names may be, in letters of one byte and of three."""
    for name in ("x" * 251, "y" * 255, "名" * 85):
        (path.parent / name).write_text("1")


@on_disk()
def folders_one_in_another(path: Path) -> None:
    """1,100 folders, deeper than a path can say, and a file in the last."""
    at = os.open(path.parent, os.O_RDONLY)
    for _ in range(1100):
        os.mkdir("in", dir_fd=at)
        deeper = os.open("in", os.O_RDONLY, dir_fd=at)
        os.close(at)
        at = deeper
    os.close(os.open("file", os.O_WRONLY | os.O_CREAT, dir_fd=at))
    os.close(at)


@on_disk()
def names_that_are_no_text(path: Path) -> None:
    """A folder and a file whose names are not UTF-8, and one with a line's end in it."""
    for name in (b"\xff\xfe", b"line\nend"):
        folder = os.path.join(os.fsencode(path.parent), name)
        os.mkdir(folder)
        with open(os.path.join(folder, b"\xfd.csv"), "w") as file:
            file.write("1")


@on_disk()
def many_files(path: Path) -> None:
    """30,000 files: more than the scratch file system has room for."""
    folder = path.parent / "many"
    folder.mkdir()
    for number in range(30_000):
        os.close(os.open(folder / str(number), os.O_WRONLY | os.O_CREAT))


@on_disk()
def file_without_end(path: Path) -> None:
    """A terabyte of nothing, in a file that takes no room."""
    with (path.parent / "data.bin").open("wb") as file:
        file.truncate(1 << 40)


@on_disk()
def link_to_a_device(path: Path) -> None:
    """A link to a device that never ends, and one to the folder that it is in."""
    (path.parent / "zero.csv").symlink_to("/dev/zero")
    (path.parent / "again").symlink_to(".")


@on_disk()
def pipes(path: Path) -> None:
    """Pipes that nobody writes to, in place of data and of the time."""
    os.mkfifo(path.parent / "data.csv")
    os.mkfifo(path.parent / "timestamp.txt")


@on_disk()
def folder_for_the_time(path: Path) -> None:
    """A folder in its place."""
    (path.parent / "timestamp.txt").mkdir()


@on_disk()
def socket_for_the_time(path: Path) -> None:
    """A socket in its place, which nobody can open."""
    before = os.getcwd()
    os.chdir(path.parent)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind("timestamp.txt")
    os.chdir(before)


@on_disk()
def time_without_end(path: Path) -> None:
    """A terabyte of time."""
    with (path.parent / "timestamp.txt").open("wb") as file:
        file.write(b"2026-09-02 08:15:00 UTC")
        file.truncate(1 << 40)


@on_disk()
def time_far_away(path: Path) -> None:
    """A time that no clock will show, in a zone that there is not."""
    (path.parent / "timestamp.txt").write_text("99999999999999-12-31 25:61:61.1e999 " + "9" * 100)


@on_disk(rejected="MiB is the most")
def notebook_without_end(path: Path) -> None:
    """A notebook of a terabyte."""
    with path.open("r+b") as file:
        file.truncate(1 << 40)


@on_disk(rejected="not an ordinary file")
def pipe_for_a_notebook(path: Path) -> None:
    """A pipe in its place."""
    path.unlink()
    os.mkfifo(path)


# The notebook's form.

@on_disk(rejected="nested too deeply")
def nested_json(path: Path) -> None:
    """Lists one in another, a million deep."""
    path.write_text('{"cells": ' + "[" * 1_000_000)


@on_disk(rejected="cells")
def millions_of_cells(path: Path) -> None:
    """Two million empty cells."""
    path.write_text('{"cells": [' + "{}," * 2_000_000 + "{}]}")


@in_notebook(rejected="cells")
def sixty_thousand_copies_of_a_test(cells: list[Json]) -> None:
    """One test cell, again and again."""
    cells += [the_test(cells)] * 60_000


@in_notebook()
def thousands_of_copies_of_a_test(cells: list[Json]) -> None:
    """As many copies as there may be cells."""
    cells += [the_test(cells)] * 4_900


@in_notebook()
def ids_that_collide(cells: list[Json]) -> None:
    """Ids so chosen that the new name of the last is taken too, however it is made from its place."""
    taken = ["x" * 50 + f"-{number}" for number in range(200)]
    cells += [text("", id=name) for name in ["x" * 50, *taken, *["x" * 50] * 100]]


@in_notebook()
def tags_and_attachments(cells: list[Json]) -> None:
    """A hundred thousand tags, and as many attached pictures."""
    many = range(100_000)
    cells.append(text("![a](attachment:nothing.png)"))
    cells.append(text("![a](attachment:a1.png)", attachments={f"a{one}.png": {"image/png": "QQ=="} for one in many}))
    cells[-1]["metadata"]["tags"] = [f"t{one}" for one in many]


@in_notebook()
def text_that_is_slow_to_render(cells: list[Json]) -> None:
    """Markdown that takes a parser time that grows with the square of its length."""
    cells += [text(each * 200_000) for each in ("[", "![", "*a ", "`a", "$a", "> ", "[a](", "|a")]


@in_notebook()
def code_that_is_slow_to_highlight(cells: list[Json]) -> None:
    """Megabytes of code, on one line and on many."""
    cells += [code(each) for each in ("'" + "x " * 1_000_000, "(" * 1_000_000, "x = 1\n" * 300_000)]


@in_notebook()
def links_that_run(cells: list[Json]) -> None:
    """Links to scripts, in every way to write one, in what is written and in what cells show."""
    cells += [text(each) for each in LINKS]
    cells += [code("from IPython.display import HTML, Latex, Markdown, display\n"
                   f"display(Markdown({each!r}), HTML({each!r}), Latex({each!r}))") for each in LINKS]


LINKS = [
    "[x](javascript\\:alert(1))", "[x](java\\script\\:alert(1))", "[x](JaVaScRiPt:alert(1))",
    "![x](javascript\\:alert(1))",
    "[x](javascript&colon;alert(1))", "[x](javascript&#x3a;alert(1))", "[x](<javascript\\:alert(1)>)",
    "[x](\tjavascript\\:alert(1))", "[x](\x01javascript\\:alert(1))", "[x]\n\n[x]: javascript\\:alert(1)",
    "[x][y]\n\n[y]: <javascript\\:alert(1)> 'title'", "[x](vbscript\\:alert(1))", "[x](data\\:text/html,alert(1))",
    "<javascript:alert(1)>", "<a href='javascript&colon;alert(1)'>x</a>", "<a href=' java\nscript:alert(1)'>x</a>",
    "$\\href{javascript:alert(1)}{x}$", "$$\\href{javascript:alert(1)}{x}$$", "[![y](a.png)](javascript\\:alert(1))",
    "[x\\]](javascript\\:alert(1))", "\\\\[x](javascript\\:alert(1))", "| [x](javascript\\:alert(1)) |\n|-|\n| a |",
    "> - [x](javascript\\:alert(1))", "[x](view-source\\:alert(1))", "[x](blob\\:alert(1))"]


# What cells show.

@in_notebook()
def tags_one_in_another(cells: list[Json]) -> None:
    """A hundred thousand tags, none of them closed."""
    cells += [code(f"from IPython.display import HTML, display\ndisplay(HTML({tag!r} * 100_000))")
              for tag in ("<b>", "<div>", "<ul><li>", "<table><tr><td>")]


@in_notebook()
def tags_in_thousands_of_displays(cells: list[Json]) -> None:
    """Displays of many tags each, as many as there may be."""
    cells.append(code("from IPython.display import HTML, display\n"
                      "for _ in range(3000): display(HTML('<b>a</b>' * 500))"))


@in_notebook()
def output_in_sixty_cells(cells: list[Json]) -> None:
    """Sixty cells that print as much as one may."""
    cells += [code("print('x' * 99 + '\\n' * 1, end='' * 20_000)\nprint(('x' * 99 + '\\n') * 20_000)")] * 60


@in_notebook()
def one_long_line(cells: list[Json]) -> None:
    """One line of two megabytes that looks like a path, or like colours."""
    cells += [code(f"print({each!r} * (2_000_000 // {len(each)}))") for each in ("/a", "~/", "x", "\x1b[1m", "http://a")]


@in_notebook()
def deaf_while_children_take_memory(cells: list[Json]) -> None:
    """Stops reading what it is sent, and lets a child take memory meanwhile."""
    cells += [code("import os, signal, time\nif not os.fork():\n    time.sleep(0.5)\n"
                   "    os.kill(os.getppid(), signal.SIGSTOP)\n    kept = []\n"
                   "    for _ in range(1000):\n        kept.append(bytearray(4 << 20))\n    time.sleep(99)\n"),
              code("time.sleep(1)"), code("x = '" + "y" * 4_000_000 + "'")]
