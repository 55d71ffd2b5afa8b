"""The sign of the exponent.

misconception: conjugated
points: 2
"""


def fourier_matrix(n):
    j = torch.arange(n, dtype=torch.float64)
    k = torch.arange(n // 2 + 1, dtype=torch.float64)
    angle = 2 * torch.pi * j[:, None] * k[None, :] / n
    return torch.complex(angle.cos(), angle.sin())
