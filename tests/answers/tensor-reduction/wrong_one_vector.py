"""Written for a single x.

misconception: takes-one-vector
points: 0
"""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features, in_features, out_features))

    def forward(self, x):
        return (torch.outer(x, x)[:, :, None] * self.weight).sum(dim=(0, 1))
