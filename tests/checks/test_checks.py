"""What every check promises: kind words on bad input, plain evidence, a pure judge, no trace left."""

import math
import re
import sys
from collections.abc import Iterator
from typing import Any

import pytest
import torch
from torch import nn
from wcwidth import wcswidth

import d2l_ch3
from d2l_ch3 import checks
from d2l_ch3.checks import catalogue
from d2l_ch3.checks.catalogue import Belief, Diagnosis
from d2l_ch3.checks.check import judge, quiet, run
from d2l_ch3.checks.definition import Exercise, says
from d2l_ch3.checks.evidence import Evidence, plain
from d2l_ch3.checks.hints import Hint
from d2l_ch3.checks.markup import with_code
from d2l_ch3.checks.report import MIME_TYPE, Report, reports_in
from d2l_ch3.checks.wrapping import wrap
from d2l_ch3.language import LANGUAGES, Text
from tools.bank import Answer, answers

NAMES = [name for names in checks.EXERCISES.values() for name in names]
SAMPLES = [answer for name in NAMES for answer in answers(name)[::6]]


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = d2l_ch3.get_language()
    d2l_ch3.set_language(request.param)
    yield request.param
    d2l_ch3.set_language(before)


def check(name: str) -> Any:
    return getattr(checks, checks.exercise(name).function)


# --- bad input -----------------------------------------------------------------------------------

def foreign(name: str) -> Any:
    """A class or function that another exercise asks for, of the right kind where there is one."""
    takes = checks.exercise(name).takes
    others = [argument for other in NAMES for argument in checks.exercise(other).takes if argument not in takes]
    asked = next((argument for argument in others if argument.kind == takes[0].kind), others[0])
    if asked.kind == "class":
        return type(asked.name, (nn.Module,), {})

    def function(*arguments: Any) -> None: ...
    function.__name__ = asked.name
    return function


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("kind", ["a string", "None", "a module", "a number", "nothing", "another's", "too many"])
def test_bad_input_is_told_kindly_and_scores_zero(name: str, kind: str, language: str) -> None:
    takes = checks.exercise(name).takes
    given = {"a string": ["ParallelBlock"], "None": [None], "a module": [nn.Linear(2, 3)], "a number": [3],
             "nothing": [], "another's": [foreign(name)],
             "too many": [*answers(name)[0].arguments(), 1]}[kind]
    report = check(name)(*given)
    assert report.points == 0
    assert report.misconceptions == ["wrong-argument"]
    assert f"checks.{checks.exercise(name).function}({takes[0].name}" in str(report).replace("\n    ", "")


@pytest.mark.parametrize("name", ["parallel", "", "ParallelBlock", None])
def test_a_wrong_name_for_a_hint_lists_the_right_ones(name: Any) -> None:
    with pytest.raises(ValueError, match="parallel_block, block_factory"):
        checks.hint(name)


def test_a_wrong_name_for_a_check_lists_the_right_ones() -> None:
    with pytest.raises(AttributeError, match="parallel_block, block_factory"):
        checks.paralel_block  # noqa: B018


def test_completion_offers_every_check_and_the_hints() -> None:
    asked = {one.name.replace("-", "_") for one in catalogue.everything() if not one.written}
    assert set(dir(checks)) == {"hint", "progress"} | asked
    assert checks.parallel_block is checks.parallel_block
    assert "hint" in dir(checks.parallel_block)


def test_a_wrong_language_is_an_error() -> None:
    with pytest.raises(ValueError, match="zh, en"):
        d2l_ch3.set_language("de")


def test_a_model_of_the_judges_is_no_answer(language: str) -> None:
    from d2l_ch3.checks.exercises.parallel_block import Model as Theirs

    ParallelBlock = type("ParallelBlock", (Theirs,), {"__module__": "__main__"})
    for given in (Theirs, ParallelBlock):
        report = checks.parallel_block(given)
        assert report.points == 0
        assert report.misconceptions == ["wrong-argument"]


# --- hints ---------------------------------------------------------------------------------------

