"""Takes everything that has a weight for a linear layer.

misconception: touches-others
points: 4
"""


def lopsided_init(m):
    if hasattr(m, 'weight'):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            if getattr(m, 'bias', None) is not None:
                m.bias.zero_()
