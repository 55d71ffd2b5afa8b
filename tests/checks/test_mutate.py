"""`d2l-ch3 mutate`: mutants of a solution, what becomes of them, and that no check lets one pass that is a mistake."""

import json
import shutil
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from d2l_ch3 import checks, cli, get_language
from d2l_ch3.authoring.findings import Trials, find
from d2l_ch3.authoring.mutants import mutants
from d2l_ch3.authoring.solutions import Solution, reference, right_answers
from d2l_ch3.authoring.trials import survivors
from tools.build import ROOT

NAMES = [name for names in checks.EXERCISES.values() for name in names]


def changes(source: str) -> set[tuple[str, str]]:
    return {(mutant.was, mutant.becomes) for mutant in mutants(source)}


@pytest.mark.parametrize(("source", "becomes"), [
    ("y = a - b", ["y = a + b", "y = a", "y = b", "y = b - a", "pass"]),
    ("y = a @ b", ["y = a * b"]),
    ("y = a < b", ["y = a <= b", "y = a > b"]),
    ("y = a is None", ["y = a is not None"]),
    ("y = a and b", ["y = a or b", "y = a", "y = b"]),
    ("y = not a", ["y = a"]),
    ("y = -1", ["y = 1", "y = -2", "y = -0"]),
    ("y = 0.5", ["y = 1.5", "y = -0.5"]),
    ("y = True", ["y = False"]),
    ("y = {'n': 0}", ["y = {'n': 1}", "y = {'n': False}", "y = {'n': 0.0}", "y = {}", "y = {'n_': 0}"]),
    ("y = f(a, b, k=1)", ["y = f(b, k=1)", "y = f(b, a, k=1)", "y = f(a, b)", "y = f(a, b, k=2)", "y = a"]),
    ("y = x.f()", ["y = x"]),
    ("y = torch.cat(a)", ["y = torch.stack(a)"]),
    ("y = relu(a)", ["y = sigmoid(a)", "y = tanh(a)"]),
    ("y = net.parameters()", ["y = net.buffers()"]),
    ("y = nn.Parameter(a)", ["y = nn.Parameter(a, requires_grad=False)", "y = a"]),
    ("y = a[1:2]", ["y = a[:2]", "y = a[1:]", "y = a"]),
    ("y = a if c else b", ["y = a if not c else b", "y = a if True else b", "y = a", "y = b"]),
    ("y += a", ["y -= a", "y = a"]),
    ("y = [f(a) for a in b if a]", ["y = [f(a) for a in b]", "y = [f(a) for a in list(b)[1:] if a]"]),
    ("for a in b:\n    f(a)", ["for a in list(b)[1:]:", "for a in list(b)[::-1]:"]),
    ("for _ in b:\n    f()", ["for _ in list(b)[1:]:"]),
    ("with a:\n    f(b)", ["if True:"]),
    ("if a:\n    f(b)", ["if not a:", "if True:", "if False:"]),
    ("def f(a, b=2):\n    return a", ["def f(a, b):", "def f(b, a=2):", "def f(a, b=3):", "return", "return -a",
                                       "return b", "return a.data", "return copy.deepcopy(a)"]),
    ("def f(a: int):\n    return g(a)", ["return g()", "return a"]),
    ("@d\ndef f():\n    pass", [""]),
    ("raise ValueError('why')", ["raise TypeError('why')", "raise Exception('why')", "pass"]),
    ("self.register_buffer('c', a)", ["self.c = a", "self.register_buffer('c', a, persistent=False)"]),
])
def test_what_becomes_of_a_line(source: str, becomes: list[str]) -> None:
    assert set(becomes) <= {change for _, change in changes(source)}


@pytest.mark.parametrize("source", [
    "print(a + b)", "def f(a):\n    return g(a.shape)", "def f(num_steps):\n    return g(num_steps)",
    "def f(a):\n    return g(len(a))", "def f(a):\n    if a:\n        return 1",
    "def f(make_block):\n    return make_block()"])
def test_nobody_is_asked_about_prints_copies_of_numbers_and_shapes_of_copies(source: str) -> None:
    assert not [becomes for _, becomes in changes(source) if "deepcopy" in becomes or "data." in becomes
                or "print" in source]


def test_a_layer_loses_self_its_registers_and_its_gradients() -> None:
    layer = ("class Layer(nn.Module):\n    def __init__(self, n: int):\n        super().__init__()\n"
             "        self.a = f(n)\n        self.b = g(n)\n    def forward(self, X):\n        return self.a(X)\n")
    assert {("super().__init__()", "pass"), ("self.a = f(n)", "a = f(n)"), ("return self.a(X)", "return a(X)"),
            ("return self.a(X)", "return self.b(X)"), ("return self.a(X)", "return self.a.data(X)"),
            ("return self.a(X)", "return self.a(X.data)")} <= changes(layer)
    assert ("self.a = f(n)", "self.a = f(n.data)") in changes(layer)
    assert ("self.a = f(n)", "self.a = f(copy.deepcopy(n))") not in changes(layer)  # a number


