"""The whole transform, divided by the square root of n.

misconception: all-coefficients, scaled
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X, norm="ortho")
