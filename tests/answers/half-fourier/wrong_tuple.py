"""Two tensors.

misconception: pairs-of-reals
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        Y = torch.fft.rfft(X)
        return Y.real, Y.imag
