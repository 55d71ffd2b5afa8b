"""Takes the mean off in place, and adds it again.

misconception: changes-input
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        Y = torch.fft.rfft(X)
        X -= X.mean(dim=-1, keepdim=True)
        return Y
