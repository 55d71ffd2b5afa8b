"""Tests do not depend on what the shell has set; those that grade share a course and a zygote."""

import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

for name in ("EDITION", "D2L_CH3_LANGUAGE", "NBGRADER_VALIDATING"):
    os.environ.pop(name, None)

KEY = b"a secret of the tests"
NOT_OURS = {"PYTEST_CURRENT_TEST", "TORCHINDUCTOR_CACHE_DIR"}  # PyTorch notes a folder when it imports its compiler


@pytest.fixture(autouse=True)
def environment_left_as_found() -> Iterator[None]:
    """What one test leaves in the environment would decide about the next one, in another order."""
    before = dict(os.environ)
    yield
    changed = {name for name, _ in before.items() ^ os.environ.items()} - NOT_OURS
    assert not changed, f"the test changed {sorted(changed)} and did not put it back"


@dataclass
class Grader:
    """Grades notebooks in this process, as the pool's processes do; `hidden` is out of students' sight."""

    course: Any
    zygote: Any
    hidden: Path
    _masters: dict[str, Any] = field(default_factory=dict)

    def master(self, assignment: str) -> Any:
        from d2l_ch3.grading.gradebook import masters, open_gradebook

        if assignment not in self._masters:
            with open_gradebook(self.course.db_url, "d2l_ch3") as gradebook:
                (self._masters[assignment],) = masters(
                    gradebook, assignment, self.course.folder / "source" / assignment).values()
        return self._masters[assignment]

    def grade(self, path: Path, assignment: str, student: str = "s", master: Any = None, isolated: bool = True,
              files: tuple[tuple[str, str], ...] = (), **limits: Any) -> Any:
        """Grade the notebook at `path`; `limits` are those of d2l_ch3.notebooks.limits.Limits."""
        from d2l_ch3.grading.grade import grade
        from d2l_ch3.grading.request import Request
        from d2l_ch3.grading.tasks import Task
        from d2l_ch3.notebooks.limits import Limits

        request = Request(Limits(**limits), files, isolated)
        return grade(Task(student, path, master or self.master(assignment), KEY, request), self.zygote)


@pytest.fixture(scope="session")
def grader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Grader]:
    """A course with generated assignments, and a zygote that hides it."""
    from d2l_ch3.grading.zygote import Zygote
    from tools.scratch import ScratchCourse

    folder = tmp_path_factory.mktemp("course")
    course = ScratchCourse(folder / "course").generate()
    zygote = Zygote.start([folder])
    yield Grader(course, zygote, folder)
    zygote.stop()
