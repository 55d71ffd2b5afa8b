"""Within a student's process: run cells and probes as a notebook's kernel would, and report what came out.

Nothing here is trusted by the other side. The student's code runs in the same process
and may change whatever it likes; what it cannot do is to know the right numbers without computing them.
"""

import ast
import asyncio
import base64
import builtins
import contextlib
import fnmatch
import inspect
import io
import linecache
import numbers
import os
import signal
import socket
import sys
import threading
import time
from ast import PyCF_ALLOW_TOP_LEVEL_AWAIT
from collections.abc import Callable, Coroutine
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.inputtransformer2 import TransformerManager
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from traitlets.config import Config

from d2l_ch3 import checks
from d2l_ch3.checks.catalogue import Diagnosis
from d2l_ch3.checks.evidence import describe
from d2l_ch3.grading.isolation import HOME
from d2l_ch3.grading.wire import MAX_STRUCTURE, Channel, Closed, TooLarge, pack
from d2l_ch3.language import get_language

PIECE = 1 << 18  # characters in one message
FLUSH_SIZE, FLUSH_TIME = 8192, 0.2  # characters, seconds: how long printed text may wait
MAX_REQUEST = 1 << 26

Emit = Callable[[dict[str, Any]], None]
"""Reports one output of the cell, as in a notebook file."""


class Stream(io.TextIOBase):
    """`sys.stdout` or `sys.stderr`: what is written becomes outputs, in handfuls."""

    def __init__(self, name: str, emit: Emit, descriptor: int) -> None:
        self.name, self._emit, self._descriptor = name, emit, descriptor
        self._waiting: list[str] = []
        self._size, self._last = 0, 0.0

    encoding = "utf-8"

    def write(self, text: str) -> int:
        """Take text; it is reported when there is enough of it or it has waited long enough."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._waiting.append(text)
        self._size += len(text)
        if self._size > FLUSH_SIZE or time.monotonic() - self._last > FLUSH_TIME:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Report what is waiting."""
        if self._waiting:
            text = "".join(self._waiting)
            self._waiting, self._size, self._last = [], 0, time.monotonic()
            for start in range(0, len(text), PIECE):
                self._emit({"output_type": "stream", "name": self.name, "text": text[start:start + PIECE]})

    def writable(self) -> bool:
        """True."""
        return True

    def fileno(self) -> int:
        """The file descriptor behind it, for programs that the student starts."""
        return self._descriptor


class Publisher(DisplayPublisher):
    """What ``display`` shows."""

    emit: Emit = staticmethod(lambda output: None)

    def publish(self, data: Any, metadata: Any = None, source: Any = None, *, transient: Any = None,
                update: Any = False, **_: Any) -> None:
        """Report it."""
        self.emit({"output_type": "display_data", "data": jsonable(data), "metadata": metadata or {},
                   "id": (transient or {}).get("display_id"), "update": update})

    def clear_output(self, wait: bool = False) -> None:
        """Report that what came before is to go, at once or when something new comes."""
        self.emit({"output_type": "clear", "wait": wait})


class ResultHook(DisplayHook):
    """The value of a cell's last line."""

    emit: Emit = staticmethod(lambda output: None)

    def write_output_prompt(self) -> None:
        """No prompt."""

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        """Report the value."""
        self.emit({"output_type": "execute_result", "data": jsonable(format_dict), "metadata": md_dict or {},
                   "execution_count": self.prompt_count})

    def finish_displayhook(self) -> None:
        """Nothing to end."""


class Shell(InteractiveShell):
    """IPython's shell, its outputs reported."""

    emit: Emit = staticmethod(lambda output: None)

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        self.emit({"output_type": "error", "ename": getattr(etype, "__name__", str(etype)), "evalue": str(evalue),
                   "traceback": [str(line) for line in stb]})

    def enable_gui(self, gui: Any = None) -> None:
        """There is no window to open."""

    def ask_exit(self) -> None:
        """``exit()`` ends the cell."""
        raise SystemExit

    async def run_as_kernel(self, source: str) -> ExecutionResult:
        """Run a cell where an event loop is running already, as a kernel does: a cell that awaits is awaited."""
        problem = None
        try:
            transformed = self.transform_cell(source)
        except Exception:
            transformed, problem = source, sys.exc_info()
        how = {"transformed_cell": transformed, "preprocessing_exc_tuple": problem}
        if not self.should_run_async(source, **how):
            return self.run_cell(source, store_history=True)
        result = await self.run_cell_async(source, store_history=True, **how)
        self.events.trigger("post_execute")
        self.events.trigger("post_run_cell", result)
        return result

    @property
    def kernel(self) -> Any:
        """There is none. Raises AttributeError, so that who asks whether there is one hears no."""
        raise AttributeError("there is no Jupyter kernel here: while it is graded, a notebook runs in an isolated "
                             "Python process")


class Kept(dict[str, Any]):
    """What magics such as ``%cd``, ``%bookmark`` and ``%store`` keep: for this notebook, and in no file."""

    def keys(self, pattern: str = "*") -> Any:
        """The keys that fit a pattern, ``autorestore/*``."""
        return fnmatch.filter(super().keys(), pattern)

    def __delitem__(self, key: str) -> None:
        """Forget a key, if it is known."""
        self.pop(key, None)


