"""One column too many for odd n.

misconception: length-wrong
points: 3
"""


def fourier_matrix(n):
    j = torch.arange(n, dtype=torch.float64)
    k = torch.arange((n + 1) // 2 + 1 if n > 1 else 1, dtype=torch.float64)
    angle = -2 * torch.pi * j[:, None] * k[None, :] / n
    return torch.complex(angle.cos(), angle.sin())
