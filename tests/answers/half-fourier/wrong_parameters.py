"""The table is made of parameters.

misconception: has-parameters
points: 4
"""


class HalfFourier(nn.Module):
    def __init__(self):
        super().__init__()
        self.factor = nn.Parameter(torch.ones(1))

    def forward(self, X):
        return torch.fft.rfft(X) * self.factor
