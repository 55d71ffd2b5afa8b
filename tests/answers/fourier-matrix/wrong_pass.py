"""Nothing is written yet.

misconception: returned-nothing
points: 0
"""


def fourier_matrix(n):
    pass
