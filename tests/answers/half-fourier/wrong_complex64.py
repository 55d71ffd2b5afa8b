"""complex64 is written into the code.

misconception: wrong-dtype
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X).to(torch.complex64)
