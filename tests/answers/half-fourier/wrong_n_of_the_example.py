"""rfft with the length of the example.

misconception: length-written-in
points: 2
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X, n=4)