@pytest.mark.parametrize("name", NAMES)
def test_hints_go_further_step_by_step(name: str, language: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("d2l_ch3.checks.hints._shown", {})
    asked = [checks.hint(name) for _ in range(4)]
    assert [hint.step for hint in asked] == [1, 2, 3, 3]
    texts = [repr(hint) for hint in asked]
    assert len(set(texts)) == 3
    assert all(str(with_code(str(text))) in asked[2]._repr_html_() for text in checks.exercise(name).hints)
    assert all(wcswidth(line) < 80 for line in texts[2].splitlines())


def test_a_check_gives_hints_too() -> None:
    assert repr(checks.parallel_block.hint()).startswith("parallel-block:")


def test_a_hint_in_a_notebook_sets_code_as_code() -> None:
    html = Hint(checks.exercise("parallel-block"), 3)._repr_html_()
    assert "<code>forward</code>" in html
    assert "`" not in html


# --- the report ----------------------------------------------------------------------------------

def sample_report(*, right: bool) -> Report:
    return next(answer for answer in answers("parallel-block") if answer.right == right).check(0)


@pytest.mark.parametrize("right", [True, False])
def test_nbgrader_reads_a_plain_float(right: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("d2l_ch3.checks.report._in_kernel", lambda: True)
    report = sample_report(right=right)
    bundle = report._repr_mimebundle_()
    assert float(bundle["text/plain"]) == float(report) == report.points
    assert bundle["text/plain"].replace(".", "").isdigit()
    assert reports_in([{"data": bundle}, {"text": "noise"}]) == [bundle[MIME_TYPE]]


def test_validate_is_told_the_reason_on_stderr(
        monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("d2l_ch3.checks.report._in_kernel", lambda: True)
    monkeypatch.setenv("NBGRADER_VALIDATING", "1")
    sample_report(right=True)._repr_mimebundle_()
    assert capsys.readouterr().err == ""
    wrong = sample_report(right=False)
    wrong._repr_mimebundle_()
    assert capsys.readouterr().err.strip() == wrong.brief


def test_validate_is_told_briefly(language: str) -> None:
    exercise = checks.exercise("parallel-block")
    why = Diagnosis("some-belief", Text("想错了", "A belief"),
                    Text("`net.a` 是 1.5。再看看？", "So `net.a` is 1.5. Look again?"))
    report = Report(exercise, {criterion.key: (why,) for criterion in exercise.criteria})
    assert report.brief == {"zh": "并行块 `parallel_block`  0 / 6 分\n[想错了] `net.a` 是 1.5。",
                            "en": "Parallel block `parallel_block`  0 / 6 points\n[A belief] So `net.a` is 1.5."
                            }[language]


@pytest.mark.parametrize(("en", "shown"), [
    ("{what} has another shape.", "The output has another shape."), ("net2 was given it.", "net2 was given it."),
    ("nn.Linear wants two.", "nn.Linear wants two."), ("len(net) is 3.", "len(net) is 3.")])
def test_a_sentence_begins_with_a_capital_and_a_name_stays_as_it_is(en: str, shown: str) -> None:
    assert Belief("some-belief", Text("", ""), Text("", en)).filled(what="the output").text.en == shown


def test_code_is_not_broken_over_lines() -> None:
    text = "缺了 `block 97.x`，换成 `nn.Linear(2, 3)` 试试（`requires_grad` 也看一看）。"
    for width in range(20, 60):
        assert all(line.count("`") % 2 == 0 for line in wrap(text, width))


def test_a_terminal_gets_text() -> None:
    report = sample_report(right=False)
    assert report._repr_mimebundle_() == {"text/plain": str(report)}
    assert repr(report) == str(report)


def test_the_card_escapes_what_the_student_wrote() -> None:
    class ParallelBlock(nn.Module):
        def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
            super().__init__()

        def forward(self, X: torch.Tensor) -> torch.Tensor:
            raise ValueError("<script>alert(1)</script>")

    html = checks.parallel_block(ParallelBlock)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html


def test_the_cards_marks_are_words_for_who_cannot_see_them(language: str) -> None:
    holds, fails = {"zh": ("做到了", "没做到"), "en": ("holds", "does not hold")}[language]
    report = sample_report(right=False)
    marks = re.findall(r'role="img" aria-label="(.+?)">(.)<', report._repr_html_())
    assert marks == [(fails, "✗") if diagnosis else (holds, "✓") for _, diagnosis in report.rows]
    assert len(set(marks)) == 2


def test_the_language_is_that_of_the_reader(language: str) -> None:
    report = sample_report(right=False)
    chinese = any("\u4e00" <= character <= "\u9fff" for character in str(report) + report._repr_html_())
    assert chinese == (language == "zh")


def test_symptoms_are_left_out_where_a_cause_is_known() -> None:
    exercise = checks.exercise("parallel-block")
    cause = exercise.diagnosis(says("swapped"))
    symptom = exercise.diagnosis(says("shapes-do-not-fit", line=3, message="2 and 3"))
    keys = [criterion.key for criterion in exercise.criteria]
    report = Report(exercise, dict(zip(keys, [(symptom,), (cause,), (symptom,), ()], strict=True)))
    assert report.diagnoses == [cause]
    assert Report(exercise, dict(zip(keys, [(symptom,), (), (), ()], strict=True))).diagnoses == [symptom]


# --- evidence ------------------------------------------------------------------------------------

def is_plain(value: Any) -> bool:
    if isinstance(value, torch.Tensor):
        return type(value) is torch.Tensor and not value.requires_grad
    if isinstance(value, list):
        return type(value) is list and all(map(is_plain, value))
    if isinstance(value, dict):
        return all(type(key) is str and is_plain(item) for key, item in value.items())
    return value is None or type(value) in (bool, int, float, str)


def evidence_of(answer: Answer, seed: int) -> tuple[Exercise, Evidence]:
    exercise = checks.exercise(answer.exercise)
    with quiet(seed):
        return exercise, exercise.probe(seed, *answer.arguments())


@pytest.mark.parametrize("answer", SAMPLES, ids=str)
def test_evidence_is_plain_and_the_judge_pure(answer: Answer) -> None:
    exercise, evidence = evidence_of(answer, 3)
    assert is_plain(dict(evidence))
    state = torch.get_rng_state()
    verdicts = [judge(exercise, 3, evidence).as_json() for _ in range(2)]
    assert verdicts[0] == verdicts[1]
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("name", [name for name in NAMES if checks.exercise(name).takes[0].kind != "dict"])
def test_evidence_of_one_seed_does_not_serve_for_another(name: str) -> None:
    """Nothing can be hard-coded: what was right for a seed is wrong for the next (facts in a dict do not vary)."""
    exercise, evidence = evidence_of(answers(name)[0], 3)
    assert judge(exercise, 3, evidence).points == exercise.points
    assert judge(exercise, 4, evidence).points < exercise.points


def test_plain_strips_what_could_act() -> None:
    class Sly(torch.Tensor):
        def __eq__(self, other: object) -> Any:
            return True

    sly = torch.ones(2, requires_grad=True).as_subclass(Sly)
    assert is_plain(plain({"a": [sly, (1, 2.0)], "b": torch.Size([2])}))
    assert plain(object()) == {"not_plain": "object"}
    assert math.isnan(plain(float("nan")))


def test_an_exception_costs_its_trial_only() -> None:
    evidence = Evidence()
    with evidence.trial("first") as seen:
        seen["before"] = 1
        raise ValueError("no\n good.")
    with evidence.trial("second") as seen:
        sys.exit(3)
    with evidence.trial("third") as seen:
        seen["value"] = 2
    assert evidence["first"]["before"] == 1
    assert evidence["first"]["error"]["type"] == "ValueError"
    assert evidence["first"]["error"]["message"] == "no good"
    assert evidence["second"]["error"]["type"] == "SystemExit"
    assert evidence["third"] == {"value": 2}


def test_an_interrupt_is_not_swallowed() -> None:
    with pytest.raises(KeyboardInterrupt), Evidence().trial("any"):
        raise KeyboardInterrupt


def test_an_error_names_the_students_line() -> None:
    class ParallelBlock(nn.Module):
        def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
            super().__init__()

        def forward(self, X: torch.Tensor) -> torch.Tensor:
            return X[..., :0] + torch.ones(3, 4, 5)[7]

    error = evidence_of_class(ParallelBlock)["output, usual"]["error"]
    assert error["code"] == "return X[..., :0] + torch.ones(3, 4, 5)[7]"


def evidence_of_class(student_class: type) -> Evidence:
    return checks.exercise("parallel-block").probe(0, student_class)


# --- no trace ------------------------------------------------------------------------------------

def test_a_check_leaves_no_trace(capsys: pytest.CaptureFixture[str]) -> None:
    class ParallelBlock(nn.Module):
        def __init__(self, net1: nn.Module, net2: nn.Module) -> None:
            super().__init__()
            torch.manual_seed(9)
            torch.set_default_dtype(torch.float64)
            print("a student's debug line")
            print("to stderr", file=sys.stderr)

    state = torch.get_rng_state()
    with torch.no_grad():
        run(checks.exercise("parallel-block"), (ParallelBlock,))
        assert not torch.is_grad_enabled()
    assert torch.equal(torch.get_rng_state(), state)
    assert torch.get_default_dtype() == torch.float32
    captured = capsys.readouterr()
    assert captured.err == ""
    assert "a student's debug line" in captured.out


def test_checks_work_where_gradients_are_switched_off() -> None:
    with torch.no_grad():
        assert sample_report(right=True).points == 6


# --- wrapping ------------------------------------------------------------------------------------

@pytest.mark.parametrize("width", [12, 20, 47])
def test_wrapping_keeps_width_words_and_code(width: int) -> None:
    text = "第 0 维是样本；要看 `net(X)` 的（形状），然后 compare it with what you wrote down，再试一次。"
    lines = wrap(text, width)
    assert all(wcswidth(line) <= width for line in lines)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert not any(line[0] in "，。；）" for line in lines)
    assert any("`net(X)`" in line for line in lines)


def test_wrapping_cuts_only_what_is_longer_than_a_line() -> None:
    assert wrap("ab " + "x" * 25 + " cd", 10) == ["ab xxxxxxx", "xxxxxxxxxx", "xxxxxxxx", "cd"]


def test_text_formats_both_languages_with_details_of_both() -> None:
    text = Text("{what}错了", "{what} is wrong").format(what=Text("输出", "The output"))
    assert text == Text("输出错了", "The output is wrong")
