"""The fast transform by hand, where n is even; by its definition otherwise."""


def fft(X):
    n = X.shape[-1]
    if n == 1:
        return X
    k = torch.arange(n, dtype=X.real.dtype)
    if n % 2:
        return X @ torch.exp(-2j * torch.pi * torch.outer(k, k) / n)
    even, odd = fft(X[..., ::2]), fft(X[..., 1::2])
    twist = torch.exp(-2j * torch.pi * k[:n // 2] / n) * odd
    return torch.cat([even + twist, even - twist], dim=-1)


class HalfFourier(nn.Module):
    def forward(self, X):
        return fft(X + 0j)[..., :X.shape[-1] // 2 + 1]
