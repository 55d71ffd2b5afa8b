"""Centres the signal first.

misconception: mean-removed
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X - X.mean(dim=-1, keepdim=True))
