"""The amplitudes of a one-sided spectrum, 2 / n times the magnitude.

misconception: magnitude, scaled
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return 2 / X.shape[-1] * torch.fft.rfft(X).abs()
