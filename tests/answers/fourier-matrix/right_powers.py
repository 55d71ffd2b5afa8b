"""Powers of one root of unity."""


def fourier_matrix(n):
    root = torch.exp(torch.tensor(-2j * torch.pi / n, dtype=torch.complex128))
    return root ** torch.outer(torch.arange(n), torch.arange(n // 2 + 1))
