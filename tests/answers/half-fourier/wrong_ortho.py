"""Scaled by the square root of n.

misconception: scaled
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X, norm="ortho")
