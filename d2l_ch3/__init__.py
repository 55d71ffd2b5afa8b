"""Companion package of the course: the chapters' classes, pictures, and the checks.

Importing it costs next to nothing over ``import torch``: every part is loaded
when it is first asked for (PEP 562), so matplotlib and the checks wait until then.
"""

from importlib import import_module
from typing import Any

from d2l_ch3 import console
from d2l_ch3.language import get_language, set_language

console.settle()  # a report, printed in a terminal that has no ✓, is no reason for an error

__version__ = "0.1.0"

_MODULES = ("blocks", "checks", "layers", "parameters", "show")

__all__ = ["check_installation", "fails", "get_language", "guess", "guessed", "inspect", "set_language",
           "try_out", *_MODULES]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return import_module(f"d2l_ch3.{name}")
    if name == "inspect":
        return import_module("d2l_ch3.inspector").inspect
    if name in ("fails", "guess", "guessed"):
        return getattr(import_module("d2l_ch3.guesses"), name)
    if name == "try_out":
        return import_module("d2l_ch3.questions").try_out
    if name == "check_installation":
        return import_module("d2l_ch3.installation").check_installation
    raise AttributeError(f"module 'd2l_ch3' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
