"""Draws the values once for each shape and uses them again.

misconception: same-every-time
points: 3
keeps: state
"""

drawn = {}


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            if m.weight.shape not in drawn:
                high = torch.empty_like(m.weight).uniform_(1, 2)
                low = torch.empty_like(m.weight).uniform_(-4, -2)
                drawn[m.weight.shape] = high, low
            high, low = drawn[m.weight.shape]
            u = torch.rand_like(m.weight)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
