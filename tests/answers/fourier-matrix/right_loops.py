"""Two loops."""

import cmath


def fourier_matrix(n):
    rows = [[cmath.exp(-2j * cmath.pi * j * k / n) for k in range(n // 2 + 1)] for j in range(n)]
    return torch.tensor(rows, dtype=torch.complex128)
