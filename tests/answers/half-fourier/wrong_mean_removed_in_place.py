"""Takes the mean off in place, then transforms; and writes __call__.

misconception: mean-removed, changes-input
points: 2
"""


class HalfFourier(nn.Module):
    def __call__(self, X):
        X -= X.mean(dim=-1, keepdim=True)
        return torch.fft.rfft(X)
