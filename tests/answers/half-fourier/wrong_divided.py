"""Divided by n.

misconception: scaled
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X) / X.shape[-1]
