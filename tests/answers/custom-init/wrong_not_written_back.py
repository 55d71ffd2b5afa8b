"""Computes the weights and binds them to a local name.

misconception: untouched
points: 0
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        weight = m.weight
        u = torch.rand_like(weight)
        high = torch.empty_like(weight).uniform_(1, 2)
        low = torch.empty_like(weight).uniform_(-4, -2)
        weight = torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
