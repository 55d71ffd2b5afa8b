"""A positive exponent.

misconception: conjugated
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X).conj()
