"""The package: light to import, and without the answers."""

import ast
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

import d2l_ch3
from d2l_ch3 import checks
from tools.bank import answers
from tools.build import ROOT

HEAVY = ("matplotlib", "IPython", "jinja2", "nbformat", "nbgrader", "zhplot", "d2l_ch3.checks", "d2l_ch3.show")


def test_importing_it_loads_nothing_but_torch() -> None:
    code = f"import sys, torch, d2l_ch3; print([name for name in {HEAVY} if name in sys.modules])"
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "[]"


def test_the_checks_load_no_plots() -> None:
    code = ("import sys; from d2l_ch3 import checks; checks.parallel_block; "
            f"print([name for name in {HEAVY[:6]} if name in sys.modules])")
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert result.stdout.strip() == "[]"


@pytest.mark.parametrize("name", d2l_ch3.__all__)
def test_everything_it_names_is_there(name: str) -> None:
    assert getattr(d2l_ch3, name) is not None


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="nonsense"):
        d2l_ch3.nonsense  # noqa: B018


def bodies(tree: ast.AST) -> set[str]:
    """Every function's body, as a syntax tree without docstring, however the function is called."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            dumped = ast.dump(ast.Module(body, []))
            if len(dumped) > 150:  # shorter ones are `return X` and the like
                found.add(dumped)
    return found


def test_no_solution_of_an_exercise_is_in_the_package() -> None:
    """No whole one: the chapter's MySequential, say, shares its ``forward`` with some answers."""
    package = [path for path in (ROOT / "d2l_ch3").rglob("*.py")]
    written = set().union(*(bodies(ast.parse(path.read_text(encoding="utf-8"))) for path in package))
    asked_for = {argument.name for names in checks.EXERCISES.values() for name in names
                 for argument in checks.exercise(name).takes}
    for names in checks.EXERCISES.values():
        for answer in (one for name in names for one in answers(name) if one.right):
            assert not bodies(ast.parse(answer.cell)) or bodies(ast.parse(answer.cell)) - written, answer
    defined = {node.name for path in package for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
               if isinstance(node, ast.ClassDef | ast.FunctionDef)}
    assert not asked_for & defined


LAYERS = ("language files terminal console grammar", "budget", "blocks parameters layers", "checks",
          "templates inspector notebooks", "guesses questions show",
          "grading",
          "presubmit class_report feedback authoring installation lab",
          "exporting class_feedback similarity handout",
          "watching", "cli")
"""What the package is built of, from the ground up: imports go down, or stay within one part."""


def parts(path: Path) -> set[str]:
    """The parts of the package that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module == "d2l_ch3":
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("d2l_ch3."):
            found.add(node.module.split(".")[1])
    return found


def test_imports_go_down() -> None:
    level = {part: number for number, layer in enumerate(LAYERS) for part in layer.split()}
    folder = ROOT / "d2l_ch3"
    modules = {path: path.relative_to(folder).parts[0].removesuffix(".py") for path in folder.rglob("*.py")
               if path.parent != folder or path.name != "__init__.py"}
    assert set(modules.values()) == set(level)
    upward = {f"{path.relative_to(folder)} imports {part}" for path, own in modules.items() for part in parts(path)
              if part in level and part != own and level[part] >= level[own]}
    assert upward == set()


@pytest.mark.parametrize("part", ["checks", "notebooks", "presubmit", "feedback"])
def test_what_students_run_needs_no_engine(part: str) -> None:
    assert not any("grading" in parts(path) for path in (ROOT / "d2l_ch3" / part).rglob("*.py"))


def files(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_installing_it_takes_all_of_it_and_leaves_nothing_behind(tmp_path: Path) -> None:
    folder, made = tmp_path / "checkout", tmp_path / "made"
    shutil.copytree(ROOT / "d2l_ch3", folder / "d2l_ch3", ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "README.md", "LICENSE", ".gitignore"):
        shutil.copy(ROOT / name, folder)
    before = files(folder)
    offline = ("--no-index", "--no-deps", "--no-build-isolation")
    for how in (["wheel", f"--wheel-dir={made}"], ["install", f"--target={made}"]):
        done = subprocess.run([sys.executable, "-m", "pip", how[0], *offline, *how[1:], folder], cwd=tmp_path,
                              capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        assert files(folder) == before, how
    (wheel,) = made.glob("*.whl")
    packed = set(zipfile.ZipFile(wheel).namelist())
    assert {name for name in packed if ".dist-info/" not in name} == {name for name in before if "/" in name}
