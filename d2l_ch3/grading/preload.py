"""Imports what a grading process needs, to be forked from; starts no thread and computes nothing.

The garbage collector is kept away from what is imported: it would look through all of it again and again, and through
it in every process that is forked.
"""

import gc

gc.disable()

from d2l_ch3 import checks  # noqa: E402
from d2l_ch3.grading import grade  # noqa: E402, F401
from d2l_ch3.notebooks.exercises import names  # noqa: E402

for _name in names():
    checks.exercise(_name)
gc.freeze()
gc.enable()
