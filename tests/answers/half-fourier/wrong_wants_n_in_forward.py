"""forward(self, X, n).

misconception: forward-wants-more
points: 0
"""


class HalfFourier(nn.Module):
    def forward(self, X, n):
        return torch.fft.rfft(X)[..., :n // 2 + 1]
