"""A second lot with the first one's probabilities.

misconception: zero-and-negative-swapped
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            rest = torch.where(torch.rand_like(m.weight) < 1 / 3, 0. * low, low)
            m.weight.copy_(torch.where(torch.rand_like(m.weight) < 1 / 2, high, rest))
            if m.bias is not None:
                m.bias.zero_()
