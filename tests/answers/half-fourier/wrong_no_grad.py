"""Nothing to learn, so no gradients.

misconception: cut-graph
points: 4
"""


class HalfFourier(nn.Module):
    @torch.no_grad()
    def forward(self, X):
        return torch.fft.rfft(X)
