"""F.linear with the weight as its only row."""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(in_features))
        self.register_buffer("c", torch.tensor(c))

    def forward(self, X):
        return self.c * F.linear(X, self.weight.unsqueeze(0)).squeeze(-1)
