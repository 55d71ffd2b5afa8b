"""Not written yet.

misconception: not-written
points: 0
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        raise NotImplementedError
