"""Tables in torch's default dtype, adapted too late.

misconception: float32-inside
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        angle = 2 * torch.pi * torch.outer(torch.arange(n), torch.arange(n // 2 + 1)) / n
        cos, sin = torch.cos(angle).to(X.dtype), torch.sin(angle).to(X.dtype)
        return torch.complex(X @ cos, -(X @ sin))