@pytest.mark.parametrize("statement", ["self.note = len(X)", "self.last = X"])
def test_what_nobody_reads_is_left_alone(statement: str) -> None:
    kept = f"def forward(self, X):\n    {statement}\n    return -X"
    assert not [was for was, _ in changes(kept) if "self." in was]
    read = f"{kept}\ndef g(self):\n    return self.note, self.last"
    assert (statement, "pass") in changes(read)
    assert [was for was, _ in changes("self.a = nn.Parameter(X)")]


@pytest.mark.parametrize("name", ["extra_repr", "__repr__"])
def test_what_a_layer_says_of_itself_is_left_alone(name: str) -> None:
    layer = f"class A:\n    b = 1\n    def {name}(self):\n        return f(self.a)"
    assert changes(layer) == {("b = 1", "b = 2"), ("b = 1", "b = 0"), ("b = 1", "pass")}


def test_a_copy_of_what_a_branch_gives_is_a_mistake() -> None:
    assert "return copy.deepcopy(a) if c else b" in {becomes for _, becomes in changes(
        "def f(a, b, c):\n    return a if c else b")}


@pytest.mark.parametrize("source", ["raise ValueError('why')", "def f(a: int = 1) -> float:\n    'What it does, 1.'"])
def test_messages_annotations_and_docstrings_are_left_alone(source: str) -> None:
    texts = [mutant.source for mutant in mutants(source)]
    assert texts and not any("why_" in text or "bool" in text or "1._" in text for text in texts)
    assert all("-> float" in text for text in texts if "def" in text)


def test_mutants_differ_and_compile_and_come_in_order() -> None:
    cell = reference(ROOT, "shared-mlp").cell
    found = mutants(cell)
    assert len({mutant.source for mutant in found}) == len(found)
    assert [mutant.line for mutant in found] == sorted(mutant.line for mutant in found)
    assert found == mutants(cell)
    assert all(cell.splitlines()[one.line - 1].split("(")[0].strip() in one.was for one in found if one.was)
    for mutant in found:
        compile(mutant.source, "mutant", "exec")


def test_facts_are_mutated_in_what_they_say() -> None:
    before = get_language()
    cell = reference(ROOT, "list-sequential-facts").cell
    assert cell.startswith("facts = {'parameters': 0,")
    assert ("facts = {'parameters': 0", "facts = {'parameters': False") in {
        (mutant.was[:24], mutant.becomes[:28]) for mutant in mutants(cell)}
    assert get_language() == before


# --- trials ---------------------------------------------------------------------------------------------------------

@pytest.fixture(scope="module")
def solution() -> Solution:
    return reference(ROOT, "half-fourier")


def test_a_cell_that_loops_for_ever_crashes_or_exits_gets_no_points(solution: Solution) -> None:
    cells = [f"{line}\n{solution.cell}" for line in (
        "while True: pass", "import os; os._exit(0)", "raise SystemExit", "import os, signal; os.kill(os.getpid(), 9)",
        "print('x' * 10 ** 6)")]
    assert survivors(solution, cells, (0,), jobs=2, seconds=8) == [False, False, False, False, True]


WEAK = """
from d2l_ch3 import checks
strict = checks.exercise("parallel-block")
object.__setattr__(strict, "judge_right", lambda seed, evidence: {**strict.judge(seed, evidence), %r: ()})
"""


def test_a_weakened_check_has_survivors() -> None:
    right = reference(ROOT, "parallel-block")
    weak = Solution(right.exercise, right.setup + WEAK % "trained", right.cell)
    found = find(ROOT, weak, Trials((0,), jobs=2))
    assert not found.good and found.killed + len(found.survivors) == len(found.mutants)
    assert ("self.net1, self.net2 = (net1, net2)", "self.net1, self.net2 = (net1, copy.deepcopy(net2))") in {
        (mutant.was, mutant.becomes) for mutant in found.survivors}


@pytest.mark.parametrize("name", NAMES)
def test_every_survivor_of_a_check_is_listed_with_a_reason(name: str) -> None:
    found = find(ROOT, reference(ROOT, name), Trials((0,), jobs=2, seconds=10))
    assert [mutant.diff for mutant in found.survivors] == []
    assert found.stale == []
    assert found.killed > 10


# --- the command ----------------------------------------------------------------------------------------------------

@pytest.fixture
def course(tmp_path: Path) -> Iterator[Path]:
    shutil.copytree(ROOT / "source" / "ps3-layers", tmp_path / "source" / "ps3-layers")
    (tmp_path / "tests" / "answers" / "half-fourier").mkdir(parents=True)
    return tmp_path


def mutate(course: Path, *arguments: str) -> int:
    return cli.main(["mutate", "--course", str(course), "--lang", "en", "--seeds", "1", "--jobs", "2", *arguments])


def listed(course: Path, text: str) -> None:
    (course / "tests" / "answers" / "half-fourier" / "equivalent.toml").write_text(text, encoding="utf-8")


