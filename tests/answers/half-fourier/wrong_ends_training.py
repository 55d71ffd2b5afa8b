"""Switches to evaluation, since nothing is to be trained.

misconception: switches-mode
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        self.train(False)
        return torch.fft.rfft(X)
