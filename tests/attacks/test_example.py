from tools.bank import answers


def test_a_right_answer_is_right(grader, tmp_path):
    right = {name: answers(name)[0].cell for name in ("parallel-block", "list-sequential")}
    path = grader.course.hand_in("a", "ps1-blocks", right)
    graded = grader.grade(path, "ps1-blocks")
    assert graded.scores["test-parallel-block"] == 6.0
    assert graded.scores["test-list-sequential"] == 3.0
    assert graded.scores["test-block-network"] == 0.0
    assert graded.scores["list-sequential-why"] == 0.0
