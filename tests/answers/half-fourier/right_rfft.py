"""The usual answer."""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfft(X)
