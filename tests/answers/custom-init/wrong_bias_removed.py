"""Takes no bias for a bias of 0.

misconception: bias-removed
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        with torch.no_grad():
            u = torch.rand_like(m.weight)
            high = torch.empty_like(m.weight).uniform_(1, 2)
            low = torch.empty_like(m.weight).uniform_(-4, -2)
            m.weight.copy_(torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low)))
            m.bias = None
