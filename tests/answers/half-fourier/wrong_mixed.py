"""Tables that cannot be multiplied with float64.

misconception: mixed-dtypes
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        angle = 2 * torch.pi * torch.outer(torch.arange(n), torch.arange(n // 2 + 1)) / n
        return torch.complex(X @ torch.cos(angle), -(X @ torch.sin(angle)))
