"""What a judge of the pool, or a worker of a cluster, does: grade submissions, one after another.

Light to import; what grading needs is loaded with the first submission, or is there from the
zygote that a judge is forked from.
"""

import json
import os
import select
import socket
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from multiprocessing.connection import Connection
from pathlib import Path

from d2l_ch3.grading.isolation import IsolationError
from d2l_ch3.grading.tasks import Graded, Task
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import Text

_DEADLY = Text("批改它的进程每次都死掉了，多半是内存用完了。文件大得不正常吗？",
               "Every process that graded it died, most likely for want of memory. Is the file unusually large?")

_one_at_a_time = threading.Lock()
_given: list[Zygote] = []


@dataclass(frozen=True)
class Result:
    """A graded notebook; its file is text already, so that the one process that writes has little to do."""

    graded: Graded
    text: str


def serve(asker: socket.socket, zygote: Zygote) -> None:
    """Be a judge: call what is asked for, with `zygote` for students' processes. Raises EOFError when nobody asks."""
    threading.Thread(target=_end_with, args=(asker,), daemon=True).start()
    _given.append(zygote)
    connection = Connection(os.dup(asker.fileno()))
    while True:
        function, arguments, named = connection.recv()
        try:
            reply = True, function(*arguments, **named)
        except Exception as error:
            reply = False, error
        connection.send(reply)


def _end_with(asker: socket.socket) -> None:
    """End this process with the one that asks, whatever it is at."""
    poll = select.poll()
    poll.register(asker, 0)  # hang-ups are told anyway
    poll.poll()
    os._exit(1)


def work(tasks: Sequence[Task], root: str) -> list[Result]:
    """Grade the notebooks of one submission. Raises IsolationError, and OSError where the course cannot be seen.

    One at a time in a process: a notebook's language and torch's generator belong to the whole process.
    """
    from d2l_ch3.grading.grade import grade

    if not Path(root).is_dir():
        raise OSError(f"{root} is not there on {os.uname().nodename}: a cluster's workers need the course at one path")
    with _one_at_a_time:
        zygote = _given[0] if _given else _own_zygote(root)
        try:
            results = [grade(task, zygote) for task in tasks]
        except IsolationError:
            _own_zygote.cache_clear()  # it may be what was killed
            raise
    return [Result(replace(graded, notebook={}), dumps(graded)) for graded in results]


def given_up(task: Task) -> Result:
    """What becomes of a notebook whose grading ends the process that grades it, time after time."""
    from d2l_ch3.grading.grade import rejected

    graded = rejected(task, _DEADLY)
    return Result(replace(graded, notebook={}), dumps(graded))


def dumps(graded: Graded) -> str:
    """The graded notebook as text."""
    text = json.dumps(graded.notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace").decode()


@cache
def _own_zygote(root: str) -> Zygote:
    """The zygote of a cluster's worker."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    return Zygote.start([Path(root)])
