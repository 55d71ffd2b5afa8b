"""The table is made in the first call and used ever after.

misconception: fixed-length
points: 4
"""


class HalfFourier(nn.Module):
    def __init__(self):
        super().__init__()
        self.table = None

    def forward(self, X):
        if self.table is None or self.table.dtype != (X + 0j).dtype:
            self.table = torch.fft.rfft(torch.eye(X.shape[-1], dtype=X.dtype))
        return (X + 0j) @ self.table
