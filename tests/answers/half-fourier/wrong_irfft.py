"""The inverse transform.

misconception: inverse
points: 2
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.irfft(X)
