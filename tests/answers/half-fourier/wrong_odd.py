"""One too many for odd n.

misconception: odd-length
points: 4
"""


import math


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., :math.ceil(X.shape[-1] / 2) + 1]
