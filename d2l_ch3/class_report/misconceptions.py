"""What is behind the name of a misconception, for whoever has only the name."""

import re
from functools import cache

from d2l_ch3 import checks
from d2l_ch3.checks import common, running
from d2l_ch3.checks.exercise import Misconception
from d2l_ch3.grading import judging
from d2l_ch3.language import Text

# What says that something could not be checked is no wrong belief either.
_TECHNICAL = (judging.NOT_DEFINED, judging.STOPPED, judging.NO_EVIDENCE, running.WRONG_ARGUMENT)
_SHARED = {one.key: one for one in vars(common).values() if isinstance(one, Misconception)}


@cache
def explained(exercise: str, key: str) -> Misconception:
    """The misconception that `key` names in that exercise, details left open; without words if it is not known."""
    for one in _TECHNICAL:
        if one.key == key:
            return Misconception(key, _open(one.text), symptom=True)
    try:
        own = {one.key: one for one in checks.exercise(exercise).misconceptions}
    except ValueError:  # an exercise that the course no longer has
        own = {}
    found = own.get(key) or _SHARED.get(key) or Misconception(key, Text("", ""))
    return Misconception(key, _open(found.text), found.symptom)


def _open(text: Text) -> Text:
    return Text(*(re.sub(r"\{\w+\}", "…", words) for words in text))
