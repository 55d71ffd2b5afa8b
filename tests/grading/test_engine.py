"""The grading engine on ordinary notebooks: what cells show, how they are stopped, what tests earn."""

import base64
import json
import math
import re
import signal
import tempfile
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import nbformat
import pytest
import torch

from d2l_ch3.grading.inside import Server
from d2l_ch3.grading.isolation import COURSE, HOME, WORK, View
from d2l_ch3.grading.tasks import Graded
from d2l_ch3.grading.wire import MAX_TEXT, Channel, Malformed, pack, unpack
from d2l_ch3.grading.worker import dumps
from d2l_ch3.notebooks.master import Master, MasterCell
from d2l_ch3.notebooks.secrets import Secrets
from tools.bank import IMPORTS, answers

RIGHT = answers("parallel-block")[0].cell
CHECK = "checks.parallel_block(ParallelBlock)"
MIB = 1024 ** 2

Outputs = list[dict[str, Any]]


class Lab:
    """Grades notebooks made of a few cells."""

    def __init__(self, grader: Any, folder: Path) -> None:
        self._grader, self._path = grader, folder / "lab.ipynb"

    def grade(self, *cells: str | MasterCell, student: str = "s", **options: Any) -> Graded:
        """Grade a notebook of these cells; options are those of the `grader`."""
        tests = tuple(cell for cell in cells if isinstance(cell, MasterCell))
        master = Master("ps1-blocks", "lab", tests, {"name": "python3", "display_name": "Python 3"})
        written = [nbformat.v4.new_code_cell(cell.source, id=cell.grade_id) if isinstance(cell, MasterCell)
                   else nbformat.v4.new_code_cell(cell, id=f"own-{number}") for number, cell in enumerate(cells)]
        nbformat.write(nbformat.v4.new_notebook(cells=written), self._path)
        graded: Graded = self._grader.grade(self._path, master.assignment, student, master, **options)
        nbformat.validate(nbformat.reads(dumps(graded), as_version=4))
        return graded

    def outputs(self, *cells: str, **options: Any) -> Outputs:
        """What the last of these cells shows."""
        return outputs_of(self.grade(*cells, **options), -1)

    def points(self, *cells: str, most: float = 4, **options: Any) -> float | None:
        """What the last of these cells earns as a test."""
        return self.grade(*cells[:-1], a_test(cells[-1], points=most), **options).scores["test"]


def a_test(source: str, name: str = "test", points: float = 4) -> MasterCell:
    """A test cell of the master's."""
    return MasterCell(name, "code", source, "", True, grade=True, points=points,
                      without_secrets=Secrets().without(source))


def outputs_of(graded: Graded, cell: int | str) -> Outputs:
    """The outputs of a cell by its place or its id."""
    cells = graded.notebook["cells"]
    found = cells[cell] if isinstance(cell, int) else next(each for each in cells if each["id"] == cell)
    outputs: Outputs = found["outputs"]
    return outputs


def text_of(outputs: Outputs, name: str = "stdout") -> str:
    """What was printed."""
    return "".join(output["text"] for output in outputs if output["output_type"] == "stream" and output["name"] == name)


def error_in(outputs: Outputs) -> dict[str, Any]:
    """The error among the outputs."""
    (error,) = (output for output in outputs if output["output_type"] == "error")
    return error


def traceback_in(outputs: Outputs) -> str:
    """The traceback among the outputs, without colours."""
    return re.sub(r"\x1b\[[\d;]*m", "", "\n".join(error_in(outputs)["traceback"]))


def shown(outputs: Outputs, kind: str) -> list[Any]:
    """What was displayed of one MIME type."""
    return [output["data"][kind] for output in outputs if kind in output.get("data", {})]


@pytest.fixture
def lab(grader: Any, tmp_path: Path) -> Lab:
    return Lab(grader, tmp_path)


# What cells show.

