"""h for half.

misconception: hermitian
points: 2
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.hfft(X)
