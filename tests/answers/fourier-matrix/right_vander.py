"""Powers of the root."""


def fourier_matrix(n):
    w = torch.exp(torch.tensor(-2j * torch.pi / n, dtype=torch.complex128))
    powers = torch.arange(n)[:, None] * torch.arange(n // 2 + 1)[None, :]
    return w ** (powers % n)
