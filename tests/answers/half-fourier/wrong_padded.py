"""Pads to the next power of two.

misconception: length-wrong
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        n = 1
        while n < X.shape[-1]:
            n *= 2
        return torch.fft.rfft(X, n=n)
