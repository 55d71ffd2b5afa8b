"""Along the first dimension.

misconception: first-dimension
points: 1
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X, dim=0)
