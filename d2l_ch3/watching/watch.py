"""The watch: one process that holds the course, a warm engine, and some threads that each look at one submission."""

import threading
import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from nbgrader.api import Gradebook
from nbgrader.apps import NbGraderAPI
from nbgrader.coursedir import CourseDirectory
from rich.console import Console
from traitlets.config import Config
from watchfiles import watch as changes_in

from d2l_ch3.class_feedback.command import make_due
from d2l_ch3.class_feedback.pages import Maker
from d2l_ch3.class_feedback.record import make_table
from d2l_ch3.class_report.class_data import NotThere
from d2l_ch3.grading import course, pools, whole_class
from d2l_ch3.grading.gradebook import masters_of, open_gradebook
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.grading.settings import preload
from d2l_ch3.language import Text
from d2l_ch3.watching.arrivals import Arrivals, Key, state, whole

TICK = 50  # milliseconds between two looks at what is ready
SWEEP = 10.0  # seconds between two looks at all folders: a network's file system tells of no changes
GRACE = 5.0  # seconds that a submission may take to be done when it is to end
TRIES = 3  # times that a submission is looked at if something fails that is not its fault

Say = Callable[[Key, Text], None]

_GRADED = Text("批改好了，{points:g}/{of:g} 分，从交来算起 {seconds:.1f} 秒",
               "graded, {points:g}/{of:g} points, {seconds:.1f} s after it came")
_UNCHANGED = Text("没有变化", "unchanged")
_REJECTED = Text("批改不了：{why}", "cannot be graded: {why}")
_NO_PAGE = Text("反馈页做不出来：{why}", "its page cannot be made: {why}")
_NOT_RELEASED = Text("反馈页发不出去：{why}", "its page cannot be released: {why}")
_FAILED = Text("出错了，过一会儿再试：{why}", "failed, and is tried again: {why}")
_GIVEN_UP = Text("出错了，交来新的之前不再试：{why}", "failed, and is not tried again until something new comes: {why}")
_NOT_COLLECTED = Text("收不来：{why}", "cannot be collected: {why}")


class Warm:
    """A pool that stays open between gradings, and is opened anew when it broke: `whole_class.Judges`."""

    def __init__(self, jobs: int, root: Path, preload: Iterable[str]) -> None:
        self._jobs, self._root, self._preload = jobs, root, tuple(preload)
        self._lock, self._stack = threading.Lock(), ExitStack()
        self._opened: Any = None
        self._closed = False

    @contextmanager
    def __call__(self) -> Iterator[Any]:
        """The pool, and how many it can grade at one time."""
        with self._lock:
            if self._closed:
                raise BrokenExecutor("the watch ends")
            if self._opened is None:
                self._opened = self._stack.enter_context(pools.local(self._jobs, self._root, self._preload))
            opened = self._opened
        try:
            yield opened
        except (BrokenExecutor, IsolationError):
            with self._lock:
                if self._opened is opened:
                    self._opened = None
                    self._stack.close()
            raise

    def close(self) -> None:
        """End it, whatever it is at."""
        with self._lock:
            self._closed = True
            self._stack.close()


