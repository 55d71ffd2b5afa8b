"""The chapters as they run: any cell can be run again at the end, and guesses are set against what came out."""

import ast
import json
import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from d2l_ch3.guesses import values
from d2l_ch3.guesses.catalogue import CATALOGUE, belief
from d2l_ch3.language import LANGUAGES, speaking
from tools.build import TEXT
from tools.texts import edition, read

CHAPTERS = {"blocks": "3.1-blocks", "parameters": "3.2-parameters", "layers": "3.3-layers"}
RECAP = {"blocks": 3, "parameters": 6, "layers": 6}
WANTED = 40
CASES = ("more", "less", "other")

for_each_chapter = pytest.mark.parametrize("chapter", CHAPTERS)


# --- running, in a process of its own, which has no threads when it forks ------------------------------------------

def run(text: str) -> dict[str, Any]:
    """Run a chapter, then each of its cells once more in a process forked from there.

    Returns the answers that the guesses were set against, and the cells that failed the second time, or said something
    else: other words, that is; numbers may differ, since random ones were drawn in between.
    """
    import matplotlib

    matplotlib.use("agg")
    from IPython.core.interactiveshell import InteractiveShell
    from IPython.utils.capture import capture_output
    from matplotlib import pyplot as plt

    import d2l_ch3.guesses

    cells = [cell for cell in edition(read(TEXT / f"{text}.md"), "en").cells if cell.cell_type == "code"]
    shell = InteractiveShell()
    answers: dict[str, Any] = {}
    asked = d2l_ch3.guesses.guess

    def noting(name: str, guessed: object, *, answer: Any, factor: float = 1.0) -> None:
        if name not in answers:
            answers[name] = answer if isinstance(answer, dict) else {"is": answer}
        asked(name, guessed, answer=answer, factor=factor)

    d2l_ch3.guesses.guess = noting

    def words(source: str) -> str:
        with capture_output() as captured:
            shell.run_cell(source, silent=True).raise_error()
        plt.close("all")
        said = captured.stdout + "".join(str(output) for output in captured.outputs)
        return re.sub(r"-?\d+\.?\d*(e[-+]\d+)?|Figure[^>]*|object at [^>]*", "#", said)

    first = [words(cell.source) for cell in cells]
    failed = []
    for cell, said in zip(cells, first, strict=True):
        child = os.fork()
        if not child:
            try:
                again = words(cell.source)
                sys.stderr.write("" if again == said else f"--- first\n{said}\n--- again\n{again}\n")
                os._exit(again != said)
            except BaseException as error:
                sys.stderr.write(f"{type(error).__name__}: {error}\n")
                os._exit(2)
        if os.waitpid(child, 0)[1] and "nbval-ignore-output" not in cell.metadata.get("tags", []):
            failed.append(cell.source)
    return {"answers": answers, "failed": failed}


if __name__ == "__main__":
    made = run(sys.argv[1])
    Path(sys.argv[2]).write_text(json.dumps(made, default=lambda value: value.item()), encoding="utf-8")
    sys.exit()


@cache
def ran(chapter: str) -> dict[str, Any]:
    """What `run` says of a chapter."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder, "out.json")
        result = subprocess.run([sys.executable, str(Path(__file__)), CHAPTERS[chapter], str(out)], capture_output=True,
                                text=True, check=False, cwd=folder, env={**os.environ, "PYTHONPATH": str(TEXT.parent)})
        assert result.returncode == 0, result.stderr[-3000:]
        return {**json.loads(out.read_text(encoding="utf-8")), "stderr": result.stderr[-3000:]}


def answer_of(noted: dict[str, Any]) -> tuple[Any, tuple[str, ...]]:
    """An answer and the options there are; JSON made lists of tuples."""
    if noted.keys() == {"is"}:
        return tuple(noted["is"]) if isinstance(noted["is"], list) else noted["is"], ()
    return values.right_option(noted), tuple(noted)


# --- what must hold ------------------------------------------------------------------------------------------------

@for_each_chapter
def test_every_cell_runs_again_after_the_last_and_says_the_same(chapter: str) -> None:
    assert not ran(chapter)["failed"], ran(chapter)["stderr"]


def guesses_in(chapter: str, language: str) -> list[tuple[str, ast.Call]]:
    """The calls of `guess` in an edition, by name."""
    cells = edition(read(TEXT / f"{CHAPTERS[chapter]}.md"), language).cells
    calls = [node for cell in cells if cell.cell_type == "code" for node in ast.walk(ast.parse(cell.source))
             if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "guess"]
    return [(ast.literal_eval(call.args[0]), call) for call in calls]


@for_each_chapter
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_has_the_questions_of_the_text_in_their_order(chapter: str, language: str) -> None:
    assert [name for name, _ in guesses_in(chapter, language)] == list(CATALOGUE[chapter])


@for_each_chapter
def test_a_guess_is_left_to_the_reader_and_its_answer_is_computed(chapter: str) -> None:
    for name, call in guesses_in(chapter, "en"):
        assert ast.unparse(call.args[1]) == "...", name
        (answer,) = (keyword.value for keyword in call.keywords if keyword.arg == "answer")
        assert any(isinstance(node, ast.Name) for node in ast.walk(answer)), f"{name}: its answer is written down"


@for_each_chapter
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_followed_by_its_guess_and_a_guess_by_its_answer(chapter: str, language: str) -> None:
    asked = {"zh": "> **猜一猜**：", "en": "> **Predict**: "}[language]
    waiting = answered = False
    for cell in edition(read(TEXT / f"{CHAPTERS[chapter]}.md"), language).cells:
        if cell.cell_type == "markdown":
            assert not waiting, f"a question without a guess before\n{cell.source[:200]}"
            if answered:
                assert not cell.source.startswith(("#", ">", "|", "-")), f"no answer opens\n{cell.source[:200]}"
            waiting, answered = cell.source.splitlines()[-1].startswith(asked), False
            assert waiting == any(line.startswith(asked) for line in cell.source.splitlines())
        elif "guess(" in cell.source:
            waiting, answered = False, True


def test_there_are_many_guesses_and_a_recap_at_the_start_of_each_chapter() -> None:
    assert sum(map(len, CATALOGUE.values())) >= WANTED
    for chapter, number in RECAP.items():
        names = list(CATALOGUE[chapter])
        assert [name.startswith("recap-") for name in names[:number + 1]] == [True] * number + [False]


def test_no_name_is_used_in_two_chapters() -> None:
    names = [name for questions in CATALOGUE.values() for name in questions]
    assert len(names) == len(set(names))


@for_each_chapter
def test_a_belief_belongs_to_a_guess_that_can_be_read_and_is_wrong(chapter: str) -> None:
    answers = ran(chapter)["answers"]
    assert answers.keys() == CATALOGUE[chapter].keys()
    for name, beliefs in CATALOGUE[chapter].items():
        answer, options = answer_of(answers[name])
        for typed in beliefs.keys() - set(CASES):
            guessed = values.read(typed, answer, options)
            assert not values.agree(guessed, answer), f"{name}: {typed} is right"
            assert str(guessed) == typed, f"{name}: {typed} would never be found"
            for language in LANGUAGES:
                with speaking(language):
                    assert str(belief(name, guessed, answer)) == beliefs[typed][language]
        for option in set(options) - {answer}:
            assert belief(name, option, answer), f"{name}: nothing is said to {option}"
        if isinstance(answer, bool):
            assert belief(name, not answer, answer), f"{name}: nothing is said to {not answer}"
        elif not options:
            assert beliefs, f"{name}: nothing is said to any wrong guess"
