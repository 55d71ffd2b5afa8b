"""Only the imaginary part.

misconception: no-real-part
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X).imag
