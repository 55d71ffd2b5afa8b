"""Assigns a tensor in place of the parameter.

misconception: not-a-parameter
points: 0
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        u = torch.rand_like(m.weight)
        high = torch.empty_like(m.weight).uniform_(1, 2)
        low = torch.empty_like(m.weight).uniform_(-4, -2)
        m.weight = torch.where(u < 1 / 2, high, torch.where(u < 5 / 6, 0. * high, low))
        if m.bias is not None:
            nn.init.zeros_(m.bias)
