"""Guesses: what a reader expects of an experiment, set against what comes out.

    guess("forward-hook", ..., answer=len(calls))   # a reader writes 0, or 1, in place of the dots

What is right is what the experiment computed. The usual wrong guesses have a sentence on the belief behind them, in
`beliefs.toml`. Guessing is never required: with the dots left as they are, only the answer is shown. The first guess
at each question is kept beside the notebook, as the results of checks are, and counted.
"""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from d2l_ch3.guesses.cards import Outcome, Tally
from d2l_ch3.guesses.catalogue import CATALOGUE, chapter_of
from d2l_ch3.guesses.records import keep
from d2l_ch3.guesses.values import Unreadable, agree, read, right_option

__all__ = ["fails", "guess", "guessed"]


def guess(name: str, guessed: object, *, answer: Any, factor: float = 1.0) -> None:
    """Show what came out of an experiment and, unless `guessed` is ``...``, whether it was expected.

    `answer` is a bool, a number (numbers agree if neither is more than `factor` times the other), a shape, a word, or
    a dict of options with True for the one that holds. Raises ValueError if no question has this name, or if not
    exactly one option holds.
    """
    options = tuple(answer) if isinstance(answer, dict) else ()
    outcome = Outcome(name, chapter_of(name), guessed, right_option(answer) if options else answer)
    _show(outcome if guessed is ... else _judged(outcome, options, factor))


def _judged(outcome: Outcome, options: Sequence[str], factor: float) -> Outcome:
    """The outcome of a guess that was made, which is kept if it can be read."""
    try:
        meant = read(outcome.guessed, outcome.answer, options)
    except Unreadable as unreadable:
        return replace(outcome, wanted=unreadable.wanted)
    right = agree(meant, outcome.answer, factor)
    keep(outcome.name, right, CATALOGUE)
    return replace(outcome, guessed=meant, right=right)


def guessed() -> Tally:
    """How many questions of each chapter have been guessed so far, and how many of the guesses were right."""
    return Tally.of(CATALOGUE)


def fails(attempt: Callable[[], object]) -> bool:
    """Whether ``attempt()`` raises an exception; its type and the first line of its message are printed."""
    try:
        attempt()
    except Exception as error:
        print(f"{type(error).__name__}: {str(error).splitlines()[0] if str(error) else ''}")
        return True
    return False


def _show(outcome: Outcome) -> None:
    """In a notebook anywhere in a cell, elsewhere as text."""
    if "IPython" in sys.modules:
        from IPython.display import display

        display(outcome)
    else:
        print(outcome)
