"""Keeps one table for each length and dtype, which changes no result."""


class HalfFourier(nn.Module):
    def __init__(self):
        super().__init__()
        self.tables = {}

    def forward(self, X):
        n = X.shape[-1]
        if (n, X.dtype) not in self.tables:
            identity = torch.eye(n, dtype=X.dtype)
            self.tables[n, X.dtype] = torch.fft.rfft(identity)
        table = self.tables[n, X.dtype]
        return X.to(table.dtype) @ table
