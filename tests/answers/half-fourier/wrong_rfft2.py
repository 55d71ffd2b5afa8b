"""The two-dimensional transform.

misconception: several-dimensions
points: 1
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft2(X)
