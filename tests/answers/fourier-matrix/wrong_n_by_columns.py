"""Divides by number of columns.

misconception: other-angle
points: 2
"""


def fourier_matrix(n):
    j = torch.arange(n, dtype=torch.float64)
    k = torch.arange(n // 2 + 1, dtype=torch.float64)
    angle = -2 * torch.pi * torch.outer(j, k) / (n // 2 + 1)
    return torch.complex(angle.cos(), angle.sin())
