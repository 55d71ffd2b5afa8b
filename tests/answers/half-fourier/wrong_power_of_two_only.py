"""The fast transform by hand, for powers of two only.

misconception: length-raises
points: 4
"""


def fft(X):
    n = X.shape[-1]
    if n == 1:
        return X
    even, odd = fft(X[..., ::2]), fft(X[..., 1::2])
    k = torch.arange(n // 2, dtype=X.real.dtype)
    twist = torch.exp(-2j * torch.pi * k / n) * odd
    return torch.cat([even + twist, even - twist], dim=-1)


class HalfFourier(nn.Module):
    def forward(self, X):
        return fft(X + 0j)[..., :X.shape[-1] // 2 + 1]
