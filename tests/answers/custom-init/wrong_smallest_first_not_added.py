"""The smallest probability first, and cuts at 1/6 and 1/3.

misconception: cuts-not-added
points: 3
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 6, low, torch.where(u < 1 / 3, 0. * high, high)))
            if m.bias is not None:
                m.bias.zero_()
