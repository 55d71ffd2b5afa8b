"""A table for each length and dtype, kept by functools.cache outside of the class."""


import functools


@functools.cache
def table(n, dtype):
    return torch.fft.rfft(torch.eye(n, dtype=dtype))


class HalfFourier(nn.Module):
    def forward(self, X):
        M = table(X.shape[-1], X.dtype)
        return X.to(M.dtype) @ M
