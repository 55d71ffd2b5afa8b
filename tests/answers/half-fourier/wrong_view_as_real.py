"""Pairs of real numbers.

misconception: pairs-of-reals
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.view_as_real(torch.fft.rfft(X))
