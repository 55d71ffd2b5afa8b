"""Grading every submission of an assignment: many are graded at once, one process keeps the gradebook.

Submissions are looked at in the folder, graded and written by judges that can be thrown away, and saved as they come
back, each in one transaction and with a fingerprint of what it was graded from. Whenever this stops, what is saved is
whole, and the next run does what is missing.
"""

import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from d2l_ch3.budget import DEADLY, Budget, Gone, Overrun, each
from d2l_ch3.grading import course
from d2l_ch3.grading.gradebook import fingerprints, masters_of, open_gradebook, save
from d2l_ch3.grading.handed_in import READ_ONLY, Seen, see, submission
from d2l_ch3.grading.pools import Pool, Submit
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.grading.settings import REFUSED, REFUSED_FOR_A_CLASS, converter, other_languages, refused
from d2l_ch3.grading.tasks import Graded, Submission
from d2l_ch3.grading.worker import give_up, work
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.master import Master

WAITING = 4  # submissions that wait for each process, so that none is idle; more would only take memory
TRIES = 3  # times that a pool may break without getting anything done

_NOTHING_BY = Text("{students} 没有交 {assignment}", "nothing was handed in for {assignment} by {students}")
_NOTHING_IN = Text("{folder} 里没有人交 {assignment}：名字写对了吗？作业应在 {folder}/<学号>/{assignment}/",
                   "nobody handed in {assignment}: is the name right? It belongs in {folder}/<student>/{assignment}/")

_NOT_ENROLLED = Text("成绩册里没有这些学生：{students}。c.Autograde.create_student = False，所以没有添加他们",
                     "the gradebook has no such students: {students}. c.Autograde.create_student = False, so they were "
                     "not added")

Judges = Callable[[], AbstractContextManager[tuple[Submit, int]]]
"""Opens the pool or cluster and says how many it can grade at one time; called again after it broke."""


@dataclass
class Summary:
    """What a run did."""

    graded: list[Graded] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    seconds: float = 0.0

    @property
    def rejected(self) -> list[Graded]:
        """What could not be read."""
        return [graded for graded in self.graded if graded.rejected]


@dataclass(frozen=True)
class Plan:
    """What is to be done for an assignment."""

    directory: CourseDirectory
    assignment: str
    todo: list[Submission]
    unchanged: list[str]


def plan(root: Path, assignment: str, students: Iterable[str] = (), force: bool = False, isolated: bool = True,
         limits: Limits | None = None, dry: bool = False) -> Plan:
    """Look at what was handed in and what is graded already. Raises CourseError and NoMaster."""
    config = course.config(root)
    directory = CourseDirectory(config=config)
    step = converter(directory)
    found = course.submissions(directory, assignment)
    unknown = sorted(set(students) - set(found))
    if unknown:
        raise course.CourseError(_NOTHING_BY.format(assignment=assignment, students=", ".join(unknown)))
    if not found:
        raise course.CourseError(_NOTHING_IN.format(
            assignment=assignment, folder=Path(directory.root, directory.submitted_directory)))
    source = Path(directory.format_path(directory.source_directory, ".", assignment))
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        known = {name: master for name, master in masters_of(gradebook, directory, assignment, directory.config).items()
                 if fnmatch(name, directory.notebook_id)}
        before = {} if force or step.force else fingerprints(gradebook, assignment)
        unknown = [] if step.create_student else sorted(set(found) - {one.id for one in gradebook.students})
    if unknown:
        raise course.CourseError(_NOT_ENROLLED.format(students=", ".join(unknown)))
    _refuse(config, known)
    request = course.request(step, assignment, isolated, limits)
    key = b"" if dry else course.key(root)
    todo, unchanged = [], []
    asked = {student: Path(directory.format_path(directory.autograded_directory, student, assignment))
             for student in students or found}

    def look(student: str) -> Seen:
        return see(student, found[student], asked[student], source, known, request, before)

    for student, seen in each(look, asked):
        if isinstance(seen, Seen) and seen.done:
            unchanged.append(student)
        else:
            todo.append(submission(student, found[student], asked[student], known, key, request, seen))
    return Plan(directory, assignment, todo, unchanged)


