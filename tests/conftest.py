"""Tests do not depend on what the shell has set."""

import os

for name in ("EDITION", "D2L_CH3_LANGUAGE", "NBGRADER_VALIDATING"):
    os.environ.pop(name, None)
