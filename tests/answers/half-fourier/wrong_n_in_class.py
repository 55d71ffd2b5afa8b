"""The table of the first length is kept on the class.

misconception: fixed-length
points: 4
"""


class HalfFourier(nn.Module):
    table = {}

    def forward(self, X):
        if X.dtype not in self.table:
            self.table[X.dtype] = torch.fft.rfft(torch.eye(X.shape[-1], dtype=X.dtype))
        return (X + 0j) @ self.table[X.dtype]
