"""round(2.5) is 2, but round(3.5) is 4.

misconception: odd-length
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., :round(X.shape[-1] / 2) + 1]
