"""The last n // 2 + 1 after fftshift.

misconception: shifted
points: 3
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        Z = torch.fft.fftshift(torch.fft.fft(X), dim=-1)
        return Z[..., -(X.shape[-1] // 2 + 1):]
