"""The transform over all dimensions.

misconception: several-dimensions
points: 1
"""


class HalfFourier(nn.Module):
    def forward(self, X):
        return torch.fft.rfftn(X)
