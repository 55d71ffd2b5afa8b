"""Batched matrix products."""


class TensorReduction(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        self.in_features, self.out_features = in_features, out_features
        self.weight = nn.Parameter(torch.empty(in_features, in_features, out_features))
        nn.init.xavier_uniform_(self.weight)

    def forward(self, X, *args):
        batch = X.size(0)
        XW = (X @ self.weight.reshape(self.in_features, -1)).view(batch, self.in_features, self.out_features)
        return torch.bmm(X.unsqueeze(1), XW).squeeze(1)
