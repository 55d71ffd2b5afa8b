"""Prove an exercise: nothing is left to fill in, its problem set builds, and every test that touches it passes.

    python -m tools.prove scale-layer
"""

import argparse
import os
import subprocess
import sys

from d2l_ch3.authoring.checkout import Checkout
from tools.build import ROOT, build
from tools.texts import TextError


def main() -> None:
    """Stop at the first step that fails: the exit status is 1, or pytest's."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("name", help="the exercise")
    name = parser.parse_args().name
    checkout = Checkout(ROOT)
    assignment = checkout.assignment_of(name)
    if assignment is None:
        there = ", ".join(other for names in checkout.exercises().values() for other in names)
        sys.exit(f"no exercise is called {name}; there are: {there}")
    left = checkout.unfilled(name)
    if left:
        sys.exit("\n".join([f"{len(left)} lines are still to be filled in:", *left]))
    try:
        build(ROOT, [assignment])
    except TextError as error:
        sys.exit(f"tools.build: {error}")
    sys.exit(subprocess.run([sys.executable, "-m", "pytest", "-q", "-k", selection(name, assignment), "tests"],
                            cwd=ROOT, env={**os.environ, "ALL_SEEDS": "1"}, check=False).returncode)


def selection(name: str, assignment: str) -> str:
    """The tests that an exercise can fail, as pytest's ``-k`` takes them."""
    return f"{name} or {assignment} or contracts or in_the_package"


if __name__ == "__main__":
    main()
