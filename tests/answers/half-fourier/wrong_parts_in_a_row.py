"""Real parts, then imaginary parts.

misconception: pairs-of-reals
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        Y = torch.fft.rfft(X)
        return torch.cat([Y.real, Y.imag], dim=-1)
