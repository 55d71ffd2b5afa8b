"""Copies are found with other names and another layout; what people wrote by themselves is not listed."""

import ast
from itertools import combinations

import nbformat
import pytest

from d2l_ch3.notebooks.cells import grade_id
from d2l_ch3.notebooks.exercises import assignment_of, names
from d2l_ch3.similarity.pairs import ENOUGH, USUAL, pairs
from d2l_ch3.similarity.pieces import SOURCE, pieces
from tools.bank import Answer, answers
from tools.build import ROOT

BONUS = ["tied-weights", "fourier-matrix"]  # those of tiny-module were made from one another


class Renamed(ast.NodeTransformer):
    """Gives other names to all that the code names itself."""

    def __init__(self, tree: ast.AST) -> None:
        nodes = list(ast.walk(tree))
        self.variables = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        self.variables |= {node.arg for node in nodes if isinstance(node, ast.arg)} - {"self"}
        self.attributes = {node.attr for node in nodes if isinstance(node, ast.Attribute)
                           and isinstance(node.ctx, ast.Store) and isinstance(node.value, ast.Name)
                           and node.value.id == "self"}

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = f"my_{node.id}" if node.id in self.variables else node.id
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = f"my_{node.arg}" if node.arg in self.variables else node.arg
        return node

    def visit_Attribute(self, node: ast.Attribute) -> ast.AST:
        node.attr = f"my_{node.attr}" if node.attr in self.attributes else node.attr
        return self.generic_visit(node)


def copied(source: str) -> str:
    """A copy with other names, other comments and another layout."""
    tree = ast.parse(source)
    return "# all by myself\n" + ast.unparse(Renamed(tree).visit(tree)).replace("\n\n", "\n# my idea\n\n")


def explained(exercise: str) -> frozenset[tuple[str, ...]]:
    """The pieces of release and model solution."""
    found: frozenset[tuple[str, ...]] = frozenset()
    for where in ("source", "release"):
        (path,) = (ROOT / where / assignment_of(exercise)).glob("*.ipynb")
        cells = nbformat.read(path, as_version=4).cells
        found |= next(pieces(cell.source) for cell in cells if grade_id(cell) == exercise)
    return found


def right(exercise: str) -> list[Answer]:
    return [answer for answer in answers(exercise) if answer.right]


@pytest.mark.parametrize("exercise", [*names(), *BONUS])
def test_independent_answers_are_not_listed(exercise: str) -> None:
    independent = {str(answer): pieces(answer.cell) for answer in right(exercise)}
    assert len(independent) >= 2  # of an exercise that is being written
    assert list(pairs(exercise, independent, explained(exercise))) == []


def test_there_are_many_independent_answers() -> None:
    assert sum(len(right(exercise)) >= 10 for exercise in names()) >= 20
    assert all(len(right(exercise)) >= 5 for exercise in BONUS)


@pytest.mark.parametrize("exercise", names())
def test_of_all_answers_those_alone_are_listed_that_one_was_made_from_the_other(exercise: str) -> None:
    everything = {answer.path.stem: pieces(answer.cell) for answer in answers(exercise)}
    assert {pair.students for pair in pairs(exercise, everything, explained(exercise))} <= {
        ("wrong_global_list", "wrong_global_list_used"), ("wrong_leaf_in_place", "wrong_requires_grad_off"),
        ("wrong_flattens", "wrong_no_bias_and_flatten")}


@pytest.mark.parametrize("exercise", [*names(), *BONUS])
def test_a_copy_is_found_where_there_is_enough_to_tell(exercise: str) -> None:
    """Each right answer in turn is copied; it is found unless the rule leaves it out: too short, or usual."""
    bank, known = right(exercise), explained(exercise)
    for answer in bank:
        handed_in = {str(one): pieces(one.cell) for one in bank}
        handed_in["the copy"] = pieces(copied(answer.cell))
        assert handed_in["the copy"] == handed_in[str(answer)]
        usual = {piece for piece in handed_in[str(answer)]
                 if sum(piece in others for others in handed_in.values()) > USUAL}
        found = [pair.students for pair in pairs(exercise, handed_in, known)]
        enough = len(handed_in[str(answer)] - known - usual) >= ENOUGH
        assert found == ([tuple(sorted((str(answer), "the copy")))] if enough else [])


def test_most_who_copy_a_whole_set_are_found() -> None:
    sets = [[right(exercise) for exercise in names() if assignment_of(exercise) == assignment]
            for assignment in ("ps1-blocks", "ps2-parameters", "ps3-layers")]
    for exercises in sets:
        size = min(map(len, exercises))
        caught = set()
        for bank in exercises:
            handed_in = {f"s{number:02}": pieces(answer.cell) for number, answer in enumerate(bank[:size])}
            for number, answer in enumerate(bank[:size]):
                more = {**handed_in, "copy": pieces(copied(answer.cell))}
                caught |= {number for _ in pairs("one", more, explained(answer.exercise))}
        assert len(caught) > 0.8 * size


def test_a_piece_that_many_have_is_no_sign() -> None:
    same = pieces(right("shared-mlp")[1].cell)
    assert len(same) > 2 * ENOUGH
    students = [f"s{number}" for number in range(USUAL + 1)]
    assert [pair.students for pair in pairs("one", dict.fromkeys(students[:USUAL], same))] == list(
        combinations(students[:USUAL], 2))
    assert list(pairs("one", dict.fromkeys(students, same))) == []
    assert list(pairs("one", dict.fromkeys(students[:2], same), same)) == []


@pytest.mark.parametrize("source", ["def f(:", "\0", "(" * 5000, "x = " + "-" * 15000 + "1", "x = 1\n" * SOURCE, "",
                                    "x." * 5000 + "x"])
def test_what_is_no_code_of_a_student_has_no_pieces(source: str) -> None:
    assert pieces(source) == frozenset()


def test_what_a_library_is_asked_for_is_not_a_name_of_ones_own() -> None:
    code = "def f(a, b):\n    both = torch.{}((a, b), dim=-1)\n    return both * 2 + both.sum() - a.mean()"
    assert pieces(code.format("cat")) != pieces(code.format("stack"))
    assert pieces(code.format("cat")) == pieces(code.format("cat").replace("both", "z").replace("f(", "g("))
