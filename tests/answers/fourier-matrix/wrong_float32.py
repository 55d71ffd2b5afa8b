"""In single precision.

misconception: not-double
points: 3
"""


def fourier_matrix(n):
    j = torch.arange(n)
    k = torch.arange(n // 2 + 1)
    angle = -2 * torch.pi * j[:, None] * k[None, :] / n
    return torch.complex(angle.cos(), angle.sin())
