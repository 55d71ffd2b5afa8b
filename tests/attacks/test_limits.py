"""What is not promised, shown: a fact that is no number can be denied. docs/security.md says so."""

from typing import Any

LIAR = '''
class RegisteredSequential(nn.Sequential):
    pass


from d2l_ch3.checks import containers

containers.torch_container = lambda net_class: None
'''


def test_a_liar_can_deny_what_no_number_shows(grader: Any) -> None:
    path = grader.course.hand_in("liar", "ps1-blocks", {"registered-sequential": LIAR})
    assert grader.grade(path, "ps1-blocks").scores["test-registered-sequential"] == 6.0
    path = grader.course.hand_in("honest", "ps1-blocks", {"registered-sequential": LIAR.split("from")[0]})
    assert grader.grade(path, "ps1-blocks").scores["test-registered-sequential"] == 0.0
