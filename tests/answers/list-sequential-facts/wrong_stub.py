"""The empty dict that the cell came with.

misconception: not-written
points: 0
"""

facts = {}
