"""Tables of cosines and sines."""


class HalfFourier(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        j = torch.arange(n, dtype=X.dtype, device=X.device)
        k = torch.arange(n // 2 + 1, dtype=X.dtype, device=X.device)
        angle = 2 * torch.pi * j.unsqueeze(1) * k / n
        return torch.complex(X @ torch.cos(angle), -(X @ torch.sin(angle)))