@pytest.mark.parametrize(("cell", "printed"), [
    ("print('一', 2)", "一 2\n"),
    ("%%capture kept\nprint(1)", ""),
    ("%%capture kept\nprint(1)\n\n", ""),
    ("!echo in the shell", "in the shell"),
    ("%%bash\necho $((1 + 1))", "2\n"),
    ("import os\n_ = os.system('echo below Python')", "below Python\n"),
    ("import subprocess, sys\n_ = subprocess.run([sys.executable, '-c', 'print(7)'])", "7\n"),
    ("import subprocess\n_ = subprocess.run('echo aside >&2', shell=True)", "aside\n"),
    ("import os\n_ = os.write(1, b'raw')", "raw"),
    ("import asyncio\nawait asyncio.sleep(0)\nprint(await asyncio.sleep(0, 'awaited'))", "awaited\n"),
    ("import sys\nsys.stdout.write('no newline')\nNone", "no newline"),
    ("from IPython.display import clear_output\nprint('old')\nclear_output()\nprint('new')", "new\n"),
    ("%cd -q /\n%cd -q -\n%bookmark here\nprint(3)", "3\n"), ("%rehashx\nprint(3)", "3\n"),
    ("%cd -q\nimport os\nprint(os.getcwd() == os.environ['HOME'])", "True\n"),
    ("x = 3\n%store x\ndel x\n%store -r\nprint(x)", "Stored 'x' (int)\n3\n"),
    ("from IPython import get_ipython\nprint(get_ipython() is not None, __name__)", "True __main__\n"),
])
def test_text(lab: Lab, cell: str, printed: str) -> None:
    assert text_of(lab.outputs(cell)).replace("\r\n", "\n").strip() == printed.strip()


def test_time_magic_runs_the_cell_and_says_how_long_it_took(lab: Lab) -> None:
    outputs = lab.outputs("%time x = 41 + 1", "%%time\nprint(x)")
    assert text_of(outputs).startswith("42\n")
    assert "Wall time" in text_of(outputs)


def test_stdout_and_stderr_are_kept_apart(lab: Lab) -> None:
    outputs = lab.outputs("import sys\nprint('out')\nprint('err', file=sys.stderr)")
    assert (text_of(outputs), text_of(outputs, "stderr")) == ("out\n", "err\n")


def test_results_and_displays(lab: Lab) -> None:
    outputs = lab.outputs("from IPython.display import HTML, display\nprint('first')\ndisplay(HTML('<b>一</b>'))\n"
                          "class Rich:\n    def _repr_html_(self): return '<i>rich</i>'\nRich()")
    assert [output["output_type"] for output in outputs] == ["stream", "display_data", "execute_result"]
    assert shown(outputs, "text/html") == ["<b>一</b>", "<i>rich</i>"]


def test_a_display_is_updated(lab: Lab) -> None:
    outputs = lab.outputs("from IPython.display import display\nhandle = display('old', display_id=True)\n"
                          "handle.update('new')")
    assert shown(outputs, "text/plain") == ["'new'"]


@pytest.mark.parametrize("last", ["", "\nplt.show()"])
def test_a_figure_is_a_picture(lab: Lab, last: str) -> None:
    outputs = lab.outputs("import matplotlib.pyplot as plt", "_ = plt.plot([1, 3, 2])" + last)
    (picture,) = shown(outputs, "image/png")
    assert base64.b64decode(picture).startswith(b"\x89PNG")


def test_chinese_in_a_figure_has_its_glyphs(lab: Lab) -> None:
    outputs = lab.outputs("import matplotlib.pyplot as plt\nfrom d2l_ch3 import show",
                          "import zhplot\n_ = plt.plot([1, 2])\n_ = plt.title('损失')")
    assert len(shown(outputs, "image/png")) == 1
    assert "missing" not in text_of(outputs, "stderr")


def test_a_traceback_names_the_line(lab: Lab) -> None:
    outputs = lab.outputs("def half(x):\n    return x / 0\nhalf(1)")
    assert error_in(outputs)["ename"] == "ZeroDivisionError"
    assert "return x / 0" in traceback_in(outputs)


def test_a_syntax_error_costs_its_cell_only(lab: Lab) -> None:
    graded = lab.grade("x = 1", "for in", a_test("assert x == 1"))
    assert error_in(outputs_of(graded, 1))["ename"] == "SyntaxError"
    assert graded.scores == {"test": 4.0}


def test_half_of_a_surrogate_pair_can_be_written(lab: Lab) -> None:
    graded = lab.grade("print('\\ud800')", "raise ValueError('\\udc00')",
                       "from IPython.display import display\ndisplay({'text/html': '\\ud800'}, raw=True)")
    json.dumps(graded.notebook, ensure_ascii=False).encode()


@pytest.mark.parametrize("bundle", [
    "{'image/xjson': {'a': 1}, 'text/plain': 'x'}", "{'text/plain': 'x', 'text/html': ['<b>', '</b>']}",
    "{'text/plain': 'x', 'application/json': float('nan')}", "{'text/plain': 'x', 'image/png': b'1'}"])
def test_a_display_of_no_valid_form_leaves_a_valid_notebook(lab: Lab, bundle: str) -> None:
    graded = lab.grade(f"from IPython.display import display\ndisplay({bundle}, raw=True)")
    json.dumps(graded.notebook, allow_nan=False)
    assert shown(outputs_of(graded, 0), "text/plain") == ["x"]


