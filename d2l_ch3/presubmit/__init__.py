"""The pre-submit doctor: what would happen to a notebook on hand-in, said to its student.

It puts the notebook together as the grader does, runs it from a clean start in a kernel of its own, and names what
would cost points. Nothing here needs Linux: students have all kinds of machines.
"""
