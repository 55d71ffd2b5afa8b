"""Every attack is graded between honest answers, and everything that it could have broken is looked at."""

import ctypes
import hashlib
import json
import os
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pytest

import d2l_ch3
from d2l_ch3 import checks
from d2l_ch3.grading import process, zygote
from d2l_ch3.grading.worker import dumps
from d2l_ch3.notebooks.limits import MIB
from tests.conftest import Grader
from tools.attacks import BREAKS, Attack, attacks
from tools.bank import answers

LIMITS = {"cell_time": 2, "notebook_time": 15, "memory": 512 * MIB, "processes": 32, "scratch": 32 * MIB,
          "output": 256 * 1024}
BYSTANDERS = ("list-sequential", "parallel-block", "block-factory")
GRADER_MEMORY = 300 * MIB  # what a notebook may cost the grader itself
GRADER_TIME = 15  # seconds of its own processor time, however long the attack takes
SUCCESS = "the attack worked"  # what an attack prints if it did what no answer may do
SESSION_KEYRING = -3
KEY_CALLS = {"x86_64": (248, 250), "aarch64": (217, 219)}[os.uname().machine]  # add_key(2), keyctl(2)


@dataclass
class Den:
    """A grader with secrets all around it."""

    grader: Grader
    canaries: dict[str, str]
    watched: list[Path]
    namespaces: list[int] = field(default_factory=list)
    """The pid namespaces of the processes started, held open: otherwise their numbers are given out again."""
    usual: Any = None

    def grade(self, path: Path, assignment: str) -> Any:
        return self.grader.grade(path, assignment, **LIMITS)

    def next_student(self) -> Any:
        """The graded notebook of a student who hands in right answers."""
        right = {name: answers(name)[0].cell for name in BYSTANDERS}
        return self.grade(self.grader.course.hand_in("next", "ps1-blocks", right), "ps1-blocks").notebook


@pytest.fixture(scope="module")
def den(grader: Grader, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Den]:
    """Canaries in the environment, the keyring, the course and a folder of the host; then a zygote."""
    canaries = {place: secrets.token_hex(16) for place in ("environment", "keyring", "host", "gradebook.db-journal",
                                                           ".d2l-ch3-key", "submitted/other/ps1-blocks/answers.ipynb")}
    host = tmp_path_factory.mktemp("host")
    (host / "secret.csv").write_text(canaries["host"])
    for name in list(canaries)[3:]:
        path = grader.course.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(canaries[name])
    put_in_keyring(canaries["keyring"])
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("A_SECRET", canaries["environment"])
        patch.setattr(process, "GRACE", 0.5)
        own = zygote.Zygote.start([grader.hidden, host])
        den = Den(replace(grader, zygote=own), canaries,
                  [grader.course.folder, Path(d2l_ch3.__file__).parent, zygote.CACHE, host])
        start = process.Process.__init__

        def started(self: Any, *arguments: Any) -> None:
            start(self, *arguments)
            den.namespaces.append(os.open(f"/proc/{self._pid}/ns/pid", os.O_RDONLY))

        patch.setattr(process.Process, "__init__", started)
        den.usual = den.next_student()
        yield den
        own.stop()


def put_in_keyring(secret: str) -> None:
    """Give this process a session keyring, as a login does, with a secret in it (where the kernel has keyrings)."""
    libc, (add_key, keyctl) = ctypes.CDLL(None), KEY_CALLS
    libc.syscall(keyctl, 1, None)
    libc.syscall(add_key, b"user", b"canary", secret.encode(), len(secret), SESSION_KEYRING)


def snapshot(folders: list[Path]) -> dict[str, tuple[int, int, int, str]]:
    """Mode, size, time and content of all files below the folders, but for what was handed in and Python's caches."""
    found = {}
    for folder in folders:
        for path in (folder, *folder.rglob("*")):
            if "__pycache__" in path.parts or {"next", "a"} & set(path.relative_to(folder).parts):
                continue
            status = path.lstat()
            content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
            times = status.st_mtime_ns if path.is_file() else 0
            found[str(path)] = (status.st_mode, status.st_size if content else 0, times, content)
    return found


