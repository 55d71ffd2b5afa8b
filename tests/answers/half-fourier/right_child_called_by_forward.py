"""A child does the whole transform; its forward is called directly.

advice: calls-forward
"""


class Fourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)


class HalfFourier(nn.Module):
    def __init__(self):
        super().__init__()
        self.whole = Fourier()

    def forward(self, X):
        return self.whole.forward(X)[..., :X.shape[-1] // 2 + 1]
