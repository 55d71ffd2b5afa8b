"""Zero by load_state_dict."""


class ResidualBlock(nn.Module):
    def __init__(self, in_features, out_features):
        super().__init__()
        final = nn.Linear(out_features, out_features)
        final.load_state_dict({k: torch.zeros_like(v) for k, v in final.state_dict().items()})
        self.body = nn.Sequential(nn.Linear(in_features, out_features), nn.ReLU(), final)
        same = in_features == out_features
        self.shortcut = nn.Identity() if same else nn.Linear(in_features, out_features, bias=False)

    def forward(self, X):
        identity = self.shortcut(X)
        return identity + self.body(X)
