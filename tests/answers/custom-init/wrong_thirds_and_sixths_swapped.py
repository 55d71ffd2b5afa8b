"""Zero with 1/6 and the negative case with 1/3.

misconception: zero-and-negative-swapped
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand(m.weight.shape)
        W = torch.zeros(m.weight.shape)
        W[u < 1 / 2] = W[u < 1 / 2].uniform_(1, 2)
        W[u > 2 / 3] = W[u > 2 / 3].uniform_(-4, -2)
        with torch.no_grad():
            m.weight.copy_(W)
            if m.bias is not None:
                m.bias.zero_()
