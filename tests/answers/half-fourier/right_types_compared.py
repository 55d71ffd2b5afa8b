"""Looks at the type of X first.

advice: type-compared
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        if type(X) == list:
            X = torch.tensor(X)
        return torch.fft.rfft(X, dim=-1)
