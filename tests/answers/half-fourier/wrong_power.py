"""The power spectrum.

misconception: power
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X).abs().pow(2)
