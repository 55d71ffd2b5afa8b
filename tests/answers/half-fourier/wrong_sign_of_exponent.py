"""A table with a positive exponent.

misconception: conjugated
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        jk = torch.outer(torch.arange(n), torch.arange(n // 2 + 1)).to(X)
        E = torch.exp(2j * torch.pi * jk / n)
        return X.to(E.dtype) @ E
