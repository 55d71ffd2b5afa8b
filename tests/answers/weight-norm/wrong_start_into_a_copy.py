"""Draws into a copy: the parameter keeps whatever was in its memory.

misconception: direction-unwritten
points: 4
"""


class WeightNormLinear(nn.Module):
    def __init__(self, in_units, units):
        super().__init__()
        self.direction = nn.Parameter(torch.empty(in_units, units))
        self.direction.detach().double().normal_(0, 0.1)
        self.scale = nn.Parameter(torch.ones(units))
        self.bias = nn.Parameter(torch.zeros(units))

    def forward(self, X):
        return X @ (self.scale * self.direction / self.direction.norm(dim=0)) + self.bias
