"""What the master of a notebook says of its cells."""

import pytest

from d2l_ch3.notebooks.master import Master, MasterCell

BONUS = "tiny-module"


def cell(name: str, **marks: bool) -> MasterCell:
    return MasterCell(name, "code", "x = 1", "", locked=not marks.get("solution"), **marks)


@pytest.mark.parametrize(("name", "test", "bonus"), [
    (BONUS, [cell(f"test-{BONUS}")], True),
    (BONUS, [cell(f"test-{BONUS}", grade=True)], False),  # another course, with points for an answer of that name
    (BONUS, [cell("test-another")], False),
    (BONUS, [], False),
    ("parallel-block", [cell("test-parallel-block")], False),
    ("of-another-course", [cell("test-of-another-course")], False)])
def test_a_bonus_is_one_of_ours_whose_test_gives_no_points(name: str, test: list[MasterCell], bonus: bool) -> None:
    answer = cell(name, solution=True)
    assert Master("hw1", "a", (answer, *test), {}).is_bonus(answer) is bonus
