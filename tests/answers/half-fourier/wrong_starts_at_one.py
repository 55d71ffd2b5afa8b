"""k from 1 to n // 2.

misconception: starts-at-one
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., 1:X.shape[-1] // 2 + 1]