def test_command_without_survivors(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate(course, "half_fourier") == 0
    count = len(mutants(reference(ROOT, "half-fourier").cell))
    assert f"half-fourier: {count} mutants, {count} killed, 0 equivalent, 0 survive (0.0%)" in capsys.readouterr().out


def test_command_names_stale_entries(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    listed(course, '[[mutant]]\nwas = "return torch.fft.rfft(X)"\nbecomes = "return X"\nwhy = "it was so once"\n')
    assert mutate(course, "half-fourier") == 1
    assert "becomes = 'return X'" in capsys.readouterr().out


def test_command_gives_entries_to_paste(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "tests" / "answers" / "constant-layer").mkdir()
    assert mutate(course, "constant-layer") == 1
    printed = capsys.readouterr().out
    entries = printed[printed.index("[[mutant]]"):].strip()
    file = course / "tests" / "answers" / "constant-layer" / "equivalent.toml"
    file.write_text(entries, encoding="utf-8")
    assert mutate(course, "constant-layer") == 2  # the reasons are still to be written
    assert "a reason is not empty" in capsys.readouterr().err
    file.write_text(entries.replace('why = ""', 'why = "it starts anywhere"'), encoding="utf-8")
    assert mutate(course, "constant-layer") == 0


def test_an_entry_may_list_all_that_lines_become(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "tests" / "answers" / "constant-layer").mkdir()
    assert mutate(course, "constant-layer") == 1
    entries = tomllib.loads((printed := capsys.readouterr().out)[printed.index("[[mutant]]"):])["mutant"]
    by_line = {was: [one["becomes"] for one in entries if one["was"] == was] for was in (one["was"] for one in entries)}
    assert max(map(len, by_line.values())) > 1
    (course / "tests" / "answers" / "constant-layer" / "equivalent.toml").write_text("\n".join(
        f'[[mutant]]\nwas = {json.dumps(was)}\nbecomes = {json.dumps(becomes)}\nwhy = "it starts anywhere"\n'
        for was, becomes in by_line.items()), encoding="utf-8")
    assert mutate(course, "constant-layer") == 0


def test_a_kind_holds_for_all_changes_that_its_patterns_match(
        course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (course / "tests" / "answers" / "constant-layer").mkdir()
    file = course / "tests" / "answers" / "constant-layer" / "equivalent.toml"
    start, rest = "self.weight = nn.Parameter.*", '[[kind]]\nwas = ".*"\nbecomes = ".*"\nwhy = "all"\n'
    file.write_text(f'[[kind]]\nwas = "{start}"\nbecomes = "{start}"\nwhy = "starts anywhere"\n', encoding="utf-8")
    assert mutate(course, "constant-layer") == 1
    entries = capsys.readouterr().out
    assert "copy.deepcopy(self.c)" in entries and "self.weight = nn.Parameter(torch.zeros" not in entries
    file.write_text(rest, encoding="utf-8")
    assert mutate(course, "constant-layer") == 0


@pytest.mark.parametrize(("text", "complaint"), [
    ("[[mutant]]\nwas = ", "cannot be read"), ('[[kind]]\nwas = "("\nbecomes = ".*"\nwhy = "so"\n', "cannot be read"),
    ('[[mutant]]\nwas = "a"\nbecomes = "b"\n', "entry 1 of")])
def test_command_cannot_use_a_broken_list(course: Path, text: str, complaint: str,
                                          capsys: pytest.CaptureFixture[str]) -> None:
    listed(course, text)
    assert mutate(course, "half-fourier") == 2
    assert complaint in (said := capsys.readouterr().err) and "equivalent.toml" in said


def test_command_knows_its_exercises(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert mutate(course, "parallel-blok") == 2
    assert "parallel_block" in capsys.readouterr().err
    assert mutate(course, "parallel-block") == 2  # this course has no such notebook
    assert "source/ps1-blocks" in capsys.readouterr().err


def test_command_mutates_right_answers(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer = right_answers(ROOT, "half-fourier")[0]
    shutil.copy(ROOT / "tests" / "answers" / "half-fourier" / f"{answer.answer}.py",
                course / "tests" / "answers" / "half-fourier")
    assert mutate(course, "half-fourier", "--answers") in (0, 1)
    assert f"half-fourier/{answer.answer}: {len(mutants(answer.cell))} mutants, " in capsys.readouterr().out


def test_what_survives_of_an_answer_is_listed_as_an_answers(course: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """So it is not stale where only the reference is asked."""
    folder = course / "tests" / "answers" / "constant-layer"
    folder.mkdir()
    shutil.copy(ROOT / "tests" / "answers" / "constant-layer" / "right_mv.py", folder)
    assert mutate(course, "constant-layer", "--answers") == 1
    entries = (printed := capsys.readouterr().out)[printed.index("[[answer]]"):]
    assert "[[mutant]]" not in printed
    (folder / "equivalent.toml").write_text(entries.replace('why = ""', 'why = "it starts anywhere"'), encoding="utf-8")
    assert mutate(course, "constant-layer", "--answers") == 0
    assert mutate(course, "constant-layer") == 1  # for what survives of the reference, which is not listed
    assert "take it out" not in capsys.readouterr().out
