"""Half of the signal, and half of its coefficients.

misconception: signal-cut
points: 2
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        half = X.shape[-1] // 2 + 1
        return torch.fft.rfft(X[..., :half])
