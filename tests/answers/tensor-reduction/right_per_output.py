"""One quadratic form an output; starts at zero."""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.weight = nn.Parameter(torch.zeros(in_features, in_features, out_features))

    def forward(self, X):
        ys = []
        for k in range(self.weight.shape[-1]):
            ys.append(((X @ self.weight[:, :, k]) * X).sum(dim=1, keepdim=True))
        return torch.cat(ys, dim=1)
