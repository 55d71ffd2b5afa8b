"""n // 2 coefficients, and their real part.

misconception: one-short, no-imaginary-part
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X).real[..., :X.shape[-1] // 2]
