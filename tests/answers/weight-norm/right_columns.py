"""Column by column, with everything written out."""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.randn(in_units, units))
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        outputs = []
        for k in range(self.direction.shape[1]):
            column = self.direction[:, k]
            w = self.scale[k] * column / torch.sqrt(torch.sum(column * column))
            outputs.append(torch.sum(X * w, dim=-1) + self.bias[k])
        return torch.stack(outputs, dim=-1)
