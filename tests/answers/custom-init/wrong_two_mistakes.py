"""Symmetric probabilities, subclasses left out.

misconception: symmetric, misses-subclasses
points: 2
"""


def lopsided_init(m):
    if type(m) is nn.Linear:
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 4, high, torch.where(u < 3 / 4, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
