"""torch.mm takes matrices only.

misconception: only-2-d
points: 4
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        table = torch.fft.rfft(torch.eye(X.shape[-1], dtype=X.dtype))
        return torch.mm(X.to(table.dtype), table)
