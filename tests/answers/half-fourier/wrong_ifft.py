"""The inverse transform, cut.

misconception: inverse
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.ifft(X)[..., :X.shape[-1] // 2 + 1]
