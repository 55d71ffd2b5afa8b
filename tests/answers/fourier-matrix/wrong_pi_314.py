"""3.14159.

misconception: few-digits
points: 3
"""


def fourier_matrix(n):
    j = torch.arange(n, dtype=torch.float64)
    k = torch.arange(n // 2 + 1, dtype=torch.float64)
    angle = -2 * 3.14159 * torch.outer(j, k) / n
    return torch.complex(angle.cos(), angle.sin())
