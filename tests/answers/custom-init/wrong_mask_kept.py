"""Keeps the lots of each shape and uses them again.

misconception: same-every-time
points: 3
"""

lots = {}


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = lots.setdefault(m.weight.shape, torch.rand(m.weight.shape))
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
