"""One weighted sum for each k; real and imaginary parts joined by view_as_complex."""


class HalfFourier(nn.Module):
    def coefficient(self, X, k):
        n = X.shape[-1]
        angle = torch.arange(n).to(X) * (2 * torch.pi * k / n)
        return torch.stack([(X * torch.cos(angle)).sum(-1), -(X * torch.sin(angle)).sum(-1)], dim=-1)

    def forward(self, X):
        parts = [self.coefficient(X, k) for k in range(X.shape[-1] // 2 + 1)]
        return torch.view_as_complex(torch.stack(parts, dim=-2))
