"""How a recorded value differs from the one that it should be."""

from typing import Any

import torch
from torch import Tensor

from d2l_ch3.checks.definition import Says, says
from d2l_ch3.language import Text

OUTPUT = Text("输出", "the output")
_DOUBLE = (torch.float64, torch.complex128)


def close(value: Any, expected: Any, rtol: float = 1e-4) -> bool:
    """Whether a recorded value is a tensor of the expected shape, dtype and (nearly) values.

    The tolerance is relative to the largest expected value; for float64 it is 1e-6 times tighter.
    """
    if not (isinstance(value, Tensor) and isinstance(expected, Tensor)):
        return False
    if value.shape != expected.shape or value.dtype != expected.dtype:
        return False
    expected = expected.detach()
    if torch.equal(value, expected):
        return True
    if expected.dtype == torch.bool:
        return False
    rtol *= 1e-6 if expected.dtype in _DOUBLE else 1
    return bool((value - expected).abs().max() <= rtol * max(1.0, float(expected.abs().max())))


def alike(value: Any, expected: Any) -> bool:
    """Whether a recorded value is as expected, each tensor of it in single precision; lists and dicts entry by entry.

    Precision has a trial of its own, so that a wrong dtype costs one criterion and not all.
    """
    if isinstance(expected, Tensor):
        return (isinstance(value, Tensor) and value.is_complex() == expected.is_complex()
                and close(single(value), single(expected)))
    if isinstance(expected, list):
        return (isinstance(value, list) and len(value) == len(expected)
                and all(map(alike, value, expected)))
    if isinstance(expected, dict):
        return isinstance(value, dict) and list(value) == list(expected) and all(
            alike(value[key], wanted) for key, wanted in expected.items())
    if isinstance(expected, float):
        return isinstance(value, float) and abs(value - expected) <= 1e-4 * max(1.0, abs(expected))
    return type(value) is type(expected) and bool(value == expected)


def single(tensor: Tensor) -> Tensor:
    """The tensor in single precision: float32, or complex64."""
    return tensor.to(torch.complex64 if tensor.is_complex() else torch.float32)


def misfit(value: Any, expected: Any, what: Text = OUTPUT) -> Says | None:
    """How a recorded value differs from `expected` in kind or shape; values and precision are not looked at."""
    if value is None:
        return says("returned-nothing", what=what)
    if not isinstance(value, Tensor):
        return says("wrong-type", what=what, expected="Tensor", got=type_name(value))
    if isinstance(expected, Tensor) and value.shape != expected.shape:
        return says("wrong-shape", what=what, expected=tuple(expected.shape), got=tuple(value.shape))
    return None


def imprecise(value: Any, expected: Any, rtol: float, what: Text = OUTPUT) -> Says | None:
    """How a recorded value differs in its dtype, or by a step on the way in a smaller one; None if it is as precise."""
    if isinstance(value, Tensor) and isinstance(expected, Tensor) and value.shape == expected.shape \
            and not close(value, expected, rtol if expected.dtype in _DOUBLE else 1e-4):
        if value.dtype != expected.dtype:
            return says("wrong-dtype", what=what, expected=expected.dtype, got=value.dtype)
        if alike(value, expected):
            return says("float32-inside")
    return None


def type_name(value: Any) -> str:
    """The type that a recorded value had in the student's hands."""
    if isinstance(value, dict) and "not_plain" in value:
        return str(value["not_plain"])
    return type(value).__name__
