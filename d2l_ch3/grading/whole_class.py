"""Grading every submission of an assignment: many are graded at once, one process writes.

Submissions come from the folder, go through an executor, and are written as they come
back, each in one transaction and with a fingerprint of what it was graded from. Whenever this stops, what is written is
whole, and the next run does what is missing.
"""

import time
from collections import Counter
from collections.abc import Callable, Generator, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import AssignLatePenalties
from traitlets.config import Config

from d2l_ch3.grading import course
from d2l_ch3.grading.gradebook import fingerprints, masters, open_gradebook, save
from d2l_ch3.grading.isolation import IsolationError, Request
from d2l_ch3.grading.settings import REFUSED, REFUSED_FOR_A_CLASS, converter, other_languages, refused
from d2l_ch3.grading.tasks import Graded, Task
from d2l_ch3.grading.worker import Result, given_up, work
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import Limits
from d2l_ch3.notebooks.master import Master
from d2l_ch3.notebooks.submission import contents, notebook_in

WAITING = 4  # submissions that wait for each process, so that none is idle; more would only take memory
TRIES = 3  # times that a pool may break without getting anything done, or over one submission

_NOTHING_BY = Text("{students} 没有交 {assignment}", "nothing was handed in for {assignment} by {students}")
_NOTHING_IN = Text("{folder} 里没有人交 {assignment}：名字写对了吗？作业应在 {folder}/<学号>/{assignment}/",
                   "nobody handed in {assignment}: is it spelled so? It belongs in {folder}/<student>/{assignment}/")

_NOT_ENROLLED = Text("成绩册里没有这些学生：{students}。c.Autograde.create_student = False，所以没有添加他们",
                     "the gradebook has no such students: {students}. c.Autograde.create_student = False, so they were "
                     "not added")

Executors = Callable[[], AbstractContextManager[tuple[Executor, int]]]
"""Opens the pool or cluster and says how many it can grade at one time; called again after it broke."""


@dataclass(frozen=True)
class Submission:
    """What a student handed in: a task a notebook, the fingerprint of each, and where it goes when it is graded."""

    student: str
    folder: Path
    graded_folder: Path
    tasks: tuple[Task, ...]
    fingerprints: tuple[str, ...]


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
    source, release = (Path(directory.format_path(step, ".", assignment))
                       for step in (directory.source_directory, directory.release_directory))
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        known = {name: master for name, master in masters(gradebook, assignment, source, release, config).items()
                 if fnmatch(name, directory.notebook_id)}
        before = {} if force or step.force else fingerprints(gradebook, assignment)
        unknown = [] if step.create_student else sorted(set(found) - {one.id for one in gradebook.students})
    if unknown:
        raise course.CourseError(_NOT_ENROLLED.format(students=", ".join(unknown)))
    _refuse(config, known)
    request = course.request(step, assignment, isolated, limits)
    key = b"" if dry else course.key(root)
    todo, unchanged = [], []
    for student in students or found:
        graded_folder = Path(directory.format_path(directory.autograded_directory, student, assignment))
        one = _submission(student, found[student], graded_folder, source, known, key, request)
        done = all(before.get((student, task.master.name)) == fingerprint
                   and (graded_folder / f"{task.master.name}.ipynb").exists()
                   for task, fingerprint in zip(one.tasks, one.fingerprints, strict=True))
        if done:
            unchanged.append(student)
        else:
            todo.append(one)
    return Plan(directory, assignment, todo, unchanged)


def _refuse(config: Config, known: dict[str, Master]) -> None:
    """Raise CourseError if something is set, or asked for, that cannot be done here."""
    why = [*other_languages(known), *refused(config, (*REFUSED, *REFUSED_FOR_A_CLASS))]
    if why:
        raise course.CourseError(Text("；".join(one.zh for one in why), "; ".join(one.en for one in why)))


