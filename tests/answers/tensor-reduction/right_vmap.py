"""Written for one vector, and mapped over the batch."""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.register_parameter('weight', nn.Parameter(torch.rand(in_features, in_features, out_features)))

    def one(self, x):
        return (torch.outer(x, x).unsqueeze(-1) * self.weight).sum(dim=(0, 1))

    def forward(self, X):
        return torch.vmap(self.one)(X)
