"""Collects the sums in a new tensor.

misconception: cut-graph
points: 4
"""


import cmath


class HalfFourier(nn.Module):
    def forward(self, X):
        n = X.shape[-1]
        rows = [[sum(x * cmath.exp(-2j * cmath.pi * j * k / n) for j, x in enumerate(row))
                 for k in range(n // 2 + 1)] for row in X.reshape(-1, n).tolist()]
        return torch.tensor(rows, dtype=(X + 0j).dtype).reshape(*X.shape[:-1], n // 2 + 1)
