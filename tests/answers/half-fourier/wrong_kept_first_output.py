"""Transforms once.

misconception: keeps-first-output
points: 4
"""


class HalfFourier(nn.Module):
    def __init__(self):
        super().__init__()
        self.Y = None

    def forward(self, X):
        if self.Y is None:
            self.Y = torch.fft.rfft(X)
        return self.Y
