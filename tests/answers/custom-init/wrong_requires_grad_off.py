"""Turns requires_grad off, so that it may work in place, and leaves it off.

misconception: lost-grad
points: 4
"""


def lopsided_init(m):
    if isinstance(m, nn.Linear):
        m.weight.requires_grad = False
        u = torch.rand_like(m.weight)
        m.weight.uniform_(1, 2)
        m.weight[u >= 1 / 2] = 0
        m.weight[u >= 5 / 6] = torch.empty_like(m.weight).uniform_(-4, -2)[u >= 5 / 6]
        if m.bias is not None:
            nn.init.zeros_(m.bias)
