"""What an exception of the student's code says about the belief behind it."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from d2l_ch3.checks.definition import Says, says

KnownErrors = Sequence[tuple[str, str]]
"""Patterns of an exception, ``TypeError: message``, and the belief that each shows."""


def raised(seen: Mapping[str, Any], known: KnownErrors = ()) -> Says | None:
    """What explains the exception that ended a trial, if one did. What is `known` to the exercise goes first."""
    error = seen.get("error")
    if error is None:
        return None
    told = f"{error['type']}: {error['message']}"
    details = {**error, "line": error["line"] or "?", "code": error["code"] or "…"}  # none of the student's lines
    for pattern, key in (*known, *_EXCEPTIONS):
        found = re.search(pattern, told)
        if found:
            by_the_student = key == "wrong-signature" and error["line"]  # a call in the answer, not one of the check
            return says("wrong-call" if by_the_student else key, **details, **found.groupdict())
    return says("raised", **details)


def kind_of(error: Exception) -> str:
    """The name of its type, or of the built-in one that it is a subclass of."""
    return next(cls.__name__ for cls in type(error).__mro__ if cls.__module__ == "builtins")


_EXCEPTIONS: KnownErrors = (
    ('^NotImplementedError: .*missing the required "forward"', "no-forward"),
    ("^NotImplementedError: $", "not-written"),  # with a message it comes from torch
    (r"^AttributeError: .*before Module\.__init__\(\) call", "no-super-init"),
    (r"^AttributeError: .*no attribute '(_modules|_parameters|_buffers|_\w*hooks\w*|training)'", "no-super-init"),
    (r"^(Attribute|Type)Error: .*'(int|float)' object (has no attribute 'detach'|to (parameter|buffer))",
     "number-not-tensor"),
    ("^AttributeError: .*has no attribute", "missing-attribute"),
    ("^TypeError: cannot assign .* (as|to) (parameter|child module|buffer) '(?P<name>.*?)'", "assigned-over"),
    ("^NotFoundError: (?P<name>.*)", "missing-parameter"),
    ("^UnboundLocalError: ", "unbound-local"),
    (r"^IndexError: ((list|tuple|deque) index out of range|index -?\d+ is out of range)", "index-out-of-range"),
    ("^NameError: ", "undefined-name"),
    (r"^TypeError: .*forward\(\) missing \d+ required positional argument", "forward-wants-more"),
    (r"^TypeError: .*(positional argument|unexpected keyword|required keyword|multiple values)", "wrong-signature"),
    ("^RecursionError: ", "endless-recursion"),
    (r"^(RuntimeError|ValueError): .*((same|scalar) (d?type|data type)|dtype.*(mismatch|same|match))", "mixed-dtypes"),
    ("^RuntimeError: .*leaf Variable", "leaf-in-place"),
    ("^RuntimeError: .*(does not require grad|Trying to backward)", "cut-graph"),
    (r"^(RuntimeError|IndexError|ValueError): .*(shapes? cannot be multiplied|size mismatch|[Ss]izes? of tensors? "
     r"|must match|inconsistent tensor size|invalid for input of size|subscript|[Dd]imension.*out of range"
     r"|same number of dimensions|expected .* to be a matrix)", "shapes-do-not-fit"),
)