def make_shell() -> Shell:
    """The shell of all notebooks; in the zygote, so that it is there when a process starts."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.xmode = "Context"
    config.IPKernelApp.parent_appname = "notebook"  # how libraries see that they are in a notebook
    shell = Shell.instance(config=config, display_pub_class=Publisher, displayhook_class=ResultHook)
    shell.db, shell.home_dir = Kept(), HOME
    shell.run_line_magic("load_ext", "storemagic")  # as every kernel does
    shell.enable_matplotlib("inline")
    with contextlib.redirect_stdout(io.StringIO()):
        for source in ("import numpy", "%time 1 / 0", "1 +"):  # the first of a kind loads what later ones need
            shell.run_cell(source, store_history=False)
    return shell


def jsonable(data: dict[str, Any]) -> dict[str, Any]:
    """A display's data, pictures as text."""
    return {kind: base64.b64encode(value).decode() if isinstance(value, bytes) else value
            for kind, value in data.items()}


class Server:
    """Does what the grader asks, one message after another."""

    def __init__(self, shell: Shell, channel: Channel) -> None:
        self.shell, self.channel = shell, channel
        self._number = self._written = 0
        self._busy = self._sending = self._interrupted = False
        self._turn = threading.Lock()
        self._streams = [Stream("stdout", self.emit, 1), Stream("stderr", self.emit, 2)]
        self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)

    def redirect(self) -> None:
        """Let all that is shown, printed or written to the descriptors 1 and 2 be reported."""
        null = os.open("/dev/null", os.O_RDONLY)
        os.dup2(null, 0)
        os.close(null)
        self._file = os.open("/tmp", os.O_TMPFILE | os.O_RDWR) if hasattr(os, "O_TMPFILE") else os.memfd_create("out")
        for descriptor in (1, 2):
            os.dup2(self._file, descriptor)
        sys.stdin = open(0, closefd=False)  # noqa: SIM115
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__ = self._streams  # type: ignore[misc,assignment]
        self.shell.emit = self.shell.display_pub.emit = self.shell.displayhook.emit = self.emit_after_print

    def emit(self, output: dict[str, Any]) -> None:
        """Report an output; of one that is too large for a message, that there was one."""
        try:
            self._send({"kind": "output", "number": self._number, "output": output})
        except TooLarge:
            self.emit({"output_type": "stream", "name": "stdout", "text": f"({output['output_type']}: too large)\n"})

    def emit_after_print(self, output: dict[str, Any]) -> None:
        """Report an output, after the text that was printed before it."""
        self._flush_streams()
        self.emit(output)

    def _flush_streams(self) -> None:
        for stream in self._streams:
            stream.flush()

    def interrupt(self, *_: Any) -> None:
        """The handler of SIGINT: stops what the student's code does, and nothing else."""
        self._interrupted = self._busy and self._sending
        if self._busy and not self._sending:
            raise KeyboardInterrupt

    def serve(self) -> None:
        """Answer until the grader hangs up."""
        do = {"run": self.run, "probe": self.probe, "decided": self.decided, "test": self.test}
        process = os.getpid()
        while True:
            received = self.channel.receive()
            assert received is not None
            message = received[0]
            self._number = message["number"]
            try:
                self._busy = True
                answer, block = do[message["kind"]](message)
            except KeyboardInterrupt as error:
                answer, block = {"kind": "failed", "error": describe(error)}, b""
            finally:
                self._busy = False
            if os.getpid() != process:  # the cell forked; one answer is enough
                os._exit(0)
            self._flush()
            self._answer(answer, block)

    def _answer(self, answer: dict[str, Any], block: bytes) -> None:
        said = {"number": self._number, "language": get_language()}
        try:
            self._send({**said, **answer}, block)
        except TooLarge as error:
            self._send({**said, "kind": "failed", "error": describe(error)})

    def _send(self, message: dict[str, Any], block: bytes = b"") -> None:
        """Send a message whole: threads take turns, and an interrupt waits until it is out. Raises TooLarge."""
        is_main = threading.current_thread() is threading.main_thread()
        with self._turn:
            self._sending = is_main
            try:
                self.channel.send(message, block, MAX_STRUCTURE)
            finally:
                self._sending = False
        if is_main and self._interrupted:
            self._interrupted = False
            raise KeyboardInterrupt

    def _flush(self) -> None:
        """Report what was printed, and what programs wrote to the descriptors."""
        self._flush_streams()
        size = os.fstat(self._file).st_size
        if size > self._written:
            text = os.pread(self._file, min(size - self._written, 1 << 22), self._written).decode(errors="replace")
            self._written = size
            self.emit({"output_type": "stream", "name": "stdout", "text": text})

    def run(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Run a cell."""
        result = self._in_loop(self.shell.run_as_kernel(message["source"]))
        return {"kind": "done", "ok": result.success, "count": self.shell.execution_count - 1}, b""

    def _in_loop(self, cell: Coroutine[Any, Any, Any]) -> Any:
        """What a cell gives that is run in the event loop, as in a kernel: one loop for all cells, and always running.

        An interrupt while the cell awaits something cancels it.
        """
        task = self._loop.create_task(cell)
        try:
            return self._loop.run_until_complete(task)
        except KeyboardInterrupt:
            if task.cancel():
                with contextlib.suppress(asyncio.CancelledError):
                    self._loop.run_until_complete(task)
            raise

    def probe(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Evaluate the arguments of a check, run its probe, and return the evidence, not the verdict.

        The arguments are not run as a cell: no transformer or event that the student set up sees them.
        """
        exercise = checks.exercise(message["exercise"])
        self.decided(message)
        try:
            arguments = [eval(each, self.shell.user_ns) for each in message["arguments"]]
        except Exception as error:
            return {"kind": "unbound", "error": describe(error)}, b""
        gathered = gather(exercise, tuple(arguments), message["seed"], checks.names_asked_for)
        if isinstance(gathered, Diagnosis):
            return {"kind": "refused", "zh": gathered.text.zh, "en": gathered.text.en}, b""
        structure, block = pack(gathered)
        return {"kind": "evidence", "evidence": structure}, block

    def decided(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Let the call of a check stand in `In`, and nothing more: what follows it has the same number every time."""
        self._begin(f"checks.{message['exercise'].replace('-', '_')}({', '.join(message['arguments'])})")
        return {"kind": "done", "ok": True}, b""

    def test(self, message: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
        """Run a test cell that decides here: passed if nothing is raised; a number at its end is partial credit.

        It is transformed, compiled and run without the shell, whose hooks a student may have changed. As in a kernel
        it stands in `In`, and a semicolon at its end keeps the number back, which is no partial credit then.
        """
        return self._in_loop(self._test(message)), b""

    async def _test(self, message: dict[str, Any]) -> dict[str, Any]:
        namespace, value = self.shell.user_ns, None
        try:
            source = TransformerManager().transform_cell(message["source"])
            self._begin(source)
            linecache.cache[TEST] = (len(source), None, source.splitlines(keepends=True), TEST)
            tree = ast.parse(source, TEST)
            last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
            await _run(_compile(tree, TEST, "exec", PyCF_ALLOW_TOP_LEVEL_AWAIT), namespace)
            if isinstance(last, ast.Expr):
                expression = ast.Expression(last.value)
                value = await _run(_compile(expression, TEST, "eval", PyCF_ALLOW_TOP_LEVEL_AWAIT), namespace)
                value = None if _ends_with_semicolon(source) else value
            points = _points(value)
        except (Exception, SystemExit) as error:
            self.shell.showtraceback((type(error), error, _from_test_on(error.__traceback__)), tb_offset=0)
            return {"kind": "done", "ok": False}
        if value is not None:
            self.shell.displayhook(value)
        self.shell.events.trigger("post_execute")  # shows figures
        return {"kind": "done", "ok": True, "points": points}

    def _begin(self, source: str) -> None:
        """Let a test be the last cell in `In` while it runs, with a number of its own, as IPython begins a cell."""
        with contextlib.suppress(Exception):  # the student's own hooks
            self.shell.history_manager.store_inputs(self.shell.execution_count, source)  # type: ignore[union-attr]
        self.shell.execution_count += 1


def gather(*arguments: Any) -> Any:
    """A check's probe: `d2l_ch3.checks.check.gather`, which brings torch."""
    from d2l_ch3.checks.check import gather

    return gather(*arguments)


TEST = "<test>"
"""What tracebacks call the file of a test cell."""
_compile, _eval, _ends_with_semicolon = builtins.compile, builtins.eval, DisplayHook.semicolon_at_end_of_expression


def _from_test_on(traceback: Any) -> Any:
    """A traceback without the frames before the test's own; None if it never got there."""
    while traceback is not None and traceback.tb_frame.f_code.co_filename != TEST:
        traceback = traceback.tb_next
    return traceback


async def _run(code: Any, namespace: dict[str, Any]) -> Any:
    """Run code, which may await at its outermost level."""
    value = _eval(code, namespace)
    return await value if code.co_flags & inspect.CO_COROUTINE else value


def _points(value: Any) -> float | None:
    """The value as partial credit; None if it is no number, which means that the test passed."""
    if isinstance(value, bool) or not isinstance(value, numbers.Real | checks.Report):
        return None
    try:
        return float(value)
    except OverflowError:
        return sys.float_info.max


def serve(shell: Shell, conversation: socket.socket, enclose: Callable[[], None]) -> None:
    """Go behind the walls with `enclose`, say so, and answer until the grader hangs up; never returns."""
    channel = Channel(conversation, MAX_REQUEST)
    try:
        enclose()
        server = Server(shell, channel)
        server.redirect()
    except Exception as error:
        channel.send({"kind": "broken", "reason": f"{type(error).__name__}: {error}"})
        os._exit(1)
    signal.signal(signal.SIGINT, server.interrupt)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    sys.path.append(os.getcwd())
    try:
        channel.send({"kind": "ready"})
        server.serve()
    except Closed:
        os._exit(0)
