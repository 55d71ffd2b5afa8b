"""n belongs to X, not to the layer.

misconception: wrong-signature
points: 0
"""


class HalfFourier(nn.Module):
    def __init__(self, n):
        super().__init__()
        self.n = n

    def forward(self, X):
        return torch.fft.rfft(X, n=self.n)
