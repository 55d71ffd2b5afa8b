"""torch.full makes the constant; further arguments are let through.

advice: loop-over-the-batch
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c=1.0, **kwargs):
        super(ConstantLayer, self).__init__(**kwargs)
        self.register_parameter("weight", nn.Parameter(torch.empty(in_features).normal_(0, 0.01)))
        self.register_buffer("c", torch.full((), float(c)), persistent=True)
        self.in_features = in_features

    def forward(self, X):
        assert X.shape[-1] == self.in_features
        return self.c * torch.stack([x.dot(self.weight) for x in X])
