"""The exponential of a complex tensor."""


def fourier_matrix(n):
    j = torch.arange(n).reshape(-1, 1).to(torch.complex128)
    k = torch.arange(n // 2 + 1).reshape(1, -1).to(torch.complex128)
    return torch.exp(-2j * torch.pi * j * k / n)