def living_in(namespaces: list[int]) -> list[str]:
    """The processes of this machine that live in one of these pid namespaces."""
    found, numbers = [], {os.fstat(namespace).st_ino for namespace in namespaces}
    for pid in filter(str.isdigit, os.listdir("/proc")):
        try:
            if os.stat(f"/proc/{pid}/ns/pid").st_ino in numbers:
                found.append(pid)
        except OSError:
            pass  # gone meanwhile
    return found


def memory(field: str) -> int:
    """Bytes of this process's memory, by a field of /proc/self/status."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith(field + ":"))
    return int(line.split()[1]) * 1024


def full(exercise: str) -> float:
    return float(checks.exercise(exercise).points)


def printed(notebook: Any) -> str:
    return json.dumps([cell.get("outputs", []) for cell in notebook["cells"]])


@pytest.mark.parametrize("attack", attacks(), ids=str)
def test_attack(attack: Attack, den: Den) -> None:
    bystanders = [name for name in BYSTANDERS if name != attack.exercise][:2]
    given = {name: answers(name)[0].cell for name in bystanders} | {attack.exercise: attack.cells[0]}
    path = den.grader.course.hand_in("a", attack.assignment, given, attack.add_cells)
    before = snapshot(den.watched)
    while den.namespaces:
        os.close(den.namespaces.pop())
    ctypes.CDLL(None).malloc_trim(0)
    Path("/proc/self/clear_refs").write_text("5")  # the peak begins anew
    held, used = memory("VmRSS"), time.process_time()

    graded = den.grade(path, attack.assignment)

    used, peak = time.process_time() - used, memory("VmHWM") - held
    text = printed(graded.notebook)
    print(f"{attack}: {graded.scores}, {graded.record['failures']}, {used:.1f} s, {peak / MIB:.0f} MiB", text[:3000])
    scores = {name: graded.scores[f"test-{name}"] for name in (attack.exercise, *bystanders)}
    assert scores[attack.exercise] == attack.points
    for name in bystanders:
        assert scores[name] == full(name) or (attack.poisons and scores[name] <= full(name))
    others = [score for name, score in graded.scores.items() if name.removeprefix("test-") not in scores]
    assert set(others) <= {0.0, None}
    leaked = [place for place, canary in den.canaries.items() if canary in json.dumps(graded.notebook)]
    assert not leaked
    assert SUCCESS not in text
    assert not living_in(den.namespaces)
    assert snapshot(den.watched) == before
    assert used < GRADER_TIME
    assert peak < GRADER_MEMORY
    assert len(text) < 4 * LIMITS["output"]
    dumps(graded).encode()
    assert den.next_student() == den.usual


def test_the_canaries_are_where_attacks_look(den: Den) -> None:
    """Without walls, the same search finds them: the attacks above could fail."""
    paths = [str(den.grader.course.folder / ".d2l-ch3-key"), str(den.watched[-1] / "secret.csv")]
    read = f"import pathlib\nfor path in {paths}:\n    print(pathlib.Path(path).read_text())"
    path = den.grader.course.hand_in("a", "ps1-blocks", {"parallel-block": read})
    graded = den.grader.grade(path, "ps1-blocks", isolated=False, **LIMITS)
    assert den.canaries["host"] in printed(graded.notebook)
    assert den.canaries[".d2l-ch3-key"] in printed(graded.notebook)


def test_there_are_attacks_of_every_kind() -> None:
    assert len(attacks()) >= 45
    assert {attack.breaks for attack in attacks()} == set(BREAKS)
    for attack in attacks():
        assert 0 <= attack.points <= full(attack.exercise)
