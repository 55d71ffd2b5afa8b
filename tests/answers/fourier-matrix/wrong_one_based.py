"""Counted from 1.

misconception: counted-from-one
points: 2
"""


def fourier_matrix(n):
    j = torch.arange(1, n + 1, dtype=torch.float64)
    k = torch.arange(n // 2 + 1, dtype=torch.float64)
    angle = -2 * torch.pi * j[:, None] * k[None, :] / n
    return torch.complex(angle.cos(), angle.sin())
