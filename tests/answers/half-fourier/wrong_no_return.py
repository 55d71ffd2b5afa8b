"""Forgets the return.

misconception: returned-nothing
points: 0
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        Y = torch.fft.rfft(X)
