"""__call__ in place of forward.

misconception: overrides-call
points: 4
"""


class HalfFourier(nn.Module):
    def __call__(self, X):
        return torch.fft.rfft(X)
