"""Tables by length and dtype, in a default argument.

advice: mutable-default
"""


class HalfFourier(nn.Module):
    def forward(self, X, tables={}):
        key = X.shape[-1], X.dtype
        if key not in tables:
            tables[key] = torch.fft.rfft(torch.eye(key[0], dtype=key[1]))
        return torch.complex(X, torch.zeros_like(X)) @ tables[key]
