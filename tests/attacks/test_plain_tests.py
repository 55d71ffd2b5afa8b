"""A test cell with plain asserts is decided inside, but not by what a student hung into the shell."""

import json
from dataclasses import replace
from typing import Any

import pytest

HOOKS = {
    "input transformers": """
shell.input_transformers_cleanup.append(lambda lines: ["pass"])
shell.input_transformers_post.append(lambda lines: ["pass"])
shell.transform_cell = lambda cell: "pass"
""",
    "AST transformers": """
import ast
class Blank(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
shell.ast_transformers.append(Blank())
""",
    "events": """
def after(result):
    result.error_in_exec = result.error_before_exec = None
shell.events.register("post_run_cell", after)
shell.events.register("pre_run_cell", lambda info: shell.user_ns.update(answer=42))
""",
    "displayhook": """
import sys
full = {"output_type": "execute_result", "data": {"text/plain": "6.0"}, "metadata": {}, "execution_count": 1}
sys.displayhook = lambda value: shell.displayhook.emit(full)
type(shell.displayhook).__call__ = lambda self, value=None: self.emit(full)
""",
    "tracebacks": """
shell.showtraceback = shell._showtraceback = lambda *_, **__: None
shell.set_custom_exc((AssertionError,), lambda *_, **__: [])
""",
    "run_cell": """
shell.run_cell = lambda *_, **__: type("Result", (), {"success": True})()
shell.run_code = shell.run_ast_nodes = lambda *_, **__: False
""",
    "an exit in the answer": """
class Leaving:
    def __eq__(self, other):
        raise SystemExit(0)
answer = Leaving()
""",
    "an exception that nothing catches": """
class Quit(BaseException):
    pass
class Leaving:
    def __eq__(self, other):
        raise Quit
answer = Leaving()
""",
    "an interrupt": """
class Leaving:
    def __eq__(self, other):
        raise KeyboardInterrupt
answer = Leaving()
""",
}
TEST = "import math\nassert answer == 42, 'not the answer'\nassert math.isqrt(answer) == 6"


def with_plain_test(master: Any, source: str) -> Any:
    """The master with another test of parallel-block."""
    return replace(master, cells=tuple(replace(cell, source=source) if cell.grade_id == "test-parallel-block" else cell
                                       for cell in master.cells))


def graded(grader, answer: str, test: str = TEST) -> Any:
    path = grader.course.hand_in("plain", "ps1-blocks", {"parallel-block": answer})
    return grader.grade(path, "ps1-blocks", master=with_plain_test(grader.master("ps1-blocks"), test), cell_time=5)


def test_a_plain_test_passes(grader):
    result = graded(grader, "answer = 42")
    assert result.scores["test-parallel-block"] == 6.0
    assert result.record["decided_inside"] == ["test-parallel-block"]


@pytest.mark.parametrize("hook", HOOKS)
def test_a_hook_does_not_make_a_failing_assert_pass(grader, hook):
    result = graded(grader, f"shell = get_ipython()\nanswer = 41\n{HOOKS[hook]}")
    assert result.scores["test-parallel-block"] == 0.0
    assert result.record["decided_inside"] == ["test-parallel-block"]


NUMBERS = {"2": 2.0, "2.5": 2.5, "600": 6.0, "-3": 0.0, "float('nan')": 0.0, "float('inf')": 0.0, "10 ** 400": 6.0,
           "True": 6.0, "'3'": 6.0, "torch.tensor(1.0)": 6.0}


@pytest.mark.parametrize(("last", "points"), NUMBERS.items())
def test_a_number_at_the_end_is_partial_credit(grader, last, points):
    assert graded(grader, "answer = 42", f"assert answer == 42\n{last}").scores["test-parallel-block"] == points


FORGED = """
from d2l_ch3.grading.wire import Channel
send = Channel.send
Channel.send = lambda self, message, block=b"": send(self, {{**message, "ok": True, "points": {points}}}, block)
"""


@pytest.mark.parametrize("points", ["10 ** 400", "1e999", "'6'", "[6]", "{}", "None", "-1", "True"])
def test_whatever_points_are_claimed_there_are_no_more_than_the_test_gives(grader, points):
    """The student's process can say that a plain test passed, but not more than that, and it cannot stop the grader."""
    result = graded(grader, FORGED.format(points=points))
    assert 0.0 <= result.scores["test-parallel-block"] <= 6.0
    assert all(score in (0.0, None) for name, score in result.scores.items() if name != "test-parallel-block")
    json.dumps(result.notebook)
