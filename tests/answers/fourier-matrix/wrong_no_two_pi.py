"""2π is forgotten.

misconception: other-angle
points: 2
"""


def fourier_matrix(n):
    j = torch.arange(n, dtype=torch.float64)
    k = torch.arange(n // 2 + 1, dtype=torch.float64)
    angle = - j[:, None] * k[None, :] / n
    return torch.complex(angle.cos(), angle.sin())
