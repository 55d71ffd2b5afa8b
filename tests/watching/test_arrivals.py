"""When a submission is looked at: by a clock of the test's own."""

import os
from pathlib import Path

import pytest

from d2l_ch3.watching.arrivals import Arrivals, Key, state, whole

ONE, TWO = Key("s1", "ps1"), Key("s2", "ps1")


@pytest.fixture
def arrivals() -> Arrivals:
    return Arrivals(still=1, partial=5, apart=10)


def ready(arrivals: Arrivals, now: float) -> list[Key]:
    return [key for key, _ in arrivals.ready(now)]


def test_files_that_still_change_wait(arrivals: Arrivals) -> None:
    for now in (0, 0.75, 1.5):
        arrivals.touch(ONE, now)
        assert ready(arrivals, now + 0.5) == []
    assert ready(arrivals, 2.5) == [ONE]


def test_what_is_not_whole_waits_longer_but_not_for_ever(arrivals: Arrivals) -> None:
    arrivals.touch(ONE, 0)
    assert list(arrivals.ready(4.9)) == [(ONE, False)]
    assert list(arrivals.ready(5.0)) == [(ONE, True)]


def test_the_first_to_come_is_the_first(arrivals: Arrivals) -> None:
    arrivals.touch(TWO, 0)
    arrivals.touch(ONE, 0.5)
    assert ready(arrivals, 9) == [TWO, ONE]


def test_a_newer_version_comes_when_the_older_is_done_and_not_too_soon(arrivals: Arrivals) -> None:
    arrivals.touch(ONE, 0)
    assert arrivals.begin(ONE, 1) == 0
    arrivals.touch(ONE, 2)
    arrivals.touch(ONE, 3)
    assert ready(arrivals, 20) == []  # it is still looked at
    arrivals.end(ONE)
    assert ready(arrivals, 10.5) == []
    assert ready(arrivals, 11) == [ONE]
    arrivals.touch(TWO, 2)
    assert ready(arrivals, 10.5) == [TWO]  # others do not wait for it
    arrivals.begin(ONE, 11)
    arrivals.end(ONE)
    assert ready(arrivals, 99) == [TWO]  # of several versions the last counted


def test_any_change_of_a_file_is_seen(tmp_path: Path) -> None:
    seen = [state(tmp_path / "none"), state(tmp_path)]
    assert seen == [(), ()]
    file = tmp_path / "a.ipynb"
    file.write_text("{}")
    seen.append(state(tmp_path))
    os.utime(file, ns=(0, 0))
    seen.append(state(tmp_path))
    file.write_text("{ }")
    os.utime(file, ns=(0, 0))
    seen.append(state(tmp_path))
    assert len(set(seen)) == 4


@pytest.mark.parametrize(("text", "is_whole"), [
    ('{"cells": []}', True), ('{"cells": []}\n', True), ('{"cells": [', False), ("", False), ("x" * 1000, False)])
def test_half_a_notebook_is_told_by_its_end(tmp_path: Path, text: str, is_whole: bool) -> None:
    (tmp_path / "a.ipynb").write_text(text)
    assert whole(tmp_path) is is_whole


def test_what_is_no_file_waits_for_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.ipynb")
    (tmp_path / "b.ipynb").symlink_to("nowhere")
    assert whole(tmp_path)
