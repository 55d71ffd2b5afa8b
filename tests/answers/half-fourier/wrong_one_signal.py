"""Written for a single signal: len(x) and x[j].

misconception: first-dimension
points: 1
"""


import cmath


class HalfFourier(nn.Module):
    def forward(self, x):
        n = len(x)
        return torch.stack([sum(x[j] * cmath.exp(-2j * cmath.pi * j * k / n) for j in range(n))
                            for k in range(n // 2 + 1)])
