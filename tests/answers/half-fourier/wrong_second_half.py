"""From the middle to the end.

misconception: trailing-half
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., X.shape[-1] // 2:]
