"""All n columns.

misconception: all-coefficients
points: 2
"""


def fourier_matrix(n):
    j = torch.arange(n, dtype=torch.float64)
    k = torch.arange(n, dtype=torch.float64)
    angle = -2 * torch.pi * j[:, None] * k[None, :] / n
    return torch.complex(angle.cos(), angle.sin())