def _submission(student: str, folder: Path, graded_folder: Path, source: Path, known: dict[str, Master], key: bytes,
                request: Request) -> Submission:
    place = contents(folder)
    request = replace(request, files=course.files(place, source, request))
    tasks = tuple(Task(student, notebook_in(place, name, known), master, key, request)
                  for name, master in known.items())
    return Submission(student, folder, graded_folder, tasks,
                      tuple(course.fingerprint(task.path, task.master, request) for task in tasks))


def run(what: Plan, executors: Executors, progress: Callable[[str], None] = lambda _: None) -> Summary:
    """Grade what is to be graded and write it. What keeps taking the grading processes down is rejected.

    Raises IsolationError if students' code cannot be isolated, and BrokenExecutor if processes die whatever they grade.
    """
    with course.locked(Path(what.directory.root)):
        return run_unlocked(what, executors, progress)


def run_unlocked(what: Plan, executors: Executors, progress: Callable[[str], None] = lambda _: None) -> Summary:
    """As `run`, for one that keeps the course locked already."""
    summary, start = Summary(unchanged=what.unchanged), time.monotonic()
    late, step = AssignLatePenalties(config=what.directory.config), converter(what.directory)
    with (open_gradebook(what.directory.db_url, what.directory.course_id) as gradebook,
          closing(_graded(what, executors)) as graded):
        for one, results in graded:
            _write(gradebook, one, results, late)
            if int(str(step.permissions), 8) != course.READ_ONLY:
                step.set_permissions(what.assignment, one.student)
            summary.graded += [result.graded for result in results]
            progress(one.student)
    summary.seconds = time.monotonic() - start
    return summary


def _graded(what: Plan, executors: Executors) -> Generator[tuple[Submission, list[Result]], None, None]:
    """The submissions as they are done, whatever becomes of the pool.

    What it broke over comes last, one submission at a time, so that it shows which one it is.
    """
    left = {one.student: one for one in what.todo}
    suspects: Counter[str] = Counter()
    in_vain, any_done = 0, False
    while left:
        first = [one for one in left.values() if one.student not in suspects]
        running: dict[Future[list[Result]], Submission] = {}
        try:
            with executors() as (executor, parallel):
                for one, results in _in_pool(executor, first or list(left.values()), what.directory.root,
                                             parallel * WAITING if first else 1, running):
                    del left[one.student]
                    in_vain, any_done = 0, True
                    yield one, results
        except (BrokenExecutor, IsolationError) as error:
            in_vain += 1
            suspects.update(one.student for one in running.values())
            culprit = next((one for one in running.values() if not first and suspects[one.student] >= TRIES), None)
            if culprit and any_done and isinstance(error, BrokenExecutor):
                del left[culprit.student]
                yield culprit, [given_up(task) for task in culprit.tasks]
            elif in_vain == TRIES:
                raise


def _in_pool(executor: Executor, todo: list[Submission], root: str, most: int,
             running: dict[Future[list[Result]], Submission]) -> Iterator[tuple[Submission, list[Result]]]:
    """The submissions as they are done; `running` holds those that are with the executor, at `most` so many."""
    rest = iter(todo)
    while True:
        while len(running) < most and (one := next(rest, None)) is not None:
            running[executor.submit(work, one.tasks, root)] = one
        if not running:
            return
        for future in wait(running, return_when=FIRST_COMPLETED).done:
            results = future.result()
            yield running.pop(future), results


def _write(gradebook: Gradebook, one: Submission, results: list[Result], late: AssignLatePenalties) -> None:
    """The files first, then the gradebook: if it stops between, the fingerprint is missing and it is done again."""
    for task, result in zip(one.tasks, results, strict=True):
        course.write(result.text, task.master.name, one.graded_folder, task.request.files, one.folder)
    save(gradebook, [(result.graded, fingerprint)
                     for result, fingerprint in zip(results, one.fingerprints, strict=True)],
         course.timestamp(one.folder), late)