def test_waiting_to_clear_keeps_what_nothing_replaces(lab: Lab) -> None:
    wait = "from IPython.display import clear_output\nprint('kept')\nclear_output(wait=True)"
    assert text_of(lab.outputs(wait)) == "kept\n"
    assert text_of(lab.outputs(wait + "\nprint('new')")) == "new\n"


def test_an_error_is_shown_after_too_much_output(lab: Lab) -> None:
    assert error_in(lab.outputs("print('x' * 20_000)\nraise ValueError('why')", output=10_000))["evalue"] == "why"


def test_a_figure_stays_in_its_cell(lab: Lab) -> None:
    graded = lab.grade("import matplotlib.pyplot as plt", a_test("_ = plt.plot([1, 2])"), "x = 1")
    assert [len(shown(outputs_of(graded, cell), "image/png")) for cell in (1, 2)] == [1, 0]


# Where it runs.

def test_it_runs_in_an_empty_folder_with_an_environment_of_its_own(
        lab: Lab, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_OF_THE_INSTRUCTOR", "1")
    look = "import os\nprint(os.getcwd(), os.listdir(), os.environ['HOME'], sorted(os.environ))"
    printed = text_of(lab.outputs(look))
    assert printed.startswith(f"{WORK} [] {HOME}")
    assert "SECRET" not in printed


def test_a_course_among_the_folders_of_packages_is_not_shown(
        tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packages, course = tmp_path / "packages", tmp_path / "course"
    for folder in (packages, course):
        folder.mkdir()
        monkeypatch.syspath_prepend(folder)
    (course / COURSE).touch()
    shown = View.usual([]).shown
    assert str(packages) in shown
    assert str(course) not in shown


def test_files_of_the_assignment_are_there(lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "training.csv").write_text("1,2")
    read = "print(open('data/training.csv').read())\nopen('data/training.csv', 'w').write('mine')"
    files = ((str(tmp_path / "training.csv"), "data/training.csv"),)
    assert text_of(lab.outputs(read, files=files)) == "1,2\n"
    assert (tmp_path / "training.csv").read_text() == "1,2"


def test_many_files_of_the_assignment_are_there(lab: Lab, tmp_path: Path) -> None:
    for number in range(3000):
        (tmp_path / f"{number}-{'x' * 40}.png").touch()
    files = tuple((str(path), path.name) for path in sorted(tmp_path.glob("*.png")))
    assert text_of(lab.outputs("import os\nprint(len(os.listdir()))", files=files)) == "3000\n"


# Stopping.

@pytest.mark.parametrize(("cell", "name", "reason"), [
    ("import os\nos._exit(3)", "Exit", "3"),
    ("import os\nos.abort()", "Crash", "SIG"),
    ("import ctypes\nctypes.string_at(0)", "Crash", "SIGSEGV"),
    ("import time\nwhile True:\n    try: time.sleep(9)\n    except KeyboardInterrupt: pass", "Time", "1"),
    ("x = 1\nwhile True: pass", "Time", "1"),
])
def test_a_cell_that_ends_or_never_ends_costs_itself_only(lab: Lab, cell: str, name: str, reason: str) -> None:
    graded = lab.grade("y = 2", a_test("assert y == 2", "before"), cell, "z = 3",
                       a_test("assert (y, z) == (2, 3)", "after"), cell_time=1.5)
    assert graded.scores == {"before": 4.0, "after": 4.0}
    errors = [output for output in outputs_of(graded, 2) if output["output_type"] == "error"]
    assert errors[-1]["ename"] == name
    assert reason in errors[-1]["evalue"]
    assert list(graded.record["failures"].values()) == [name.lower()]


def test_a_cell_that_uses_up_the_processor_time_is_killed(lab: Lab) -> None:
    graded = lab.grade("y = 2", "while True: pass", a_test("assert y == 2"), cpu_time=1)
    assert error_in(outputs_of(graded, 1))["ename"] == "Killed"
    assert graded.scores == {"test": 4.0}


def test_what_an_interrupted_cell_defined_stays_defined(lab: Lab) -> None:
    graded = lab.grade("x = 1\nwhile True: pass", a_test("assert x == 1"), cell_time=1)
    assert graded.scores == {"test": 4.0}
    enames = [output["ename"] for output in outputs_of(graded, 0)]
    assert enames == ["KeyboardInterrupt", "Time"]


def test_an_interrupt_does_not_cut_a_message(monkeypatch: pytest.MonkeyPatch) -> None:
    class Connection:
        """Takes five bytes at a time; in the middle of a message the interrupt comes."""

        taken = b""

        def settimeout(self, _: float) -> None: ...

        def send(self, data: memoryview) -> int:
            self.taken += bytes(data[:5])
            if len(self.taken) == 10:
                signal.raise_signal(signal.SIGINT)
            return len(data[:5])

    server = Server(SimpleNamespace(), Channel(connection := Connection(), MIB))
    monkeypatch.setattr(server, "_busy", True)
    before = signal.signal(signal.SIGINT, server.interrupt)
    try:
        with pytest.raises(KeyboardInterrupt):
            server.emit({"text": "x" * 99})
        taken = connection.taken
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
    finally:
        signal.signal(signal.SIGINT, before)
    assert json.loads(taken[8:])["output"] == {"text": "x" * 99}


def test_threads_do_not_mix_their_messages(lab: Lab) -> None:
    graded = lab.grade(
        "import threading\nfrom IPython.display import display\n"
        "def show(letter):\n    for _ in range(20): display({'text/plain': letter * 300_000}, raw=True)\n"
        "threads = [threading.Thread(target=show, args=letter) for letter in 'abcd']\n"
        "for thread in threads: thread.start()\nfor thread in threads: thread.join()\ny = 2", a_test("assert y == 2"))
    assert graded.scores == {"test": 4.0}
    assert not graded.record["failures"]


def test_what_a_killed_cell_printed_is_kept(lab: Lab) -> None:
    outputs = lab.outputs("import os\nprint('last words', flush=True)\nos._exit(0)")
    assert text_of(outputs) == "last words\n"


def test_two_cells_that_end_the_process_cost_two_questions(lab: Lab) -> None:
    graded = lab.grade("a = 1", "import os; os._exit(1)", a_test("assert a", "first"), "b = 1", "import os; os.abort()",
                       a_test("assert a and b", "second"), a_test("import os; os._exit(0)", "third"),
                       a_test("assert a and b", "fourth"))
    assert graded.scores == {"first": 4.0, "second": 4.0, "third": 0.0, "fourth": 4.0}


def test_a_loop_and_several_crashes_leave_the_other_questions_alone(lab: Lab) -> None:
    crash = "import os; os._exit(0)"
    graded = lab.grade("while True: pass", *[crash] * 6, a_test("pass"), cell_time=1, notebook_time=5)
    assert graded.scores == {"test": 4.0}


@pytest.mark.parametrize("cell", [
    "kept = []\nwhile True: kept.append(bytearray(1 << 20))",
    "import torch\nkept = [torch.ones(1 << 18) for _ in range(10_000)]"])
def test_too_much_memory_costs_its_cell_only(lab: Lab, cell: str) -> None:
    graded = lab.grade("y = 2", cell, "kept = None", a_test("assert y == 2"), memory=256 * MIB)
    assert graded.scores == {"test": 4.0}
    assert error_in(outputs_of(graded, 1))["ename"] in ("Memory", "MemoryError", "RuntimeError")


HOARD = """
import os, time
def hoard():
    for _ in range(3):
        ready, done = os.pipe()
        if not os.fork():
            kept = bytearray(b"x") * (150 << 20)
            os.write(done, b"x")
            time.sleep(600)
            os._exit(0)
        os.read(ready, 1)
"""


RUNNING = """
import pathlib
print([path.parent.name for path in pathlib.Path("/proc").glob("[0-9]*/stat") if ") Z " not in path.read_text()])
"""


def test_what_a_cell_defined_before_its_processes_took_too_much_memory_stays(lab: Lab) -> None:
    """By the rule of the clock and of endless output; its processes do not go on into the next cell."""
    graded = lab.grade(HOARD, "x = 1\nhoard()\ntime.sleep(600)", a_test("assert x == 1"), RUNNING, memory=400 * MIB)
    assert [output["ename"] for output in outputs_of(graded, 1)] == ["KeyboardInterrupt", "Memory"]
    assert graded.scores == {"test": 4.0}
    assert text_of(outputs_of(graded, -1)) == "['1']\n"
    assert list(graded.record["failures"].values()) == ["memory"]


def test_a_cell_is_told_of_the_memory_of_its_processes_however_soon_it_ends(lab: Lab) -> None:
    graded = lab.grade(HOARD, "x = 1\nhoard()", a_test("assert x == 1"), RUNNING, memory=400 * MIB)
    assert [output["ename"] for output in outputs_of(graded, 1)][-1] == "Memory"
    assert graded.scores == {"test": 4.0}
    assert text_of(outputs_of(graded, -1)) == "['1']\n"


def test_a_cell_that_goes_on_taking_memory_is_ended_and_left_out(lab: Lab) -> None:
    again = "x = 1\nwhile True:\n    try:\n        hoard()\n        time.sleep(600)\n    except KeyboardInterrupt: pass"
    graded = lab.grade(HOARD + "y = 2", again, a_test("assert y == 2 and 'x' not in dir()"), memory=400 * MIB)
    assert [output["ename"] for output in outputs_of(graded, 1)] == ["Memory"]
    assert graded.scores == {"test": 4.0}


def test_too_much_output_is_cut_and_said_so(lab: Lab) -> None:
    graded = lab.grade("for i in range(3000): print('x' * 99)\ny = 2", a_test("assert y == 2"), output=10_000)
    text = text_of(outputs_of(graded, 0))
    assert text.startswith("x" * 99)
    assert 9_000 < len(text) < 11_000
    assert "输出太长" in text
    assert graded.scores == {"test": 4.0}


def test_a_notebook_without_end_is_stopped_and_says_so(lab: Lab) -> None:
    graded = lab.grade("y = 2", a_test("assert y", "before"), *["import time; time.sleep(1)"] * 4,
                       a_test("import time; time.sleep(1)", "after"), notebook_time=2)
    assert graded.scores == {"before": 4.0, "after": 0.0}
    assert error_in(outputs_of(graded, "after"))["ename"] == "NotebookTime"


def test_many_cells_do_not_outlast_the_notebooks_time(lab: Lab) -> None:
    graded = lab.grade(*["import time; time.sleep(0.005)"] * 1000, a_test("pass"), notebook_time=1)
    assert graded.scores == {"test": 0.0}


@pytest.mark.parametrize("cell", [
    "import sys\nclass Writer:\n    def write(self, text): pass\nsys.stdout = Writer()",
    "import sys\nsys.stdout = None",
    "import io, sys\nsys.stdout = io.StringIO()"])
def test_another_stdout_does_not_end_the_process(lab: Lab, cell: str) -> None:
    graded = lab.grade(f"{cell}\nx = 1", a_test("assert x == 1"))
    assert graded.scores == {"test": 4.0}


def test_the_reasons_are_in_the_language_of_the_notebook(lab: Lab) -> None:
    language = "import d2l_ch3\nd2l_ch3.set_language('en')"
    outputs = outputs_of(lab.grade(language, "import os; os._exit(3)"), 1)
    assert error_in(outputs)["evalue"].startswith("It ended the whole process (exit status 3)")


@pytest.mark.parametrize("cell", [
    "exit()", "quit", "import sys; sys.exit(1)", "raise SystemExit", "raise KeyboardInterrupt", "raise GeneratorExit",
    "class E(BaseException): pass\nraise E"])
def test_leaving_a_cell_leaves_the_process_alone(lab: Lab, cell: str) -> None:
    graded = lab.grade("y = 2", cell, a_test("assert y == 2"))
    assert graded.scores == {"test": 4.0}
    assert graded.record["failures"] == {}


def test_a_cell_that_forks_answers_once(lab: Lab) -> None:
    graded = lab.grade("import os\nx = os.fork()\nprint('here')", a_test("assert x > 0"))
    assert graded.scores == {"test": 4.0}


# Checks.

def graded_check(lab: Lab, answer: str = RIGHT, check: str = CHECK, **options: Any) -> Graded:
    return lab.grade(IMPORTS, answer, a_test(check, points=6), **options)


def test_a_check_is_judged_outside_and_shows_its_card(lab: Lab) -> None:
    graded = graded_check(lab)
    assert graded.scores == {"test": 6.0}
    assert graded.record["decided_inside"] == []
    (report,) = graded.record["reports"]
    assert (report["exercise"], report["points"]) == ("parallel-block", 6.0)
    (result,) = outputs_of(graded, "test")
    assert result["data"]["text/plain"] == "6.0"
    assert "并行块 `parallel_block`  6 / 6" in result["data"]["text/html"]


COUNT = """
import sys
sys.calls = 0  # what stands in the notebook is put back after each trial
class Counted(ParallelBlock):
    def __init__(self, *nets):
        sys.calls += 1
        super().__init__(*nets)
Counted.__name__ = 'ParallelBlock'
ParallelBlock = Counted
"""


def test_one_probe_a_check_whatever_number_of_calls_its_cell_has(lab: Lab) -> None:
    """The visible call and the hidden one are one probe, with a seed that neither of them has."""
    counts = []
    for check in (CHECK, f"{CHECK}\n### BEGIN HIDDEN TESTS\n{CHECK[:-1]}, seed=5)\n### END HIDDEN TESTS"):
        graded = lab.grade(IMPORTS, RIGHT, COUNT, a_test(check, points=6), "print(sys.calls)")
        assert graded.scores == {"test": 6.0}
        counts.append(text_of(outputs_of(graded, -1)))
        assert "HIDDEN" not in json.dumps(graded.notebook)
    assert counts[0] == counts[1] != "0\n"


SPY = """
class ParallelBlock(nn.Module):
    def __init__(self, *nets):
        super().__init__()
        self.nets = nets
    def forward(self, X):
        print(X.sum().item())
        return torch.cat([net(X) for net in self.nets], -1)
"""


def test_a_regrade_asks_the_same_and_other_students_are_asked_otherwise(lab: Lab) -> None:
    one, again, *others = (graded_check(lab, SPY, student=student) for student in "aabcdef")
    assert text_of(outputs_of(one, "test"))
    assert dumps(one) == dumps(again)
    assert len({text_of(outputs_of(each, "test")) for each in (one, *others)}) > 2


@pytest.mark.parametrize(("answer", "misconception"), [
    ("", "not-defined"),
    ("ParallelBlock = 3", "wrong-argument"),
    ("import os\nclass ParallelBlock(nn.Module):\n    def __init__(self, *_): os._exit(0)", "stopped"),
    ("class ParallelBlock(nn.Module):\n    def __init__(self, *_):\n        while True: pass", "stopped"),
])
def test_a_check_without_evidence_says_why(lab: Lab, answer: str, misconception: str) -> None:
    graded = graded_check(lab, answer, cell_time=2)
    assert graded.scores == {"test": 0.0}
    (report,) = graded.record["reports"]
    assert report["misconceptions"] == [misconception]


FORGED_CARD = """
from d2l_ch3.checks.report import Report
Report._repr_html_ = lambda report: "all of it is right"
class TinyModule: pass
"""


def test_a_bonus_is_judged_outside_like_any_check_and_gives_no_points(grader: Any) -> None:
    for answer, said in ((answers("tiny-module")[0].cell, "5 / 5"), (FORGED_CARD, "0 / 5")):
        graded = grader.grade(grader.course.hand_in("s", "ps1-blocks", {"tiny-module": answer}), "ps1-blocks")
        (card,) = shown(outputs_of(graded, "test-tiny-module"), "text/html")
        assert said in card and "all of it is right" not in card
        assert not any("tiny" in name for name in graded.scores)


@pytest.mark.parametrize("check", [
    f"assert ParallelBlock\n{CHECK}", f"report = {CHECK}\nassert report.points == 6\nreport", f"float({CHECK})"])
def test_a_check_among_other_things_is_decided_inside(lab: Lab, check: str) -> None:
    graded = lab.grade(IMPORTS + "from d2l_ch3 import checks", RIGHT, a_test(check, points=6))
    assert graded.scores == {"test": 6.0}
    assert graded.record["decided_inside"] == ["test"]


# Plain tests.

@pytest.mark.parametrize(("source", "points"), [
    ("assert True", 4), ("assert 1 == 2", 0), ("raise ValueError", 0), ("import sys; sys.exit(0)", 0), ("for in", 0),
    ("2", 2), ("1.5", 1.5), ("0", 0), ("7", 4), ("10 ** 400", 4), ("-1", 0), ("float('nan')", 0), ("float('inf')", 0),
    ("True", 4), ("False", 4), ("None", 4), ("'1'", 4), ("import torch\ntorch.tensor(1.)", 4), ("x = 0", 4),
    ("", 4), ("# nothing", 4), ("import warnings\nwarnings.warn('old')", 4),
    ("import sys\nprint('!', file=sys.stderr)", 4), ("import sys\nprint('!', file=sys.stderr)\n3", 3),
    ("%time pass", 4), ("!true", 4), ("import numpy\nnumpy.float64(2.5)", 2.5), ("import numpy\nnumpy.int64(3)", 3),
    ("import asyncio\nawait asyncio.sleep(0)", 4), ("import asyncio\nawait asyncio.sleep(0, 2)", 2),
    ("raise KeyboardInterrupt", 0), ("class E(BaseException): pass\nraise E", 0),
    ("import asyncio\nassert asyncio.get_running_loop().is_running()", 4),
    ("%%capture\nassert 1 == 2", 0), ("get_ipython().run_cell('1 / 0')", 0), ("%%time\nassert 1 == 2", 0),
])
def test_what_a_plain_test_earns(lab: Lab, source: str, points: float) -> None:
    graded = lab.grade(a_test(source))
    assert graded.scores == {"test": points}
    assert graded.record["decided_inside"] == ["test"]


def test_all_cells_share_one_event_loop_that_is_running(lab: Lab) -> None:
    """As in a kernel: what one cell started goes on in the next, and a test can wait for it."""
    graded = lab.grade(
        "import asyncio\nasync def later(x):\n    return x", "task = asyncio.create_task(later(7))",
        a_test("assert await task == 7", "task"), "lock = asyncio.Lock()\nawait lock.acquire()",
        a_test("await asyncio.wait_for(asyncio.gather(lock.acquire(), asyncio.to_thread(int)), 0.1)", "locked"),
        a_test("lock.release()\nasync with lock:\n    pass", "released"), a_test("asyncio.run(later(1))", "nested"))
    assert graded.scores == {"task": 4.0, "locked": 0.0, "released": 4.0, "nested": 0.0}


def test_a_cell_that_waits_for_ever_is_interrupted_and_what_follows_is_graded(lab: Lab) -> None:
    graded = lab.grade("x = 1\nimport asyncio\nawait asyncio.Event().wait()", a_test("assert x == 1", "before"),
                       a_test("await asyncio.Event().wait()", "itself"), a_test("await asyncio.sleep(0)", "after"),
                       cell_time=1)
    assert graded.scores == {"before": 4.0, "itself": 0.0, "after": 4.0}


def test_a_failing_assert_shows_its_message(lab: Lab) -> None:
    graded = lab.grade("x = 1", a_test("assert x == 2, 'x 应该是 2'"))
    outputs = outputs_of(graded, "test")
    assert error_in(outputs)["evalue"] == "x 应该是 2"
    assert "assert x == 2" in traceback_in(outputs)


def test_a_test_sees_what_came_before_and_leaves_its_names(lab: Lab) -> None:
    assert lab.points("x = 1", "y = x + 1\nassert y == 2", most=3) == 3
    graded = lab.grade(a_test("y = 2", "first"), a_test("assert y == 2", "second"))
    assert graded.scores == {"first": 4.0, "second": 4.0}


# Without isolation.

def test_without_isolation_it_earns_the_same_and_leaves_nothing(
        lab: Lab, tmp_path: Path) -> None:
    (tmp_path / "data.csv").write_text("1,2")
    cells = (IMPORTS, RIGHT, "text = open('data.csv').read()\nopen('left.txt', 'w').write('x')",
             a_test(CHECK, "checked", points=6), a_test("assert text == '1,2'", "plain"), "import os; os._exit(0)",
             a_test("2", "partial"), "print(os.getcwd())")
    files = ((str(tmp_path / "data.csv"), "data.csv"),)
    inside, outside = (lab.grade(*cells, isolated=isolated, files=files) for isolated in (True, False))
    assert inside.scores == outside.scores == {"checked": 6.0, "plain": 4.0, "partial": 2.0}
    assert (inside.record["isolated"], outside.record["isolated"]) == (True, False)
    assert list(Path(tempfile.gettempdir()).glob("d2l-ch3-*")) == []


# Evidence on its way.

CARRIED = [
    None, True, False, 0, -7, 2 ** 70, 1.5, math.inf, "", "一", [], {}, [[], {}, [None]], {"a": {"b": [1, "x"]}},
    torch.tensor(2.0), torch.tensor(True), torch.empty(0), torch.empty(2, 0, 3), torch.arange(3, dtype=torch.int64),
    torch.ones(2, dtype=torch.bfloat16), torch.ones(2, dtype=torch.float16), torch.zeros(2, dtype=torch.uint8),
    torch.tensor([1 + 2j], dtype=torch.complex128), torch.tensor(1j, dtype=torch.complex64).conj(),
    torch.empty(0, dtype=torch.complex64), torch.tensor([math.inf, -math.inf]), torch.arange(16.0).reshape(4, 4).T,
    {"trial": {"output": torch.arange(6.0).reshape(2, 3), "names": ["a", "b"], "error": None}}]


def same(one: Any, other: Any) -> bool:
    if isinstance(one, torch.Tensor):
        return isinstance(other, torch.Tensor) and one.dtype == other.dtype and torch.equal(one, other)
    if isinstance(one, dict):
        return isinstance(other, dict) and list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return isinstance(other, list) and len(one) == len(other) and all(map(same, one, other))
    return type(one) is type(other) and bool(one == other)


def carried(value: Any) -> Any:
    structure, block = pack(value)
    return unpack(json.loads(json.dumps(structure)), block)


@pytest.mark.parametrize("value", CARRIED, ids=lambda value: repr(value)[:30].replace("\n", ""))
def test_evidence_arrives_as_it_was_sent(value: Any) -> None:
    assert same(value, carried(value))


def test_evidence_that_is_not_a_number_stays_so() -> None:
    assert math.isnan(carried(math.nan))
    assert torch.isnan(carried(torch.tensor([math.nan]))).all()


def test_a_tuple_becomes_a_list() -> None:
    assert carried((1, (2,))) == [1, [2]]


@pytest.mark.parametrize("value", [object(), {1, 2}, b"bytes", 1j, range(3), torch.nn.Linear(1, 1)], ids=type)
def test_what_is_not_plain_is_not_sent(value: Any) -> None:
    with pytest.raises(ValueError, match="not plain"):
        pack([value])


def deep(levels: int) -> Any:
    value: Any = []
    for _ in range(levels):
        value = [value]
    return value


BLOCK = pack([torch.ones(2), torch.ones(3, dtype=torch.int64)])[1]


@pytest.mark.parametrize(("structure", "block"), [
    ({"tensor": "9"}, BLOCK), ({"tensor": 0}, BLOCK), ({"tensor": ["0"]}, BLOCK), ({"tensor": {"a": 1}}, BLOCK),
    ({"complex": "0"}, b""), ({"complex": "1"}, BLOCK), ({"object": "0"}, BLOCK), ({}, b""), ({"a": 1, "b": 2}, b""),
    ({"dict": [1]}, b""), ("x" * (MAX_TEXT + 1), b""), ([0] * 200_000, b""), (deep(100_000), b""), ([], b"no tensors"),
    ([], BLOCK[:-1]), ([], b"\xff" * 40), ({"dict": {"x" * (MAX_TEXT + 1): 1}}, b"")],
    ids=lambda value: repr(value)[:20] if not isinstance(value, list) else "list")
def test_what_no_honest_process_sends_is_refused(structure: Any, block: bytes) -> None:
    with pytest.raises(Malformed):
        unpack(structure, block)


# A test cell is a cell of the session.

def test_a_test_stands_in_the_history_like_any_cell(lab: Lab) -> None:
    assert lab.points("x = 1  # mine", "assert In[-1].startswith('assert In') and 'mine' in In[-2]") == 4
    test, check = a_test("x = 1", "one"), a_test(CHECK, "two")
    (shown,) = outputs_of(lab.grade(f"{IMPORTS}\n{RIGHT}", test, check, "In[2:]"), -1)
    assert shown["data"]["text/plain"] == f"['x = 1', '{CHECK}', 'In[2:]']"
    assert shown["execution_count"] == 4


def test_a_number_of_a_test_is_numbered_like_its_cell(lab: Lab) -> None:
    (shown,) = outputs_of(lab.grade("x = 1", a_test("3.0")), -1)
    assert (shown["data"]["text/plain"], shown["execution_count"]) == ("3.0", 2)


@pytest.mark.parametrize(("last", "points"), [("0.5", 0.5), ("0.5;", 4), ("0.5 ; # a comment", 4), ("'0.5;'", 4),
                                              ("0.5  # ;", 0.5)])
def test_a_semicolon_keeps_a_number_back_as_in_a_kernel(lab: Lab, last: str, points: float) -> None:
    assert lab.points("x = 1", f"assert x == 1\n{last}") == points


def test_there_is_no_kernel_and_who_asks_is_told(lab: Lab) -> None:
    assert lab.outputs("hasattr(get_ipython(), 'kernel')")[0]["data"]["text/plain"] == "False"
    (error,) = lab.outputs("get_ipython().kernel.do_shutdown(True)")
    assert (error["ename"], "no Jupyter kernel" in error["evalue"]) == ("AttributeError", True)


@pytest.mark.parametrize(("test", "last"), [
    ("assert double(2) == 4, 'no'", "AssertionError: no"), ("double(None)", "TypeError"), ("double(", "SyntaxError"),
    ("await nothing()", "NameError"),
    ("try:\n    double(None)\nexcept TypeError:\n    raise KeyError(1)", "KeyError: 1")])
def test_a_failed_test_shows_its_own_lines_and_none_of_ours(lab: Lab, test: str, last: str) -> None:
    (error,) = outputs_of(lab.grade("def double(x):\n    return x + 1", a_test(test)), -1)
    told = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error["traceback"]))
    assert last in told.splitlines()[-1]
    assert test.splitlines()[0] in told
    assert "inside.py" not in told and "_run(" not in told and "asyncio" not in told
    assert ("return x + 1" in told) == ("None" in test)
