"""torch.polar and outer."""


def fourier_matrix(n):
    angle = -2 * torch.pi / n * torch.outer(torch.arange(n).double(), torch.arange(n // 2 + 1).double())
    return torch.polar(torch.ones_like(angle), angle)
