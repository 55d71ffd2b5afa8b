"""The five coefficients of n = 8.

misconception: length-written-in
points: 2
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.fft(X)[..., :5]
