"""Only the real part.

misconception: no-imaginary-part
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X).real
