"""Takes the mean over the features, and pulls c out of its buffer as int(self.c.item()).

misconception: mean-not-sum, c-rounded
points: 3
"""


class ConstantLayer(nn.Module):
    def __init__(self, in_features, c):
        super().__init__()
        self.weight = nn.Parameter(torch.randn(in_features))
        self.register_buffer("c", torch.tensor(float(c)))

    def forward(self, X):
        c = round(self.c.item())
        return c * (self.weight * X).mean(dim=1)
