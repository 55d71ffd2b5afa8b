"""Half of n, without the one in the middle.

misconception: one-short
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., :X.shape[-1] // 2]
