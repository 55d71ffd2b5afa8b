"""Cuts at 1/2 and at 1/3.

misconception: cuts-not-added
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 1 / 3, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
