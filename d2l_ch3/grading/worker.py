"""What a judge does: grade submissions, one after another, and write what comes of them into the course's folder.

A judge is forked from the zygote (`pools`) and can be thrown away: whatever a submission does to it,
its asker sees that it died or that it took too long, and gets a new one. Nothing is ever forked from a judge.
"""

import json
import os
import socket
from dataclasses import replace
from multiprocessing.connection import Connection

from d2l_ch3.budget import Budget, Overrun, limit_memory
from d2l_ch3.grading.handed_in import write
from d2l_ch3.grading.request import IsolationError
from d2l_ch3.grading.tasks import Graded, Submission, Task
from d2l_ch3.grading.zygote import Zygote
from d2l_ch3.language import Text
from d2l_ch3.notebooks.limits import MIB

MAX_GRADED = 64 * MIB  # characters of a graded notebook, which browsers are to open
_TOO_LARGE = Text("批改后的笔记本太大了（{size:.0f} MiB）。清除输出，删掉粘贴进来的大图片或数据，再交一次。",
                  "The graded notebook is too large ({size:.0f} MiB). Clear outputs, take out large pictures or data "
                  "that were pasted in, and hand it in again.")

_given: list[Zygote] = []


def serve(asker: socket.socket, zygote: Zygote) -> None:
    """Be a judge: call what is asked for, with `zygote` for students' processes. Raises EOFError when nobody asks."""
    _given.append(zygote)
    limit_memory(Budget().memory)
    connection = Connection(os.dup(asker.fileno()))
    while True:
        function, arguments = connection.recv()
        try:
            reply = True, function(*arguments)
        except Exception as error:
            reply = False, error
        connection.send(reply)


def work(submission: Submission) -> list[Graded]:
    """Grade the notebooks of one submission and write them; what cannot be graded is rejected, with the reason.

    Raises IsolationError, and OSError where the course's folder cannot be written.
    """
    graded = [_rejected(task, submission.refused) if submission.refused else _graded(task)
              for task in submission.tasks]
    try:
        return _written(submission, graded)
    except OSError:
        raise
    except Exception as error:
        return give_up(submission, Overrun.by(error).reason)


def give_up(submission: Submission, reason: Text) -> list[Graded]:
    """Write what becomes of a submission that cannot be graded. Raises OSError where the folder cannot be written."""
    files = tuple(replace(task, request=replace(task.request, files=())) for task in submission.tasks)
    return _written(replace(submission, tasks=files), [_rejected(task, reason) for task in files])


def _graded(task: Task) -> Graded:
    from d2l_ch3.grading.grade import grade

    try:
        return grade(task, _given[0])
    except IsolationError:
        raise
    except Exception as error:  # no one submission ends a run
        return _rejected(task, Overrun.by(error).reason)


def _rejected(task: Task, reason: Text) -> Graded:
    from d2l_ch3.grading.grade import rejected

    return rejected(task, reason)


def _written(submission: Submission, results: list[Graded]) -> list[Graded]:
    """Write the graded notebooks; returns them without, for the one process that keeps the gradebook."""
    kept = []
    for task, graded in zip(submission.tasks, results, strict=True):
        text = dumps(graded)
        if len(text) > MAX_GRADED:
            graded = _rejected(task, _TOO_LARGE.format(size=len(text) / MIB))
            text = dumps(graded)
        write(text, task.master.name, submission.graded_folder, task.request.files, submission.folder)
        kept.append(replace(graded, notebook={}))
    return kept


def dumps(graded: Graded) -> str:
    """The graded notebook as text."""
    text = json.dumps(graded.notebook, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    return text.encode("utf-8", "replace").decode()
