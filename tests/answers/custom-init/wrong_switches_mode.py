"""Puts every module into eval mode on the way.

misconception: touches-others
points: 4
"""


def lopsided_init(m):
    m.eval()
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if m.bias is not None:
                m.bias.zero_()