def _refuse(config: Config, known: dict[str, Master]) -> None:
    """Raise CourseError if something is set, or asked for, that cannot be done here."""
    why = [*other_languages(known), *refused(config, (*REFUSED, *REFUSED_FOR_A_CLASS))]
    if why:
        raise course.CourseError(Text("；".join(one.zh for one in why), "; ".join(one.en for one in why)))


def seen_by(pool: Pool, *what: Any) -> Seen | Overrun:
    """What a judge sees: `see`, or why it cannot be looked at. Raises BrokenExecutor if the zygote is gone."""
    try:
        seen: Seen = pool.ask(Budget(), see, *what)
        return seen
    except (BrokenExecutor, IsolationError):
        raise
    except Gone:
        return DEADLY
    except Exception as error:
        return Overrun.by(error)


def run(what: Plan, judges: Judges, progress: Callable[[str], None] = lambda _: None) -> Summary:
    """Grade what is to be graded and save it. What cannot be graded is rejected by name; all else goes on.

    Raises IsolationError if students' code cannot be isolated, BrokenExecutor if judges die whatever they grade, and
    OSError or SQLAlchemyError if results cannot be written.
    """
    with course.locked(Path(what.directory.root)):
        return run_unlocked(what, judges, progress)


def run_unlocked(what: Plan, judges: Judges, progress: Callable[[str], None] = lambda _: None) -> Summary:
    """As `run`, for one that keeps the course locked already."""
    summary, start = Summary(unchanged=what.unchanged), time.monotonic()
    late, step = AssignLatePenalties(config=what.directory.config), converter(what.directory)
    with (open_gradebook(what.directory.db_url, what.directory.course_id) as gradebook,
          closing(_graded(what, judges)) as graded):
        for one, results in graded:
            save(gradebook, list(zip(results, one.fingerprints, strict=True)), course.moment(one.timestamp), late)
            if int(str(step.permissions), 8) != READ_ONLY:
                step.set_permissions(what.assignment, one.student)
            summary.graded += results
            progress(one.student)
    summary.seconds = time.monotonic() - start
    return summary


def _graded(what: Plan, judges: Judges) -> Generator[tuple[Submission, list[Graded]], None, None]:
    """The submissions as they are done, whatever becomes of the pool."""
    left = {one.student: one for one in what.todo}
    in_vain = 0
    while left:
        try:
            with judges() as (submit, parallel):
                for one, results in graded_by(submit, list(left.values()), parallel * WAITING):
                    del left[one.student]
                    in_vain = 0
                    yield one, results
        except (BrokenExecutor, IsolationError):
            in_vain += 1
            if in_vain == TRIES:
                raise


def graded_by(submit: Submit, todo: list[Submission], most: int) -> Iterator[tuple[Submission, list[Graded]]]:
    """The submissions as they are done, `most` with the pool at one time; those that overrun or kill are given up.

    Those that kill judges come last: where nothing else was done either, it is not they that are to blame.
    """
    rest: deque[tuple[Submission, tuple[Any, ...]]] = deque((one, (work,)) for one in todo)
    running: dict[Future[list[Graded]], tuple[Submission, bool]] = {}
    deadly: list[Submission] = []
    done = False
    while rest or running or deadly:
        while rest and len(running) < most:
            one, (do, *more) = rest.popleft()
            running[submit(do, one, *more)] = one, do is work
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            one, first = running.pop(future)
            try:
                results = future.result()
            except (Overrun, Gone) as error:
                if not first:
                    raise BrokenExecutor("judges die whatever they do") from error
                if isinstance(error, Overrun):
                    rest.appendleft((one, (give_up, error.reason)))
                else:
                    deadly.append(one)
            else:
                done = True
                yield one, results
        if deadly and not rest and not running:
            if not done and len(deadly) > 1:
                raise BrokenExecutor("judges die whatever they grade")
            rest.extend((one, (give_up, DEADLY.reason)) for one in deadly)
            deadly.clear()
