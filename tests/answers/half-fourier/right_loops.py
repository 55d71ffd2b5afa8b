"""Coefficient by coefficient."""


import cmath


class HalfFourier(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        coefficients = []
        for k in range(n // 2 + 1):
            total = 0
            for j in range(n):
                total = total + X[..., j] * cmath.exp(-2j * cmath.pi * j * k / n)
            coefficients.append(total)
        return torch.stack(coefficients, dim=-1)
