"""Evidence: what a probe saw, as plain values that cannot act.

A probe runs the student's code step by step, each step in its own trial, so that
an exception costs that trial only:

    evidence = Evidence()
    with evidence.trial("joined") as seen:
        seen["output"] = ParallelBlock(net1, net2)(X)

Then ``evidence["joined"]`` is a dict with ``output``, or with ``error`` (a dict of
type, message, line, code) if the student's code raised, beside what was seen before.
"""

import linecache
import sysconfig
import traceback
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

_NOT_THE_STUDENTS = tuple(
    [str(Path(__file__).parents[1])]
    + [sysconfig.get_path(name) for name in ("stdlib", "platstdlib", "purelib", "platlib")])

MAX_MESSAGE = 300


def plain(value: Any) -> Any:
    """`value` as plain data: numbers, strings, tensors, lists and dicts of these.

    A tensor is copied, detached and stripped of its subclass. What is none of these (a tensor
    that is sparse, quantised or not in main memory included) becomes ``{"not_plain": <name of its type>}``.
    """
    if value is None or type(value) in (bool, int, float, str):
        return value
    import torch  # not for who grades a course without it

    if isinstance(value, torch.Tensor):
        tensor = torch.Tensor.detach(value).as_subclass(torch.Tensor)
        if tensor.layout is not torch.strided or tensor.device.type != "cpu" or tensor.is_quantized:
            return {"not_plain": f"{type(value).__name__} ({tensor.layout}, {tensor.dtype}, {tensor.device})"}
        return tensor.clone()
    if isinstance(value, torch.Size) or type(value) in (list, tuple):
        return [plain(item) for item in value]
    if type(value) is dict:
        return {str(key): plain(item) for key, item in value.items()}
    return {"not_plain": type(value).__name__}


class Seen(dict[str, Any]):
    """What one trial saw; values are made plain as they come in."""

    of_model = False
    """Whether this is what the judge expects: then there is nothing to explain, and notes may be left out."""
    explained = False
    """Whether an earlier trial of this kind worked and noted what explains failures: that need not be found twice."""

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, plain(value))


Trial = Mapping[str, Any]
"""What the judge reads of one trial."""


class Evidence(dict[str, Trial]):
    """The trials of one probe by name."""

    @contextmanager
    def trial(self, name: str) -> Iterator[Seen]:
        """Run one step of a probe; an exception of the student's code becomes evidence."""
        seen = self[name] = Seen()
        try:
            yield seen
        except (Exception, SystemExit) as error:
            seen["error"] = describe(error)


def describe(error: BaseException) -> dict[str, Any]:
    """Type and message of an exception, and the student's line that it came from (0: none)."""
    line, code = 0, ""
    for frame, number in traceback.walk_tb(error.__traceback__):
        filename = frame.f_code.co_filename
        if not filename.startswith(_NOT_THE_STUDENTS):
            line, code = number, linecache.getline(filename, number, frame.f_globals).strip()
    try:
        message = " ".join(str(error).split()).rstrip(".")
    except Exception:  # an exception of the student's own whose __str__ fails
        message = ""
    return {"type": type(error).__name__, "message": message[:MAX_MESSAGE], "line": line, "code": code[:MAX_MESSAGE]}
