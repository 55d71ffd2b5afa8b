"""Keeps the nets in an nn.Sequential, only to hold them."""


class ParallelBlock(nn.Module):
    def __init__(self, net1, net2):
        super().__init__()
        self.nets = nn.Sequential(net1, net2)

    def forward(self, X):
        first, second = self.nets
        return torch.cat((first(X), second(X)), dim=-1)
