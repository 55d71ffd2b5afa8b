"""The last dimension of a 2-D X only.

misconception: only-2-d
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X, dim=1)
