"""fft(X, n=...) cuts the signal.

misconception: signal-cut
points: 2
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X, n=X.shape[-1] // 2 + 1)
