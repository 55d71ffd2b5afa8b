"""The buffer has one entry instead of none."""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor([float(c)]))

    def forward(self, X):
        return (X * self.weight).sum(dim=1) * self.c
