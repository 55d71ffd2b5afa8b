"""Right for odd n, one short for even n.

misconception: one-short
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., :(X.shape[-1] + 1) // 2]