class Watch:
    """Grades what is in ``submitted/`` and what comes there. `say` is told what becomes of each."""

    def __init__(self, config: Config, assignments: Iterable[str], jobs: int, arrivals: Arrivals, say: Say,
                 collect: bool = False, release: bool = False) -> None:
        self.directory = CourseDirectory(config=config)
        self.root = Path(self.directory.root)
        self.arrivals, self.stop = arrivals, threading.Event()
        self._say, self._jobs, self._release = say, jobs, release
        self._makers = {name: Maker(config, name) for name in assignments}
        with Gradebook(self.directory.db_url, self.directory.course_id) as gradebook:
            known = [master for name in self._makers
                     for master in masters_of(gradebook, self.directory, name, self.directory.config).values()]
        self._warm = Warm(jobs, self.root, preload(config, known, many=True))
        self._running: dict[Future[None], Key] = {}
        self._failed: dict[Key, int] = {}
        self._states: dict[Key, Any] = {}
        self._swept = time.monotonic()
        self._came_in: float | None = None
        """When something came into the exchange that was not collected yet."""
        self._exchange = NbGraderAPI(config=config)
        self._pattern = Path(self.directory.format_path(
            self.directory.submitted_directory, "{student}", "{assignment}")).parts
        self._submitted = Path(*self._pattern[:min(map(self._pattern.index, Key("{student}", "{assignment}")))])
        self._one_at_a_time = threading.Lock()  # nbgrader's interface keeps what it is at in its own settings
        self._inbound = Path(self._exchange.exchange_root, self.directory.course_id, "inbound") if collect else None

    def run(self, begun: Callable[[], None] = lambda: None) -> None:
        """Until `stop` is set; calls `begun` when what comes is seen. Raises CourseError if there is no such course."""
        with course.locked(self.root), ThreadPoolExecutor(2 * self._jobs) as threads:
            try:
                with self._warm(), open_gradebook(self.directory.db_url, self.directory.course_id) as gradebook:
                    make_table(gradebook)  # before several would
                for maker in self._makers.values():
                    maker.warm()
                up = False
                for changes in changes_in(*self._folders(), watch_filter=None, debounce=TICK, step=TICK,
                                          rust_timeout=TICK, yield_on_timeout=True, stop_event=self.stop,
                                          raise_interrupt=False):
                    if not up:  # only now, so that what comes meanwhile is not missed
                        up = True
                        begun()
                        self._look_at_all()
                    self._note([Path(path) for _, path in changes], time.monotonic())
                    self._begin(threads)
                wait(self._running, GRACE)
            finally:
                self._warm.close()
                threads.shutdown(cancel_futures=True)

    def _folders(self) -> list[Path]:
        """Where something may come."""
        self._submitted.mkdir(parents=True, exist_ok=True)
        return [self._submitted, *filter(None, [self._inbound])]

    def _keys(self, path: Path) -> Iterator[Key]:
        """Whose submission a path belongs to; that of a folder which holds several may be in each."""
        student, assignment = (self._pattern.index(part) for part in Key("{student}", "{assignment}"))
        parts = path.parts
        if parts[:len(self._submitted.parts)] == self._submitted.parts and len(parts) > student:
            yield from (Key(parts[student], name) for name in self._makers
                        if len(parts) <= assignment or parts[assignment] == name)

    def _look_at_all(self) -> None:
        """Find what was not graded, or has no page, when the last watch ended, however it did."""
        self._collect()
        for name in self._makers:
            found = [Key(student, name) for student in course.submissions(self.directory, name)]
            self._states.update({key: state(self._folder(key)) for key in found})
            for one in whole_class.plan(self.root, name).todo if found else ():
                self.arrivals.touch(Key(one.student, name), time.monotonic())
            with suppress(NotThere):  # nothing is graded
                for page in make_due(Console(quiet=True), self._makers[name], jobs=self._jobs).made:
                    self._hand_out(Key(page.student, name))

    def _note(self, paths: list[Path], now: float) -> None:
        """Touch what changed: where something is told to have changed, and now and then everywhere."""
        if self._inbound and any(path.is_relative_to(self._inbound) for path in paths):
            self._came_in = now
        if self._came_in is not None and now - self._came_in >= 2 * self.arrivals.still:
            self._came_in = None
            self._collect()
        if now - self._swept >= SWEEP:
            self._swept = now
            self._touch((Key(student, name) for name in self._makers
                         for student in course.submissions(self.directory, name)), now)
        self._touch((key for path in paths for key in self._keys(path)), now)

    def _touch(self, keys: Iterable[Key], now: float) -> None:
        for key in keys:
            found = state(self._folder(key))
            if found and self._states.get(key) != found:
                self._states[key] = found
                self._failed.pop(key, None)
                self.arrivals.touch(key, now)

    def _folder(self, key: Key) -> Path:
        return Path(self.directory.format_path(self.directory.submitted_directory, key.student, key.assignment))

    def _begin(self, threads: ThreadPoolExecutor) -> None:
        for done in [future for future in self._running if future.done()]:
            self._end(self._running.pop(done), done)
        for key, anyway in list(self.arrivals.ready(time.monotonic())):
            if len(self._running) < 2 * self._jobs and (anyway or whole(self._folder(key))):
                came = self.arrivals.begin(key, time.monotonic())
                self._running[threads.submit(self._look_at, key, came)] = key

    def _end(self, key: Key, done: "Future[None]") -> None:
        self.arrivals.end(key)
        error = done.exception()
        if error is None:
            self._failed.pop(key, None)
        elif isinstance(error, course.CourseError):
            self._say(key, _GIVEN_UP.format(why=error))
        elif not self.stop.is_set():
            self._failed[key] = self._failed.get(key, 0) + 1
            again = self._failed[key] < TRIES
            self._say(key, (_FAILED if again else _GIVEN_UP).format(why=error or type(error).__name__))
            if again:
                self.arrivals.touch(key, time.monotonic())

    def _look_at(self, key: Key, came: float) -> None:
        """Grade a submission, make its page and hand it out."""
        what = whole_class.plan(self.root, key.assignment, [key.student])
        graded = whole_class.run_unlocked(what, self._warm).graded
        pages = make_due(Console(quiet=True), self._makers[key.assignment], [key.student])
        for _, overrun in pages.failed:
            self._say(key, _NO_PAGE.format(why=overrun.reason))
        if pages.made:
            self._hand_out(key)
        for one in graded:
            if one.rejected:
                self._say(key, _REJECTED.format(why=Text(*one.record["rejected"])))
        if not graded and not pages.made:
            self._say(key, _UNCHANGED)
        elif pages.made:
            marks = [page.marks for page in pages.made]
            self._say(key, _GRADED.format(
                points=sum(one.score for one in marks), of=sum(one.max_score for one in marks),
                seconds=time.monotonic() - came))

    def _hand_out(self, key: Key) -> None:
        if self._release:
            with self._one_at_a_time:
                result = self._exchange.release_feedback(key.assignment, key.student)
            if not result["success"]:
                self._say(key, _NOT_RELEASED.format(why=_last_line(result)))

    def _collect(self) -> None:
        if self._inbound:
            for name in self._makers:
                with self._one_at_a_time:
                    result = self._exchange.collect(name)
                if not result["success"]:
                    self._say(Key("", name), _NOT_COLLECTED.format(why=_last_line(result)))


def _last_line(result: dict[str, Any]) -> str:
    """What nbgrader said at last."""
    said: str = (result.get("error") or result.get("log") or "").strip().splitlines()[-1]
    return said
