"""forward(self, x) computes with the X of the cell above.

misconception: uses-global
points: 0
"""


X = torch.tensor([1., 2., 3., 4.])


class HalfFourier(nn.Module):
    def forward(self, x):
        return torch.fft.rfft(X)
