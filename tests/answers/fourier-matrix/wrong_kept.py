"""One tensor for every call.

misconception: kept-matrix
points: 3
"""

_made = {}


def fourier_matrix(n):
    if n not in _made:
        _made[n] = torch.fft.rfft(torch.eye(n, dtype=torch.float64))
    return _made[n]
