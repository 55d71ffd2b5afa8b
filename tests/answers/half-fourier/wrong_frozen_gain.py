"""A gain that is registered as a parameter and frozen.

misconception: has-parameters
points: 4
"""


class HalfFourier(nn.Module):
    def __init__(self):
        super().__init__()
        self.gain = nn.Parameter(torch.ones(()), requires_grad=False)

    def forward(self, X):
        return torch.fft.rfft(self.gain * X)
