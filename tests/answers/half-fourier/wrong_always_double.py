"""float64 whatever comes in.

misconception: wrong-dtype
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X.double())
