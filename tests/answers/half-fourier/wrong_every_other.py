"""Half of the coefficients: every other one.

misconception: every-other
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., ::2]
