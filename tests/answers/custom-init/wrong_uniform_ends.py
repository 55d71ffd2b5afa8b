"""Gives the ends of the negative piece from the middle outwards.

misconception: ends-in-another-order
points: 0
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-2, -4)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
