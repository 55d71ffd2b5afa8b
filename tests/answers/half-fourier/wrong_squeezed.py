"""squeeze() at the end.

misconception: squeezed
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X).squeeze()
